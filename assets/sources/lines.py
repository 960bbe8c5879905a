"""Cutting a stream of bytes into blocks of whole lines, whatever the length of a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from assets.sources.streams import BrokenStreamError, chunks

BLOCK_BYTES = 2 * 2**20
"""Lines are handed on about this many bytes at a time."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines and where the first begins; `last` where nothing follows in the file."""

    data: bytes
    offset: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that could not be handed on, and why: `too_large`, or what broke the stream."""

    offset: int
    length: int
    reason: str


class _Cutter:
    r"""The bytes not yet handed on. Only `\n` ends a line."""

    def __init__(self, limit: int, block_bytes: int) -> None:
        self.limit = limit
        self.block_bytes = block_bytes
        self.held = bytearray()
        self.searched = 0
        self.offset = 0
        self.skipped = 0

    def add(self, data: bytes) -> Iterator[Block | Gap]:
        if self.skipped:
            cut = data.find(b"\n")
            if cut < 0:
                self.skipped += len(data)
                return
            yield Gap(self.offset, self.skipped + cut, "too_large")
            self.offset += self.skipped + cut + 1
            self.skipped = 0
            data = data[cut + 1 :]
        self.held += data
        if len(self.held) >= self.block_bytes:
            yield from self.cut()

    def cut(self) -> Iterator[Block]:
        end = self.held.rfind(b"\n", self.searched) + 1
        if end:
            yield Block(bytes(self.held[:end]), self.offset)
            del self.held[:end]
            self.offset += end
        self.searched = len(self.held)
        if len(self.held) > self.limit:
            self.skipped = len(self.held)
            self.held.clear()
            self.searched = 0

    def finish(self) -> Iterator[Block | Gap]:
        yield from self.cut()
        if self.skipped:
            yield Gap(self.offset, self.skipped, "too_large")
        elif self.held:
            yield Block(bytes(self.held), self.offset, last=True)

    def fail(self, reason: str) -> Iterator[Block | Gap]:
        yield from self.cut()
        yield Gap(self.offset, self.skipped or len(self.held), reason)


def line_blocks(raw: BinaryIO, limit: int, block_bytes: int = BLOCK_BYTES) -> Iterator[Block | Gap]:
    """The lines of a file, decompressed, in blocks; offsets count decompressed bytes.

    A line of more than `limit` bytes may come as a Gap, and is never held. A stream that breaks
    ends with a Gap from its last unfinished line.
    """
    cutter = _Cutter(limit, block_bytes)
    try:
        for chunk in chunks(raw):
            yield from cutter.add(chunk.data)
    except BrokenStreamError as error:
        yield from cutter.fail(error.reason)
    else:
        yield from cutter.finish()


def line_bounds(data: bytes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    r"""Where each line of a block begins and ends, its `\n` left out.

    >>> line_bounds(b"a\n\nbc")
    (array([0, 2, 3]), array([1, 2, 5]))
    """
    breaks = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    if not data.endswith(b"\n"):
        breaks = np.append(breaks, len(data))
    starts = np.empty_like(breaks)
    starts[:1] = 0
    starts[1:] = breaks[:-1] + 1
    return starts, breaks
