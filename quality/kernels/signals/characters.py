"""The signals of characters, wherever they stand."""

import math
from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals import columns as c
from quality.kernels.signals.bits import (
    BLANKS,
    BOX,
    DIGIT,
    DOT,
    ELLIPSIS,
    ENDER,
    FUNCTION,
    GARBLED,
    HASH,
    LATIN,
    LENTICULAR,
    NEWLINE,
    PUNCTUATION,
    SPACE,
    WORD,
)
from quality.kernels.signals.reading import BEFORE, FEED, PLACE, RETURN, SEEN

DOTS = 3
"""Equal dots in a row that make an ellipsis."""

KNOWN = 256
TIMES_LOG = np.array([0, *(n * math.log2(n) for n in range(1, KNOWN))])
"""n log2 n for 0 to `KNOWN` - 1: few characters of a text occur more often."""

TALLIED = BLANKS | DIGIT | LATIN | PUNCTUATION | GARBLED | BOX | HASH | LENTICULAR | FUNCTION
"""What is counted of a letter beside its being one; most letters are nothing of this."""


@compiled
def number(
    codes: Any, kinds: Any, numbers: Any, distinct: Any, classes: Any, counts: Any, text: Any
) -> int:
    """Number the code points from 0 on, in the order in which they come up.

    Writes the number of each visible character to `text`, the code point of each number to
    `distinct`, its bits to `classes` and how often it occurs to `counts`; returns how many there
    are. `numbers` has 1 more than the number of a code point, and is all 0 before.
    """
    known = 0
    size = 0
    for at in range(len(codes)):
        code = codes[at]
        if numbers[code] == 0:
            distinct[known] = code
            classes[known] = kinds[at]
            counts[known] = 0
            known += 1
            numbers[code] = known
        own = numbers[code] - 1
        counts[own] += 1
        text[size] = own
        size += (kinds[at] & BLANKS) == 0
    return known


@compiled
def tally(classes: Any, counts: Any, size: int, row: Any) -> None:
    """The signals of the distribution of `size` characters.

    `classes` has the bits of each distinct one, `counts` how often it occurs; the counts of white
    space are 0 afterwards.
    """
    surprise = size * math.log2(size)
    letters = 0
    for at in range(len(counts)):
        times = counts[at]
        surprise -= TIMES_LOG[times] if times < KNOWN else times * math.log2(times)
        kind = classes[at]
        letters += times * ((kind & WORD) != 0)
        if kind & TALLIED or not kind & WORD:
            _tally(kind, times, row)
            counts[at] *= (kind & BLANKS) == 0
    seen = size - row[c.SPACE_RATIO] - row[c.NEWLINE_RATIO]
    row[c.NONLETTER_RATIO] = (seen - letters) / seen if seen > 0 else 0.0
    row[c.DIGIT_RATIO : c.LENTICULAR_RATIO + 1] /= size
    row[c.STOP_WORD_RATIO] /= size
    row[c.DISTINCT_RATIO] = len(counts) / size
    row[c.ENTROPY] = max(surprise / size, 0.0)


@compiled
def _tally(kind: int, times: int, row: Any) -> None:
    """Add `times` characters to every class they belong to."""
    row[c.DIGIT_RATIO] += times * ((kind & DIGIT) != 0)
    row[c.LATIN_RATIO] += times * ((kind & LATIN) != 0)
    row[c.PUNCTUATION_RATIO] += times * ((kind & PUNCTUATION) != 0)
    row[c.SPACE_RATIO] += times * ((kind & SPACE) != 0)
    row[c.NEWLINE_RATIO] += times * ((kind & NEWLINE) != 0)
    row[c.GARBLED_RATIO] += times * ((kind & GARBLED) != 0)
    row[c.SYMBOL_RATIO] += times * ((kind & (WORD | DIGIT | PUNCTUATION | BLANKS)) == 0)
    row[c.BOX_RATIO] += times * ((kind & BOX) != 0)
    row[c.HASH_RATIO] += times * ((kind & HASH) != 0)
    row[c.LENTICULAR_RATIO] += times * ((kind & LENTICULAR) != 0)
    row[c.STOP_WORD_RATIO] += times * ((kind & FUNCTION) != 0)


@compiled
def sentences(kinds: Any, stops: Any) -> int:
    """How many runs between enders hold a letter or a digit; `stops` with the row of the end."""
    found = 0
    before = 0
    for at in range(len(stops)):
        last = at == len(stops) - 1
        if last or kinds[stops[at, PLACE]] & ENDER:
            found += stops[at, BEFORE] > before
            before = stops[at, BEFORE]
    return found


@compiled
def ellipses(codes: Any, kinds: Any, stops: Any) -> int:
    """How many ellipses there are: unbroken runs of … and ⋯, or of three and more equal dots."""
    found = 0
    run = 0
    for stop in stops:
        at = stop[PLACE]
        kind = kinds[at]
        if kind & ELLIPSIS:
            found += at == 0 or not kinds[at - 1] & ELLIPSIS
            run = 0
        elif kind & DOT:
            run = run + 1 if at > 0 and codes[at - 1] == codes[at] else 1
            found += run == DOTS
    return found


@compiled
def newline_run(codes: Any, kinds: Any, stops: Any) -> int:
    """The most new lines in a row, CR LF counted as one and white space between not counted."""
    most, run, seen = 0, 0, 0
    for stop in stops:
        at = stop[PLACE]
        if kinds[at] & NEWLINE:
            run = run if stop[SEEN] == seen else 0
            seen = stop[SEEN]
            run += at == 0 or codes[at - 1] != RETURN or codes[at] != FEED
            most = max(most, run)
    return most
