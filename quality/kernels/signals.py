"""The heuristic signals of texts, from their UTF-8 bytes, one text after another.

A text is decoded to code points once. White space is skipped by everything that looks for
repetition or phrases, so that an indented table does not look like a repeated 4-gram and a
phrase spelt with spaces in it is still found.
"""

import math
from typing import Any, NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from quality.kernels.repetition import (
    BASE,
    NONE,
    ONE,
    find,
    mark_of,
    repeated_ngrams,
    slots_for,
    top_ngram,
)
from quality.kernels.stand_ins import stand_ins

WORD, LATIN, DIGIT, PUNCTUATION, SPACE, NEWLINE, GARBLED = (1 << bit for bit in range(7))
"""What a character is; a symbol is none of these. `LATIN` comes on top of `WORD`."""
ENDER, STOP, CLOSER, BULLET, ELLIPSIS, DOT, ARROW = (1 << bit for bit in range(7, 14))
"""What a character can do: end a sentence; end a line of prose; close a quotation or bracket;
begin a list item; be an ellipsis; be one dot of an ellipsis; point at what a link opens."""

(
    CHARS,
    LINES,
    SENTENCES,
    MEAN_LINE_CHARS,
    DIGIT_RATIO,
    LATIN_RATIO,
    PUNCTUATION_RATIO,
    SYMBOL_RATIO,
    SPACE_RATIO,
    NEWLINE_RATIO,
    GARBLED_RATIO,
    TERMINAL_LINE_RATIO,
    BULLET_LINE_RATIO,
    ELLIPSIS_LINE_RATIO,
    MORE_LINE_RATIO,
    DUPLICATE_LINE_RATIO,
    DUPLICATE_LINE_CHAR_RATIO,
    TOP_2GRAM_RATIO,
    TOP_4GRAM_RATIO,
    DUPLICATE_5GRAM_RATIO,
    DUPLICATE_10GRAM_RATIO,
    DISTINCT_RATIO,
    ENTROPY,
    STOP_WORDS,
    SPAM_DENSITY,
    QUALITY,
) = range(26)
"""The columns of the result, in the order of the signals' table."""

CODE_POINTS = 0x110000
PROSE_WORDS = 10
"""Letters or Han a line needs to count as prose."""


class Tables(NamedTuple):
    """What the kernel looks up.

    `flags` and `symbols` have one entry a code point. `endings` are the last words of lines that
    ask for a click, lower case, written backwards, padded with 0. `moves` and `longest` are the
    automaton of the phrases: the next state for (state, symbol), and the length of the longest
    phrase that ends in a state; symbol 0 is in no phrase and leads to state 0.
    """

    flags: npt.NDArray[np.uint16]
    stop_words: npt.NDArray[np.uint32]
    endings: npt.NDArray[np.uint32]
    symbols: npt.NDArray[np.uint16]
    moves: npt.NDArray[np.int32]
    longest: npt.NDArray[np.uint8]


@numba.njit(cache=True, nogil=True)
def measure(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], tables: Tables
) -> npt.NDArray[np.float64]:
    """The signals of each text, one row a text, one column a signal; an empty text is all 0.

    Text `i` is `data[offsets[i]:offsets[i + 1]]`, valid UTF-8.
    """
    rows = np.zeros((len(offsets) - 1, QUALITY + 1))
    longest = 0
    for text in range(len(rows)):
        longest = max(longest, offsets[text + 1] - offsets[text])
    slots = slots_for(longest)
    codes = np.empty(longest, np.uint32)
    visible = np.empty(longest, np.uint32)
    spans = np.empty(longest, np.uint8)
    counts = np.zeros(CODE_POINTS, np.int32)
    keys = np.empty(slots, np.uint64)
    state = np.empty((slots, 2), np.int32)
    for text in range(len(rows)):
        size = _decode(data, offsets[text], offsets[text + 1], codes)
        if size == 0:
            continue
        row = rows[text]
        row[CHARS] = size
        breaks = _characters(codes[:size], counts, visible, tables, row)
        row[GARBLED_RATIO] += stand_ins(codes[:size]) / size
        _lines(codes[:size], keys[: slots_for(breaks + 1)], tables, row)
        seen = visible[: _visible(codes[:size], tables.flags, visible)]
        grams = slots_for(len(seen))
        row[TOP_2GRAM_RATIO] = top_ngram(seen, 2, keys[:grams], state)
        row[TOP_4GRAM_RATIO] = top_ngram(seen, 4, keys[:grams], state)
        row[DUPLICATE_5GRAM_RATIO] = repeated_ngrams(seen, 5, keys[:grams])
        row[DUPLICATE_10GRAM_RATIO] = repeated_ngrams(seen, 10, keys[:grams])
        row[SPAM_DENSITY] = 1000 * _spam(seen, spans, tables)
    return rows


