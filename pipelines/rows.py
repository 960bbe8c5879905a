"""Single rows of Parquet files, each at the cost of its row group."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from pipelines.lake import Lake

Row = dict[str, Any]


class Rows:
    """The rows of the tables of a lake by batch and number.

    Of each table the last file stays open and its last row group in memory: neighbours cost
    nothing more.
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._open: dict[str, _File] = {}

    def at(self, table: str, batch: str, row: int) -> pl.DataFrame | None:
        """Row `row` as a frame; null where there is no such file or row."""
        path = self.lake.path(table, batch)
        held = self._open.get(table)
        if held is None or held.path != path:
            if not path.is_file():
                return None
            held = self._open[table] = _File(path)
        return held.at(row)


class _File:
    """An open file, and the row group read last."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, pq.ParquetFile(path)
        self.ends = _ends(self.file)
        self.group, self.rows = -1, pl.DataFrame()

    def at(self, row: int) -> pl.DataFrame | None:
        group = int(np.searchsorted(self.ends, row, "right"))
        if group == len(self.ends):
            return None
        if group != self.group:
            read = self.file.read_row_group(group, use_threads=False)
            self.group, self.rows = group, pl.DataFrame(read)
        return self.rows.slice(row - int(self.ends[group]) + self.rows.height, 1)


def take(path: Path, rows: Sequence[int], columns: Sequence[str]) -> pl.DataFrame:
    """These columns of these ascending rows of a file, and their number as `at`."""
    return pl.concat(_taken(path, rows, columns))


def _taken(path: Path, rows: Sequence[int], columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(path) as file:
        ends = _ends(file)
        groups = np.searchsorted(ends, rows, "right")
        for group in np.unique(groups):
            read = file.read_row_group(group, list(columns), use_threads=False)
            mine = np.asarray(rows)[groups == group]
            some = pl.DataFrame(read)[mine - ends[group] + read.num_rows]
            yield some.with_columns(pl.Series("at", mine, pl.UInt32))


def _ends(file: pq.ParquetFile) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The number of the first row after each row group."""
    metadata = file.metadata
    sizes = (metadata.row_group(group).num_rows for group in range(metadata.num_row_groups))
    return np.cumsum(np.fromiter(sizes, np.int64, metadata.num_row_groups))


def first_of_sorted(path: Path, sorted_by: str, value: int, where: pl.Expr) -> Row | None:
    """The first row that is `where`, of a file sorted by a column of numbers; null if none is.

    Only the row groups in which the column has this `value` are read.
    """
    with pq.ParquetFile(path) as file:
        column = file.schema_arrow.get_field_index(sorted_by)
        for group in range(file.num_row_groups):
            known = file.metadata.row_group(group).column(column).statistics
            if known is None or known.min <= value <= known.max:
                found = pl.DataFrame(file.read_row_group(group, use_threads=False)).filter(where)
                if found.height:
                    return found.row(0, named=True)
    return None
