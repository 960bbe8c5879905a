"""Lines that differ a little from one of the lines just before.

The distance is Levenshtein's: characters put in, taken out or replaced. It is found by following,
for each number of edits, how far each diagonal of the table of distances reaches (Ukkonen 1985),
and only where the two lines' sets of characters leave it possible.
"""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals.reading import END, START

BEFORE = 8
"""How many lines back a line is compared with; a template rarely repeats in a longer period."""

RING = BEFORE + 1

TENTH = 10
"""A line may differ in one of so many characters: MAP-CC's 10%."""

MOST_EDITS = 64
"""Edits beyond which lines are not compared, so that the work for a line is bounded."""

WORDS = 4
_MIX = np.uint64(0x9E3779B97F4A7C15)
_TOP, _SIX, _LOW = np.uint64(56), np.uint64(6), np.uint64(63)
_ONE = np.uint64(1)
_PAIRS, _FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_EIGHTS, _SUM = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@compiled
def similar_lines(visible: Any, lines: Any, marks: Any) -> int:
    """How many lines are within a tenth of their characters of one of the `BEFORE` before."""
    sets = np.zeros((RING, WORDS), np.uint64)
    known = np.zeros(RING, np.bool_)
    reach = np.empty(2 * MOST_EDITS + 3, np.int64)
    found = 0
    for at in range(len(lines)):
        known[at % RING] = False
        line = visible[lines[at, START] : lines[at, END]]
        for before in range(at - 1, max(at - BEFORE, 0) - 1, -1):
            if marks[before] == marks[at]:
                found += 1
                break
            size = lines[before, END] - lines[before, START]
            edits = min(max(size, len(line)) // TENTH, MOST_EDITS)
            if abs(size - len(line)) > edits or edits == 0:
                continue
            other = visible[lines[before, START] : lines[before, END]]
            for which, its in ((at, line), (before, other)):
                if not known[which % RING]:
                    _characters(its, sets[which % RING])
                    known[which % RING] = True
            if _differ(sets[at % RING], sets[before % RING]) > edits:
                continue
            if within(line, other, edits, reach):
                found += 1
                break
    return found


@compiled
def _characters(line: Any, members: Any) -> None:
    """The set of a line's characters, each hashed to one of 256 bits."""
    members[:] = 0
    for code in line:
        bit = (np.uint64(code) * _MIX) >> _TOP
        members[np.int64(bit >> _SIX)] |= _ONE << (bit & _LOW)


@compiled
def _differ(left: Any, right: Any) -> int:
    """A number of edits that one of the lines needs at least, from their sets of characters."""
    missing, added = 0, 0
    for word in range(WORDS):
        missing += _ones(left[word] & ~right[word])
        added += _ones(right[word] & ~left[word])
    return max(missing, added)


@compiled
def _ones(bits: Any) -> Any:
    bits -= (bits >> _ONE) & _PAIRS
    bits = (bits & _FOURS) + ((bits >> np.uint64(2)) & _FOURS)
    bits = (bits + (bits >> np.uint64(4))) & _EIGHTS
    return np.int64((bits * _SUM) >> np.uint64(56))


@compiled
def within(left: Any, right: Any, edits: int, reach: Any) -> bool:
    """Whether at most `edits` edits make `left` of `right`; `reach` has room for 2 edits + 3.

    `reach[edits + 1 + d]` is how far into `left` the diagonal `d` (right minus left) gets with
    the edits made so far; a diagonal that cannot be reached yet is far below 0.
    """
    middle = edits + 1
    goal = middle + len(right) - len(left)
    reach[: 2 * edits + 3] = -edits - 2
    for made in range(edits + 1):
        before, here = -edits - 2, -edits - 2
        for diagonal in range(middle - made, middle + made + 1):
            before, here = here, reach[diagonal]
            far = max(here + 1, before, reach[diagonal + 1] + 1)
            far = 0 if made == 0 else far
            far = _slide(left, right, far, far + diagonal - middle)
            reach[diagonal] = far
        if reach[goal] >= len(left):
            return True
    return False


@compiled
def _slide(left: Any, right: Any, at: int, other: int) -> int:
    """How far into `left` the two lines agree, from there on; stays within both."""
    if at < 0 or other < 0:
        return at
    while at < len(left) and other < len(right) and left[at] == right[other]:
        at += 1
        other += 1
    return at
