"""WARC files (ISO 28500), plain, gzip or Zstandard, compressed by the record or as a whole.

Records are framed here rather than by fastwarc's iterator, which stops at the first damaged
member, hands out a cut-off record as if it were whole, and gives no true offset for the records
of a member that holds several. fastwarc parses headers and decodes bodies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assets.sources.frames import Row, digest_of, rejected
from assets.sources.http import (
    NO_HEADERS,
    DecodeError,
    Headers,
    body_of,
    headers_of,
    media_type_of,
    parse_head,
    token,
)
from assets.sources.tape import Tape
from schemas.sources import MEDIA_TYPES

ACCEPTED = frozenset(MEDIA_TYPES.values()) | {
    "application/xhtml+xml",
    "text/markdown",
    "text/x-markdown",
}
"""The media types that can become text."""

_OTHER = frozenset({"warcinfo", "request", "metadata", "continuation"})
_HTTP = "application/http"

_HEAD_BYTES = 64 * 1024
"""The most a WARC header, or the head of an HTTP message in it, may take."""

_BREAKS = 1000
"""Cut-off records after which the rest of a file is given up as `too_broken`: each may have cost
a reading of all that follows."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive, or the bytes where one should have been.

    `start` and `length` count bytes of the raw file: of the whole compressed member where
    several records share one, and then `length` is null.
    """

    start: int
    length: int | None
    fields: Headers
    block: bytes
    problem: str | None = None


def rows(raw: BinaryIO, path: str, limit: int) -> Iterator[Row]:
    """A row for each page of an archive, and for each place where it is damaged."""
    empty = True
    for record in records(raw, limit):
        empty = False
        row = _row(record, path, limit)
        if row is not None:
            yield row
    if empty:
        yield rejected(path, 0, "empty_file", length=0)


def records(raw: BinaryIO, limit: int) -> Iterator[Record]:
    """Every record from the current position on; damage is stepped over.

    Blocks that cannot hold text, or are longer than `limit` bytes, are cut short or left out.
    """
    tape = Tape(raw)
    breaks = 0
    while (start := tape.begin()) is not None:
        record = _next(tape, start, limit)
        yield record
        breaks += record.problem == "truncated"
        if breaks == _BREAKS:
            yield Record(tape.address(), None, NO_HEADERS, b"", "too_broken")
            return


def _next(tape: Tape, start: int, limit: int) -> Record:
    if not tape.at_record():
        arc = tape.starts_with(b"filedesc://")
        return _damaged(tape, start, NO_HEADERS, "unsupported_arc" if arc else "garbage")
    head = tape.head(_HEAD_BYTES)
    if head is None:
        tape.skip(1)
        return _damaged(tape, start, NO_HEADERS, "broken_header")
    fields = headers_of(head)
    size = _length(fields)
    if size is None:
        return _damaged(tape, start, fields, "broken_header")
    body = tape.address()
    block = tape.take(min(size, _HEAD_BYTES))
    played = len(block)
    if played == min(size, _HEAD_BYTES) and size <= limit and _wanted(fields, block):
        block += tape.take(size - played)
        played = len(block)
    elif played == min(size, _HEAD_BYTES):
        played += tape.skip(size - played)
    if played < size:
        if not tape.compressed:
            tape.back_to(body)
        return _damaged(tape, start, fields, "truncated")
    tape.begin()
    if tape.blames(start):
        return _damaged(tape, start, fields, "truncated")
    return Record(start, _gap(tape, start), fields, block, "too_large" if size > limit else None)


def _damaged(tape: Tape, start: int, fields: Headers, reason: str) -> Record:
    """Step over damage: what broke the stream, if anything did, is the better reason."""
    if tape.problem is None:
        tape.resync()
    else:
        reason = tape.problem
        tape.recover()
    return Record(start, _gap(tape, start), fields, b"", reason)


def _gap(tape: Tape, start: int) -> int | None:
    """Raw bytes from `start` to what comes next; null where both share a member."""
    return tape.address() - start or None


def _length(fields: Headers) -> int | None:
    value = fields.get("content-length")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def _type(fields: Headers) -> str:
    return fields.get("warc-type").lower()


def _is_http(fields: Headers) -> bool:
    return media_type_of(fields.get("content-type"))[0] == _HTTP


def _wanted(fields: Headers, block: bytes) -> bool:
    """Whether the rest of a block is worth reading, by its first bytes."""
    if _type(fields) in _OTHER or _type(fields) == "revisit":
        return False
    if not _is_http(fields):
        return media_type_of(fields.get("content-type"))[0] in ACCEPTED
    head = parse_head(block)
    return head is not None and head.status == 200 and head.media_type in {*ACCEPTED, ""}


def _row(record: Record, path: str, limit: int) -> Row | None:
    fields = record.fields
    row: Row = {
        "uri": fields.get("warc-target-uri").removeprefix("<").removesuffix(">") or None,
        "fetched_at": fields.get("warc-date"),
        "raw_path": path,
        "raw_offset": record.start,
        "raw_length": record.length,
    }
    if record.problem is None and _type(fields) in _OTHER:
        return None
    try:
        return row | _content(record, limit)
    except DecodeError as error:
        return row | {"stage": "read", "reason": error.reason, "detail": error.detail}


def _content(record: Record, limit: int) -> Row:
    """The cells of a record's payload.

    Raises:
        DecodeError: It cannot become text.
    """
    if record.problem is not None:
        raise DecodeError(record.problem)
    if _type(record.fields) not in {"response", "resource", "conversion"}:
        raise DecodeError("revisit" if _type(record.fields) == "revisit" else "record_type")
    block = record.block
    if _is_http(record.fields):
        media_type, charset, body = _page(block, limit)
    else:
        media_type, charset = media_type_of(record.fields.get("content-type"))
        body = block
        if _type(record.fields) == "conversion":
            charset = charset or "utf-8"
    if media_type not in ACCEPTED:
        raise DecodeError("media_type", token(media_type))
    return {
        "payload": body,
        "media_type": media_type,
        "charset": charset,
        "raw_digest": digest_of(block),
    }


def _page(block: bytes, limit: int) -> tuple[str, str | None, bytes]:
    head = parse_head(block)
    if head is None:
        raise DecodeError("broken_http")
    if head.status != 200:
        raise DecodeError("http_status", None if head.status is None else str(head.status))
    if head.media_type not in {*ACCEPTED, ""}:
        raise DecodeError("media_type", token(head.media_type))
    body = body_of(block, head, limit)
    media_type = head.media_type
    if not media_type and body.lstrip()[:1] == b"<":
        media_type = "text/html"
    return media_type, head.charset, body
