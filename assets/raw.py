"""What comes in: batches of raw files."""

import dagster as dg

BATCHES = dg.DynamicPartitionsDefinition(name="batch")

raw = dg.AssetSpec(
    "raw",
    group_name="raw",
    partitions_def=BATCHES,
    description="The raw files of each batch, as the sources hold them. A file never moves.",
)
