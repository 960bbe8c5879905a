"""Reading a batch: each file with the reader of its source's format."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import polars as pl

from assets.sources import delimited, jsonl, parquet, sql, warc, whole
from assets.sources.frames import Row, bounded, frame_of, gather, rejected
from assets.sources.streams import open_raw
from schemas.batches import Batch, RawFile
from schemas.sources import Format, Source

_FRAMES: dict[Format, Callable[[BinaryIO, str, Source], Iterator[pl.DataFrame]]] = {
    "jsonl": jsonl.frames,
    "chat": jsonl.frames,
    "csv": delimited.frames,
    "parquet": parquet.frames,
}


def read(batch: Batch, source: Source) -> Iterator[pl.DataFrame]:
    """The records of a batch as frames of RECORDS, in the order of its files and within them.

    Every raw record met is one row: readable, or rejected with `stage` "read" and a reason. Frames
    hold at most 8,192 rows and 8 MiB of content; a single larger record stands alone.

    Raises:
        ConfigError: A field asked for is missing, or the database's variable is unset.
        WenyuanError: The database refused.
    """
    found: Iterator[pl.DataFrame]
    if source.format == "sql":
        found = (
            frame for file in batch.files for frame in sql.frames(file.path, source, batch.source)
        )
    elif source.format in _FRAMES:
        found = (frame for file in batch.files for frame in _frames(file, source))
    else:
        found = gather(row for file in batch.files for row in _rows(file, source))
    yield from bounded(found)


def _frames(file: RawFile, source: Source) -> Iterator[pl.DataFrame]:
    try:
        with open_raw(file.path) as raw:
            yield from _FRAMES[source.format](raw, file.path, source)
    except (FileNotFoundError, PermissionError) as error:
        yield frame_of([_unopened(file, error)])


def _rows(file: RawFile, source: Source) -> Iterator[Row]:
    try:
        with open_raw(file.path) as raw:
            if source.format == "warc":
                yield from warc.rows(raw, file.path, source.max_record_bytes)
            else:
                yield whole.row(raw, file.path, source)
    except (FileNotFoundError, PermissionError) as error:
        yield _unopened(file, error)


def _unopened(file: RawFile, error: OSError) -> Row:
    reason = "missing_file" if isinstance(error, FileNotFoundError) else "no_permission"
    return rejected(file.path, None, reason, uri=file.path)
