"""What repeats inside one text: its n-grams of visible characters, told apart exactly.

The places of a text are grouped by the character there, each group is parted by the next character,
and so on: after n steps a group is where one n-gram occurs, first to last. Places alone in their
group are let go, and pairs are followed at once as far as they agree, so that in ordinary text few
places are left after four steps. Nothing is hashed: there are no collisions, the work is at most 13
steps a character whatever the text, and the memory 30 bytes a character.
"""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.signals import columns as c

LONGEST = 13
"""Characters of the longest n-gram: ChineseWebText's and those of decontamination."""

TOPS = 4
"""Characters of the longest n-gram whose most frequent one is asked for."""

FEW = 8
"""Places of the largest group that is parted by comparing each with the others."""

LENGTHS = (5, 6, 7, 8, 9, 10, LONGEST)
"""The n-grams that are looked for again, in the order of their columns."""

PAIRS = TOPS + 1
"""Where, after what the top n-grams cover, the pairs of equal 3-grams are counted."""


class Scratch(NamedTuple):
    """Room for the places of one text, as many as it has characters.

    `order` and `next_order` hold groups of places, `ends` and `next_ends` where each group ends.
    `again[i]` is the length of the longest n-gram at i that was seen before, at most `LONGEST`.
    `tally` is all 0 between uses; `starts` and `touched` are indexed by, and hold, characters.
    """

    order: npt.NDArray[np.int32]
    next_order: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    next_ends: npt.NDArray[np.int32]
    again: npt.NDArray[np.uint8]
    tally: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    touched: npt.NDArray[np.int32]


@compiled
def repetition(text: Any, counts: Any, scratch: Any, row: Any) -> None:
    """The signals of n-grams of a text of numbered characters, given how often each occurs."""
    if len(text) == 0:
        return
    order, next_order, ends, next_ends, again, tally, starts, touched = scratch
    again = again[: len(text)]
    again[:] = 0
    found = np.zeros(TOPS + 2, np.int64)
    groups = by_character(text, counts, order, ends, starts)
    for n in range(2, TOPS + 1):
        few = part_few(text, n, order, ends[:groups], touched, next_order, next_ends)
        many = part_many(
            text, n, order, ends[:groups], tally, starts, touched, next_order, next_ends, few
        )
        groups = many[1]
        follow(text, n, next_order[many[2] : len(text)], again, found)
        order, next_order = next_order, order
        ends, next_ends = next_ends, ends
        top(n, order, ends[:groups], found)
        if n == 3 and len(text) >= n:
            pairs = found[PAIRS]
            row[c.FREQUENT_3GRAM_RATIO] = frequent(len(text) - 2, ends[:groups], pairs, tally)
    compare_few(text, order, ends[:groups], again)
    deepen(text, order, ends[:groups], next_order, next_ends, tally, starts, touched, again)
    row[c.TOP_2GRAM_RATIO : c.TOP_4GRAM_RATIO + 1] = found[2:PAIRS] / len(text)
    seen_again(again, row)


@compiled
def by_character(text: Any, counts: Any, order: Any, ends: Any, starts: Any) -> int:
    """Group the places of each character that occurs twice or more; returns how many groups."""
    at = 0
    groups = 0
    for code in range(len(counts)):
        starts[code] = at if counts[code] > 1 else len(text)
        if counts[code] > 1:
            at += counts[code]
            ends[groups] = at
            groups += 1
    for place in range(len(text)):
        code = text[place]
        order[starts[code]] = place
        starts[code] += 1
    return groups


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
            touched[kinds] = code
            kinds += tally[code] == 0
            tally[code] += 1
        for kind in range(kinds):
            code = touched[kind]
            times = tally[code]
            tally[code] = 0
            if times > 2:
                starts[code] = out
                out += times
                next_ends[groups] = out
                groups += 1
            else:
                back -= 2 * (times == 2)
                starts[code] = back if times == 2 else len(text)
        for at in range(begin, stop):
            code = text[order[at] + n - 1]
            place = starts[code]
            next_order[place] = order[at]
            starts[code] = place + 1
    return out, groups, back


