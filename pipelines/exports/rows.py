"""Many rows as bytes at once: Arrow and NumPy in place of a loop over rows."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from quality.kernels.arrow import binary, strings

_BYTES = pa.large_binary()


def json_of(rows: pl.DataFrame, columns: Iterable[str]) -> pl.Series:
    r"""Each row as one JSON object on one line: Chinese as it is, NaN and infinity as null.

    >>> json_of(pl.DataFrame({"text": ["文\n渊"], "quality": [None]}), ["text", "quality"]).item()
    '{"text":"文\\n渊","quality":null}'
    """
    return rows.select(pl.struct(*columns).struct.json_encode()).to_series()


def bytes_of(texts: pl.Series) -> pa.Array:
    """A String series as large binary; a null is empty."""
    array = texts.rechunk().fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    return array.cast(_BYTES)


def fixed(matrix: npt.NDArray[Any]) -> pa.Array:
    """Each row of a matrix of numbers, in their own byte order, as large binary."""
    rows = np.ascontiguousarray(matrix).view(np.uint8).reshape(len(matrix), -1)
    return binary(rows, np.ones(len(rows), np.bool_))


def zeros(counts: npt.NDArray[np.int64]) -> pa.Array:
    r"""As many zero bytes a row as `counts` says.

    >>> zeros(np.array([2, 0])).to_pylist()
    [b'\x00\x00', b'']
    """
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    data = np.zeros(max(1, int(offsets[-1])), np.uint8)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(_BYTES, len(counts), buffers)


def side_by_side(*parts: pa.Array) -> pa.Array:
    r"""The bytes of each row of all `parts`, one part after the other.

    >>> side_by_side(bytes_of(pl.Series(["a", "b"])), zeros(np.array([1, 0]))).to_pylist()
    [b'a\x00', b'b']
    """
    return pc.binary_join_element_wise(*parts, pa.scalar(b"", _BYTES))


def lengths(values: pa.Array) -> npt.NDArray[np.int64]:
    """Bytes of each value."""
    return np.asarray(pc.binary_length(values), np.int64)


def content(values: pa.Array) -> memoryview:
    """The bytes of all values, one after the other, without a copy."""
    if not len(values):
        return memoryview(b"")
    offsets = np.frombuffer(values.buffers()[1], np.int64)
    start, end = offsets[values.offset], offsets[values.offset + len(values)]
    return memoryview(values.buffers()[2])[start:end] if end > start else memoryview(b"")


def fixed_text(texts: pl.Series, width: int) -> npt.NDArray[np.uint8] | None:
    """ASCII texts as a matrix, padded with zero bytes; null where one is longer or not ASCII."""
    data = strings(texts.str.pad_end(width, "\0")).data
    return data.reshape(-1, width) if data.size == len(texts) * width else None
