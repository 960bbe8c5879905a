"""Near-duplicates: the only step that sees the whole corpus."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from quality.alignment import side_by_side
from quality.dedup import cluster
from schemas.corpus import Corpus


@dg.asset(
    group_name="deduplicate",
    code_version="1",
    check_specs=[
        dg.AssetCheckSpec(
            "one_kept",
            asset="duplicates",
            blocking=True,
            description="Every cluster keeps exactly one document, and every document has one row.",
        )
    ],
)
def duplicates(
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    signatures: pl.LazyFrame,
    corpus_yaml: dg.ResourceParam[Corpus],
) -> Iterator[Any]:
    """Which documents say the same, which one of them is kept, and how alike they are."""
    priority = {source: corpus_yaml.priority(source) for source in corpus_yaml.sources}
    members = side_by_side(
        documents.select(
            "doc_id",
            "batch",
            priority=pl.col("source").replace_strict(priority, return_dtype=pl.UInt16),
        ),
        signals.select("doc_id", "quality"),
        signatures,
    ).collect()
    clusters = cluster(members, corpus_yaml.dedup.threshold)
    kept = clusters.group_by("cluster").agg(pl.col("kept").sum())
    several = kept.filter(pl.col("kept") != 1).height
    yield dg.AssetCheckResult(
        check_name="one_kept",
        passed=several == 0 and clusters.height == members.height,
        metadata={"clusters": kept.height, "documents": clusters.height},
    )
    yield dg.Output(clusters.lazy())
