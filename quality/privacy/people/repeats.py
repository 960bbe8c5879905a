"""Names that a cue told, found again anywhere in the same document."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.hits import Hit
from quality.privacy.view import Codes, Positions, View

TELLING = frozenset({"field", "role", "title"})
"""Rules whose names are sought again: of private people beside what tells of them."""

_LONGEST = 20
_START, _MIX, _OF = 0x345678, 1000003, 7919
_KEPT = (1 << 40) - 1  # a multiplicative hash kept below 2**40, so that no product overflows


class Told(NamedTuple):
    """Names by document: where it begins and ends, where the name stands, a hash table of rows.

    Rows of one document are neighbours; an empty slot is -1.
    """

    begins: Positions
    stops: Positions
    starts: Positions
    ends: Positions
    slots: Positions


def _entered(codes: Codes, told: Told, row: int) -> int:
    """Enter a row in the hash table; return its length."""
    key = _START
    for i in range(told.starts[row], told.ends[row]):
        key = int(((key ^ np.int64(codes[i])) * _MIX) & _KEPT)
    mask = told.slots.size - 1
    slot = (key ^ (told.begins[row] * _OF)) & mask
    while told.slots[slot] >= 0:
        slot = (slot + 1) & mask
    told.slots[slot] = row
    return int(told.ends[row] - told.starts[row])


def _is_told(codes: Codes, told: Told, row: int, at: int, end: int) -> bool:
    """Whether what stands at `at` to `end` is the name of a row."""
    start = told.starts[row]
    if told.ends[row] - start != end - at:
        return False
    for i in range(end - at):  # noqa: SIM110 - a generator does not compile
        if codes[start + i] != codes[at + i]:
            return False
    return True


def _longest(codes: Codes, told: Told, first: int, lengths: int, at: int) -> int:
    """Characters of the longest name of the document of `first` that stands at `at`; 0 if none."""
    mask = told.slots.size - 1
    begin = told.begins[first]
    key = _START
    taken = 0
    end = at
    while end < told.stops[first] and lengths >> (end - at + 1):
        key = int(((key ^ np.int64(codes[end])) * _MIX) & _KEPT)
        end += 1
        if (lengths >> (end - at)) & 1:
            slot = (key ^ (begin * _OF)) & mask
            while told.slots[slot] >= 0:
                row = told.slots[slot]
                if told.begins[row] == begin and is_told(codes, told, row, at, end):
                    taken = end - at
                slot = (slot + 1) & mask
    return taken


def _mark_again(codes: Codes, told: Told, firsts: npt.NDArray[np.bool_], found: Positions) -> int:
    """Where names stand in their documents, as pairs in `found`; returns how many numbers.

    `firsts` is room for which characters (by their low 16 bits) begin a name.
    """
    count = 0
    first = 0
    while first < told.starts.size:
        last, lengths = first, 0
        while last < told.starts.size and told.begins[last] == told.begins[first]:
            lengths |= 1 << entered(codes, told, last)
            firsts[codes[told.starts[last]] & 0xFFFF] = True
            last += 1
        at = told.begins[first]
        while at < told.stops[first]:
            length = 0
            if firsts[codes[at] & 0xFFFF]:
                length = longest(codes, told, first, lengths, at)
            if length:
                found[count], found[count + 1] = at, at + length
                count += 2
            at += max(length, 1)
        for row in range(first, last):
            firsts[codes[told.starts[row]] & 0xFFFF] = False
        first = last
    return count


entered, is_told = compiled(_entered), compiled(_is_told)
longest = compiled(_longest)
mark_again = compiled(_mark_again)


def repeats(view: View, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The full names among `hits` that a cue told, wherever they stand in their documents."""
    told = {
        (document, view.text[hit.start : hit.end]): hit
        for hit, document in zip(hits, _documents(view, hits), strict=True)
        if hit.kind == "name" and hit.rule in TELLING and 1 < hit.end - hit.start <= _LONGEST
    }
    if not told:
        return
    rows = sorted((document, hit.start, hit.end) for (document, _), hit in told.items())
    of, starts, ends = np.array(rows, np.int64).T.copy()
    slots = np.full(1 << (2 * len(rows)).bit_length(), -1, np.int64)
    names = Told(view.starts[of], view.starts[of + 1], starts, ends, slots)
    found = np.empty(int(np.diff(view.starts)[np.unique(of)].sum()) + 2, np.int64)
    count = mark_again(view.codes, names, np.zeros(0x10000, np.bool_), found)
    for start, end in found[:count].reshape(-1, 2).tolist():
        yield Hit(start, end, "name", "repeat")


def _documents(view: View, hits: Sequence[Hit]) -> list[int]:
    starts = np.array([hit.start for hit in hits], np.int64)
    found: list[int] = (np.searchsorted(view.starts, starts, side="right") - 1).tolist()
    return found
