"""Parquet tables: one record a row, read in batches of bounded size."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from assets.sources.frames import digest_of, frame_of, rejected
from assets.sources.structured import PLACES, check_columns, records_frame, wanted
from schemas.errors import ConfigError
from schemas.sources import Source

BATCH_BYTES = 4 * 2**20
"""About how many bytes of the columns asked for are decoded at a time."""

_BATCH_ROWS = 8192


def frames(raw: BinaryIO, path: str, source: Source) -> Iterator[pl.DataFrame]:
    """Frames of the rows of a file; `raw_offset` is the number of the row.

    Raises:
        ConfigError: A column asked for is missing or holds no text.
    """
    try:
        file = pq.ParquetFile(raw)
    except (pa.ArrowException, OSError):
        yield frame_of([rejected(path, None, "broken_parquet")])
        return
    cells = wanted(source.fields)
    check_columns(cells, file.schema_arrow.names, path)
    _check_types(file.schema_arrow, cells, source, path)
    first = 0
    for group in range(file.num_row_groups):
        yield from _group(file, group, first, path, source)
        first += file.metadata.row_group(group).num_rows
    if first == 0:
        yield frame_of([rejected(path, 0, "empty_file")])


def _check_types(schema: pa.Schema, cells: dict[str, str], source: Source, path: str) -> None:
    cell = "html" if source.fields.html else "text"
    dtype = schema.field(cells[cell]).type
    value = dtype.value_type if pa.types.is_dictionary(dtype) else dtype
    fits = _is_text(value) or (cell == "html" and _is_binary(value))
    if not fits:
        raise ConfigError(f"{path}: column {cells[cell]} is {dtype}, which is no text")


def _is_text(dtype: pa.DataType) -> bool:
    types = pa.types
    tests = (types.is_string, types.is_large_string, types.is_string_view)
    return any(test(dtype) for test in tests)


def _is_binary(dtype: pa.DataType) -> bool:
    return any(test(dtype) for test in (pa.types.is_binary, pa.types.is_large_binary))


def _group(
    file: pq.ParquetFile, group: int, first: int, path: str, source: Source
) -> Iterator[pl.DataFrame]:
    """The rows of a row group; what follows damage in it is one reject."""
    columns = list(dict.fromkeys(wanted(source.fields).values()))
    size = _batch_rows(file.metadata.row_group(group), columns)
    row = first
    try:
        for batch in file.iter_batches(size, [group], columns, use_threads=False):
            yield _frame(batch, row, path, source)
            row += batch.num_rows
    except (pa.ArrowException, OSError):
        yield frame_of([rejected(path, row, "broken_parquet", uri=f"{path}#{row}")])


def _batch_rows(group: Any, columns: list[str]) -> int:
    chunks = [group.column(index) for index in range(group.num_columns)]
    size: int = sum(
        chunk.total_uncompressed_size
        for chunk in chunks
        if chunk.path_in_schema.split(".")[0] in columns
    )
    rows: int = group.num_rows
    return max(1, min(_BATCH_ROWS, BATCH_BYTES * rows // max(size, 1)))


def _column(column: pa.Array) -> pl.Series:
    """A column as Polars holds it; in one with invalid UTF-8, such values are null."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        values = column.cast(pa.large_string(), safe=False).cast(pa.large_binary()).to_pylist()
        return pl.Series([_decoded(value) for value in values], dtype=pl.String)
    return pl.Series(column)


def _decoded(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return None


def _frame(batch: pa.RecordBatch, first: int, path: str, source: Source) -> pl.DataFrame:
    cells = pl.DataFrame(
        [_column(batch.column(field)).alias(cell) for cell, field in wanted(source.fields).items()]
    )
    name = "html" if source.fields.html else "text"
    if name == "text" or cells[name].dtype != pl.Binary:
        cells = cells.with_columns(pl.col(name).cast(pl.String))
    rows = np.arange(first, first + batch.num_rows)
    places = pl.DataFrame(
        {
            "raw_offset": rows,
            "raw_length": pl.repeat(None, len(rows), dtype=pl.UInt64, eager=True),
            "raw_digest": [digest_of(value or b"") for value in cells[name].cast(pl.Binary)],
            "row": rows,
        },
        schema=PLACES,
    )
    limit = source.max_record_bytes
    return records_frame(cells, places, source.fields, path, limit=limit)


def row_of(raw: BinaryIO, number: int) -> dict[str, Any] | None:
    """The row of that number, every column of it; null where the table has no such row."""
    file = pq.ParquetFile(raw)
    for group in range(file.num_row_groups):
        count = file.metadata.row_group(group).num_rows
        if number < count:
            for batch in file.iter_batches(64, [group], use_threads=False):
                if number < batch.num_rows:
                    row: dict[str, Any] = batch.slice(number, 1).to_pylist()[0]
                    return row
                number -= batch.num_rows
        number -= count
    return None
