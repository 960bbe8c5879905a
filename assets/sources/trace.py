"""Going back from a document to the raw bytes it came from."""

import json
from typing import BinaryIO

from assets.sources import parquet, sql, warc, whole
from assets.sources.frames import digest_of
from assets.sources.streams import BrokenStreamError, chunks, compression_of, open_raw
from schemas.errors import IntegrityError, NotFoundError
from schemas.sources import Source


def raw_record(
    source: Source,
    raw_path: str,
    raw_offset: int | None,
    raw_length: int | None,
    digest: str | None = None,
) -> bytes:
    """The raw record at a place, as its reader met it.

    The block of a WARC record (the HTTP message, head and body), the line of a JSON lines file,
    the record of a CSV file, the row of a table or query as JSON, or the whole file. Where several
    WARC records share a compressed member, `digest` tells which.

    Raises:
        NotFoundError: The file, or the record in it, is gone.
        IntegrityError: The record there is not the one with this `digest`.
    """
    try:
        record, found = _fetch(source, raw_path, raw_offset or 0, raw_length, digest)
    except (FileNotFoundError, BrokenStreamError) as error:
        raise NotFoundError(f"{raw_path} is gone, or can no longer be read") from error
    if digest is not None and found != digest:
        raise IntegrityError(
            f"The record at {raw_path}, offset {raw_offset}, has changed since it was read: "
            f"{found} where {digest} was recorded. Build again to read the new one."
        )
    return record


def _fetch(
    source: Source, path: str, offset: int, length: int | None, digest: str | None
) -> tuple[bytes, str]:
    """The record and its digest."""
    if source.format == "sql":
        return _queried(source, offset, digest)
    with open_raw(path) as raw:
        if source.format == "warc":
            return _archived(raw, path, offset, digest, source.max_record_bytes)
        if source.format == "parquet":
            return _row(raw, path, offset, source)
        if source.format in {"jsonl", "chat", "csv"}:
            data = _slice(raw, offset, length)
        else:
            data = whole.content(raw, source.max_record_bytes)
    if data is None:
        raise NotFoundError(f"{path} has no record of {length} bytes at offset {offset} any more")
    return data, digest_of(data)


def _slice(raw: BinaryIO, offset: int, length: int | None) -> bytes | None:
    """Bytes of the decompressed stream; null where it is too short."""
    if length is None:
        return None
    head = raw.read(4)
    raw.seek(0)
    if compression_of(head) is None:
        raw.seek(offset)
        data = raw.read(length)
        return data if len(data) == length else None
    position = 0
    pieces: list[bytes] = []
    for chunk in chunks(raw):
        end = position + len(chunk.data)
        if end > offset:
            pieces.append(chunk.data[max(0, offset - position) : offset + length - position])
        position = end
        if position >= offset + length:
            return b"".join(pieces)
    return None


def _archived(
    raw: BinaryIO, path: str, offset: int, digest: str | None, limit: int
) -> tuple[bytes, str]:
    raw.seek(offset)
    first: tuple[bytes, str] | None = None
    for record in warc.records(raw, limit):
        found = (record.block, digest_of(record.block))
        if digest is None or found[1] == digest:
            return found
        first = first or found
        if record.length is not None:
            break
    if first is None:
        raise NotFoundError(f"{path} has no record at offset {offset} any more")
    return first


def _row(raw: BinaryIO, path: str, number: int, source: Source) -> tuple[bytes, str]:
    row = parquet.row_of(raw, number)
    if row is None:
        raise NotFoundError(f"{path} has no row {number} any more")
    return _json(row), sql.content_digest(row, source)


def _queried(source: Source, number: int, digest: str | None) -> tuple[bytes, str]:
    """The row of that number, or of that digest: a database may give its rows in any order."""
    at_number: tuple[bytes, str] | None = None
    position = 0
    for batch in sql.batches(source):
        for row in batch:
            found = sql.content_digest(row, source)
            if found == digest:
                return _json(row), found
            if position == number:
                at_number = _json(row), found
                if digest is None:
                    return at_number
            position += 1
    if at_number is None:
        raise NotFoundError(f"The query has no row {number} any more")
    return at_number


def _json(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
