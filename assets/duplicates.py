"""Near-duplicates: the only step that sees the whole corpus."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from quality.dedup import cluster, keeps_one_of_each, members_of
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
    members = members_of(documents, signals, signatures, priority).collect()
    clusters = cluster(members, corpus_yaml.dedup.threshold)
    yield dg.AssetCheckResult(
        check_name="one_kept",
        passed=keeps_one_of_each(clusters) and clusters.height == members.height,
        metadata={"clusters": clusters["cluster"].n_unique(), "documents": clusters.height},
    )
    yield dg.Output(clusters.lazy())
