"""What many documents share: whole texts (duplicates) and single lines (boilerplate)."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

import quality.dedup
from assets.discretion import discreet
from assets.show import show_bands
from quality.alignment import side_by_side
from quality.dedup import cluster, keeps_one_of_each, members_of
from schemas.corpus import Corpus


@dg.asset(
    group_name="deduplicate",
    code_version="3",
    check_specs=[
        dg.AssetCheckSpec(
            "one_kept",
            asset="duplicates",
            blocking=True,
            description="Every cluster keeps exactly one document, and every document has one row.",
        )
    ],
)
@discreet
def duplicates(
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    signatures: pl.LazyFrame,
    pairs: pl.LazyFrame,
    corpus_yaml: dg.ResourceParam[Corpus],
) -> Iterator[Any]:
    """Which documents say the same, which one of them is kept, and how alike they are."""
    members = members_of(documents, signals, signatures, corpus_yaml.standings())
    clusters = cluster(members, pairs)
    count = documents.select(pl.len()).collect().item()
    yield dg.AssetCheckResult(
        check_name="one_kept",
        passed=keeps_one_of_each(clusters) and clusters.height == count,
        metadata={"clusters": clusters["cluster"].n_unique(), "documents": clusters.height},
    )
    yield dg.Output(clusters, metadata=show_bands(corpus_yaml.dedup))


@dg.asset(group_name="deduplicate", code_version="1")
@discreet
def boilerplate(
    lines: pl.LazyFrame, duplicates: pl.LazyFrame, corpus_yaml: dg.ResourceParam[Corpus]
) -> pl.DataFrame:
    """Which lines of each document many kept documents of the corpus hold."""
    placed = side_by_side(duplicates.select("doc_id", "batch", "kept"), lines)
    return quality.dedup.boilerplate(placed, corpus_yaml.dedup.common)