@numba.njit(cache=True, nogil=True)
def _decode(data: Any, start: int, end: int, codes: Any) -> int:
    """Writes the code points of the bytes from `start` to `end`; returns how many there are."""
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


@numba.njit(cache=True, nogil=True)
def _visible(codes: Any, flags: Any, visible: Any) -> int:
    """Writes the code points that are not white space; returns how many there are."""
    size = 0
    for code in codes:
        visible[size] = code
        size += (flags[code] & (SPACE | NEWLINE)) == 0
    return size


@numba.njit(cache=True, nogil=True)
def _characters(codes: Any, counts: Any, distinct: Any, tables: Any, row: Any) -> int:
    """The signals of the character distribution; returns the number of new lines.

    `counts` is all 0 before and after; `distinct` is scratch space.
    """
    kinds = 0
    for code in codes:
        if counts[code] == 0:
            distinct[kinds] = code
            kinds += 1
        counts[code] += 1
    for word in tables.stop_words:
        row[STOP_WORDS] += counts[word] > 0
    size = len(codes)
    surprise = 0.0
    for code in distinct[:kinds]:
        count = counts[code]
        counts[code] = 0
        surprise += count * math.log2(size / count)
        _tally(tables.flags[code], count, row)
    breaks = int(row[NEWLINE_RATIO])
    row[DIGIT_RATIO : GARBLED_RATIO + 1] /= size
    row[DISTINCT_RATIO] = kinds / size
    row[ENTROPY] = surprise / size
    return breaks


@numba.njit(cache=True, nogil=True)
def _tally(kind: int, count: int, row: Any) -> None:
    """Adds `count` characters to every class they belong to."""
    if kind & DIGIT:
        row[DIGIT_RATIO] += count
    if kind & LATIN:
        row[LATIN_RATIO] += count
    if kind & PUNCTUATION:
        row[PUNCTUATION_RATIO] += count
    if kind & SPACE:
        row[SPACE_RATIO] += count
    if kind & NEWLINE:
        row[NEWLINE_RATIO] += count
    if kind & GARBLED:
        row[GARBLED_RATIO] += count
    if not kind & (WORD | DIGIT | PUNCTUATION | SPACE | NEWLINE):
        row[SYMBOL_RATIO] += count


@numba.njit(cache=True, nogil=True)
def _lines(codes: Any, keys: Any, tables: Any, row: Any) -> None:
    """The signals of lines and sentences."""
    keys[:] = NONE
    first, last, words, mark = -1, -1, 0, NONE
    unfinished = False
    for at in range(len(codes) + 1):
        kind = tables.flags[codes[at]] if at < len(codes) else NEWLINE
        if kind & NEWLINE:
            if first >= 0:
                new = _is_new(mark_of(mark), keys, row)
                _line(codes[first : last + 1], words, new, tables, row)
            first, words, mark = -1, 0, NONE
        elif not kind & SPACE:
            first = at if first < 0 else first
            last = at
            words += kind & WORD
            mark = mark * BASE + np.uint64(codes[at]) + ONE  # so that a leading NUL counts
            unfinished |= (kind & (WORD | DIGIT)) != 0
            if kind & ENDER and unfinished:
                row[SENTENCES] += 1
                unfinished = False
    row[SENTENCES] += unfinished
    if row[LINES] > 0:
        row[QUALITY] /= row[MEAN_LINE_CHARS]
        row[DUPLICATE_LINE_CHAR_RATIO] /= row[MEAN_LINE_CHARS]
        row[MEAN_LINE_CHARS] /= row[LINES]
        row[TERMINAL_LINE_RATIO : DUPLICATE_LINE_RATIO + 1] /= row[LINES]


