"""Rows of RECORDS, gathered into frames of bounded size."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import polars as pl

from assets.sources.times import parse_times
from schemas.tables import RECORDS, TIME

FRAME_BYTES = 8 * 2**20
FRAME_ROWS = 8192

Row = dict[str, Any]
"""One row of RECORDS: its times are still text, and what it lacks is null."""

_ROW_SCHEMA = pl.Schema(
    {name: pl.String() if dtype == TIME else dtype for name, dtype in RECORDS.items()}
)


def digest_of(data: bytes | memoryview) -> str:
    """The `raw_digest` of some bytes.

    >>> digest_of(b"")[:17]
    'sha256:e3b0c44298'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def rejected(
    path: str, offset: int | None, reason: str, *, length: int | None = None, **more: str | None
) -> Row:
    """The row of a record that could not be read; `more` is its `uri` and `detail`."""
    place: Row = {"raw_path": path, "raw_offset": offset, "raw_length": length}
    return place | {"stage": "read", "reason": reason} | more


def frame_of(rows: list[Row]) -> pl.DataFrame:
    """The frame of some rows."""
    frame = pl.DataFrame(rows, schema=_ROW_SCHEMA)
    return frame.with_columns(
        parse_times(pl.col(name)).alias(name) for name, dtype in RECORDS.items() if dtype == TIME
    )


def gather(rows: Iterable[Row]) -> Iterator[pl.DataFrame]:
    """Frames of rows that come one by one."""
    held: list[Row] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row.get("payload") or "") + len(row.get("text") or "")
        if size >= FRAME_BYTES or len(held) >= FRAME_ROWS:
            yield frame_of(held)
            held, size = [], 0
    if held:
        yield frame_of(held)


def bounded(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows in frames of at most FRAME_ROWS rows and FRAME_BYTES of content.

    A single record that is larger stands alone. Small neighbours are joined.
    """
    held: list[pl.DataFrame] = []
    rows = size = 0
    for piece, piece_size in _pieces(frames):
        if held and (rows + piece.height > FRAME_ROWS or size + piece_size > FRAME_BYTES):
            yield pl.concat(held)
            held, rows, size = [], 0, 0
        held.append(piece)
        rows += piece.height
        size += piece_size
    if held:
        yield pl.concat(held)


def _pieces(frames: Iterable[pl.DataFrame]) -> Iterator[tuple[pl.DataFrame, int]]:
    """Frames cut so that each is within the bounds, with the size of each in bytes."""
    for frame in frames:
        sizes = frame.select(
            pl.col("text").str.len_bytes().cast(pl.Int64).fill_null(0)
            + pl.col("payload").bin.size().cast(pl.Int64).fill_null(0)
        ).to_series()
        ends = np.cumsum(sizes.to_numpy())
        start = 0
        while start < frame.height:
            before = int(ends[start - 1]) if start else 0
            stop = int(np.searchsorted(ends, before + FRAME_BYTES, side="right"))
            stop = min(max(stop, start + 1), start + FRAME_ROWS, frame.height)
            yield frame[start:stop], int(ends[stop - 1]) - before
            start = stop
