"""Parquet files that carry their own receipt, cut into row groups that bound a reader's memory."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from schemas.errors import IntegrityError

GROUP_BYTES = 2**20
GROUP_ROWS = 8_192
"""A row group closes at this much text or this many rows: what a reader must hold at once, and
what reading a single text costs."""

DISTINCT = {"doc_id", "uri", "text", "raw_digest", "exact", "minhash", "sketch"}
"""Columns whose values hardly ever repeat: a dictionary of them costs as much as they do."""

RECEIPT = b"wenyuan"


class Origin(BaseModel):
    """What a file is made from: equal origins mean equal bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code_version: str
    settings: str
    inputs: dict[str, str]


class Receipt(BaseModel):
    """What stands in a file's footer. `digest` covers the data, not the receipt itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    origin: Origin
    digest: str
    rows: int


def checked(
    table: str, schema: pl.Schema, frames: Iterable[pl.DataFrame]
) -> Iterator[pl.DataFrame]:
    """The same frames, having the schema of `table`.

    Raises:
        IntegrityError: a column is missing or of another type, or a row has no id.
    """
    for frame in frames:
        if frame.schema != schema:
            wrong = {k: v for k, v in frame.schema.items() if schema.get(k) != v}
            raise IntegrityError(
                f"{table} should have the columns {list(schema)}; "
                f"missing {[k for k in schema if k not in frame.schema]}, wrong {wrong}"
            )
        if "doc_id" in schema and frame["doc_id"].null_count():
            raise IntegrityError(f"{table}: a row has no doc_id")
        yield frame


def row_groups(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows cut at places that depend on the rows alone, not on how they arrived.

    A group holds at most GROUP_ROWS rows and, beyond its last row, GROUP_BYTES of text.
    """
    held: list[pl.DataFrame] = []
    for frame in frames:
        rest = frame
        while (cut := _cut(held, rest)) is not None:
            yield pl.concat([*held, rest[:cut]])
            held, rest = [], rest[cut:]
        if rest.height:
            held.append(rest)
    if held:
        yield pl.concat(held)


def _cut(held: list[pl.DataFrame], frame: pl.DataFrame) -> int | None:
    """How many rows of `frame` still belong to the group begun in `held`; null if all, and more."""
    cut = GROUP_ROWS - sum(part.height for part in held)
    if "text" in frame.columns:
        before = sum(int(part["text"].str.len_bytes().sum()) for part in held)
        sizes = frame["text"].str.len_bytes().fill_null(0).cast(pl.UInt64).cum_sum() + before
        cut = min(cut, int(sizes.search_sorted(GROUP_BYTES)) + 1)
    return cut if cut <= frame.height else None


class _Hashing:
    """A file that digests what is written to it."""

    def __init__(self, raw: Any) -> None:
        self.raw, self.sha256 = raw, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return int(self.raw.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


def write_parquet(
    raw: Any, frames: Iterable[pl.DataFrame], schema: pl.Schema, origin: Origin
) -> Receipt:
    """Stream `frames` into the open file `raw` and close it with their receipt."""
    arrow = schema.to_frame().to_arrow().schema
    sink, rows = _Hashing(raw), 0
    # Statistics would put the first and last text of every group into the footer, which every
    # reader reads.
    with pq.ParquetWriter(
        pa.PythonFile(sink, "w"),
        arrow,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in schema if name not in DISTINCT],
        write_statistics=[name for name, kind in schema.items() if kind.is_numeric()],
    ) as writer:
        for group in row_groups(frames):
            rows += group.height
            writer.write_table(group.to_arrow().cast(arrow), row_group_size=group.height)
        # Everything but the footer has been written by now.
        receipt = Receipt(origin=origin, digest=sink.sha256.hexdigest(), rows=rows)
        writer.add_key_value_metadata({RECEIPT: receipt.model_dump_json()})
    return receipt


def read_receipt(path: Path) -> Receipt | None:
    """The receipt in the footer of `path`, or null where there is no whole file of ours."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return None
    return Receipt.model_validate_json(metadata[RECEIPT]) if RECEIPT in metadata else None
