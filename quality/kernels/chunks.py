"""Where texts can be cut into chunks."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from quality.kernels.arrow import Strings

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

PLAIN, CLOSING, ENDING, NEWLINE, EXTENDING, JOINER = range(6)
"""What a character is: it closes the sentence that ended before it, ends one, extends the
character before it, or joins that with the next."""

WITHIN, BETWEEN, SENTENCE, PARAGRAPH = range(4)
"""What ends before a character: nothing, for it extends the last one; that; a sentence; more."""


class Cuts(NamedTuple):
    """One chunk an item: the row of its text, its ordinal there, its characters and its bytes."""

    row: Places
    ordinal: Places
    start: Places
    end: Places
    first: Places
    last: Places


@njit(cache=True, nogil=True)
def cut(texts: Strings, kinds: Bytes, size: int, overlap: int) -> Cuts:
    """The chunks of each text; `kinds` tells what each code point is, and `overlap` < `size`."""
    found = np.empty((6, 1024), np.int64)
    count = 0
    for row in range(texts.valid.size):
        if not texts.valid[row]:
            continue
        places, borders = find_borders(
            texts.data[texts.offsets[row] : texts.offsets[row + 1]], kinds
        )
        start = end = ordinal = 0
        while end < borders.size - 1:
            earliest = max(start + 1, end - overlap) if ordinal else 0
            start, end = _next(borders, earliest, end, size)
            if count == found.shape[1]:
                found = np.concatenate((found, np.empty_like(found)), axis=1)
            found[:, count] = row, ordinal, start, end, places[start], places[end]
            count += 1
            ordinal += 1
    return Cuts(
        found[0, :count],
        found[1, :count],
        found[2, :count],
        found[3, :count],
        found[4, :count],
        found[5, :count],
    )


@njit(cache=True, nogil=True)
def find_borders(text: Bytes, kinds: Bytes) -> tuple[Places, Bytes]:
    """The byte each character begins at, and what ends before it; of the end of the text too."""
    places = np.empty(text.size + 1, np.int64)
    borders = np.empty(text.size + 1, np.uint8)
    count = at = 0
    last = PLAIN
    ended = False
    while at < text.size:
        places[count] = at
        point, at = _character(text, at)
        kind = kinds[point]
        borders[count] = BETWEEN
        if kind >= EXTENDING or last == JOINER:
            borders[count] = WITHIN
        elif last == NEWLINE and kind != NEWLINE:
            borders[count] = PARAGRAPH
        elif ended and kind == PLAIN:
            borders[count] = SENTENCE
        if kind < EXTENDING:
            ended = kind >= ENDING or (ended and kind == CLOSING)
        if kind != EXTENDING:
            last = kind
        count += 1
    places[count] = text.size
    borders[count] = PARAGRAPH
    return places[: count + 1], borders[: count + 1]


@njit(cache=True, nogil=True)
def _character(text: Bytes, at: int) -> tuple[int, int]:
    """The code point that begins at byte `at`, and where the next one begins."""
    first = int(text[at])
    if first < 0x80:
        return first, at + 1
    length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    point = first & (0x7F >> length)
    for more in range(1, length):
        point = point << 6 | int(text[at + more]) & 0x3F
    return point, at + length


@njit(cache=True, nogil=True)
def _next(borders: Bytes, earliest: int, last: int, size: int) -> tuple[int, int]:
    """Start, not before `earliest`, and end of the chunk after the one that ended at `last`."""
    start = _first(borders, earliest, last)
    for begin in (start, last):
        limit = min(begin + size, borders.size - 1)
        sentence = _latest(borders, last, limit, SENTENCE)
        if sentence > last:
            half = begin + (size - 1) // 2
            paragraph = _latest(borders, max(last, half), limit, PARAGRAPH)
            return begin, paragraph if paragraph > last else sentence
    limit = min(start + size, borders.size - 1)
    between = _latest(borders, last, limit, BETWEEN)
    return start, between if between > last else limit


@njit(cache=True, nogil=True)
def _latest(borders: Bytes, after: int, limit: int, least: int) -> int:
    """The last place in (after, limit] where at least this much ends; -1 where there is none."""
    for place in range(limit, after, -1):
        if borders[place] >= least:
            return place
    return -1


@njit(cache=True, nogil=True)
def _first(borders: Bytes, earliest: int, last: int) -> int:
    """Where in [earliest, last] a chunk begins: with a sentence, if the last one ended with one."""
    least = SENTENCE if borders[last] >= SENTENCE else BETWEEN
    for place in range(earliest, last):
        if borders[place] >= least:
            return place
    return last