@numba.njit(cache=True, nogil=True)
def _is_new(mark: Any, keys: Any, row: Any) -> bool:
    """Whether no earlier line has this mark; remembers it while there is room."""
    slot = find(keys, mark)
    if keys[slot] == mark:
        return False
    distinct = row[LINES] - row[DUPLICATE_LINE_RATIO]
    if distinct < len(keys) // 2:
        keys[slot] = mark
    return True


@numba.njit(cache=True, nogil=True)
def _line(line: Any, words: int, new: bool, tables: Any, row: Any) -> None:
    """Adds one trimmed line to the signals."""
    flags = tables.flags
    size = len(line)
    row[LINES] += 1
    row[MEAN_LINE_CHARS] += size
    row[TERMINAL_LINE_RATIO] += (flags[line[-1]] & PUNCTUATION) != 0
    row[BULLET_LINE_RATIO] += _is_item(line, flags)
    row[ELLIPSIS_LINE_RATIO] += _trails_off(line, flags)
    row[MORE_LINE_RATIO] += _asks_for_a_click(line, tables)
    row[DUPLICATE_LINE_RATIO] += not new
    row[DUPLICATE_LINE_CHAR_RATIO] += 0 if new else size
    if new and words >= PROSE_WORDS and _ends_prose(line, flags):
        row[QUALITY] += size


@numba.njit(cache=True, nogil=True)
def _is_item(line: Any, flags: Any) -> bool:
    """Whether a line begins with a bullet: an ASCII one is followed by a space."""
    if not flags[line[0]] & BULLET:
        return False
    return line[0] >= 0x80 or (len(line) > 1 and (flags[line[1]] & SPACE) != 0)


@numba.njit(cache=True, nogil=True)
def _trails_off(line: Any, flags: Any) -> bool:
    """Whether a line ends in an ellipsis character or in three equal dots."""
    last = line[-1]
    if flags[last] & ELLIPSIS:
        return True
    dots = len(line) >= 3 and (flags[last] & DOT) != 0
    return dots and line[-2] == last and line[-3] == last


@numba.njit(cache=True, nogil=True)
def _asks_for_a_click(line: Any, tables: Any) -> bool:
    """Whether a line, less the arrows and dots at its end, ends in one of the endings."""
    end = len(line)
    while end > 0 and tables.flags[line[end - 1]] & (SPACE | ARROW):
        end -= 1
    for ending in tables.endings:
        at = 0
        while at < len(ending) and at < end and ending[at] == _lower(line[end - 1 - at]):
            at += 1
        if at == len(ending) or ending[at] == 0:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def _lower(code: int) -> int:
    return code | 0x20 if 0x41 <= code <= 0x5A else code


@numba.njit(cache=True, nogil=True)
def _ends_prose(line: Any, flags: Any) -> Any:
    """Whether a line ends in sentence punctuation, closing quotes and brackets aside."""
    end = len(line) - 1
    while end > 0 and flags[line[end]] & (CLOSER | SPACE):
        end -= 1
    return (flags[line[end]] & STOP) != 0


@numba.njit(cache=True, nogil=True)
def _spam(text: Any, spans: Any, tables: Any) -> float:
    """The share of `text` that lies in a phrase, however phrases overlap."""
    state = 0
    met = 0
    for at in range(len(text)):
        state = tables.moves[state, tables.symbols[text[at]]]
        spans[at] = tables.longest[state]
        met |= spans[at]
    if not met:
        return 0.0
    covered = 0
    left = 0
    for at in range(len(text) - 1, -1, -1):
        left = max(left - 1, int(spans[at]))
        covered += left > 0
    return covered / len(text)
