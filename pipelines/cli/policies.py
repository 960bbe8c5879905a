"""`wenyuan policy`: what each rule drops, and what other rules would change."""

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
from pipelines.lake import publish_text
from pipelines.policies.comparing import comparison
from pipelines.policies.page import page
from pipelines.policies.weighing import policy_report
from schemas.corpus import load_corpus
from schemas.weighing import (
    Amounts,
    Change,
    Comparison,
    PolicyReport,
    RuleWeight,
    SourceChanges,
    SourceWeights,
)

OTHERS = 2
"""Other rules that are named beside each."""


@click.group()
def policy() -> None:
    """What each rule drops, with others and alone, and what other rules would change."""


@policy.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@corpus_option
@json_option
@page_option
def report(sources: tuple[str, ...], path: Path, as_json: bool, file: Path | None) -> None:
    """How many documents fail each rule of corpus.yaml, with others and alone.

    Without SOURCE, of all. The thresholds are those of corpus.yaml now, built or not.
    """
    found = policy_report(load_corpus(path), sources)
    if file is not None:
        publish_text(file, page(found))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    _print_report(found)
    if file is not None:
        console.print(f"wrote {file}", soft_wrap=True)


@policy.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@corpus_option
@json_option
@click.option(
    "--examples",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="Documents to show of each rule that makes a difference.",
)
def compare(  # noqa: PLR0913, PLR0917 - a parameter an option
    a: str, b: str, sources: tuple[str, ...], path: Path, as_json: bool, examples: int
) -> None:
    """What would be kept under A and under B, and by which rule they differ.

    A and B are each 'current' (the policies of corpus.yaml), a preset such as web_zh or
    fineweb2_zh (asked of every kind), or the path of another corpus.yaml. Texts are shown masked.
    """
    found = comparison(load_corpus(path), a, b, sources, examples=examples)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_comparison(found)


def _print_report(found: PolicyReport) -> None:
    headings = {"source": False, "rule": False, "asked": False, "failed": True, "alone": True}
    table = table_of("what the rules drop", headings | {"characters": True, "often with": False})
    for one in found.sources:
        share = one.kept.documents / max(1, one.read.documents)
        kept = f"kept {one.kept.documents:,} of {one.read.documents:,}, {share:.0%}"
        table.add_row(f"{one.source} ({one.kind})", kept, end_section=not _dropping(one))
        for rule in _dropping(one):
            table.add_row("", *_row(rule), end_section=rule is _dropping(one)[-1])
    console.print(table)
    console.print("alone: fails no other rule, with its characters", style="dim")
    _print_unmeasured(found.unmeasured)


def _dropping(source: SourceWeights) -> list[RuleWeight]:
    return [rule for rule in source.rules if rule.failed.documents]


def _row(rule: RuleWeight) -> tuple[str, ...]:
    others = list(rule.with_others.items())[:OTHERS]
    counts = (rule.failed.documents, rule.alone.documents, rule.alone.characters)
    with_others = ", ".join(f"{name} {count:,}" for name, count in others)
    return (rule.rule, rule.threshold, *(f"{count:,}" for count in counts), with_others)


def _print_comparison(found: Comparison) -> None:
    headings = {"source": False, "both keep": True, f"only {found.a}": True}
    title = f"documents kept by {found.a} and by {found.b}"
    table = table_of(title, headings | {f"only {found.b}": True, "neither": True})
    for one in found.sources:
        amounts = (one.both, one.only_a, one.only_b, one.neither)
        counts = (f"{amount.documents:,}" for amount in amounts)
        table.add_row(f"{one.source} ({one.kind})", *counts)
    console.print(table)
    names = {"a": (found.a, found.b), "b": (found.b, found.a)}
    for one in found.sources:
        for change in one.changes:
            _print_change(one, change, *names[change.kept_by])
    _print_unmeasured(found.unmeasured)


def _print_change(of: SourceChanges, change: Change, keeper: str, dropper: str) -> None:
    console.print(
        f"{of.source}: {_told(change.amounts)} kept by {keeper}, dropped by {dropper}: "
        f"{change.rule}, asked {change.threshold}",
        soft_wrap=True,
    )
    for one in change.examples:
        excerpt = " ".join(one.excerpt.split())
        console.print(f"  {one.doc_id[:12]}  {one.value}  {excerpt}", style="dim", soft_wrap=True)


def _told(amounts: Amounts) -> str:
    return f"{amounts.documents:,} ({amounts.characters:,} characters)"


def _print_unmeasured(batches: int) -> None:
    if batches:
        console.print(
            f"{batches} batches are not measured and compared yet and were left out: "
            "run 'wenyuan build'",
            style="yellow",
            soft_wrap=True,
        )
