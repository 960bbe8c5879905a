"""From raw files to documents: the only step that looks at raw bytes."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.discretion import discreet
from assets.raw import BATCHES
from assets.reading import Reading
from schemas.batches import Batch
from schemas.corpus import Corpus


@dg.multi_asset(
    outs={
        "documents": dg.AssetOut(
            group_name="read",
            code_version="2",
            description="The text of every readable record, and where its bytes lie.",
        ),
        "rejects": dg.AssetOut(
            group_name="read",
            code_version="3",
            description="Every record that could not be read, with the place and the reason.",
        ),
    },
    check_specs=[
        dg.AssetCheckSpec(
            "accounted",
            asset="rejects",
            blocking=True,
            description="Every record read is a document or a reject.",
        ),
    ],
    partitions_def=BATCHES,
    retry_policy=dg.RetryPolicy(max_retries=1, delay=1),
)
@discreet
def read(raw: Batch, corpus_yaml: dg.ResourceParam[Corpus]) -> Iterator[Any]:
    """Read every record of the batch once, and account for each."""
    reading = Reading(raw, corpus_yaml.sources[raw.source], corpus_yaml.folder)
    yield dg.Output(reading.documents(), "documents")
    yield dg.Output(pl.LazyFrame(reading.rejects()), "rejects")
    yield dg.AssetCheckResult(
        asset_key="rejects",
        check_name="accounted",
        passed=reading.read == reading.kept + reading.rejected,
        metadata={
            "read": reading.read,
            "documents": reading.kept,
            "rejects": reading.rejected,
        },
    )
