"""JSONL compressed with zstd: one file a shard, one row an object."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, cast

import polars as pl
import zstandard

from pipelines.exports.files import Outputs
from pipelines.exports.rows import bytes_of, content, json_of
from schemas.exports import ExportedFile, ExportFormat

LEVEL = 3
"""The default level of zstd."""


class Jsonl:
    """Readable by everything: `zstdcat`, Hugging Face datasets, DuckDB, Polars."""

    name: ExportFormat = "jsonl"
    options: Mapping[str, str | int] = {}

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """One zstd frame, flushed at no place that depends on chance."""
        compressor = zstandard.ZstdCompressor(level=LEVEL)
        with (
            outputs.open(".jsonl.zst") as sink,
            compressor.stream_writer(cast("IO[bytes]", sink), closefd=False) as packed,
        ):
            for rows in groups:
                lines = json_of(rows, rows.columns) + "\n"
                packed.write(content(bytes_of(lines)))
                sink.rows += rows.height

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """None is needed."""
        del files
        return {}
