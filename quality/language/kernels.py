"""Compiled loops over UTF-8 bytes: which scripts a text is in, its Han sample, its words."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

SLICES = 3
SLICE_TOKENS = 80
TOKEN_BYTES = 5
WORDS = 400
"""Words read of a text: enough for the commonest ones to occur dozens of times."""

BREAK = ord("|")

_FNV_OFFSET = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled by Numba at its first call, with its types kept for the checker."""
    return cast("Callable[P, R]", njit(cache=True, nogil=True)(function))


@compiled
def width(lead: int) -> int:
    """Bytes of the UTF-8 character that starts with `lead`."""
    if lead < 0x80:
        return 1
    if lead < 0xE0:
        return 2
    return 3 if lead < 0xF0 else 4


@compiled
def code_point(data: Bytes, at: int, size: int) -> int:
    """The character of `size` bytes that starts at `at`."""
    if size == 1:
        return int(data[at])
    if size == 2:
        return (int(data[at]) & 0x1F) << 6 | int(data[at + 1]) & 0x3F
    low = (int(data[at + size - 2]) & 0x3F) << 6 | int(data[at + size - 1]) & 0x3F
    if size == 3:
        return (int(data[at]) & 0x0F) << 12 | low
    return (int(data[at]) & 0x07) << 18 | (int(data[at + 1]) & 0x3F) << 12 | low


@compiled
def count_classes(
    data: Bytes, offsets: Offsets, classes: Bytes, kinds: int
) -> npt.NDArray[np.int64]:
    """How many characters of each class every text has: an array of texts by `kinds`.

    `classes` gives the class of each code point; one beyond its end is of class 0.
    """
    counts = np.zeros((offsets.size - 1, kinds), np.int64)
    for row in range(offsets.size - 1):
        at, end = offsets[row], offsets[row + 1]
        while at < end:
            size = width(data[at])
            point = code_point(data, at, size)
            counts[row, classes[point] if point < classes.size else 0] += 1
            at += size
    return counts


@compiled
def han_tokens(
    data: Bytes, offsets: Offsets, rows: Offsets, folded: npt.NDArray[np.uint32], spaces: Bytes
) -> tuple[Bytes, Offsets]:
    """One line of space-separated Han characters for each text of `rows`, and the lines' offsets.

    Takes the first `SLICE_TOKENS` tokens of each of `SLICES` equal slices of the text's bytes.
    Characters are replaced by `folded` (0: not Han); a run of others becomes one `BREAK`, unless
    it is all in `spaces`, which says 1 for white space: word spacing must not be a feature.
    """
    lines = np.empty(rows.size * (SLICES * SLICE_TOKENS * TOKEN_BYTES + 1), np.uint8)
    ends = np.zeros(rows.size + 1, np.int64)
    out = 0
    for line in range(rows.size):
        start, stop = offsets[rows[line]], offsets[rows[line] + 1]
        broken = False
        began = out
        for part in range(SLICES):
            at = start + (stop - start) * part // SLICES
            end = start + (stop - start) * (part + 1) // SLICES
            while at < end and data[at] & 0xC0 == 0x80:
                at += 1
            tokens = 0
            while at < end and tokens < SLICE_TOKENS:
                size = width(data[at])
                point = code_point(data, at, size)
                han = folded[point] if point < folded.size else 0
                at += size
                if han == 0:
                    broken |= not (point < spaces.size and spaces[point])
                    continue
                if broken and out > began:
                    lines[out] = BREAK
                    lines[out + 1] = 32
                    out += 2
                    tokens += 1
                broken = False
                out = _put(lines, out, han)
                tokens += 1
        lines[out] = 10
        out += 1
        ends[line + 1] = out
    return lines[:out], ends


@compiled
def _put(lines: Bytes, out: int, point: int) -> int:
    """Writes a Han character and a space at `out`; returns the place after them."""
    if point < 0x10000:
        lines[out] = 0xE0 | point >> 12
    else:
        lines[out] = 0xF0 | point >> 18
        out += 1
        lines[out] = 0x80 | point >> 12 & 0x3F
    lines[out + 1] = 0x80 | point >> 6 & 0x3F
    lines[out + 2] = 0x80 | point & 0x3F
    lines[out + 3] = 32
    return out + 4


@compiled
def count_words(
    data: Bytes,
    offsets: Offsets,
    rows: Offsets,
    hashes: npt.NDArray[np.uint64],
    votes: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Votes of the first `WORDS` words of each text of `rows`, and their number as last column.

    A word is a run of bytes other than ASCII non-letters, ASCII letters lowered; `hashes` is
    sorted, and `votes[i]` are the votes of the word of `hashes[i]` for each language.
    """
    languages = votes.shape[1]
    totals = np.zeros((rows.size, languages + 1))
    for line in range(rows.size):
        at, end = offsets[rows[line]], offsets[rows[line] + 1]
        value = _FNV_OFFSET
        inside = False
        while at <= end and totals[line, languages] < WORDS:
            byte = data[at] if at < end else np.uint8(0)
            at += 1
            if 0x41 <= byte <= 0x5A:
                byte |= np.uint8(0x20)
            if byte >= 0x80 or 0x61 <= byte <= 0x7A:
                value = (value ^ np.uint64(byte)) * _FNV_PRIME
                inside = True
            elif inside:
                found = np.searchsorted(hashes, value)
                if found < hashes.size and hashes[found] == value:
                    totals[line, :languages] += votes[found]
                totals[line, languages] += 1
                value = _FNV_OFFSET
                inside = False
    return totals
