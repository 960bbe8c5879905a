"""`wenyuan acceptance`: a report for each supplier, and whether its data keeps to the terms."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.text import Text

from pipelines.acceptance.judging import number, raise_missed, told
from pipelines.acceptance.page import page
from pipelines.acceptance.reporting import reports
from pipelines.cli.options import (
    console,
    corpus_option,
    json_option,
    pairs_of,
    print_json,
    table_of,
)
from pipelines.lake import publish_text
from schemas.acceptance import Acceptance, Place, Report, Why
from schemas.corpus import load_corpus
from schemas.errors import ConfigError

SHOWN = ("read", "rejected", "dropped", "kept")
BESIDE = ("own copies", "others'", "personal")
VERDICTS = {
    "accepted": ("accepted", "green"),
    "not_accepted": ("not accepted", "red"),
    "open": ("open", "yellow"),
    "no_terms": ("no terms", ""),
}


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@corpus_option
@json_option
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write SOURCE.html and SOURCE.json for each supplier into this folder.",
)
def acceptance(sources: tuple[str, ...], path: Path, as_json: bool, folder: Path | None) -> None:
    """A report for each supplier, and whether its data keeps to what was agreed.

    Without SOURCE, of all. The terms stand in corpus.yaml under 'acceptance'. Exit code 6 says
    that a delivery does not keep to them, 4 that one cannot be judged yet.
    """
    found = list(reports(load_corpus(path), sources))
    if folder is not None:
        _write(folder, found)
    if as_json:
        print_json(Acceptance(reports=tuple(found)).model_dump(mode="json"))
    else:
        _print(found, each=bool(sources))
        if folder is not None:
            console.print(f"wrote {2 * len(found):,} files into {folder}", soft_wrap=True)
    raise_missed(found)


def _write(folder: Path, found: Sequence[Report]) -> None:
    try:
        for one in found:
            publish_text(folder / f"{one.source}.html", page(one))
            publish_text(folder / f"{one.source}.json", one.model_dump_json(indent=2) + "\n")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error.strerror}") from None


def _print(found: Sequence[Report], *, each: bool) -> None:
    heads = {"source": False} | dict.fromkeys((*SHOWN, *BESIDE), True) | {"verdict": False}
    table = table_of("acceptance by supplier", heads)
    for one in found:
        counts = (getattr(one, name) for name in SHOWN)
        beside = (one.own_copies.records, one.other_copies.records, one.personal.documents)
        cells = [f"{count:,}" for count in (*counts, *beside)]
        table.add_row(one.source, *cells, Text(*VERDICTS[one.verdict]))
    console.print(table)
    if each:
        for one in found:
            _print_report(one)


def _print_report(one: Report) -> None:
    console.print(one.source, style="bold")
    for term in one.terms:
        mark, style = ("met   ", "green") if term.met else ("missed", "red")
        console.print(f"  {mark}", style=style, end=" ")
        console.print(told(term), soft_wrap=True)
    for what, whys in (("rejected", one.reasons), ("dropped", one.rules), ("copies", _copies(one))):
        for name, why in whys.items():
            asked = f" ({why.asked} asked)" if why.asked else ""
            console.print(f"  {what}: {name}{asked} {why.records:,}", soft_wrap=True)
            for place in why.examples:
                console.print(f"    {_place(place)}", style="dim", soft_wrap=True)
    findings = _listed(one.personal.findings)
    shares = {"languages": _listed(one.languages), "personal data": findings or "none"}
    mixed = {
        use.mixture: f"{use.documents:,} documents, {use.rows:,} rows, {number(use.tokens)} tokens"
        for use in one.mixtures
    }
    console.print(pairs_of(None, {"licence": one.licence, **_sizes(one), **shares, **mixed}))


def _sizes(one: Report) -> dict[str, str]:
    kept = number(one.kept / one.read) if one.read else "–"
    return {"kept": kept, f"tokens ({one.tokenizer})": f"{one.tokens:,}", "files": f"{one.files:,}"}


def _copies(one: Report) -> Mapping[str, Why]:
    copies = {"within the delivery": one.own_copies, "of another source": one.other_copies}
    return {name: why for name, why in copies.items() if why.records}


def _place(place: Place) -> str:
    twin = f" = {_place(place.copy_of)}" if place.copy_of else ""
    return " ".join(filter(None, (place.file, _where(place), place.doc_id))) + twin


def _where(place: Place) -> str | None:
    if place.offset is None:
        return None
    if place.length is None:
        return f"row {place.offset:,}"
    return f"offset {place.offset:,}, length {place.length:,}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
