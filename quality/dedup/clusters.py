"""Clusters of copies, and the one kept of each."""

import numpy as np
import polars as pl

from quality.dedup.members import by_preference
from quality.kernels.clusters import kept_instead
from schemas.tables import DUPLICATES

_ONE = ("doc_id", "batch", "exact", "priority", "quality", "folded_chars")


def cluster(members: pl.LazyFrame, pairs: pl.LazyFrame, threshold: float) -> pl.DataFrame:
    """The cluster of each member, as the `DUPLICATES` table; rows in the order of `members`.

    Documents with equal folded texts are one text; a text that folds to nothing is nobody's copy.
    The texts are gone through by preference (`by_preference` of their best documents): one is kept
    unless it makes a pair of similarity `threshold` or more with one that is kept already. So
    every dropped document is that similar to the one kept instead of it, no two kept ones make
    a pair, and chains of revisions do not melt into one. Of several that are kept the most
    similar is the twin, of equals the preferred. The order of rows changes nothing.

    `members` has the columns of `MEMBERS` but the sketch, and `pairs` is the `PAIRS` table, or
    several of them one after the other. Memory: about 200 bytes a document, the result included.
    """
    alike = pairs.filter(pl.col("similarity") >= threshold).unique(["left", "right"]).collect()
    found = members.select(_ONE).with_row_index("row").collect()
    paired = pl.concat([alike["left"], alike["right"]]).unique()
    filled = pl.col("folded_chars") > 0
    several = pl.col("exact").is_in(paired.implode()) | pl.col("exact").is_duplicated()
    involved = by_preference(found.lazy().filter(filled & several)).collect()
    twins = _twins(involved, alike)
    return (
        found.select("row", "doc_id", "batch")
        .join(twins, on="row", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("cluster", "doc_id").alias("cluster"),
            pl.col("cluster_size").fill_null(1),
            pl.col("kept").fill_null(value=True),
        )
        .select(DUPLICATES.names())
        .cast(DUPLICATES)
    )


def _twins(involved: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    """The cluster of each involved document; they are in order of preference."""
    best = involved.select("exact", pl.int_range(pl.len()).alias("at")).unique(
        "exact", keep="first", maintain_order=True
    )
    hashes = best["exact"].to_numpy()
    by_hash = np.argsort(hashes, kind="stable")

    def number(some: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The text with each hash, numbered by preference."""
        return by_hash[np.searchsorted(hashes, some.to_numpy(), sorter=by_hash)]

    ends = np.stack([number(alike["left"]), number(alike["right"])])
    better, worse = ends.min(0), ends.max(0)
    order = np.argsort(worse, kind="stable")
    instead, similarity = kept_instead(
        best.height, better[order], worse[order], alike["similarity"].to_numpy()[order]
    )
    text = number(involved["exact"])
    at = best["at"].to_numpy()[instead[text]]
    dropped = pl.Series(at != np.arange(at.size))
    return involved.select(
        "row",
        pl.col("doc_id").min().over(pl.lit(pl.Series(at))).alias("cluster"),
        pl.len().over(pl.lit(pl.Series(at))).alias("cluster_size"),
        (~pl.lit(dropped)).alias("kept"),
        pl.when(dropped).then(involved["doc_id"].gather(at)).alias("twin"),
        pl.when(dropped).then(involved["batch"].gather(at)).alias("twin_batch"),
        pl.when(dropped).then(pl.Series(similarity[text])).alias("similarity"),
    )
