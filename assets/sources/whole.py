"""Files that are one record each: pages, plain text, PDF and Word documents."""

from typing import BinaryIO

from assets.sources.frames import Row, digest_of, rejected
from assets.sources.streams import BrokenStreamError, chunks
from schemas.sources import MEDIA_TYPES, Source


def row(raw: BinaryIO, path: str, source: Source) -> Row:
    """The row of a file, decompressed; it is never read beyond `source.max_record_bytes`."""
    try:
        payload = content(raw, source.max_record_bytes)
    except BrokenStreamError as error:
        return rejected(path, 0, error.reason, uri=path)
    if payload is None:
        return rejected(path, 0, "too_large", uri=path)
    if not payload:
        return rejected(path, 0, "empty_file", length=0, uri=path)
    return {
        "uri": path,
        "payload": payload,
        "media_type": MEDIA_TYPES[source.format],
        "raw_path": path,
        "raw_offset": 0,
        "raw_length": len(payload),
        "raw_digest": digest_of(payload),
    }


def content(raw: BinaryIO, limit: int) -> bytes | None:
    """All the bytes of a file, decompressed; null where there are more than `limit`.

    Raises:
        BrokenStreamError: The compressed stream is damaged or cut off.
    """
    pieces: list[bytes] = []
    size = 0
    for chunk in chunks(raw):
        size += len(chunk.data)
        if size > limit:
            return None
        pieces.append(chunk.data)
    return b"".join(pieces)
