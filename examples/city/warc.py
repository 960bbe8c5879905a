"""Writes WARC files (ISO 28500), one gzip member a record, the same bytes every time."""

import gzip
import uuid
from dataclasses import dataclass, field

DATE = "2025-03-18T02:10:00Z"
_SERVER = "Server: nginx\r\nDate: Tue, 18 Mar 2025 02:10:00 GMT\r\n"


def member(data: bytes) -> bytes:
    """One gzip member."""
    return gzip.compress(data, 6, mtime=0)


@dataclass
class Archive:
    """A WARC file in the making."""

    name: str
    data: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        info = b"software: city sample\r\nformat: WARC File Format 1.0\r\n"
        head = {"WARC-Filename": self.name, "Content-Type": "application/warc-fields"}
        self.add("warcinfo", head, info)

    def record(self, kind: str, head: dict[str, str], block: bytes) -> bytes:
        """The bytes of a record, not compressed."""
        number = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.name} {len(self.data)} {kind}")
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{number}>",
            "WARC-Date": DATE,
            **head,
            "Content-Length": str(len(block)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"

    def add(self, kind: str, head: dict[str, str], block: bytes) -> None:
        """Append a record."""
        self.data += member(self.record(kind, head, block))

    def request(self, uri: str) -> None:
        """Append the request that a crawler sent for `uri`."""
        host, _, path = uri.removeprefix("http://").partition("/")
        block = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: citybot/1.0\r\n\r\n"
        head = {
            "WARC-Target-URI": uri,
            "Content-Type": "application/http; msgtype=request",
        }
        self.add("request", head, block.encode())

    def response(self, uri: str, block: bytes, kind: str = "response") -> None:
        """Append the HTTP message that came back."""
        self.add(kind, response_head(uri), block)

    def raw(self, data: bytes) -> None:
        """Append bytes as they are."""
        self.data += data


def response_head(uri: str) -> dict[str, str]:
    """The WARC header fields of an HTTP response."""
    return {"WARC-Target-URI": uri, "Content-Type": "application/http; msgtype=response"}


def http(
    body: bytes,
    content_type: str | None,
    *,
    status: str = "200 OK",
    transfer: str = "",
    extra: str = "",
) -> bytes:
    """An HTTP message; `transfer` is empty, `chunked` or `gzip`."""
    head = f"HTTP/1.1 {status}\r\n{_SERVER}"
    if content_type:
        head += f"Content-Type: {content_type}\r\n"
    head += extra
    if transfer == "gzip":
        body = member(body)
        head += "Content-Encoding: gzip\r\n"
    if transfer == "chunked":
        body = _chunked(body)
        head += "Transfer-Encoding: chunked\r\n"
    else:
        head += f"Content-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


def _chunked(body: bytes, size: int = 700) -> bytes:
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
