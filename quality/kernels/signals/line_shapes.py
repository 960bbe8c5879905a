"""The signals of lines and paragraphs that look at one line at a time and at its copies."""

from typing import Any

from quality.kernels.compiling import compiled
from quality.kernels.repetition import NONE, find, mark_of
from quality.kernels.signals import columns as c
from quality.kernels.signals.bits import (
    ARROW,
    BOX,
    BULLET,
    CLOSER,
    COLON,
    COMPLETE,
    DOT,
    ELLIPSIS,
    PUNCTUATION,
    SPACE,
    STOP,
)
from quality.kernels.signals.reading import FIRST, GAP, LAST, MET, WORDS

PROSE_WORDS = 10
"""Letters or Han a line needs to count as prose."""

SHORT = 10
"""Characters from which on a line is no longer short: ChineseWebText's least mean."""

COMPLETE_CHARS = 5
"""Characters of the shortest line that C4-zh keeps."""

SEMICOLONS = (0x3B, 0xFF1B)
"""; and ；, which end a line of prose but no sentence."""


@compiled
def shapes(codes: Any, kinds: Any, lines: Any, endings: Any, row: Any) -> None:
    """The signals of how lines begin and end; `row` holds sums until `settle`."""
    for line in lines:
        first, last, met = line[FIRST], line[LAST], line[MET]
        size = last - first
        final = kinds[last - 1]
        row[c.MEAN_LINE_CHARS] += size
        row[c.TERMINAL_LINE_RATIO] += (final & PUNCTUATION) != 0
        row[c.STOP_LINE_RATIO] += _ends_sentence(codes, kinds, first, last)
        row[c.COMPLETE_LINES] += size >= COMPLETE_CHARS and final & COMPLETE and not met & BOX
        row[c.SHORT_LINE_RATIO] += size < SHORT
        row[c.BULLET_LINE_RATIO] += _is_item(codes, kinds, first, last)
        row[c.ELLIPSIS_LINE_RATIO] += _trails_off(codes, kinds, first, last)
        row[c.MORE_LINE_RATIO] += _asks_for_a_click(codes, kinds, first, last, endings)


@compiled
def _is_item(codes: Any, kinds: Any, first: int, last: int) -> bool:
    """Whether a line begins with a bullet: an ASCII one is followed by a space."""
    if not kinds[first] & BULLET:
        return False
    return codes[first] >= 0x80 or (last > first + 1 and (kinds[first + 1] & SPACE) != 0)


@compiled
def _ends_sentence(codes: Any, kinds: Any, first: int, last: int) -> bool:
    """Whether a line ends in a stop other than a colon or semicolon, what closes it aside."""
    end = _unclosed(kinds, first, last)
    stops: Any = (kinds[end] & (STOP | COLON)) == STOP
    return bool(stops and codes[end] not in SEMICOLONS)


@compiled
def _unclosed(kinds: Any, first: int, last: int) -> int:
    """Where the last character of a line stands, closing quotes and brackets aside."""
    end = last - 1
    while end > first and kinds[end] & (CLOSER | SPACE):
        end -= 1
    return end


@compiled
def _trails_off(codes: Any, kinds: Any, first: int, last: int) -> bool:
    """Whether a line ends in an ellipsis character or in three equal dots."""
    final = codes[last - 1]
    if kinds[last - 1] & ELLIPSIS:
        return True
    dots = last - first >= 3 and (kinds[last - 1] & DOT) != 0
    return dots and codes[last - 2] == final and codes[last - 3] == final


@compiled
def _asks_for_a_click(codes: Any, kinds: Any, first: int, last: int, endings: Any) -> bool:
    """Whether a line, less the arrows and dots at its end, ends in one of the endings."""
    end = last
    while end > first and kinds[end - 1] & (SPACE | ARROW):
        end -= 1
    for row in range(len(endings)):
        at = 0
        while at < endings.shape[1] and at < end - first:
            if endings[row, at] != _lower(codes[end - 1 - at]):
                break
            at += 1
        if at == endings.shape[1] or endings[row, at] == 0:
            return True
    return False


@compiled
def _lower(code: int) -> int:
    return code | 0x20 if 0x41 <= code <= 0x5A else code


@compiled
def copies(kinds: Any, lines: Any, marks: Any, keys: Any, row: Any) -> None:
    """The signals of lines seen earlier, and of prose that was not; `keys` is scratch space."""
    keys[:] = NONE
    distinct = 0
    for at in range(len(lines)):
        line = lines[at]
        size = line[LAST] - line[FIRST]
        slot = find(keys, marks[at])
        if keys[slot] == marks[at]:
            row[c.DUPLICATE_LINE_RATIO] += 1
            row[c.DUPLICATE_LINE_CHAR_RATIO] += size
            continue
        if distinct < len(keys) // 2:
            keys[slot] = marks[at]
            distinct += 1
        if line[WORDS] >= PROSE_WORDS and kinds[_unclosed(kinds, line[FIRST], line[LAST])] & STOP:
            row[c.PROSE_RATIO] += size


@compiled
def paragraphs(lines: Any, marks: Any, keys: Any, row: Any) -> None:
    """The signals of runs of lines between blank ones; `keys` is scratch space."""
    keys[:] = NONE
    distinct = 0
    at = 0
    while at < len(lines):
        mark = marks[at]
        size = lines[at, LAST] - lines[at, FIRST]
        at += 1
        while at < len(lines) and not lines[at, GAP]:
            mark = mark_of(mark) + marks[at]
            size += lines[at, LAST] - lines[at, FIRST]
            at += 1
        mark = mark_of(mark)
        slot = find(keys, mark)
        row[c.PARAGRAPHS] += 1
        if keys[slot] == mark:
            row[c.DUPLICATE_PARAGRAPH_RATIO] += 1
            row[c.DUPLICATE_PARAGRAPH_CHAR_RATIO] += size
        elif distinct < len(keys) // 2:
            keys[slot] = mark
            distinct += 1


@compiled
def settle(row: Any) -> None:
    """Turn the sums of lines and paragraphs into shares and means."""
    lines = row[c.LINES]
    if lines == 0:
        return
    characters = row[c.MEAN_LINE_CHARS]
    for column in range(c.TERMINAL_LINE_RATIO, c.BOILERPLATE_LINE_RATIO + 1):
        if column != c.COMPLETE_LINES:
            row[column] /= lines
    row[c.TABLE_RATIO : c.DIALOGUE_RATIO + 1] /= characters
    row[c.MEAN_LINE_CHARS] /= lines
    row[c.DUPLICATE_LINE_RATIO] /= lines
    row[c.DUPLICATE_LINE_CHAR_RATIO] /= characters
    row[c.SIMILAR_LINE_RATIO] /= lines
    row[c.DUPLICATE_PARAGRAPH_RATIO] /= row[c.PARAGRAPHS]
    row[c.DUPLICATE_PARAGRAPH_CHAR_RATIO] /= characters
    row[c.PROSE_RATIO] /= characters
    row[c.SPAM_PHRASES_PER_LINE] /= lines
