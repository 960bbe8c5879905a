"""From bytes to code points, to what they are, and to lines."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.repetition import BASE, NONE, ONE, mark_of
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
        stops[met, PLACE], stops[met, SEEN], stops[met, BEFORE] = at, size, words
        met += (kind & STOPS) != 0
        size += (kind & BLANKS) == 0
        words += (kind & (WORD | DIGIT)) != 0
    stops[met, BEFORE] = words
    return size, met


@compiled
def find_lines(codes: Any, kinds: Any, lines: Any, marks: Any) -> int:
    """Write the non-empty lines and the hash of what is visible on each; returns how many."""
    count, seen, start = 0, 0, 0
    first, last, met, words, gap, mark = -1, -1, 0, 0, 1, NONE
    for at in range(len(codes) + 1):
        kind = kinds[at] if at < len(codes) else NEWLINE
        if kind & BLANKS == 0:
            if first < 0:
                first, start = at, seen
            last = at
            seen += 1
            met |= kind
            words += kind & WORD
            mark = mark * BASE + np.uint64(codes[at]) + ONE  # so that a leading NUL counts
        elif kind & SPACE:
            met |= kind if first >= 0 else 0
        elif first >= 0:
            line = lines[count]
            line[FIRST], line[LAST], line[START], line[END] = first, last + 1, start, seen
            line[MET], line[WORDS], line[GAP] = met, words, gap
            marks[count] = mark_of(mark)
            count += 1
            first, met, words, gap, mark = -1, 0, 0, 0, NONE
        elif at == 0 or codes[at - 1] != RETURN or codes[at] != FEED:
            gap = 1
    return count
