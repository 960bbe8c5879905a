"""`wenyuan trace`: from a row of a mixture to its bytes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pipelines.cli.options import (
    console,
    corpus_option,
    errors,
    json_option,
    print_json,
    reveal_option,
)
from pipelines.tracing import Traced, trace_row
from schemas.corpus import load_corpus
from schemas.errors import ConfigError


@click.command()
@click.argument("row", metavar="SHARD#ROW")
@corpus_option
@json_option
@reveal_option
def trace(row: str, path: Path, as_json: bool, reveal: bool) -> None:
    """From a row of a mixture back to its bytes.

    SHARD is a shard's path, or MIXTURE/FILE; ROW counts from 0: general/00000.parquet#12

    With --reveal the exact bytes of the raw record go to standard output, and where they lie to
    standard error.
    """
    shard, mark, number = row.rpartition("#")
    if not mark or not number.isdecimal():
        raise ConfigError(f"{row!r} names no row; write it like general/00000.parquet#12")
    traced = trace_row(load_corpus(path), shard, int(number), reveal=reveal)
    if as_json:
        length = {"raw_length": len(traced.raw_bytes)}
        print_json(traced.model_dump(mode="json", exclude={"raw_bytes"}) | length)
        return
    for line in _places(traced):
        (errors if reveal else console).print(line, soft_wrap=True)
    if reveal:
        sys.stdout.flush()
        sys.stdout.buffer.write(traced.raw_bytes)
        return
    console.print("\nraw record", style="bold", end=" ")
    console.print("(personal data masked; --reveal writes the bytes)")
    console.print(traced.raw or traced.withheld or "", soft_wrap=True)


def _places(traced: Traced) -> Iterator[str]:
    document = traced.document
    offset, length = document["raw_offset"], document["raw_length"]
    yield f"row       {traced.shard}#{traced.row}"
    yield f"document  {document['doc_id']}  ({document['uri']})"
    yield f"source    {document['source']}, batch {document['batch']}"
    yield f"raw file  {document['raw_path']}"
    yield f"place     {_place(offset, length)}"
    yield f"digest    {document['raw_digest']} (verified)"


def _place(offset: int, length: int | None) -> str:
    return f"row {offset:,}" if length is None else f"offset {offset:,}, length {length:,}"
