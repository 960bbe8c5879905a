"""Polars Series as the flat arrays a kernel reads."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa


class Strings(NamedTuple):
    """The UTF-8 bytes of a column of texts, read-only.

    Text `i` is `data[offsets[i]:offsets[i + 1]]`; where `valid[i]` is false there is no text, and
    its bytes (if any) mean nothing.
    """

    data: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    valid: npt.NDArray[np.bool_]


def strings(series: pl.Series) -> Strings:
    r"""The bytes of a String series, copied once out of Polars' views; slices and chunks are fine.

    Raises `TypeError` where the series does not hold strings.

    >>> data, offsets, valid = strings(pl.Series(["中", None, "ab"]))
    >>> bytes(data), offsets.tolist(), valid.tolist()
    (b'\xe4\xb8\xadab', [0, 3, 3, 5], [True, False, True])
    """
    if series.dtype != pl.String:
        message = f"expected a String series, got {series.dtype} in {series.name!r}"
        raise TypeError(message)
    array = series.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    return Strings(
        _view(data, np.uint8),
        _view(offsets, np.int64)[array.offset : array.offset + len(array) + 1],
        _read_only(series.is_not_null().to_numpy()),
    )


def binary(rows: npt.NDArray[Any], valid: npt.NDArray[np.bool_]) -> pa.LargeBinaryArray:
    """The bytes of each row of a matrix as one value, without a copy; null where not `valid`.

    >>> binary(np.array([[104, 105], [0, 0]], np.uint8), np.array([True, False])).to_pylist()
    [b'hi', None]
    """
    offsets = np.arange(len(rows) + 1) * rows.strides[0]
    bits = np.packbits(valid, bitorder="little")
    buffers = [pa.py_buffer(part) for part in (bits, offsets, rows)]
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(rows), buffers)


def matrix(series: pl.Series, width: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The values of a Binary series, all `width` bytes long, as n × width; and each one's row.

    The row of a null means nothing.

    >>> matrix(pl.Series([b"ab", None, b"cd"]), 2)[1].tolist()
    [0, 1, 1]
    """
    array = series.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    places = _view(offsets, np.int64)[array.offset : array.offset + len(array)]
    return _view(data, np.uint8).reshape(-1, width), places // width


def _view(buffer: Any, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """The buffer as an array, without a copy; NumPy refuses empty buffers."""
    if buffer is None or buffer.size == 0:
        return _read_only(np.empty(0, dtype))
    return _read_only(np.frombuffer(buffer, dtype))


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, always of one Numba type: a writable twin would be compiled again."""
    view = array.view()
    view.flags.writeable = False
    return view
