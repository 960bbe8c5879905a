"""The inventory of each batch: what recipes choose by, without the texts."""

import dagster as dg
import polars as pl

import quality.inventory
from assets.discretion import discreet
from assets.raw import BATCHES
from assets.tokenizers import tokenizers
from quality.alignment import side_by_side
from schemas.corpus import Corpus


@dg.asset(group_name="decide", partitions_def=BATCHES, code_version="4")
@discreet
def inventory(
    documents: pl.LazyFrame,
    scores: pl.LazyFrame,
    duplicates: pl.LazyFrame,
    verdicts: pl.LazyFrame,
    corpus: pl.LazyFrame,
    corpus_yaml: dg.ResourceParam[Corpus],
) -> pl.LazyFrame:
    """What a recipe can choose by of each document of the corpus: tokens, kind, quality, date."""
    beside = side_by_side(
        documents.select("published_at", "ai_label"),
        scores.select("industry", "volatility"),
        duplicates.select("cluster_size", "family"),
        verdicts.select("kept"),
    )
    kept = side_by_side(corpus, beside.filter("kept").drop("kept"))
    return quality.inventory.inventory(kept, list(tokenizers(corpus_yaml).values()))