@compiled
def compare_few(text: Any, order: Any, ends: Any, again: Any) -> None:
    """Note how far each place of a small group agrees with an earlier one."""
    start = 0
    for end in ends:
        if end - start <= FEW:
            for later in range(start + 1, end):
                second = order[later]
                limit = min(LONGEST, len(text) - second)
                best = TOPS
                for earlier in range(start, later):
                    first = order[earlier]
                    size = TOPS
                    while size < limit and text[first + size] == text[second + size]:
                        size += 1
                    best = max(best, size)
                    if best == limit:
                        break
                again[second] = best
        start = end


@compiled
def deepen(
    text: Any,
    order: Any,
    ends: Any,
    spare: Any,
    depths: Any,
    tally: Any,
    starts: Any,
    touched: Any,
    again: Any,
) -> None:
    """Note how far each place of the large groups agrees with an earlier one.

    Goes from a group to the groups it is parted into, at once: `depths` is the stack of these,
    three numbers for each. What is parted is written back to where it was.
    """
    start = 0
    for end in ends:
        if end - start > FEW:
            depths[0], depths[1], depths[2] = start, end, TOPS
            height = 3
            while height > 0:
                height -= 3
                first, last, n = depths[height], depths[height + 1], depths[height + 2]
                n = _agree(text, order, first, last, n)
                for at in range(first + 1, last):
                    again[order[at]] = n
                if n < LONGEST:
                    height = _part(
                        text, n, order, first, last, spare, depths, height, tally, starts, touched
                    )
        start = end


@compiled
def _agree(text: Any, order: Any, first: int, last: int, n: int) -> Any:
    """How far all places of a group agree, that agree in `n` characters."""
    size = min(LONGEST, len(text) - order[last - 1])
    for at in range(first + 1, last):
        if size <= n:
            return n
        end = n
        while end < size and text[order[first] + end] == text[order[at] + end]:
            end += 1
        size = end
    return max(size, n)


@compiled
def _part(
    text: Any,
    n: int,
    order: Any,
    first: int,
    last: int,
    spare: Any,
    depths: Any,
    height: int,
    tally: Any,
    starts: Any,
    touched: Any,
) -> int:
    """Part a group in place by its next characters and stack what repeats; returns the height."""
    last -= order[last - 1] + n >= len(text)
    kinds = 0
    for at in range(first, last):
        code = text[order[at] + n]
        touched[kinds] = code
        kinds += tally[code] == 0
        tally[code] += 1
    out = first
    for kind in range(kinds):
        code = touched[kind]
        times = tally[code]
        tally[code] = 0
        starts[code] = out if times > 1 else len(text)
        if times > 1:
            depths[height], depths[height + 1], depths[height + 2] = out, out + times, n + 1
            height += 3
            out += times
    for at in range(first, last):
        code = text[order[at] + n]
        spare[starts[code]] = order[at]
        starts[code] += 1
    order[first:out] = spare[first:out]
    return height


@compiled
def follow(text: Any, n: int, pairs: Any, again: Any, found: Any) -> None:
    """Note how far the two only places of each n-gram agree."""
    for at in range(0, len(pairs), 2):
        first, second = pairs[at], pairs[at + 1]
        end = min(LONGEST, len(text) - second)
        size = n
        while size < end and text[first + size] == text[second + size]:
            size += 1
        again[second] = size
        for length in range(n, min(size, TOPS) + 1):
            found[length] = max(found[length], length + min(length, second - first))
        found[PAIRS] += n <= 3 and size >= 3


@compiled
def top(n: int, order: Any, ends: Any, found: Any) -> None:
    """Note how many characters the n-gram that covers most covers."""
    at = 0
    best = found[n]
    for end in ends:
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
    """The shares of characters inside n-grams that were seen before, however they overlap."""
    covered = np.zeros(len(LENGTHS), np.int64)
    ends = np.zeros(len(LENGTHS), np.int64)
    for at in range(len(again)):
        size = again[at]
        for length in range(len(LENGTHS)):
            n = LENGTHS[length]
            if n > size:
                break
            covered[length] += at + n - max(ends[length], at)
            ends[length] = at + n
    row[c.DUPLICATE_5GRAM_RATIO : c.DUPLICATE_13GRAM_RATIO + 1] = covered / len(again)
