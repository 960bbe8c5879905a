"""Every byte of a folder, unpacked: what a file holds in whatever way it is stored."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

Surface = tuple[str, bytes]
"""Where something is written, and the bytes of it."""


def surfaces(folder: Path) -> Iterator[Surface]:
    """The bytes of every file in `folder` and below, its own name too, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        place = str(path.relative_to(folder))
        yield f"name of {place}", path.name.encode()
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            yield place, data
            yield from ((f"{place}:{part}", inner) for part, inner in _unpacked(path, data))


def _unpacked(path: Path, data: bytes) -> Iterator[Surface]:
    if data.startswith(b"PAR1"):
        yield from _parquet(path)
    elif data.startswith(b"ARROW1"):
        yield from _columns(pa.ipc.open_file(path).read_all())
    elif data.startswith(b"SQLite format 3\0"):
        with closing(sqlite3.connect(path)) as database:
            yield "rows", "\n".join(database.iterdump()).encode()
    elif data.startswith(b"\x28\xb5\x2f\xfd"):
        with zstandard.ZstdDecompressor().stream_reader(data) as reader:
            yield "unpacked", reader.read()
    elif data.startswith(b"\x1f\x8b"):
        yield "unpacked", gzip.decompress(data)


def _parquet(path: Path) -> Iterator[Surface]:
    """The columns of a file, and of those that have one the dictionary, with what no row uses."""
    schema = pq.read_schema(path)
    texts = [name for name, kind in zip(schema.names, schema.types, strict=True) if _is_text(kind)]
    yield "metadata", repr(pq.read_metadata(path).metadata).encode()
    yield from _columns(pq.ParquetFile(path, read_dictionary=texts).read())


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _columns(table: pa.Table) -> Iterator[Surface]:
    for name, column in zip(table.column_names, table.columns, strict=True):
        yield name, b"\n".join(part for chunk in column.chunks for part in _bytes(chunk))


def _bytes(array: pa.Array) -> Iterator[bytes]:
    yield from (buffer.to_pybytes() for buffer in array.buffers() if buffer is not None)
    if isinstance(array, pa.DictionaryArray):
        yield from _bytes(array.dictionary)
