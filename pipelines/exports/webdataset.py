"""WebDataset: tar files in which the members `KEY.txt` and `KEY.json` are one sample.

The headers are those of Python's `tarfile` for ustar, byte for byte, with no time and no owner;
they are made for all rows at once.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from pipelines.exports.files import Outputs
from pipelines.exports.rows import (
    bytes_of,
    content,
    fixed,
    fixed_text,
    json_of,
    lengths,
    side_by_side,
    zeros,
)
from schemas.errors import IntegrityError
from schemas.exports import ExportedFile, ExportFormat

BLOCK, RECORD, NAME = 512, 10_240, 100
"""Bytes of a header and of what members are padded to, of what a tar file is padded to, and of a
name: POSIX.1-1988 (ustar)."""

_EMPTY = (
    (100, b"0000644\x000000000\x000000000\x00"),  # mode, user, group
    (136, b"00000000000\x00"),  # time
    (148, b"        0"),  # checksum while it is taken, and the kind: a file
    (257, b"ustar\x0000"),
)


class Webdataset:
    """The key of a row is its doc_id and epoch; `.json` holds every column but the text."""

    name: ExportFormat = "webdataset"
    options: Mapping[str, str | int] = {}

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """One tar file."""
        with outputs.open(".tar") as sink:
            for rows in groups:
                key = rows["doc_id"] + "-" + rows["epoch"].cast(pl.String)
                about = json_of(rows, [name for name in rows.columns if name != "text"])
                members = (*_member(key + ".json", about), *_member(key + ".txt", rows["text"]))
                sink.write(content(side_by_side(*members)))
                sink.rows += rows.height
            end = sink.bytes + 2 * BLOCK
            sink.write(bytes(2 * BLOCK + -end % RECORD))

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """None is needed."""
        del files
        return {}


def _member(names: pl.Series, texts: pl.Series) -> tuple[pa.Array, pa.Array, pa.Array]:
    """The header, the bytes and the padding of one member of each row."""
    data = bytes_of(texts)
    sizes = lengths(data)
    return fixed(_headers(names, sizes)), data, zeros(-sizes % BLOCK)


def _headers(names: pl.Series, sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    written = fixed_text(names, NAME)
    if written is None:
        raise IntegrityError(f"a doc_id is no name for a tar member of {NAME} ASCII characters")
    headers = np.zeros((len(sizes), BLOCK), np.uint8)
    headers[:, :NAME] = written
    for start, value in _EMPTY:
        headers[:, start : start + len(value)] = np.frombuffer(value, np.uint8)
    headers[:, 124:135] = _octal(sizes, 11)
    headers[:, 148:154] = _octal(headers.sum(axis=1, dtype=np.int64), 6)
    headers[:, 154] = 0
    return headers


def _octal(values: npt.NDArray[np.int64], digits: int) -> npt.NDArray[np.uint8]:
    shifts = 3 * np.arange(digits)[::-1]
    return (values[:, None] >> shifts & 7).astype(np.uint8) + ord("0")
