"""The files of one shard, in each format that a recipe asks for."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.recipes import ShardFormat
from schemas.tables import SHARDS

WRITER = f"pyarrow {pa.__version__}, polars {pl.__version__}"

GROUP_BYTES = 16 * 2**20
"""Bytes of text per Parquet row group and Arrow record batch: what reading one row costs."""

OLDEST = pl.CompatLevel.oldest()
SCHEMA = SHARDS.to_frame().to_arrow(compat_level=OLDEST).schema
_REPETITIVE = ["source", "domain", "language", "licence", "component"]


def write(frame: pl.DataFrame, paths: dict[ShardFormat, Path]) -> None:
    """Write the rows of one shard (schema `SHARDS`) to the path of each format.

    The bytes depend on the rows and on `WRITER` alone.
    """
    text_bytes = int(frame["text"].str.len_bytes().sum())
    group_rows = max(1, GROUP_BYTES * frame.height // max(1, text_bytes))
    with ExitStack() as stack:
        writers = [stack.enter_context(_WRITERS[one](path)) for one, path in paths.items()]
        for group in frame.iter_slices(group_rows):
            table = group.to_arrow(compat_level=OLDEST).cast(SCHEMA).combine_chunks()
            # A copy by `take` zeroes what lies under nulls: no byte may depend on chance.
            table = table.take(pa.array(np.arange(len(table))))
            for writer in writers:
                writer.write_table(table)


def _parquet_writer(path: Path) -> Any:
    return pq.ParquetWriter(
        path,
        SCHEMA,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=_REPETITIVE,
        write_statistics=[*_REPETITIVE, "doc_id", "quality", "epoch"],
    )


def _arrow_writer(path: Path) -> Any:
    # Not compressed, so that a training process can map it and read in place.
    return pa.ipc.new_file(str(path), SCHEMA)


_WRITERS = {"parquet": _parquet_writer, "arrow": _arrow_writer}
