"""Single values of a column that lies in several Parquet files, by row number."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

HELD = 8 * 2**20
"""Bytes of values handed out together; more where one row group holds more."""


class Column:
    """The column `name` of the `files`, their rows numbered through.

    Only the row groups that hold a wanted row are read, one at a time.
    """

    def __init__(self, files: Sequence[Path], name: str) -> None:
        self.files, self.name = files, name

    def __call__(self, rows: npt.NDArray[np.int64]) -> Iterator[pl.Series]:
        """The values at these ascending row numbers, some row groups' together."""
        held: list[pa.ChunkedArray] = []
        size = 0
        for values in self._groups(rows):
            held.append(values)
            size += values.nbytes
            if size >= HELD:
                yield _joined(held)
                held, size = [], 0
        if held:
            yield _joined(held)

    def _groups(self, rows: npt.NDArray[np.int64]) -> Iterator[pa.ChunkedArray]:
        before = 0
        for path in self.files:
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    size = file.metadata.row_group(group).num_rows
                    start, stop = np.searchsorted(rows, [before, before + size])
                    if start < stop:
                        values = file.read_row_group(group, [self.name], use_threads=False)
                        yield values.column(0).take(rows[start:stop] - before)
                    before += size


def _joined(parts: list[pa.ChunkedArray]) -> pl.Series:
    return pl.Series(pa.chunked_array([chunk for part in parts for chunk in part.chunks]))
