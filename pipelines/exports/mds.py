"""MosaicML MDS: shards of samples with an index, for `streaming.StreamingDataset`.

A file begins with the number of samples (uint32), the offset of each and of the end (uint32 each),
and the columns as JSON. A sample is the sizes (uint32) of its columns of varying size, then its
columns, in the order of their names: `streaming/base/format/mds/writer.py`, format version 2.
Written here because mosaicml-streaming cannot be had without PyTorch, transformers, four cloud
SDKs and an older NumPy.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.exports.files import Outputs, Sink
from pipelines.exports.rows import bytes_of, content, fixed, lengths, side_by_side
from schemas.exports import ExportedFile, ExportFormat
from schemas.tables import SHARDS

VERSION = 2
HASHES = ["sha256"]
NAMES = sorted(SHARDS.names())

_NUMBERS: dict[pl.DataType, Any] = {pl.Float32(): np.float32, pl.UInt8(): np.uint8}
_COLUMNS = {
    "column_names": NAMES,
    "column_encodings": [
        "str" if SHARDS[name] == pl.String else np.dtype(_NUMBERS[SHARDS[name]]).name
        for name in NAMES
    ],
    "column_sizes": [
        None if SHARDS[name] == pl.String else np.dtype(_NUMBERS[SHARDS[name]]).itemsize
        for name in NAMES
    ],
}
_DESCRIPTION: dict[str, object] = {
    **_COLUMNS,
    "version": VERSION,
    "format": "mds",
    "compression": None,
    "hashes": HASHES,
    "size_limit": None,
}


class Mds:
    """One file a row group. MDS has no nulls: a missing text is empty, a missing number NaN."""

    name: ExportFormat = "mds"
    options: Mapping[str, str | int] = {}

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """A file for each row group, numbered from 0."""
        for number, rows in enumerate(groups):
            with outputs.open(f"-{number:04d}.mds") as sink:
                _write(rows, sink)

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """`index.json`, which a reader asks for first."""
        shards = [
            _DESCRIPTION
            | {
                "raw_data": {
                    "basename": file.path,
                    "bytes": file.bytes,
                    "hashes": {"sha256": file.sha256},
                },
                "samples": file.rows,
                "zip_data": None,
            }
            for file in files
        ]
        whole = {"shards": shards, "version": VERSION}
        return {"index.json": json.dumps(whole, sort_keys=True) + "\n"}


def _write(rows: pl.DataFrame, sink: Sink) -> None:
    columns = [_encoded(rows[name]) for name in NAMES]
    varying = [
        one for name, one in zip(NAMES, columns, strict=True) if rows[name].dtype.is_(pl.String)
    ]
    sizes = np.stack([lengths(one) for one in varying], axis=1).astype("<u4")
    samples = side_by_side(fixed(sizes), *columns)
    description = json.dumps(_DESCRIPTION, sort_keys=True).encode()
    start = 4 + 4 * (rows.height + 1) + len(description)
    offsets = np.concatenate([[0], np.cumsum(lengths(samples))]) + start
    sink.write(np.array([rows.height], "<u4"))
    sink.write(offsets.astype("<u4"))
    sink.write(description)
    sink.write(content(samples))
    sink.rows = rows.height


def _encoded(column: pl.Series) -> pa.Array:
    if column.dtype == pl.String:
        return bytes_of(column)
    kind = _NUMBERS[column.dtype]
    filled = column.fill_null(float("nan")) if column.dtype.is_float() else column
    return fixed(filled.to_numpy().astype(np.dtype(kind).newbyteorder("<")).reshape(-1, 1))
