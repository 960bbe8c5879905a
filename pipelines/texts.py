"""Single values of a column that lies in several Parquet files, by row number."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq


class Column:
    """The column `name` of the `files`, their rows numbered through.

    Only the row groups that hold a wanted row are read, one at a time.
    """

    def __init__(self, files: Sequence[Path], name: str) -> None:
        self.files, self.name = files, name

    def __call__(self, rows: npt.NDArray[np.int64]) -> Iterator[pl.Series]:
        """The values at these ascending row numbers, row group by row group."""
        before = 0
        for path in self.files:
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    size = file.metadata.row_group(group).num_rows
                    start, stop = np.searchsorted(rows, [before, before + size])
                    if start < stop:
                        values = file.read_row_group(group, [self.name]).column(0)
                        yield pl.Series(self.name, values.take(rows[start:stop] - before))
                    before += size
