"""What clustering sees of each document, and what must be true of its result."""

from collections.abc import Mapping

import polars as pl

from quality.alignment import side_by_side


def members_of(
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    signatures: pl.LazyFrame,
    priority: Mapping[str, int],
) -> pl.LazyFrame:
    """The table `MEMBERS`, one row a document; `priority` is by name of source, lower wins."""
    rank = pl.col("source").replace_strict(priority, return_dtype=pl.UInt16)
    return side_by_side(
        documents.select("doc_id", "batch", rank.alias("priority")),
        signals.select("doc_id", "quality"),
        signatures,
    )


def keeps_one_of_each(clusters: pl.DataFrame) -> bool:
    """Whether every cluster keeps exactly one of its documents.

    >>> keeps_one_of_each(pl.DataFrame({"cluster": ["a", "a"], "kept": [True, False]}))
    True
    >>> keeps_one_of_each(pl.DataFrame({"cluster": ["a", "b"], "kept": [True, False]}))
    False
    """
    kept = clusters.group_by("cluster").agg(pl.col("kept").sum())["kept"]
    return bool((kept == 1).all())
