"""Clusters of copies, and the one kept of each."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.dedup.bands import bands
from quality.kernels import clusters as kernels
from schemas.tables import DUPLICATES, PERMUTATIONS, SIGNATURES

MEMBERS = pl.Schema(
    {
        "doc_id": pl.String(),
        "batch": pl.String(),
        "priority": pl.UInt16(),
        "quality": pl.Float32(),
        "folded_chars": SIGNATURES["folded_chars"],
        "exact": SIGNATURES["exact"],
        "minhash": SIGNATURES["minhash"],
    }
)
"""What `cluster` needs of each document: `priority` of its source, the lower the better, and
`quality`, the higher the better (null is the worst)."""

Integers = npt.NDArray[np.int64]


def cluster(members: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """The cluster of each member, as the `DUPLICATES` table; rows in the order of `members`.

    Equal folded texts are united first; then one document of each such group meets the others
    through `bands(threshold)` bands of its signature, and a pair that shares a band is united if
    its estimated Jaccard similarity is `threshold` (0 to 1) or more. Clusters are connected
    components, so two of one cluster may be less similar than that; `similarity` tells. Of each
    cluster the best is kept: by priority, quality, folded length, `doc_id`, `batch`. The order
    of the rows changes nothing.

    A text that folds to nothing is nobody's copy; one with no signature only an exact one's. In a
    band's bucket of more than 17, a pair further apart in preference than 16 places may be
    missed unless a third document or another band joins it.

    Memory: beside `members` (about 560 bytes a document) about 350 bytes a document, the result
    included; `members` in more than one chunk is first copied into one. Raises `ValueError` for
    a threshold outside 0 to 1, and Polars' `ColumnNotFoundError` for a missing column.
    """
    bands(threshold)
    members = members.select(MEMBERS.names()).rechunk()
    rows = _preference(members)
    kept = _kept_of_each(members, rows, threshold)
    twins = np.empty_like(rows)
    twins[rows] = rows[kept]
    return _table(members, twins)


def _preference(members: pl.DataFrame) -> Integers:
    """Row numbers, the best member first."""
    return (
        members.lazy()
        .select(
            "priority",
            pl.col("quality").fill_nan(None),
            "folded_chars",
            "doc_id",
            "batch",
            pl.int_range(pl.len()).alias("row"),
        )
        .sort(
            "priority",
            "quality",
            "folded_chars",
            "doc_id",
            "batch",
            descending=[False, True, True, False, False],
            nulls_last=True,
            maintain_order=True,
        )
        .select("row")
        .collect()["row"]
        .to_numpy()
    )


def _kept_of_each(members: pl.DataFrame, rows: Integers, threshold: float) -> Integers:
    """For each rank (place in `rows`), the rank of the member kept of its cluster."""
    parent = np.arange(rows.size)
    exact = members["exact"].to_numpy()[rows]
    filled = np.flatnonzero(members["folded_chars"].to_numpy()[rows])
    kernels.unite_equal(parent, exact, filled[np.argsort(exact[filled], kind="stable")])
    signed = members["minhash"].is_not_null().to_numpy()[rows]
    ranks = np.flatnonzero(signed & (parent == np.arange(rows.size)))
    candidates = kernels.Candidates(_matrix(members["minhash"]), rows[ranks], ranks)
    count, width = bands(threshold)
    for band in range(count):
        keys = kernels.band_keys(candidates, band * width, (band + 1) * width)
        order = np.argsort(keys, kind="stable")
        kernels.unite_similar(parent, candidates, keys, order, threshold)
    return kernels.roots(parent)


def _table(members: pl.DataFrame, twins: Integers) -> pl.DataFrame:
    """The `DUPLICATES` of `members`, given the row kept instead of each (itself, if kept)."""
    itself = twins == np.arange(twins.size)
    doc_id = members["doc_id"]
    return (
        members.lazy()
        .select(
            "doc_id",
            "batch",
            pl.col("doc_id").min().over(pl.lit(pl.Series(twins))).alias("cluster"),
            pl.len().over(pl.lit(pl.Series(twins))).alias("size"),
            pl.lit(pl.Series(itself)).alias("kept"),
            pl.lit(doc_id.gather(twins)).alias("twin"),
            pl.lit(pl.Series(_similarity(members, twins))).alias("similarity"),
        )
        .with_columns(pl.when(~pl.col("kept")).then(pl.col("twin", "similarity")))
        .cast(DUPLICATES)
        .collect()
    )


def _similarity(members: pl.DataFrame, twins: Integers) -> npt.NDArray[np.float32]:
    """The estimated Jaccard similarity of each row to its twin; 1 for equal folded texts."""
    similarity = np.ones(twins.size, np.float32)
    exact = members["exact"].to_numpy()
    near = np.flatnonzero(exact != exact[twins])
    equal = kernels.agreements(_matrix(members["minhash"]), near, twins[near])
    similarity[near] = equal / PERMUTATIONS
    return similarity


def _matrix(minhash: pl.Series) -> npt.NDArray[Any]:
    """The signatures as n × 128, without a copy; rows of missing ones mean nothing."""
    values = minhash.to_arrow()
    start = values.offset * PERMUTATIONS
    flat = np.frombuffer(values.values.buffers()[1], np.uint32)
    return flat[start : start + len(values) * PERMUTATIONS].reshape(-1, PERMUTATIONS)
