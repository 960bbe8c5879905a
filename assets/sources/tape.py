"""The bytes of an archive, played forward once, and found again after damage."""

import re
import zlib
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

import zstandard

from assets.sources.streams import (
    GZIP_MAGIC,
    ZSTD_MAGIC,
    BrokenStreamError,
    Chunk,
    chunks,
    compression_of,
)

VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_VERSION_BYTES = 16
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_SCAN_BYTES = 1 << 20


class Tape:
    """Decompressed bytes that know where in the raw file they come from.

    `problem` says what broke the stream, once reading has met it; `recover` goes on behind it.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw
        start = raw.tell()
        self.compressed = compression_of(raw.read(4)) is not None
        raw.seek(start)
        self.problem: str | None = None
        self.broken_at = 0
        self._load()

    def _load(self) -> None:
        """Start anew at the raw file's position."""
        self._chunks: Iterator[Chunk] = chunks(self.raw)
        self._buffer = b""
        self._at = 0
        self._base = 0
        self._marks: deque[tuple[int, int]] = deque()
        self._ended = False

    @property
    def position(self) -> int:
        """Decompressed bytes played so far."""
        return self._base + self._at

    def address(self) -> int:
        """Where the next byte is in the raw file: in a compressed one, where its member begins."""
        if self._at == len(self._buffer) and not self._fill():
            return self.broken_at if self.problem else self.raw.tell()
        while len(self._marks) > 1 and self._marks[1][0] <= self.position:
            self._marks.popleft()
        base, start = self._marks[0]
        return start if self.compressed else start + self.position - base

    def _next(self) -> bytes | None:
        """The next chunk; null at the end, or where the stream is broken."""
        if self._ended:
            return None
        try:
            chunk = next(self._chunks, None)
        except BrokenStreamError as error:
            self.problem, self.broken_at = error.reason, error.start
            chunk = None
        if chunk is None:
            self._ended = True
            return None
        self._marks.append((self._base + len(self._buffer), chunk.start))
        return chunk.data

    def _fill(self) -> bool:
        data = self._next()
        if data is None:
            return False
        self._base += self._at
        self._buffer = self._buffer[self._at :] + data
        self._at = 0
        return True

    def begin(self) -> int | None:
        """Skip the empty lines between records; the address of the next, null at the end."""
        while True:
            rest = self._buffer[self._at : self._at + 64].lstrip(b"\r\n")
            self._at = min(self._at + 64, len(self._buffer)) - len(rest)
            if rest:
                return self.address()
            if self._at == len(self._buffer) and not self._fill():
                return self.broken_at if self.problem else None

    def _ready(self, count: int) -> bytes:
        while len(self._buffer) - self._at < count and self._fill():
            pass
        return self._buffer[self._at : self._at + count]

    def starts_with(self, prefix: bytes) -> bool:
        """Whether these bytes come next."""
        return self._ready(len(prefix)) == prefix

    def at_record(self) -> bool:
        """Whether a WARC version line comes next."""
        return VERSION.match(self._ready(_VERSION_BYTES)) is not None

    def head(self, limit: int) -> bytes | None:
        """Play a header block with its empty line; null, and nothing played, where it has none."""
        while (end := _HEAD_END.search(self._buffer, self._at)) is None:
            if len(self._buffer) - self._at > limit or not self._fill():
                return None
        head = self._buffer[self._at : end.end()]
        self._at = end.end()
        return head

    def take(self, count: int) -> bytes:
        """Play `count` bytes: fewer at the end, at damage, or where another record cuts in."""
        return b"".join(self._play(count))

    def skip(self, count: int) -> int:
        """As `take`, but only the number of bytes played."""
        return sum(map(len, self._play(count)))

    def _play(self, count: int) -> Iterator[bytes]:
        while count > 0:
            if self._at == len(self._buffer):
                member = self._marks[-1][1] if self._marks else None
                if not self._fill():
                    return
                if self.compressed and self._marks[-1][1] != member and self.at_record():
                    return
            piece = self._buffer[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            yield piece

    def blames(self, start: int) -> bool:
        """Whether the stream is broken in the very member that begins at `start`."""
        return self.problem is not None and self.broken_at <= start

    def back_to(self, address: int) -> None:
        """Return to an address of a plain file."""
        self.raw.seek(address)
        self._load()

    def resync(self) -> None:
        """Go on to the next version line, or to the end."""
        while (found := VERSION.search(self._buffer, self._at)) is None:
            self._at = max(self._at, len(self._buffer) - _VERSION_BYTES)
            if not self._fill():
                self._at = len(self._buffer)
                return
        self._at = found.start()

    def recover(self) -> None:
        """Go on to the next compressed member behind the break that begins with a record."""
        self.problem = None
        magic = GZIP_MAGIC if _starts(self.raw, GZIP_MAGIC) else ZSTD_MAGIC
        found = _find_member(self.raw, self.broken_at + 1, magic)
        if found is None:
            self.raw.seek(0, 2)
        else:
            self.raw.seek(found)
        self._load()


def _starts(raw: BinaryIO, magic: bytes) -> bool:
    raw.seek(0)
    return raw.read(len(magic)) == magic


def _find_member(raw: BinaryIO, start: int, magic: bytes) -> int | None:
    """Where the next member that holds a record begins, at or after `start`."""
    overlap = _SCAN_BYTES // 16
    while True:
        raw.seek(start)
        data = raw.read(_SCAN_BYTES)
        at = data.find(magic)
        while at >= 0:
            if _holds_record(data[at : at + overlap]):
                return start + at
            at = data.find(magic, at + 1)
        if len(data) < _SCAN_BYTES:
            return None
        start += len(data) - overlap


def _holds_record(data: bytes) -> bool:
    try:
        if data.startswith(ZSTD_MAGIC):
            head = zstandard.ZstdDecompressor().decompressobj().decompress(data[:1024])
        else:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 16)
    except (zlib.error, zstandard.ZstdError):
        return False
    return head.startswith(b"WARC/")
