"""Pairs: the comparing of all texts of the corpus, in as many shares as corpus.yaml asks for."""

from collections.abc import Iterator
from typing import Any, Protocol

import dagster as dg
import polars as pl

import quality.dedup
from assets.annotations import SIGNED
from assets.discretion import discreet
from assets.settings import shares
from quality.dedup import Known, TextsAt, members_of
from schemas.corpus import Corpus


class Memory(Protocol):
    """What the lake holds already."""

    def known(self, share: str) -> Known:
        """What earlier runs found out about the pairs of `share`."""

    def texts(self) -> TextsAt:
        """The texts of single documents, which are numbered through in order of batch."""


def pairs(corpus: Corpus) -> dg.AssetsDefinition:
    """The asset `pairs`, one partition a share."""
    names = shares(corpus.dedup)
    every_batch = dg.AssetIn(partition_mapping=dg.AllPartitionMapping())

    @dg.asset(
        name="pairs",
        group_name="compare",
        partitions_def=dg.StaticPartitionsDefinition(names),
        ins=dict.fromkeys(("documents", "signals", "signatures"), every_batch),
        # What was found out of two texts holds as long as texts are signed the same way.
        code_version=f"1-{SIGNED}",
    )
    @discreet
    def compared(
        context: dg.AssetExecutionContext,
        documents: pl.LazyFrame,
        signals: pl.LazyFrame,
        signatures: pl.LazyFrame,
        corpus_yaml: dg.ResourceParam[Corpus],
        memory: dg.ResourceParam[Memory],
    ) -> Iterator[Any]:
        """Which texts may be near-duplicates, and how alike they are."""
        known = memory.known(context.partition_key)
        found = quality.dedup.pairs(
            members_of(documents, signals, signatures, corpus_yaml.standings()),
            memory.texts(),
            corpus_yaml.dedup,
            names.index(context.partition_key),
            known,
        )
        yield dg.Output(found, metadata={"batches compared before": len(known.batches)})

    return compared
