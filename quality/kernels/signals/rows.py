"""Tables, forms and talk: what a line is for, by its separators, labels and quotations."""

from typing import Any

from quality.kernels.compiling import compiled
from quality.kernels.signals.bits import (
    BLANK,
    CHECK,
    COLON,
    DIGIT,
    ENDER,
    HAN,
    PIPE,
    PUNCTUATION,
    QUOTE,
    SPACE,
    TALK,
    UNQUOTE,
    WORD,
)
from quality.kernels.signals.reading import END, FIRST, GAP, LAST, MET, START

NO_CELLS, PIPES, TABS, GAPS = range(4)
"""What parts the cells of a line: |, tabs, or runs of white space."""

TAB = 0x09

FORM_LABEL, SPEAKER = 10, 8
"""Visible characters of the longest label of a form and name of a speaker."""

FIELD = 40
"""Visible characters that a line of a form has for each of its labels at most."""

BLANKS_IN_A_ROW = 3
"""Underscores that make a blank to fill."""

ASKS = (0x95EE, 0x554F, 0x7B54, 0x51, 0x41, 0x71, 0x61, 0xFF31, 0xFF21)
"""問, 问, 答, and Q and A of any width: who speaks needs no other sign."""


@compiled
def cells(codes: Any, kinds: Any, first: int, last: int) -> int:
    """What parts the cells of a line: two runs of pipes, one tab, or two gaps of two spaces."""
    pipes, tabs, gaps, spaces = 0, 0, 0, 0
    for at in range(first, last):
        kind = kinds[at]
        pipes += (kind & PIPE) != 0 and (at == first or not kinds[at - 1] & PIPE)
        tabs += codes[at] == TAB
        spaces = spaces + 1 if kind & SPACE else 0
        gaps += spaces == 2
    if pipes >= 2:
        return PIPES
    if tabs >= 1:
        return TABS
    return GAPS if gaps >= 2 else NO_CELLS


@compiled
def table(codes: Any, kinds: Any, lines: Any) -> int:
    """The characters in lines whose cells are parted as those of the line just above or below."""
    total = 0
    above, size, counted = NO_CELLS, 0, True
    for line in lines:
        here = NO_CELLS
        if line[MET] & (PIPE | SPACE):
            here = cells(codes, kinds, line[FIRST], line[LAST])
        same = here != NO_CELLS and here == above and not line[GAP]
        if same:
            total += line[LAST] - line[FIRST] + (0 if counted else size)
        above, size, counted = here, line[LAST] - line[FIRST], same
    return total


@compiled
def forms_and_talk(codes: Any, kinds: Any, lines: Any) -> tuple[int, int]:
    """The characters in lines of forms, and in lines that somebody speaks and are none."""
    form, talk = 0, 0
    for line in lines:
        first, last, met = line[FIRST], line[LAST], line[MET]
        if not met & (COLON | QUOTE | BLANK | CHECK) or not met & WORD:
            continue
        if _speaks(codes, kinds, first, last):
            talk += last - first
        elif _is_form(codes, kinds, first, last, met, line[END] - line[START]):
            form += last - first
    return form, talk


@compiled
def _speaks(codes: Any, kinds: Any, first: int, last: int) -> bool:
    """Whether a line is a quotation, or a speaker and what is said."""
    if kinds[first] & QUOTE:
        return _is_speech(codes, kinds, first, last)
    colon = _colon(codes, kinds, first, last, SPEAKER)
    if colon < 0:
        return False
    at = colon + 1
    while at < last and kinds[at] & SPACE:
        at += 1
    if at == last:
        return False
    talks: Any = (kinds[at] & QUOTE) != 0 or _asks(codes, kinds, first, colon)
    for place in range(at, last):
        talks |= (kinds[place] & TALK) != 0
    return bool(talks)


@compiled
def _is_speech(codes: Any, kinds: Any, first: int, last: int) -> bool:
    """Whether the quotation that opens a line is speech: it ends in punctuation, or not yet."""
    for at in range(first + 1, last):
        if kinds[at] & UNQUOTE:
            return bool(at > first + 1 and kinds[at - 1] & PUNCTUATION)
    return bool(codes[first] >= 0x80)


@compiled
def _asks(codes: Any, kinds: Any, first: int, colon: int) -> bool:
    """Whether a label is 问, 答, Q or A, with or without a number."""
    known = False
    for ask in ASKS:
        known |= codes[first] == ask
    for at in range(first + 1, colon):
        known &= (kinds[at] & (DIGIT | SPACE)) != 0
    return known


@compiled
def _colon(codes: Any, kinds: Any, first: int, last: int, most: int) -> int:
    """Where the colon after the label of a line is, or -1 where the line has no label.

    A label is one to `most` visible characters, letters and digits with a letter among them. An
    ASCII colon needs Han in the label, or a letter that asks, and no digits on both its sides.
    """
    size, words, met = 0, 0, 0
    for at in range(first, last):
        kind = kinds[at]
        if kind & COLON:
            if words == 0 or (codes[at] < 0x80 and not _parts(codes, kinds, first, at, last, met)):
                return -1
            return at
        if kind & (WORD | DIGIT) == 0 and kind & SPACE == 0:
            return -1
        size += kind & SPACE == 0
        words += (kind & WORD) != 0
        met |= kind
        if size > most:
            return -1
    return -1


@compiled
def _parts(codes: Any, kinds: Any, first: int, colon: int, last: int, met: int) -> bool:
    """Whether an ASCII colon comes after a label and not inside a time or a key of code."""
    if colon + 1 < last and kinds[colon - 1] & DIGIT and kinds[colon + 1] & DIGIT:
        return False
    return (met & HAN) != 0 or _asks(codes, kinds, first, colon)


@compiled
def _is_form(codes: Any, kinds: Any, first: int, last: int, met: int, seen: int) -> bool:
    """Whether a line has a blank to fill, a box to tick, or a label and a short value."""
    if met & BLANK and _has_blank(kinds, first, last):
        return True
    if met & CHECK and _has_box(kinds, first, last):
        return True
    if met & ENDER or not met & COLON:
        return False
    colon = _colon(codes, kinds, first, last, FORM_LABEL)
    if colon < 0 or colon + 1 == last:
        return False
    labels = 0
    for at in range(colon, last):
        labels += (kinds[at] & COLON) != 0
    return seen <= FIELD * labels


@compiled
def _has_blank(kinds: Any, first: int, last: int) -> bool:
    run = 0
    for at in range(first, last):
        run = run + 1 if kinds[at] & BLANK else 0
        if run == BLANKS_IN_A_ROW:
            return True
    return False


@compiled
def _has_box(kinds: Any, first: int, last: int) -> bool:
    """Whether a box stands alone, with white space or an edge of the line on a side of it.

    Boxes between letters, or in a row, are characters that an old text lost.
    """
    for at in range(first, last):
        if kinds[at] & CHECK:
            before = kinds[at - 1] if at > first else SPACE
            after = kinds[at + 1] if at + 1 < last else SPACE
            if not (before | after) & CHECK and (before | after) & SPACE:
                return True
    return False
