"""Tombstones: what keeps withdrawn content out, each with the number of its request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import polars as pl

from schemas.tables import DOCUMENTS, SIGNATURES
from schemas.withdrawals import Entry, Request, Snippet, Subject

Key = TypeVar("Key")

NUMBER = pl.Int64()


def _table(name: str, values: Iterable[str] = (), number: int | None = None) -> pl.DataFrame:
    column = pl.Series(name, list(values), (DOCUMENTS | SIGNATURES)[name])
    return pl.DataFrame([column]).with_columns(pl.lit(number, NUMBER).alias("number"))


@dataclass(frozen=True)
class Tombstones:
    """What is withdrawn, by every way to tell it again.

    `doc_ids`, `urls`, `texts` (by `exact`) and `sketches` are tables of it and the number of its
    request, the first request first; the others map it to that number.
    """

    doc_ids: pl.DataFrame = field(default_factory=lambda: _table("doc_id"))
    urls: pl.DataFrame = field(default_factory=lambda: _table("uri"))
    prefixes: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    snippets: dict[Snippet, int] = field(default_factory=dict)
    subjects: dict[Subject, int] = field(default_factory=dict)
    texts: pl.DataFrame = field(default_factory=lambda: _table("exact"))
    sketches: pl.DataFrame = field(default_factory=lambda: _table("sketch"))

    @property
    def keyed(self) -> bool:
        """Whether the key of the lake is needed to tell any of it again."""
        return bool(self.snippets or self.subjects)


def of_request(request: Request, number: int) -> Tombstones:
    """What the request names."""
    return Tombstones(
        doc_ids=_table("doc_id", request.docs, number),
        urls=_table("uri", request.urls, number),
        prefixes=dict.fromkeys(request.prefixes, number),
        sources=dict.fromkeys(request.sources, number),
        snippets=dict.fromkeys(request.snippets, number),
        subjects=dict.fromkeys(request.subjects, number),
    )


def of_texts(texts: pl.DataFrame, number: int) -> Tombstones:
    """Texts of the table `TEXTS`; a text has to be there once."""
    numbered = texts.with_columns(pl.lit(number, NUMBER).alias("number"))
    return Tombstones(
        texts=numbered.select("exact", "number"),
        sketches=numbered.select("sketch", "number").drop_nulls("sketch"),
    )


def of_found(entry: Entry, documents: pl.DataFrame, texts: pl.DataFrame) -> Tombstones:
    """What the request of `entry` found: tables `WITHDRAWN` and `TEXTS`.

    A document that was asked for by its id is kept out by its address too, if that is a URL: a path
    and row may be another record's once the withdrawn one has been erased.
    """
    of_docs = documents.filter(
        pl.col("doc_id").is_in(list(entry.request.docs))
        & pl.col("uri").str.contains("://", literal=True)
    )
    found = of_texts(texts, entry.number)
    return Tombstones(
        doc_ids=_table("doc_id", documents["doc_id"], entry.number),
        urls=_table("uri", of_docs["uri"], entry.number),
        texts=found.texts,
        sketches=found.sketches,
    )


def joined(parts: Iterable[Tombstones]) -> Tombstones:
    """All tombstones of `parts`, which are in order of number."""
    some = [Tombstones(), *parts]

    def tables(name: str) -> pl.DataFrame:
        every: list[pl.DataFrame] = [getattr(one, name) for one in some]
        return pl.concat(every)

    def first(maps: list[dict[Key, int]]) -> dict[Key, int]:
        return {key: number for one in reversed(maps) for key, number in one.items()}

    return Tombstones(
        doc_ids=tables("doc_ids"),
        urls=tables("urls"),
        prefixes=first([one.prefixes for one in some]),
        sources=first([one.sources for one in some]),
        snippets=first([one.snippets for one in some]),
        subjects=first([one.subjects for one in some]),
        texts=tables("texts"),
        sketches=tables("sketches"),
    )
