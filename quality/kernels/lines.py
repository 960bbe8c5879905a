"""Lines of texts as hashes, and which of them many documents hold.

Lines are counted twice: roughly, all of them, in a table of bytes that only ever counts too much;
then exactly, those that came out of it as possibly common.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.arrow import Strings
from quality.kernels.fold import BLOCK, FoldTable, fold_block
from quality.kernels.minhash import absorb
from quality.kernels.ngrams import mix

NEWLINE = 0x0A
FULL = 255
"""Where a rough count stops."""

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint32]
Rough = npt.NDArray[np.uint8]


class Lines(NamedTuple):
    """Lines of documents: those of document `i` are `offsets[i]` to `offsets[i + 1]`."""

    offsets: Integers
    hashes: Hashes
    chars: Counts


class Tally(NamedTuple):
    """A hash table of lines: in how many documents each is, and the number of the last of them.

    A slot whose count is 0 is free. The number of slots is a power of two. `counted` is one
    number: how many documents were counted.
    """

    hashes: Hashes
    documents: Counts
    last: Counts
    counted: Counts


@njit(cache=True, nogil=True)
def tally(slots: int) -> Tally:
    """An empty table; `slots` is a power of two."""
    hashes = np.zeros(slots, np.uint64)
    documents, last = np.zeros(slots, np.uint32), np.zeros(slots, np.uint32)
    return Tally(hashes, documents, last, np.zeros(1, np.uint32))


@njit(cache=True, nogil=True)
def cut(texts: Strings, table: FoldTable) -> Lines:
    r"""The lines of each text, cut at every "\n": hash of the folded line, folded characters.

    The hash is that of `minhash.sign` for a text of the same characters. A missing text is cut
    like an empty one: into one empty line.
    """
    offsets = _line_offsets(texts)
    hashes = np.empty(offsets[-1], np.uint64)
    chars = np.empty(offsets[-1], np.uint32)
    block = np.empty(BLOCK, np.uint32)
    for row in range(texts.valid.size):
        at = texts.offsets[row]
        stop = texts.offsets[row + 1] if texts.valid[row] else at
        for line in range(offsets[row], offsets[row + 1]):
            end = at
            while end < stop and texts.data[end] != NEWLINE:
                end += 1
            hashes[line], chars[line] = _hash(texts.data[at:end], table, block)
            at = end + 1
    return Lines(offsets, hashes, chars)


@njit(cache=True, nogil=True)
def _line_offsets(texts: Strings) -> Integers:
    offsets = np.zeros(texts.valid.size + 1, np.int64)
    for row in range(texts.valid.size):
        breaks = 0
        if texts.valid[row]:
            for at in range(texts.offsets[row], texts.offsets[row + 1]):
                breaks += texts.data[at] == NEWLINE
        offsets[row + 1] = offsets[row] + breaks + 1
    return offsets


@njit(cache=True, nogil=True)
def _hash(
    line: npt.NDArray[np.uint8], table: FoldTable, block: npt.NDArray[np.uint32]
) -> tuple[np.uint64, int]:
    digest = uint64(0)
    total = 0
    position = 0
    while position < line.size:
        position, count = fold_block(line, position, table, block, 0)
        digest = absorb(digest, block[:count])
        total += count
    return mix(digest ^ uint64(total)), total


@njit(cache=True, nogil=True)
def count_roughly(lines: Lines, shortest: int, rough: Rough) -> None:
    """Count lines of at least `shortest` folded characters; the size of `rough` is a power of two.

    A byte counts every line whose hash leads to it, up to `FULL`.
    """
    mask = uint64(rough.size - 1)
    for line in range(lines.hashes.size):
        slot = lines.hashes[line] & mask
        rough[slot] += lines.chars[line] >= shortest and rough[slot] < FULL


@njit(cache=True, nogil=True)
def count_exactly(lines: Lines, shortest: int, least: int, rough: Rough, table: Tally) -> Tally:
    """Count the documents of each line that, by `rough`, may be in `least` of them.

    A document is to come in one call only. `table` grows as it must: the one returned takes its
    place.
    """
    mask = uint64(rough.size - 1)
    enough = min(least, FULL)
    used = np.count_nonzero(table.documents)
    for row in range(lines.offsets.size - 1):
        table.counted[0] += 1
        for line in range(lines.offsets[row], lines.offsets[row + 1]):
            value = lines.hashes[line]
            if lines.chars[line] < shortest or rough[value & mask] < enough:
                continue
            if 2 * used >= table.hashes.size:
                table = _doubled(table)
            slot = find(table, value)
            used += table.documents[slot] == 0
            if table.last[slot] != table.counted[0]:
                table.hashes[slot] = value
                table.documents[slot] += 1
                table.last[slot] = table.counted[0]
    return table


@njit(cache=True, nogil=True)
def find(table: Tally, value: np.uint64) -> np.int64:
    """The slot that holds `value`, or the free one where it belongs; the table has room."""
    mask = uint64(table.hashes.size - 1)
    # Lines that share a rough count share the lower half of their hashes.
    slot = (value >> uint64(32)) & mask
    while table.documents[slot] and table.hashes[slot] != value:
        slot = (slot + uint64(1)) & mask
    return np.int64(slot)


@njit(cache=True, nogil=True)
def _doubled(table: Tally) -> Tally:
    larger = tally(2 * table.hashes.size)
    larger.counted[0] = table.counted[0]
    for slot in range(table.hashes.size):
        if table.documents[slot]:
            place = find(larger, table.hashes[slot])
            larger.hashes[place] = table.hashes[slot]
            larger.documents[place] = table.documents[slot]
            larger.last[place] = table.last[slot]
    return larger


@njit(cache=True, nogil=True)
def find_common(
    lines: Lines, table: Tally, least: int
) -> tuple[npt.NDArray[np.float32], Integers, Counts]:
    """How much of each document lies in lines that `least` documents hold, and which those are.

    First the share of its folded characters; then offsets into the last: the numbers, from 0, of
    the common lines of document `i` are from `offsets[i]` to `offsets[i + 1]` there.
    """
    rows = lines.offsets.size - 1
    ratio = np.zeros(rows, np.float32)
    offsets = np.zeros(rows + 1, np.int64)
    numbers = np.empty(lines.hashes.size, np.uint32)
    found = 0
    for row in range(rows):
        chars = 0
        common = 0
        for line in range(lines.offsets[row], lines.offsets[row + 1]):
            chars += lines.chars[line]
            if table.documents[find(table, lines.hashes[line])] >= least:
                common += lines.chars[line]
                numbers[found] = line - lines.offsets[row]
                found += 1
        offsets[row + 1] = found
        ratio[row] = common / chars if common else 0.0
    return ratio, offsets, numbers[:found]
