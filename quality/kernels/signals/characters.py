"""The signals of characters, wherever they stand."""

import math
from typing import Any

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
from quality.kernels.signals.reading import FEED, RETURN

DOTS = 3
"""Equal dots in a row that make an ellipsis."""


@compiled
def count(codes: Any, counts: Any, distinct: Any) -> int:
    """Count each code point; writes the distinct ones and returns how many there are."""
    kinds = 0
    for code in codes:
        if counts[code] == 0:
            distinct[kinds] = code
            kinds += 1
        counts[code] += 1
    return kinds


@compiled
def tally(distinct: Any, counts: Any, flags: Any, size: int, row: Any) -> None:
    """The signals of the distribution of `size` characters; `counts` is all 0 afterwards."""
    surprise = 0.0
    letters = 0
    for code in distinct:
        times = counts[code]
        counts[code] = 0
        surprise += times * math.log2(size / times)
        kind = flags[code]
        letters += times * ((kind & WORD) != 0)
        _tally(kind, times, row)
    seen = size - row[c.SPACE_RATIO] - row[c.NEWLINE_RATIO]
    row[c.NONLETTER_RATIO] = (seen - letters) / seen if seen > 0 else 0.0
    row[c.DIGIT_RATIO : c.LENTICULAR_RATIO + 1] /= size
    row[c.STOP_WORD_RATIO] /= size
    row[c.DISTINCT_RATIO] = len(distinct) / size
    row[c.ENTROPY] = surprise / size


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
def sentences(kinds: Any) -> int:
    """How many runs between enders hold a letter or a digit."""
    found = 0
    unfinished = False
    for kind in kinds:
        unfinished |= (kind & (WORD | DIGIT)) != 0
        if kind & ENDER and unfinished:
            found += 1
            unfinished = False
    return found + unfinished


@compiled
def ellipses(codes: Any, kinds: Any) -> int:
    """How many ellipses there are: unbroken runs of … and ⋯, or of three and more equal dots."""
    found = 0
    run = 0
    for at in range(len(codes)):
        kind = kinds[at]
        if kind & ELLIPSIS:
            found += at == 0 or not kinds[at - 1] & ELLIPSIS
            run = 0
        elif kind & DOT:
            run = run + 1 if at > 0 and codes[at - 1] == codes[at] else 1
            found += run == DOTS
        else:
            run = 0
    return found


@compiled
def newline_run(codes: Any, kinds: Any) -> int:
    """The most new lines in a row, CR LF counted as one and white space between not counted."""
    most = 0
    run = 0
    for at in range(len(codes)):
        kind = kinds[at]
        if kind & NEWLINE:
            run += at == 0 or codes[at - 1] != RETURN or codes[at] != FEED
            most = max(most, run)
        elif not kind & SPACE:
            run = 0
    return most
