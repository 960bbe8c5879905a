"""What repeats inside one text: its n-grams of visible characters, told apart exactly.

The places of a text are grouped by the two characters there, each group is parted by the next
character, and so on: a group is where one n-gram occurs, first to last. Places alone in their group
are let go, and pairs are followed at once as far as they agree, so that in ordinary text few places
are left after four characters. Nothing is hashed: there are no collisions, the work is at most 13
steps a character whatever the text, and the memory 30 bytes a character.
"""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.signals import columns as c
from quality.kernels.signals.agreement import FEW, LONGEST, TOPS, compare_few, deepen

LENGTHS = (5, 6, 7, 8, 9, 10, LONGEST)
"""The n-grams that are looked for again, in the order of their columns."""

PAIRS = TOPS + 1
"""Where, after what the top n-grams cover, the pairs of equal 3-grams are counted."""


class Scratch(NamedTuple):
    """Room for the places of one text, as many as it has characters.

    `order` and `next_order` hold groups of places, `ends` and `next_ends` where each group ends.
    `again[i]` is the length of the longest n-gram at i that was seen before, of more than `TOPS`
    and at most `LONGEST` characters, else 0.
    `tally` is all 0 between uses; `starts` and `touched` are indexed by, and hold, characters;
    `nexts` are the characters by which a group is parted.
    """

    order: npt.NDArray[np.int32]
    next_order: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    next_ends: npt.NDArray[np.int32]
    again: npt.NDArray[np.uint8]
    tally: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    touched: npt.NDArray[np.int32]
    nexts: npt.NDArray[np.int32]


@compiled
def repetition(text: Any, counts: Any, scratch: Any, row: Any) -> None:
    """The signals of n-grams of a text of numbered characters, given how often each occurs."""
    if len(text) == 0:
        return
    order, next_order, ends, next_ends, again, tally, starts, touched, nexts = scratch
    again = again[: len(text)]
    again[:] = 0
    found = np.zeros(TOPS + 2, np.int64)
    groups = 0
    for n in range(2, TOPS + 1):
        if n == 2:
            by_character(text, counts, next_order, starts)
            parted = by_pair(text, counts, next_order, starts, nexts, order, next_ends)
        else:
            of = ends[:groups]
            few = part_few(text, n, order, of, touched, next_order, next_ends)
            parted = part_many(
                text, n, order, of, tally, starts, touched, nexts, next_order, next_ends, few
            )
        groups = parted[1]
        follow(text, n, next_order[parted[2] : len(text)], again, found)
        order, next_order = next_order, order
        ends, next_ends = next_ends, ends
        top(n, order, ends[:groups], found)
        if n == 3 and len(text) >= n:
            pairs = found[PAIRS]
            row[c.FREQUENT_3GRAM_RATIO] = frequent(len(text) - 2, ends[:groups], pairs, tally)
    small = deepen(
        text, order, ends[:groups], next_order, next_ends, tally, starts, touched, nexts, again
    )
    compare_few(text, order, nexts[:small], again)
    row[c.TOP_2GRAM_RATIO : c.TOP_4GRAM_RATIO + 1] = found[2:PAIRS] / len(text)
    seen_again(again, row)


@compiled
def by_character(text: Any, counts: Any, order: Any, starts: Any) -> None:
    """Order the places whose characters occur twice or more by these characters.

    The others are all written to the one beyond the last, which is cheaper than to ask.
    """
    at = 0
    for code in range(len(counts)):
        starts[code] = at if counts[code] > 1 else len(text)
        at += counts[code] * (counts[code] > 1)
    for place in range(len(text)):
        code = text[place]
        order[starts[code]] = place
        starts[code] += 1


@compiled
def by_pair(
    text: Any, counts: Any, order: Any, starts: Any, nexts: Any, spare: Any, ends: Any
) -> tuple[int, int, int]:
    """Group the places by two characters, given their order by one, and where each one's end.

    Each place but the first has one before it: in the order of the second characters, these are
    put where their first characters belong, last to first, so that equal pairs stand in a row.
    Writes the groups to `order` and `ends`, and returns what `part_few` does.
    """
    size = 0
    for times in counts:
        size += times * (times > 1)
    for at in range(size - 1, -1, -1):
        place = order[at] - 1
        if place >= 0:
            slot = starts[text[place]] - 1
            starts[text[place]] = slot
            spare[slot] = place
            nexts[slot] = text[place + 1]
    out, groups, back = 0, 0, len(text)
    end = 0
    for code in range(len(counts)):
        end += counts[code] * (counts[code] > 1)
        at = starts[code]
        while at < end:  # never so for a character that occurs once: it starts beyond the last
            same = nexts[at]
            met = out
            while at < end and nexts[at] == same:
                order[met] = spare[at]
                met += 1
                at += 1
            if met - out > 2:
                out = met
                ends[groups] = out
                groups += 1
            elif met - out == 2:
                back -= 2
                first, second = order[out], order[out + 1]
                order[back], order[back + 1] = first, second
    return out, groups, back


