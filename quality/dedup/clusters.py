"""Clusters of copies, and the one kept of each."""

import numpy as np
import polars as pl

from quality.dedup.members import by_preference
from quality.kernels.clusters import families, kept_instead
from schemas.tables import DUPLICATES

_ONE = ("doc_id", "batch", "exact", "priority", "threshold", "quality", "folded_chars")


def cluster(members: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.DataFrame:
    """The cluster of each member, as the `DUPLICATES` table; rows in the order of `members`.

    Documents with equal folded texts are one text; a text that folds to nothing is nobody's copy.
    The texts are gone through by preference (`by_preference` of their best documents): one is kept
    unless it makes a pair, of its `threshold` or more, with one that is kept already; a text of
    several documents takes the lowest of theirs. So every dropped document is that similar to the
    one kept instead of it, and chains of revisions do not melt into one. Of several that are kept
    the most similar is the twin, of equals the preferred. The order of rows changes nothing.

    `members` has the columns of `MEMBERS` but the sketch, and `pairs` is the `PAIRS` table, or
    several of them one after the other. Memory: about 200 bytes a document, the result included.
    """
    found = members.select(_ONE).with_row_index("row").collect()
    enough = pl.col("similarity") >= pl.lit(found["threshold"].min(), pl.Float32)
    alike = pairs.filter(enough).unique(["left", "right"]).collect()
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
            pl.coalesce("family", "doc_id").alias("family"),
            pl.col("cluster_size").fill_null(1),
            pl.col("kept").fill_null(value=True),
        )
        .select(DUPLICATES.names())
        .cast(DUPLICATES)
    )


def _twins(involved: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    """The cluster of each involved document; they are in order of preference."""
    texts = (
        involved.with_row_index("best")
        .group_by("exact", maintain_order=True)
        .agg(pl.col("best").first(), pl.col("threshold").min())
        .with_row_index("text")
    )
    linked = _by_text(alike, texts)
    family = families(texts.height, linked["better"].to_numpy(), linked["worse"].to_numpy())
    asked = _similar_enough(linked, texts)
    instead, similarity = kept_instead(
        texts.height, *(asked[name].to_numpy() for name in ("better", "worse", "similarity"))
    )
    text = involved.join(texts, on="exact", how="left", maintain_order="left")["text"].to_numpy()
    kept = texts["best"].to_numpy()[instead[text]]
    dropped = pl.Series(kept != np.arange(kept.size))
    # As columns: two windows over literal series are taken for one (Polars 2.1.0).
    numbered = involved.with_columns(cluster_of=pl.Series(kept), family_of=pl.Series(family[text]))
    return numbered.select(
        "row",
        pl.col("doc_id").min().over("cluster_of").alias("cluster"),
        pl.len().over("cluster_of").alias("cluster_size"),
        pl.col("doc_id").min().over("family_of").alias("family"),
        (~pl.lit(dropped)).alias("kept"),
        pl.when(dropped).then(involved["doc_id"].gather(kept)).alias("twin"),
        pl.when(dropped).then(involved["batch"].gather(kept)).alias("twin_batch"),
        pl.when(dropped).then(pl.Series(similarity[text])).alias("similarity"),
    )


def _by_text(alike: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The pairs by the numbers of their texts."""
    better, worse = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    return (
        alike.join(texts.select(left="exact", a="text"), on="left")
        .join(texts.select(right="exact", b="text"), on="right")
        .select(better.alias("better"), worse.alias("worse"), "similarity")
        .cast({"better": pl.Int64, "worse": pl.Int64})
    )


def _similar_enough(linked: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The pairs that reach the threshold of the worse text."""
    thresholds = texts.select(pl.col("text").cast(pl.Int64).alias("worse"), "threshold")
    return (
        linked.join(thresholds, on="worse")
        .filter(pl.col("similarity") >= pl.col("threshold"))
        .sort("worse")
    )
