"""How far places of a text agree with earlier ones, once their first characters do.

Only for what is longer than the n-grams whose most frequent one is asked for, so that nothing has
to be known of a group but how far its places agree.
"""

from typing import Any

from quality.kernels.compiling import compiled

LONGEST = 13
"""Characters of the longest n-gram: ChineseWebText's and those of decontamination."""

TOPS = 4
"""Characters of the longest n-gram whose most frequent one is asked for."""

FEW = 8
"""Places of the largest group that is parted by comparing each with the others."""


@compiled
def compare_few(text: Any, order: Any, spans: Any, again: Any) -> None:
    """Note how far each place of the small groups agrees with an earlier one.

    `spans` has where each group begins and ends; all of its places agree in `TOPS` characters.
    """
    for span in range(0, len(spans), 2):
        start = spans[span]
        for later in range(start + 1, spans[span + 1]):
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
            again[second] = best * (best > TOPS)


@compiled
def deepen(
    text: Any,
    order: Any,
    ends: Any,
    spare: Any,
    stack: Any,
    tally: Any,
    starts: Any,
    touched: Any,
    spans: Any,
    again: Any,
) -> int:
    """Note how far each place of the large groups agrees with an earlier one.

    Goes from a group to the groups it is parted into, at once: `stack` has three numbers for each
    of these. What is parted is written back to where it was, and where groups are small, that is
    written to `spans`; returns how many numbers.
    """
    small = 0
    start = 0
    for end in ends:
        stack[0], stack[1], stack[2] = start, end, TOPS
        start = end
        height = 3
        while height > 0:
            height -= 3
            first, last, n = stack[height], stack[height + 1], stack[height + 2]
            if last - first <= FEW:
                spans[small], spans[small + 1] = first, last
                small += 2
                continue
            n = _agree(text, order, first, last, n)
            if n > TOPS:
                for at in range(first + 1, last):
                    again[order[at]] = n
            if n < LONGEST:
                height = _part(
                    text, n, order, first, last, spare, stack, height, tally, starts, touched
                )
    return small


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
    stack: Any,
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
            stack[height], stack[height + 1], stack[height + 2] = out, out + times, n + 1
            height += 3
            out += times
    for at in range(first, last):
        code = text[order[at] + n]
        spare[starts[code]] = order[at]
        starts[code] += 1
    order[first:out] = spare[first:out]
    return height
