"""`wenyuan why` and `wenyuan trace`: from a document to its decision, from a row to its bytes."""

import sys
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from pipelines.cli.options import (
    console,
    corpus_option,
    json_option,
    print_json,
    reveal_option,
)
from pipelines.lookup import Found, Traced, find_document, trace_row
from schemas.corpus import load_corpus
from schemas.errors import NotFoundError


@click.command()
@click.argument("document", metavar="DOC_ID|URL")
@corpus_option
@json_option
@reveal_option
def why(document: str, path: Path, as_json: bool, reveal: bool) -> None:
    """Everything known of one document, and why it was kept or dropped."""
    found = find_document(load_corpus(path), document, reveal=reveal)
    if as_json:
        print_json([one.model_dump() for one in found])
        return
    for one in found:
        _print_found(one)


@click.command()
@click.argument("row", metavar="SHARD#ROW")
@corpus_option
@json_option
@reveal_option
def trace(row: str, path: Path, as_json: bool, reveal: bool) -> None:
    """From a row of a mixture back to its bytes.

    SHARD is a shard's path, or MIXTURE/FILE; ROW counts from 0: general/00000.parquet#12
    """
    shard, mark, number = row.rpartition("#")
    if not mark or not number.isdigit():
        raise NotFoundError(f"{row!r} names no row; write it like general/00000.parquet#12")
    traced = trace_row(load_corpus(path), shard, int(number), reveal=reveal)
    if as_json:
        print_json(traced.model_dump(exclude={"raw_bytes"}))
    elif reveal:
        _print_places(traced, error_stream=True)
        sys.stdout.buffer.write(traced.raw_bytes)
    else:
        _print_places(traced)
        console.print("\n[bold]raw record[/] (personal data masked; --reveal shows the bytes)")
        console.print(traced.raw, markup=False, soft_wrap=True)


def _print_found(found: Found) -> None:
    if found.rejected:
        _print_pairs("rejected", found.rejected)
        return
    verdict = found.verdict
    if verdict is None:
        console.print("[yellow]not decided yet: run 'wenyuan build'[/]")
    elif verdict["kept"]:
        console.print("[green]kept[/]")
    else:
        because = f"{verdict['rule']}: {verdict['value']}, asked {verdict['threshold']}"
        console.print(f"[red]dropped[/] because of {because}", soft_wrap=True)
        if verdict["twin"]:
            console.print(f"the one kept instead: wenyuan why {verdict['twin']}")
    _print_pairs("document", found.document)
    _print_pairs("measured", found.measured)
    table = Table(title="rules, in order", title_justify="left")
    for heading in ("rule", "value", "asked", ""):
        table.add_column(heading)
    for rule in found.rules:
        passed = "[green]passes[/]" if rule["passed"] else "[red]fails[/]"
        table.add_row(rule["rule"], str(rule["value"]), str(rule["threshold"]), passed)
    console.print(table)
    console.print("[bold]text[/] (personal data masked)" if not found.revealed else "[bold]text[/]")
    console.print(found.excerpt, markup=False, soft_wrap=True)


def _print_places(traced: Traced, *, error_stream: bool = False) -> None:
    lines = [
        f"row       {traced.shard}#{traced.row}",
        f"document  {traced.document['doc_id']}  ({traced.document['uri']})",
        f"raw file  {traced.document['raw_path']}",
        f"place     offset {traced.document['raw_offset']}, length {traced.document['raw_length']}",
        f"digest    {traced.document['raw_digest']} (verified)",
    ]
    for line in lines:
        if error_stream:
            click.echo(line, err=True)
        else:
            console.print(line, soft_wrap=True, markup=False)


def _print_pairs(title: str, pairs: dict[str, Any]) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        table.add_row(name, "–" if value is None else shown)
    console.print(table)
