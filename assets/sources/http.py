"""Captured HTTP messages: status, media type, charset, and the body as its reader saw it."""

import io
import re
import zlib
from dataclasses import dataclass

import zstandard
from fastwarc.stream_io import BrotliReader
from fastwarc.warc import HeaderMap

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.ASCII | re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


_TOKEN = re.compile(r"(?:(?!\d{5})[\w.+/-]){1,80}", re.ASCII)
"""A plain name. Names have numbers of four digits at most, and what else is written there may be
somebody's."""


class DecodeError(Exception):
    """A body cannot be decoded; `reason` and `detail` are for its reject."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an HTTP message; `size` counts its bytes, the empty line included."""

    status: int | None
    media_type: str
    charset: str | None
    transfer: str
    content: str
    size: int


@dataclass(frozen=True, slots=True)
class Headers:
    """A header block: the status of its first line, and its fields by lower-case name."""

    status: int | None
    fields: dict[str, str]

    def get(self, name: str) -> str:
        """The field of a lower-case name, empty where there is none."""
        return self.fields.get(name, "")


NO_HEADERS = Headers(None, {})


def headers_of(head: bytes) -> Headers:
    """The headers of a block, folded lines joined, whatever ends its lines; the last of a name."""
    if b"\r\n" not in head:
        head = head.replace(b"\n", b"\r\n")
    fields = HeaderMap("utf-8")
    fields.parse(io.BytesIO(head), has_status_line=True)
    return Headers(
        fields.status_code, {name.lower(): value.strip() for name, value in fields.to_tuples()}
    )


def token(value: str) -> str | None:
    """A header's value if it is a plain name, fit to be shown; else null.

    >>> token("image/png"), token("致电 123"), token("x/13812345678")
    ('image/png', None, None)
    """
    return value if _TOKEN.fullmatch(value) else None


def media_type_of(content_type: str) -> tuple[str, str | None]:
    """The media type and the charset of a Content-Type.

    >>> media_type_of('Text/HTML; Charset="gb2312"')
    ('text/html', 'gb2312')
    """
    media_type, _, parameters = content_type.partition(";")
    charset = _CHARSET.search(parameters)
    return media_type.strip().lower(), charset[1].lower() if charset else None


def parse_head(block: bytes) -> Head | None:
    """The head of a message; null where it does not begin with one."""
    end = _HEAD_END.search(block)
    if not block.startswith(b"HTTP/") or end is None:
        return None
    headers = headers_of(block[: end.end()])
    media_type, charset = media_type_of(headers.get("content-type"))
    return Head(
        status=headers.status,
        media_type=media_type,
        charset=charset,
        transfer=headers.get("transfer-encoding").lower(),
        content=headers.get("content-encoding").lower(),
        size=end.end(),
    )


def body_of(block: bytes, head: Head, limit: int) -> bytes:
    """The body of a message, its transfer and content encodings undone.

    Encodings that are announced but were already undone by the crawler are let pass.

    Raises:
        DecodeError: The body is damaged, or longer than `limit` bytes when decoded.
    """
    body = block[head.size :]
    if "chunked" in head.transfer:
        body = _dechunk(body)
    for encoding in reversed([name.strip() for name in head.content.split(",")]):
        body = _decode(body, encoding, limit)
    if len(body) > limit:
        raise DecodeError("too_large")
    return body


def _dechunk(body: bytes) -> bytes:
    """Join the chunks; from the first that is none on, bytes are taken as they are."""
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(pieces)
        at = size.end() + length
        pieces.append(body[size.end() : at])
        at += 2 * body.startswith(b"\r\n", at)
    return b"".join([*pieces, body[at:]])


def _decode(body: bytes, encoding: str, limit: int) -> bytes:
    decoder = _DECODERS.get(encoding)
    if encoding in {"", "identity", "none", "utf-8"} or (decoder is None and not body):
        return body
    if decoder is None:
        raise DecodeError("content_encoding", token(encoding))
    try:
        return decoder(body, limit)
    except (zlib.error, zstandard.ZstdError, OSError, EOFError) as error:
        if _is_text(body):
            return body
        raise DecodeError("broken_encoding", encoding) from error


def _is_text(body: bytes) -> bool:
    """Whether a body that should be compressed plainly is not."""
    head = body[:1024]
    return not any(byte < 9 or 13 < byte < 27 for byte in head)


def _inflate(body: bytes, limit: int, bits: int) -> bytes:
    inflater = zlib.decompressobj(bits)
    data = inflater.decompress(body, limit + 1)
    if len(data) <= limit and not inflater.eof:
        raise EOFError
    return data


def _gunzip(body: bytes, limit: int) -> bytes:
    return _inflate(body, limit, zlib.MAX_WBITS | 16)


def _deflate(body: bytes, limit: int) -> bytes:
    """`deflate` means zlib (RFC 9110, 8.4.1.2), but some servers send it bare."""
    try:
        return _inflate(body, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _inflate(body, limit, -zlib.MAX_WBITS)


def _brotli(body: bytes, limit: int) -> bytes:
    data: bytes = BrotliReader(io.BytesIO(body)).read(limit + 1)
    return data


def _unzstd(body: bytes, limit: int) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(body) as reader:
        return reader.read(limit + 1)


_DECODERS = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _unzstd,
}
