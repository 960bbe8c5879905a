"""What repeats inside one text: its n-grams of visible characters, told apart exactly.

The class of an n-gram is the place of its first occurrence. An n-gram is known by the classes of
the two shorter ones that begin and end it, so a table keyed by that pair has no collisions. It can
repeat only where both repeat, so that only those places are looked at, and they soon become few;
where a repeated stretch goes on, one comparison of characters takes the place of a look-up.

Memory is 24 bytes a character for scratch arrays, and at most 32 MiB for the table: the first
2^20 distinct n-grams of a text are remembered, among those that can repeat, and others count as
seen once.
"""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.repetition import NONE, ONE, slots_for
from quality.kernels.signals import columns as c

_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


class Scratch(NamedTuple):
    """Room for the places of one text.

    `classes[i]` is the class of the n-gram at i, below 0 where it does not repeat; `places` are
    those where it does; `counts`, `last` and `covered` speak of a class. `tally` is all 0.
    """

    classes: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    covered: npt.NDArray[np.int32]
    tally: npt.NDArray[np.int32]
    table: npt.NDArray[np.uint64]


@compiled
def single(text: Any, counts: Any, classes: Any, places: Any) -> int:
    """Classify characters, given how often each occurs; returns at how many places one repeats."""
    kept = 0
    for at in range(len(text)):
        repeats = counts[text[at]] > 1
        classes[at] = text[at] if repeats else -1
        places[kept] = at
        kept += repeats
    return kept


@compiled
def repetition(text: Any, kept: int, scratch: Any, row: Any) -> None:
    """The signals of n-grams, from the `kept` places that `single` left."""
    classes, places, counts, last, covered, tally, table = scratch
    size = len(text)
    for n in range(2, 11):
        kept = classify(text, n, 1, classes, places[:kept], counts, table)
        if kept == 0:
            return
        if n <= 4:
            row[c.TOP_2GRAM_RATIO + n - 2] = top(n, classes, places[:kept], last, covered) / size
        else:
            row[c.DUPLICATE_5GRAM_RATIO + n - 5] = repeated(n, classes, places[:kept]) / size
        if n == 3:
            row[c.FREQUENT_3GRAM_RATIO] = frequent(size - 2, classes, places[:kept], counts, tally)
    kept = classify(text, 13, 3, classes, places[:kept], counts, table)
    row[c.DUPLICATE_13GRAM_RATIO] = repeated(13, classes, places[:kept]) / size


@compiled
def classify(
    text: Any, n: int, step: int, classes: Any, places: Any, counts: Any, table: Any
) -> int:
    """Go from (n - step)-grams to n-grams, at `places`; returns how many of them repeat.

    Writes the new classes, and the places of what repeats to the beginning of `places`.
    """
    slots = slots_for(len(places))
    entries = table[:slots]
    entries[:, 0] = NONE
    used, kept, before, source = 0, 0, -2, -1
    for at in places:
        head = classes[at]
        tail = classes[at + step] if at + n <= len(text) else -1
        if tail < 0:
            classes[at] = -1
            continue
        found: Any = -1
        if before == at - 1 and 0 <= source < before and text[source + n] == text[at + n - 1]:
            found = classes[source + 1]
        if found < 0:
            key = (np.uint64(head) << _HALF | np.uint64(tail)) + ONE
            slot = _find(entries, key)
            if entries[slot, 0] == key:
                found = np.int32(entries[slot, 1])
            elif used < slots // 2:
                entries[slot, 0], entries[slot, 1] = key, np.uint64(at)
                used += 1
                counts[at] = 0
                found = at
        classes[at] = found
        before, source = at, found
        if found >= 0:
            counts[found] += 1
            places[kept] = at
            kept += 1
    return _those_that_repeat(classes, places[:kept], counts)


@compiled
def _find(entries: Any, key: Any) -> Any:
    """The slot that holds `key`, or the empty one where it belongs; the table has room."""
    mask = np.uint64(len(entries) - 1)
    slot = (key ^ (key >> _HALF)) * _MIX
    slot = (slot ^ (slot >> _HALF)) & mask
    while entries[slot, 0] != key and entries[slot, 0] != NONE:
        slot = (slot + ONE) & mask
    return slot


@compiled
def _those_that_repeat(classes: Any, places: Any, counts: Any) -> int:
    kept = 0
    for at in places:
        if counts[classes[at]] > 1:
            places[kept] = at
            kept += 1
        else:
            classes[at] = -1
    return kept


@compiled
def top(n: int, classes: Any, places: Any, last: Any, covered: Any) -> int:
    """How many characters the n-gram that covers most covers."""
    best = 0
    for at in places:
        group = classes[at]
        if group == at:
            covered[group] = n
        else:
            covered[group] += min(n, at - last[group])
            best = max(best, covered[group])
        last[group] = at
    return best


@compiled
def repeated(n: int, classes: Any, places: Any) -> int:
    """How many characters are inside n-grams that were seen before, however they overlap."""
    total = 0
    end = 0
    for at in places:
        if classes[at] != at:
            total += at + n - max(end, at)
            end = at + n
    return total


@compiled
def frequent(grams: int, classes: Any, places: Any, counts: Any, tally: Any) -> float:
    """The share of `grams` n-grams that are among the √d most frequent of the d distinct ones.

    One that occurs once is never among them. `tally` is all 0 before and after.
    """
    most, repeating = 0, 0
    for at in places:
        if classes[at] == at:
            tally[counts[at]] += 1
            most = max(most, counts[at])
            repeating += 1
    left = int(math.sqrt(grams - len(places) + repeating))
    total = 0
    for times in range(most, 1, -1):
        taken = min(left, tally[times])
        total += taken * times
        left -= taken
        tally[times] = 0
    return total / grams
