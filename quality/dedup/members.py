"""What comparing and clustering see of each document, and what must be true of the result."""

from collections.abc import Mapping

import polars as pl

from quality.alignment import side_by_side
from schemas.corpus import Standing
from schemas.tables import SIGNATURES

MEMBERS = pl.Schema(
    {
        "doc_id": pl.String(),
        "batch": pl.String(),
        "priority": pl.UInt16(),
        "threshold": pl.Float32(),
        "quality": pl.Float32(),
        "folded_chars": SIGNATURES["folded_chars"],
        "exact": SIGNATURES["exact"],
        "sketch": SIGNATURES["sketch"],
    }
)
"""One row a document: the `priority` of its source, the lower the better; the `threshold` at which
it counts as a copy, a similarity of 0 to 1; and `quality`, the higher the better (null is the
worst)."""


def members_of(
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    signatures: pl.LazyFrame,
    standings: Mapping[str, Standing],
) -> pl.LazyFrame:
    """The table `MEMBERS`, one row a document; `standings` are by name of source."""
    return side_by_side(
        documents.select(
            "doc_id",
            "batch",
            *(
                pl.col("source")
                .replace_strict(
                    {source: getattr(one, name) for source, one in standings.items()},
                    return_dtype=MEMBERS[name],
                )
                .alias(name)
                for name in Standing._fields
            ),
        ),
        signals.select("doc_id", quality="prose_ratio"),
        signatures,
    ).select(MEMBERS.names())


def by_preference(members: pl.LazyFrame) -> pl.LazyFrame:
    """The members, the one to keep before all others first.

    The source decides, then quality, then the folded length, then `doc_id` and `batch`.

    >>> same = {"priority": 0, "quality": None, "doc_id": "a", "batch": "b"}
    >>> two = pl.LazyFrame([same | {"folded_chars": 5}, same | {"folded_chars": 9}])
    >>> by_preference(two).collect()["folded_chars"].to_list()
    [9, 5]
    """
    return members.sort(
        pl.col("priority"),
        pl.col("quality").fill_nan(None),
        "folded_chars",
        "doc_id",
        "batch",
        descending=[False, True, True, False, False],
        nulls_last=True,
        maintain_order=True,
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
