"""`wenyuan lineage`: from sources to a mixture, in numbers and as a picture."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.table import Table

from pipelines.cli.options import (
    console,
    corpus_option,
    errors,
    json_option,
    print_json,
    table_of,
)
from pipelines.lake import publish_text
from pipelines.lineage.counting import lineage as lineage_of
from pipelines.lineage.page import page
from schemas.corpus import load_corpus
from schemas.errors import ConfigError
from schemas.lineage import ComponentLineage, Counts, Lineage

SHOWN = ("read", "rejected", "dropped", "kept", "not_chosen", "held_out", "documents", "rows")
TAKEN = ("documents", "rows", "tokens", "held_out")


@click.command()
@click.argument("mixture", metavar="MIXTURE")
@corpus_option
@json_option
@click.option(
    "--html",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with a picture into this file; it needs no network.",
)
def lineage(mixture: str, path: Path, as_json: bool, file: Path | None) -> None:
    """From sources to a mixture: what was read, rejected, dropped, kept and chosen."""
    found = lineage_of(load_corpus(path), mixture)
    if file is not None:
        try:
            publish_text(file, page(found))
        except OSError as error:
            raise ConfigError(f"{file} cannot be written: {error.strerror}") from None
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif file is not None:
        console.print(f"wrote {file}", soft_wrap=True)
    else:
        _print(found)


def _print(found: Lineage) -> None:
    table = _table(f"{found.mixture}: from sources to the mixture", "source", SHOWN)
    for one in found.sources:
        table.add_row(one.source, *_cells(one, SHOWN))
    if len(found.sources) > 1:
        table.add_section()
        table.add_row("all", *_cells(found.total, SHOWN))
    console.print(table)
    if waiting := found.total.undecided:
        console.print(f"{waiting:,} documents are read and not yet decided")
    for what, counts in (("rejected", found.total.reasons), ("dropped", found.total.rules)):
        if counts:
            listed = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            console.print(f"{what} because of: {listed}", soft_wrap=True)
    components = _table("what its components took", "component", TAKEN)
    for part in found.components:
        components.add_row(part.component, *_cells(part, TAKEN))
    console.print(components)
    if found.outdated:
        changed = "the corpus has changed since this mixture was made: run 'wenyuan build'"
        errors.print(changed, style="yellow")


def _table(title: str, of: str, columns: Sequence[str]) -> Table:
    heads = dict.fromkeys((name.replace("_", " ") for name in columns), True)
    return table_of(title, {of: False} | heads)


def _cells(counts: Counts | ComponentLineage, columns: Sequence[str]) -> list[str]:
    return [f"{getattr(counts, name):,}" for name in columns]
