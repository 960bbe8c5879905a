"""Chunks of texts with what is known of them, in Parquet, for a retrieval store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.exports.files import Outputs
from quality.text.chunks import CHUNKS, chunks
from schemas.errors import ConfigError
from schemas.exports import ExportedFile, ExportFormat
from schemas.tables import SHARDS

_KNOWN = ("source", "domain", "language", "licence")

SCHEMA = pl.Schema(
    {"chunk_id": pl.String(), "doc_id": SHARDS["doc_id"]}
    | {name: kind for name, kind in CHUNKS.items() if name != "row"}
    | {name: SHARDS[name] for name in _KNOWN}
)
"""`start` and `end` are characters of the row's text; `chunk_id` is `DOC_ID#ORDINAL`."""

_ARROW = SCHEMA.to_frame().to_arrow(compat_level=pl.CompatLevel.oldest()).schema


@dataclass(frozen=True)
class Retrieval:
    """Chunks of at most `chars` characters that repeat up to `overlap` of the one before.

    A store holds a document once, however often a mixture repeats it: of its rows, the first.
    """

    chars: int = 500
    overlap: int = 50
    name: ExportFormat = "retrieval"

    def __post_init__(self) -> None:
        if self.overlap >= self.chars:
            raise ConfigError(
                f"chunks of {self.chars} characters cannot repeat {self.overlap}: "
                "the overlap must be less"
            )

    @property
    def options(self) -> Mapping[str, str | int]:
        """How chunks are cut."""
        return {"chars": self.chars, "overlap": self.overlap}

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """One Parquet file; its row groups are those of the shard."""
        with (
            outputs.open(".parquet") as sink,
            pq.ParquetWriter(
                pa.PythonFile(sink, "w"),
                _ARROW,
                compression="zstd",
                use_dictionary=["doc_id", *_KNOWN],
                write_statistics=["doc_id", "ordinal", *_KNOWN],
            ) as writer,
        ):
            for rows in groups:
                cut = self._chunks(rows.filter(pl.col("epoch") == 0))
                table = cut.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(_ARROW)
                writer.write_table(table, row_group_size=max(1, cut.height))
                sink.rows += cut.height

    def _chunks(self, rows: pl.DataFrame) -> pl.DataFrame:
        cut = chunks(rows["text"], self.chars, self.overlap)
        about = rows.select("doc_id", *_KNOWN)[cut["row"]]
        number = pl.concat_str("doc_id", pl.lit("#"), "ordinal").alias("chunk_id")
        return cut.drop("row").hstack(about).with_columns(number).select(SCHEMA.names())

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """None is needed."""
        del files
        return {}
