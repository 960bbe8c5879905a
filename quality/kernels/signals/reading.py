"""From bytes to code points, to what they are, and to lines."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.repetition import BASE, ONE, mark_of
from quality.kernels.signals.bits import (
    BLANKS,
    CLOSER,
    COLON,
    DAMAGE,
    DIGIT,
    DOT,
    ELLIPSIS,
    ENDER,
    NEWLINE,
    SPACE,
    WORD,
)

FIRST, LAST, START, END, MET, WORDS, GAP, FIELDS = range(8)
"""The fields of a line: where it begins and ends once trimmed, the end left out; the same among
the visible characters; the bits of all of its characters; its letters; whether a blank line, or
the beginning of the text, comes before it."""

PLACE, SEEN, BEFORE = range(3)
"""The fields of a stop: where it is, how many visible characters and how many letters and digits
are before it. One more row, after the last stop, counts those of the whole text."""

STOPS = ENDER | ELLIPSIS | DOT | NEWLINE | DAMAGE | COLON | CLOSER

RETURN, FEED = 0x0D, 0x0A

SQUARE, CUBE = (np.uint64(pow(int(BASE), n, 1 << 64)) for n in (2, 3))
"""Powers of `BASE`, modulo 2^64."""


@compiled
def decode(data: Any, start: int, end: int, codes: Any) -> int:
    """Write the code points of the bytes from `start` to `end`; returns how many there are."""
    size = 0
    at = start
    while at < end:
        lead = np.uint32(data[at])
        if lead < 0x80:
            codes[size] = lead
            at += 1
        elif lead < 0xE0:
            codes[size] = (lead & 0x1F) << 6 | (data[at + 1] & 0x3F)
            at += 2
        elif lead < 0xF0:
            codes[size] = (lead & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | (data[at + 2] & 0x3F)
            at += 3
        else:
            high = (lead & 0x07) << 18 | (data[at + 1] & 0x3F) << 12
            codes[size] = high | (data[at + 2] & 0x3F) << 6 | (data[at + 3] & 0x3F)
            at += 4
        size += 1
    return size


@compiled
def look_up(codes: Any, flags: Any, kinds: Any, visible: Any, stops: Any) -> tuple[int, int]:
    """Write the bits of each code point, those that are not white space, and the stops.

    A stop is a character that more than the letters around it is asked about; with it stand the
    visible characters and the letters and digits before. Returns how many are visible, and how
    many stops there are.
    """
    size, words, met = 0, 0, 0
    for at in range(len(codes)):
        kind = flags[codes[at]]
        kinds[at] = kind
        visible[size] = codes[at]
        if kind & STOPS:
            stops[met, PLACE], stops[met, SEEN], stops[met, BEFORE] = at, size, words
            met += 1
        size += (kind & BLANKS) == 0
        words += (kind & (WORD | DIGIT)) != 0
    stops[met, PLACE], stops[met, SEEN], stops[met, BEFORE] = len(codes), size, words
    return size, met


@compiled
def find_lines(codes: Any, kinds: Any, visible: Any, stops: Any, lines: Any, marks: Any) -> int:
    """Write the non-empty lines and the hash of what is visible on each; returns how many.

    New lines are among `stops`, whose last row is the end of the text.
    """
    count, begin, start, gap = 0, 0, 0, 1
    for row in range(len(stops)):
        place, seen = stops[row, PLACE], stops[row, SEEN]
        if place < len(codes) and not kinds[place] & NEWLINE:
            continue
        if seen > start:
            line = lines[count]
            line[START], line[END], line[GAP] = start, seen, gap
            _trim(kinds, begin, place, line)
            marks[count] = _hash(visible[start:seen])
            count += 1
            gap = 0
        elif place == 0 or codes[place - 1] != RETURN or codes[place] != FEED:
            gap = 1
        begin, start = place + 1, seen
    return count


@compiled
def _trim(kinds: Any, first: int, last: int, line: Any) -> None:
    """Write where a line with something visible begins and ends, its bits and its letters."""
    while kinds[first] & SPACE:
        first += 1
    while kinds[last - 1] & SPACE:
        last -= 1
    met, words = np.uint32(0), np.uint32(0)
    for kind in kinds[first:last]:
        met |= kind
        words += kind & np.uint32(WORD)
    line[FIRST], line[LAST], line[MET], line[WORDS] = first, last, met, words


@compiled
def _hash(visible: Any) -> Any:
    """The hash of visible characters; four are added at a time, as each waits for the last."""
    mark = ONE  # so that a leading NUL counts
    fours = len(visible) // 4 * 4
    for at in range(0, fours, 4):
        first = np.uint64(visible[at]) * CUBE + np.uint64(visible[at + 1]) * SQUARE
        second = np.uint64(visible[at + 2]) * BASE + np.uint64(visible[at + 3])
        mark = mark * (SQUARE * SQUARE) + (first + second)
    for code in visible[fours:]:
        mark = mark * BASE + np.uint64(code)
    return mark_of(mark)
