"""Finding one document again: in every table, and in the raw bytes it came from."""

from pathlib import Path
from typing import Any

import polars as pl
from pydantic import BaseModel

from assets.settings import source_rules
from assets.sources import raw_record
from pipelines import shards
from pipelines.batching import current_batches
from pipelines.lake import Lake
from quality.alignment import side_by_side
from quality.policy import evaluate
from quality.privacy import find, masked
from schemas.corpus import Corpus, absolute
from schemas.errors import NotFoundError

EXCERPT = 300
ANNOTATIONS = ("language", "signals", "contamination", "duplicates")


class Found(BaseModel):
    """What is known of one document, or of one reject."""

    document: dict[str, Any] = {}
    measured: dict[str, Any] = {}
    findings: list[dict[str, Any]] = []
    rules: list[dict[str, Any]] = []
    verdict: dict[str, Any] | None = None
    excerpt: str = ""
    revealed: bool = False
    rejected: dict[str, Any] | None = None


class Traced(BaseModel):
    """A row of a mixture and the record it came from."""

    shard: str
    row: int
    mixture_row: dict[str, Any]
    document: dict[str, Any]
    raw: str
    raw_bytes: bytes


def find_document(corpus: Corpus, name: str, *, reveal: bool = False) -> list[Found]:
    """All documents and rejects that have the id or address `name`.

    Raises:
        NotFoundError: there is none.
    """
    lake = Lake(corpus.home)
    found = []
    for batch in current_batches(corpus, lake):
        if not lake.path("documents", batch).is_file():
            continue
        found += _in_batch(corpus, lake, batch, name, reveal=reveal)
        if lake.path("rejects", batch).is_file():
            rejects = lake.scan("rejects", [batch]).filter(
                (pl.col("uri") == name) | (pl.col("raw_path") == name)
            )
            found += [
                Found(rejected={"batch": batch} | row) for row in rejects.collect().to_dicts()
            ]
    if not found:
        raise NotFoundError(
            f"no document and no reject has the id or address {name!r} in {corpus.home}; "
            "give the 32 hex digits of a doc_id, or the exact URL"
        )
    return found


def trace_row(corpus: Corpus, shard: str, row: int, *, reveal: bool = False) -> Traced:
    """The record that row `row` of `shard` came from, its digest checked.

    Raises:
        NotFoundError: there is no such shard, row, document or raw file.
        IntegrityError: the raw bytes are no longer those that were read.
    """
    lake = Lake(corpus.home)
    mixture = _mixture_of(corpus, shard)
    mixed = shards.read_row(lake.mixture(mixture), Path(shard).name, row)
    table = lake.scan("documents", [mixed["batch"]]).filter(pl.col("doc_id") == mixed["doc_id"])
    document = table.drop("text").collect().to_dicts()[0]
    source = corpus.sources[document["source"]]
    data = raw_record(
        source,
        absolute(document["raw_path"], Path(corpus.folder)),
        document["raw_offset"],
        document["raw_length"],
        digest=document["raw_digest"],
    )
    text = data.decode(document["charset"] or "utf-8", errors="replace")
    shown = text if reveal else _masked(text)
    return Traced(
        shard=f"{mixture}/{Path(shard).name}",
        row=row,
        mixture_row=mixed,
        document=document,
        raw=shown,
        raw_bytes=data,
    )


def _in_batch(corpus: Corpus, lake: Lake, batch: str, name: str, *, reveal: bool) -> list[Found]:
    documents = lake.scan("documents", [batch])
    at = (
        documents.with_row_index("at")
        .filter((pl.col("doc_id") == name) | (pl.col("uri") == name))
        .select("at")
        .collect()["at"]
    )
    return [_explained(corpus, lake, batch, place, reveal=reveal) for place in at]


def _explained(corpus: Corpus, lake: Lake, batch: str, at: int, *, reveal: bool) -> Found:
    def row(table: str) -> pl.DataFrame | None:
        there = lake.path(table, batch).is_file()
        if not there:
            return None
        one = lake.scan(table, [batch]).slice(at, 1).collect()
        return one.rename({"kept": "duplicate_kept"}) if table == "duplicates" else one

    document = lake.scan("documents", [batch]).slice(at, 1).collect()
    measured = [one for table in ANNOTATIONS if (one := row(table)) is not None]
    findings, verdict = row("privacy"), row("verdicts")
    rules: list[dict[str, Any]] = []
    if len(measured) == len(ANNOTATIONS):
        beside = side_by_side(*(one.lazy() for one in measured))
        of_source = source_rules(corpus, corpus.sources[document["source"][0]])
        rules = evaluate(beside, of_source).drop("doc_id").to_dicts()
    text = document["text"][0]
    return Found(
        document=document.drop("text").to_dicts()[0],
        measured={k: v for one in measured for k, v in one.to_dicts()[0].items() if k != "doc_id"},
        findings=findings["findings"].to_list()[0] if findings is not None else [],
        rules=rules,
        verdict=verdict.drop("doc_id").to_dicts()[0] if verdict is not None else None,
        excerpt=(text if reveal else _masked(text))[:EXCERPT],
        revealed=reveal,
    )


def _masked(text: str) -> str:
    shown: str = masked(text, find(pl.Series([text])).to_list()[0])
    return shown


def _mixture_of(corpus: Corpus, shard: str) -> str:
    """The mixture a shard belongs to, told from the folders in its path."""
    for part in reversed(Path(shard).parts[:-1]):
        if part in corpus.mixtures:
            return part
    raise NotFoundError(
        f"{shard!r} names no mixture of this corpus; write MIXTURE/FILE#ROW with one of: "
        + ", ".join(corpus.mixtures)
    )
