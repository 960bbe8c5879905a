"""The compiled loop that counts what a text is made of, window by window."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.language.kernels import code_point, width
from quality.scoring.linear.tokens import DIGIT, NEW_LINE, SYMBOL

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]

SIGNS, HAN, LATIN, DIGITS, STOPS, COMMAS, MARKS, SYMBOLS = range(8)
LINES, STOPPED_LINES, PROSE, REPEATS, PHRASES, DAYS, TIMES, YEARS = range(8, 16)
COLUMNS = 16
"""What is counted: signs (all that counts but new lines), of them Han, other letters, digits, stops
(.!?), commas (,;:), other marks, symbols; lines, those that end in a stop, the signs in such lines
of at least `LONG`; pairs of signs seen before in the window; phrases of the list, days without a
year, times of day, years."""

LONG = 10
"""Signs of a line that may be prose, as `prose_ratio` has it."""

SEEN = 1 << 14
"""Slots of the pairs seen: of the 500 pairs of a window about 8 fall on another's slot."""

STEP = np.uint64(0x9E3779B97F4A7C15)

POINT, BANG, QUESTION, COMMA, SEMICOLON, COLON = (ord(one) for one in ".!?,;:")
CLOSERS = (ord('"'), ord("'"), ord(")"), ord("]"))
YEAR, MONTH, DAY, DATE, HOUR, CLOCK = (ord(one) for one in "年月日号时点")
CJK, CJK_END, HAN_PLANE = 0x3400, 0xA000, 0x20000


class Words(NamedTuple):
    """The tables of an automaton of phrases over tokens.

    `longest` is the length of the longest phrase that ends in a state, 0 where none does.
    """

    symbols: npt.NDArray[np.uint16]
    moves: npt.NDArray[np.int32]
    longest: npt.NDArray[np.uint8]


@compiled
def kind(token: int) -> int:
    """The column that a sign is counted in."""
    found = MARKS
    if CJK <= token < CJK_END or token >= HAN_PLANE:
        found = HAN
    elif token == DIGIT:
        found = DIGITS
    elif token == SYMBOL:
        found = SYMBOLS
    elif token in (POINT, BANG, QUESTION):
        found = STOPS
    elif token in (COMMA, SEMICOLON, COLON):
        found = COMMAS
    elif token >= 0xAA or 0x61 <= token <= 0x7A:
        found = LATIN
    return found


@compiled
def after_digits(row: Counts, token: int, run: int, before: int, dated: bool) -> bool:
    """Counts the date or time that `run` digits between `before` and `token` make.

    Returns whether the month that they may be has a year.
    """
    if token == YEAR and run == 4:
        row[YEARS] += 1
    elif run > 2 or before == POINT:
        return False
    elif token == MONTH:
        return before == YEAR
    elif token in (DAY, DATE):
        row[DAYS] += not (before == MONTH and dated)
    elif token in (HOUR, CLOCK) or (before == COLON and run == 2):
        row[TIMES] += 1
    return False


@compiled
def end_line(row: Counts, signs: int, last: int) -> None:
    """Counts the line of so many signs that ends in `last`."""
    if signs:
        row[LINES] += 1
        if last == STOPS:
            row[STOPPED_LINES] += 1
            row[PROSE] += signs if signs >= LONG else 0


@compiled
def counted(data: Bytes, places: Offsets, table: npt.NDArray[np.uint32], words: Words) -> Counts:
    """The counts of each window."""
    symbols, moves, longest = words
    found = np.zeros((places.shape[0], COLUMNS), np.int64)
    seen = np.full(SEEN, -1, np.int64)
    for line in range(places.shape[0]):
        row = found[line]
        at, end = places[line]
        previous, before, run, dated = NEW_LINE, NEW_LINE, 0, False
        signs, last, state, free = 0, MARKS, 0, 0
        while at < end:
            size = width(data[at])
            point = code_point(data, at, size)
            at += size
            token = int(table[point]) if point < table.size else SYMBOL
            if token == 0:
                continue
            if token == DIGIT:
                run += 1
                before = previous if run == 1 else before
            elif run:
                dated = after_digits(row, token, run, before, dated)
                run = 0
            state = moves[state, symbols[token] if token < symbols.size else 0]
            free += 1
            if 0 < longest[state] <= free:
                row[PHRASES] += 1
                free = 0
            slot = np.uint64(previous << 20 | token) * STEP >> np.uint64(50)
            row[REPEATS] += seen[slot] == line
            seen[slot] = line
            previous = token
            if token == NEW_LINE:
                end_line(row, signs, last)
                signs, last = 0, MARKS
                continue
            sort = kind(token)
            row[SIGNS] += 1
            row[sort] += 1
            signs += 1
            if token not in CLOSERS:
                last = sort
        if run:
            after_digits(row, NEW_LINE, run, before, dated)
        end_line(row, signs, last)
    return found
