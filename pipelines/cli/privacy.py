"""`wenyuan privacy`: how much personal data there is, and how well it is found."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipelines.cli.options import (
    console,
    corpus_option,
    json_option,
    page_option,
    print_json,
    table_of,
)
from pipelines.lake import publish, publish_text
from pipelines.personal.counting import personal_report
from pipelines.personal.page import page
from pipelines.personal.sampling import sample
from pipelines.personal.scoring import scores
from schemas.corpus import load_corpus
from schemas.personal import PersonalReport, Score
from schemas.tables import FINDING_KINDS

sources_argument = click.argument("sources", nargs=-1, metavar="[SOURCE…]")


@click.group()
def privacy() -> None:
    """How much personal data there is, what is done with it, and how well it is found."""


@privacy.command()
@sources_argument
@corpus_option
@json_option
@page_option
def report(sources: tuple[str, ...], path: Path, as_json: bool, file: Path | None) -> None:
    """What was found, by source, kind and rule, and what is done with it. Without SOURCE, of all.

    No value is shown or read.
    """
    found = personal_report(load_corpus(path), sources)
    if file is not None:
        publish_text(file, page(found))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_report(found)
        if file is not None:
            console.print(f"wrote {file}", soft_wrap=True)


@privacy.command(name="sample")
@sources_argument
@corpus_option
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The CSV file to write.",
)
@click.option(
    "--findings",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help="Findings of each kind.",
)
@click.option(
    "--passages",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Passages of text, to look for what was missed.",
)
def draw(sources: tuple[str, ...], path: Path, file: Path, findings: int, passages: int) -> None:
    """Draw findings in their context, and passages, for a person to go through.

    Values are masked. Write yes or no into the column 'right' of a finding, and into 'missed' of a
    passage the kinds that were overlooked (mobile name name), or none.
    """
    drawn = sample(load_corpus(path), sources, findings=findings, passages=passages)
    publish(file, b"\xef\xbb\xbf" + drawn.write_csv().encode())
    console.print(f"wrote {drawn.height:,} rows into {file}", soft_wrap=True)
    console.print(f"fill in the columns right and missed, then: wenyuan privacy score {file}")


@privacy.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def score(file: Path, as_json: bool) -> None:
    """Precision and recall by kind, with 95% intervals, from a sample that was filled in."""
    found = scores(file)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        _print_scores(found)


def _print_report(report: PersonalReport) -> None:
    headings = {"source": False, "kind": False, "rule": False, "findings": True}
    table = table_of(
        "personal data", headings | {"documents": True, "confidence": True, "done": False}
    )
    for of in report.sources:
        for one in of.rules:
            counts = (f"{one.findings:,}", f"{one.documents:,}", f"{one.confidence:.2f}")
            done = f"{one.action}: {one.reason}" if one.reason else one.action
            table.add_row(
                of.source, f"{FINDING_KINDS[one.kind]} {one.kind}", one.rule, *counts, done
            )
    console.print(table)
    for of in report.sources:
        per = of.findings * 100_000 / max(1, of.characters)
        console.print(
            f"{of.source}: {of.concerned:,} of {of.documents:,} documents hold some; "
            f"{per:,.1f} findings per 100,000 characters",
            soft_wrap=True,
        )


def _print_scores(found: Sequence[Score]) -> None:
    headings = {"kind": False, "looked at": True, "precision": True, "found": True}
    table = table_of("by the sample", headings | {"missed": True, "recall": True})
    for one in found:
        table.add_row(
            f"{FINDING_KINDS[one.kind]} {one.kind}",
            f"{one.looked_at:,}",
            _rate(one.precision, one.precision_interval),
            f"{one.found:,}",
            f"{one.missed:,}",
            _rate(one.recall, one.recall_interval),
        )
    console.print(table)


def _rate(rate: float | None, interval: tuple[float, float] | None) -> str:
    if rate is None or interval is None:
        return "–"
    return f"{rate:.3f} ({interval[0]:.3f}–{interval[1]:.3f})"