@compiled
def part_few(
    text: Any, n: int, order: Any, ends: Any, nexts: Any, next_order: Any, next_ends: Any
) -> tuple[int, int, int]:
    """Part the small groups by their n-th characters, comparing each with those after it.

    Returns how many places and groups were written, and where the pairs begin, which are written
    to the end of `next_order`.
    """
    out, groups, back = 0, 0, len(text)
    start = 0
    for end in ends:
        size = end - start
        if size <= FEW:
            for at in range(size):
                place = order[start + at] + n - 1
                nexts[at] = text[place] if place < len(text) else -1
            for at in range(size - 1):
                code = nexts[at]
                if code < 0:
                    continue
                next_order[out] = order[start + at]
                met = out + 1
                for other in range(at + 1, size):
                    if nexts[other] == code:
                        next_order[met] = order[start + other]
                        met += 1
                        nexts[other] = -1
                if met - out > 2:
                    out = met
                    next_ends[groups] = out
                    groups += 1
                elif met - out == 2:
                    back -= 2
                    first, second = next_order[out], next_order[out + 1]
                    next_order[back], next_order[back + 1] = first, second
        start = end
    return out, groups, back


@compiled
def part_many(
    text: Any,
    n: int,
    order: Any,
    ends: Any,
    tally: Any,
    starts: Any,
    touched: Any,
    nexts: Any,
    next_order: Any,
    next_ends: Any,
    written: tuple[int, int, int],
) -> tuple[int, int, int]:
    """Part the large groups by their n-th characters, counting them first; see `part_few`.

    Places that are let go are all written to the one beyond the last, which is cheaper than to
    ask.
    """
    out, groups, back = written
    start = 0
    for end in ends:
        begin, stop = start, end
        start = end
        if stop - begin <= FEW:
            continue
        stop -= order[stop - 1] + n > len(text)
        kinds = 0
        for at in range(begin, stop):
            code = text[order[at] + n - 1]
            nexts[at] = code
            touched[kinds] = code
            kinds += tally[code] == 0
            tally[code] += 1
        for kind in range(kinds):
            code = touched[kind]
            times = tally[code]
            tally[code] = 0
            many, two = times > 2, times == 2
            back -= 2 * two
            starts[code] = out if many else (back if two else len(text))
            out += times * many
            next_ends[groups] = out
            groups += many
        for at in range(begin, stop):
            code = nexts[at]
            place = starts[code]
            next_order[place] = order[at]
            starts[code] = place + 1
    return out, groups, back


@compiled
def follow(text: Any, n: int, pairs: Any, again: Any, found: Any) -> None:
    """Note how far the two only places of each n-gram agree."""
    threes = 0
    open_from = _open_from(n, found)
    for at in range(0, len(pairs), 2):
        first, second = pairs[at], pairs[at + 1]
        end = min(LONGEST, len(text) - second)
        size = n
        while size < end and text[first + size] == text[second + size]:
            size += 1
        again[second] = size * (size > TOPS)
        threes += size >= 3
        if n <= open_from <= min(size, TOPS):
            for length in range(n, min(size, TOPS) + 1):
                found[length] = max(found[length], length + min(length, second - first))
            open_from = _open_from(n, found)
    found[PAIRS] += threes if n <= 3 else 0


@compiled
def _open_from(n: int, found: Any) -> int:
    """The shortest n-gram, from `n` on, of which a pair may cover more than what is found."""
    while n <= TOPS and found[n] >= 2 * n:
        n += 1
    return n


@compiled
def top(n: int, order: Any, ends: Any, found: Any) -> None:
    """Note how many characters the n-gram that covers most covers."""
    at = 0
    best = found[n]
    for end in ends:
        if n * (end - at) > best:  # else it cannot cover more
            covered = n
            for place in range(at + 1, end):
                covered += min(n, order[place] - order[place - 1])
            best = max(best, covered)
        at = end
    found[n] = best


@compiled
def frequent(grams: int, ends: Any, pairs: int, tally: Any) -> float:
    """The share of `grams` n-grams that are among the √d most frequent of the d distinct ones.

    One that occurs once is never among them. `tally` is all 0 before and after.
    """
    most, at, repeats = 2, 0, pairs
    tally[2] = pairs
    for end in ends:
        tally[end - at] += 1
        most = max(most, end - at)
        repeats += end - at - 1
        at = end
    left = int(math.sqrt(grams - repeats))
    total = 0
    for times in range(most, 1, -1):
        taken = min(left, tally[times])
        total += taken * times
        left -= taken
        tally[times] = 0
    return total / grams


@compiled
def seen_again(again: Any, row: Any) -> None:
    """The shares of characters inside n-grams that were seen before, however they overlap.

    Where an n-gram was seen before, and the one a place earlier too, it covers one character more;
    only where a run of these begins or ends is there more to do.
    """
    covered = np.zeros(LONGEST + 1, np.int64)
    ends = np.zeros(LONGEST + 1, np.int64)
    going_on = np.zeros(LONGEST + 1, np.int64)
    before = np.int64(0)
    for at in range(len(again)):
        size = np.int64(again[at])
        if size | before == 0:
            continue
        going_on[min(size, before)] += 1
        for n in range(before + 1, size + 1):
            covered[n] += at + n - max(ends[n], at)
        for n in range(size + 1, before + 1):
            ends[n] = at - 1 + n
        before = size
    more = 0
    for n in range(LONGEST, 0, -1):
        more += going_on[n]
        covered[n] += more
    for place in range(len(LENGTHS)):
        row[c.DUPLICATE_5GRAM_RATIO + place] = covered[LENGTHS[place]] / len(again)
