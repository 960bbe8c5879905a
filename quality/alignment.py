"""Tables that lie beside each other: the same documents in the same order."""

from collections.abc import Mapping

import polars as pl


def side_by_side(first: pl.LazyFrame, *others: pl.LazyFrame) -> pl.LazyFrame:
    """The columns of all tables, joined by position; of a column in several, the first one's.

    >>> language = pl.LazyFrame({"doc_id": ["a"], "language": ["yue"]})
    >>> signals = pl.LazyFrame({"doc_id": ["a"], "chars": [9]})
    >>> side_by_side(language, signals).collect().row(0)
    ('a', 'yue', 9)
    """
    seen = set(first.collect_schema().names())
    tables = [first]
    for other in others:
        names = [name for name in other.collect_schema().names() if name not in seen]
        seen.update(names)
        tables.append(other.select(names))
    return pl.concat(tables, how="horizontal")


def misaligned(documents: pl.LazyFrame, annotations: Mapping[str, pl.LazyFrame]) -> list[str]:
    """What is wrong between documents and their annotations, in words; empty if nothing is."""
    ids = documents.select("doc_id").collect().to_series()
    problems = [] if ids.is_unique().all() else ["documents: a doc_id is there twice"]
    for name, table in annotations.items():
        theirs = table.select("doc_id").collect().to_series()
        if theirs.len() != ids.len():
            problems.append(f"{name} has {theirs.len()} rows, documents {ids.len()}")
        elif not theirs.equals(ids):
            problems.append(f"{name} does not follow the order of documents")
    return problems
