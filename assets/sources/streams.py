"""Opening raw files anywhere, and decompressing them in bounded steps."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import fsspec
import zstandard

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"

PLAIN_STEP = 256 * 1024
"""Bytes of a plain file in one chunk, and the most that one step of gzip gives back."""

GZIP_STEP = 32 * 1024
ZSTD_STEP = 1024
"""Compressed bytes taken up at once. A Zstandard block of 4 bytes can stand for 128 KiB (RFC 8878,
section 3.1.1.2), so that 1,024 give back at most 32 MiB; gzip's output is bounded by the step."""


class BrokenStreamError(Exception):
    """The compressed stream cannot be read further; `start` is where its broken member begins."""

    def __init__(self, reason: str, start: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start


@dataclass(frozen=True, slots=True)
class Chunk:
    """Decompressed bytes and where they came from.

    `start` is the raw offset of the compressed member that holds them (of the bytes themselves
    in a plain file) and `end` the raw offset just after what was read to produce them.
    """

    data: bytes
    start: int
    end: int


def open_raw(path: str) -> BinaryIO:
    """The bytes of a local file or an fsspec URL, as stored, for reading and seeking."""
    handle: BinaryIO = fsspec.open(path, "rb").open()
    return handle


def compression_of(head: bytes) -> str | None:
    r"""The compression that the first bytes of a file announce; names of files may lie.

    >>> compression_of(b"\x1f\x8b\x08\x00"), compression_of(b"WARC/1.0")
    ('gzip', None)
    """
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    return "zstd" if head.startswith(ZSTD_MAGIC) else None


def chunks(raw: BinaryIO) -> Iterator[Chunk]:
    """The decompressed bytes of a file, from its current position, in bounded chunks.

    Raises:
        BrokenStreamError: The compressed stream is damaged, cut off or followed by something else.
    """
    base = raw.tell()
    kind = compression_of(raw.read(len(ZSTD_MAGIC)))
    raw.seek(base)
    if kind is None:
        return _plain(raw, base)
    return _members(_Feed(raw, base), kind)


def _plain(raw: BinaryIO, base: int) -> Iterator[Chunk]:
    while data := raw.read(PLAIN_STEP):
        yield Chunk(data, base, base + len(data))
        base += len(data)


class _Feed:
    """Compressed bytes read and not yet taken up; `base` is the raw offset of the first."""

    def __init__(self, raw: BinaryIO, base: int) -> None:
        self.raw = raw
        self.base = base
        self.buffer = b""

    def more(self, step: int) -> bool:
        """Whether there is anything left to take up."""
        self.buffer = self.buffer or self.raw.read(step)
        return bool(self.buffer)

    def left(self, rest: bytes) -> None:
        """Note that only `rest` of the buffer was not taken up."""
        self.base += len(self.buffer) - len(rest)
        self.buffer = rest

    def at_member(self, magic: bytes) -> bool:
        """Skip zero padding; whether a member follows. False at the end of the file.

        Raises:
            BrokenStreamError: Something else follows.
        """
        while self.more(GZIP_STEP):
            self.left(self.buffer.lstrip(b"\0"))
            if self.buffer:
                break
        if 0 < len(self.buffer) < len(magic):
            self.buffer += self.raw.read(GZIP_STEP)
        if self.buffer and not self.buffer.startswith(magic):
            raise BrokenStreamError("garbage", self.base)
        return bool(self.buffer)


def _members(feed: _Feed, kind: str) -> Iterator[Chunk]:
    magic = GZIP_MAGIC if kind == "gzip" else ZSTD_MAGIC
    inflate = _gzip_member if kind == "gzip" else _zstd_member
    while feed.at_member(magic):
        start = feed.base
        try:
            yield from inflate(feed, start)
        except (zlib.error, zstandard.ZstdError) as error:
            raise BrokenStreamError(f"broken_{kind}", start) from error


def _gzip_member(feed: _Feed, start: int) -> Iterator[Chunk]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while not inflater.eof:
        if not feed.more(GZIP_STEP):
            raise BrokenStreamError("truncated", start)
        data = inflater.decompress(feed.buffer, PLAIN_STEP)
        feed.left(inflater.unused_data if inflater.eof else inflater.unconsumed_tail)
        if data:
            yield Chunk(data, start, feed.base)


def _zstd_member(feed: _Feed, start: int) -> Iterator[Chunk]:
    inflater = zstandard.ZstdDecompressor().decompressobj()
    while not inflater.eof:
        if not feed.more(GZIP_STEP):
            raise BrokenStreamError("truncated", start)
        step, rest = feed.buffer[:ZSTD_STEP], feed.buffer[ZSTD_STEP:]
        data = inflater.decompress(step)
        feed.left(inflater.unused_data + rest)
        if data:
            yield Chunk(data, start, feed.base)
