"""Where a finder should look: runs of letters and digits, and the first two characters of cues.

Nearly all text is passed over here, in compiled loops; only what is spotted costs Python.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.chains import class_of
from quality.privacy.view import Codes, Positions, View
from quality.privacy.writings import Table, class_table

_LATIN_CUES = (
    *("tel", "mobile", "phone", "telephone", "cell", "fax", "ip", "id", "qq", "vx", "wx"),
    *("wechat", "hkid", "imei", "sfz"),
)
_GLUED = re.compile(rf"(?:{'|'.join(_LATIN_CUES)})(\d[0-9x]*)", re.IGNORECASE)
ALWAYS, NUMBER, CELL = 1, 2, 4
"""What a finder needs at a cue: nothing, a number near it, or that it begins a word or a cell."""

_REACH = 48
"""A number near a cue begins within so many characters from its head on."""

_BEHIND = 9
"""A cue in brackets behind a number begins within so many characters from its last digit."""

Mask = npt.NDArray[np.bool_]

_MIX = 40503  # 2**16 over the golden ratio: spreads pairs of neighbours over the table


def _is_group(codes: Codes, start: int, end: int) -> bool:
    """Whether letters are a group of a MAC (or end in one: MACED), or WJ of the armed police."""
    if end - start != 2 and (end - start != 5 or codes[start] | 32 != 109):
        return False
    first, second = codes[end - 2], codes[end - 1]
    hexadecimal = 97 <= first | 32 <= 102 and 97 <= second | 32 <= 102
    return bool(hexadecimal or (first == 87 and second == 74))


is_group = compiled(_is_group)


def _count_tail(start: Positions, end: Positions, tail: Positions) -> None:
    """How many runs follow each run, with one character between any two."""
    for run in range(start.size - 2, -1, -1):
        if start[run + 1] == end[run] + 1:
            tail[run] = tail[run + 1] + 1


def _mark_runs(codes: Codes, start: Positions, end: Positions, digits: Positions) -> int:
    """Maximal runs of [0-9A-Za-z] with a digit, or that `is_group` knows; returns how many."""
    count = 0
    began = -1
    seen = 0
    for i in range(codes.size):
        c = codes[i]
        digit = 48 <= c <= 57
        if digit or 65 <= c <= 90 or 97 <= c <= 122:
            if began < 0:
                began = i
                seen = 0
            seen += digit
        elif began >= 0:
            if seen > 0 or is_group(codes, began, i):
                start[count] = began
                end[count] = i
                digits[count] = seen
                count += 1
            began = -1
    return count


def _is_after_digit(codes: Codes, i: int) -> bool:
    """Whether a digit stands shortly before `i`: its cue may be behind it, in brackets."""
    for j in range(max(0, i - _BEHIND), i):  # noqa: SIM110 - a generator does not compile
        if 48 <= codes[j] <= 57:
            return True
    return False


def _is_in_latin_word(before: int, c: int) -> bool:
    """Whether a letter follows one of its own case: `dB` may begin a word, `db` and `DB` do not."""
    small = 97 <= c <= 122 and 97 <= before <= 122
    return small or (65 <= c <= 90 and 65 <= before <= 90)


def _is_in_word(c: int) -> bool:
    return 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122 or 0x4E00 <= c <= 0x9FFF


def _mark_heads(codes: Codes, table: Table, classes: Table, found: Positions, met: Table) -> int:
    """Positions whose two characters may begin a cue, last one first; returns how many.

    `table` tells what the finders of a head need, and `met` what of it there is. Digits of other
    writings count as a number where four stand together: one is a word.
    """
    count = odd = 0
    digit = codes.size + _REACH
    for i in range(codes.size - 2, -1, -1):
        c = codes[i]
        needs = table[(c * _MIX + codes[i + 1]) & 0xFFFF]
        if needs > 0:
            needs &= table[0x10000 + ((c + codes[i + 1] * _MIX) & 0xFFFF)]
        if needs > 0:
            have = ALWAYS
            before = codes[max(0, i - 1)]
            if not is_in_latin_word(before, c) and (
                digit - i <= _REACH or (needs & NUMBER and is_after_digit(codes, i))
            ):
                have |= NUMBER
            if not is_in_word(before):
                have |= CELL
            if needs & have:
                found[count] = i
                met[count] = needs & have
                count += 1
        kind = class_of(c, classes)
        if kind == 0:
            odd = odd if c in (79, 73, 108, 111) else 0  # O, I, l and o stand for digits
        elif kind < 0x80:
            odd += 1
            if odd >= 4 or kind < 0x20:
                digit = i
    return count


def _mark_glued(
    codes: Codes, start: Positions, digits: Positions, table: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Which runs begin with letters that `table` is true for, and go on with a digit."""
    glued = np.zeros(start.size, np.bool_)
    for run in range(start.size):
        i = start[run]
        word = 0
        while digits[run] > 0 and codes[i] >= 65 and i < start[run] + 9:
            word = (word * 31 + (codes[i] | 32)) & 0xFFFF
            i += 1
        glued[run] = i > start[run] and 48 <= codes[i] <= 57 and table[word]
    return glued


mark_runs = compiled(_mark_runs)
count_tail = compiled(_count_tail)
mark_glued = compiled(_mark_glued)
is_after_digit = compiled(_is_after_digit)
is_in_latin_word = compiled(_is_in_latin_word)
is_in_word = compiled(_is_in_word)
mark_heads = compiled(_mark_heads)


@dataclass(frozen=True, slots=True, repr=False)
class Runs:
    """Runs of letters and digits: where, how many digits, and the characters around them.

    `tail` counts the runs that follow with one character between any two.
    """

    start: Positions
    end: Positions
    length: Positions
    digits: Positions
    tail: Positions
    before: Codes
    first: Codes
    after: Codes
    second_before: Codes
    third_before: Codes

    @property
    def numeric(self) -> npt.NDArray[np.bool_]:
        """Which runs are digits only."""
        numeric: npt.NDArray[np.bool_] = self.digits == self.length
        return numeric


def runs(view: View) -> Runs:
    """The runs of letters and digits in `view` that `mark_runs` knows, and those within them."""
    room = view.codes.size // 2 + 1
    start, end, digits = (np.empty(room, np.int64) for _ in range(3))
    count = mark_runs(view.codes, start, end, digits)
    start, end, digits = start[:count].copy(), end[:count].copy(), digits[:count].copy()
    tail = np.zeros(count, np.int64)
    count_tail(start, end, tail)
    start, end, digits, tail = _with_glued(view, start, end, digits, tail)
    around = (view.codes[at] for at in (start - 1, start, end, start - 2, start - 3))
    return Runs(start, end, end - start, digits, tail, *around)


def _with_glued(view: View, *columns: Positions) -> tuple[Positions, ...]:
    """The runs, and again the digits of those that a Latin cue is glued to: TEL138…, IP8."""
    start, end, digits, tail = columns
    mixed = np.flatnonzero(mark_glued(view.codes, start, digits, _cue_table()))
    matches = (
        (int(digits[i]), int(tail[i]), _GLUED.fullmatch(view.text, int(start[i]), int(end[i])))
        for i in mixed.tolist()
    )
    more = [(m.start(1), m.end(1), n, behind) for n, behind, m in matches if m is not None]
    if not more:
        return columns
    glued = np.array(more, np.int64).T
    return tuple(np.concatenate(pair) for pair in zip(columns, glued, strict=True))


@cache
def _cue_table() -> npt.NDArray[np.bool_]:
    """A table that is true for the hash of every Latin cue (and perhaps of a few others)."""
    table = np.zeros(0x10000, np.bool_)
    for cue in _LATIN_CUES:
        word = 0
        for character in cue:
            word = (word * 31 + ord(character)) & 0xFFFF
        table[word] = True
    return table


def head_table(heads: Iterable[str]) -> npt.NDArray[np.bool_]:
    """A table that is true for every pair of characters in `heads` (and for a few others)."""
    table = np.zeros(0x10000, np.bool_)
    for head in heads:
        table[(ord(head[0]) * _MIX + ord(head[1])) & 0xFFFF] = True
    return table


def needs_table(heads: Iterable[tuple[str, int]]) -> Table:
    """What is needed (ALWAYS, NUMBER, CELL, or several) where a pair of characters stands.

    Twice over, by two hashes of the pair: few other pairs agree with a head in both.
    """
    table = np.zeros(0x20000, np.uint8)
    for head, need in heads:
        first, second = map(ord, head)
        table[(first * _MIX + second) & 0xFFFF] |= need
        table[0x10000 + ((first + second * _MIX) & 0xFFFF)] |= need
    return table


def heads(view: View, table: Table) -> Iterator[tuple[int, int]]:
    """Where two characters stand in `view` that `table` knows, and what of its needs is met."""
    found = np.empty(view.codes.size, np.int64)
    met = np.empty(view.codes.size, np.uint8)
    count = mark_heads(view.codes, table, class_table(), found, met)
    return zip(found[:count].tolist(), met[:count].tolist(), strict=True)


def one_of(codes: Codes, characters: str) -> npt.NDArray[np.bool_]:
    """Which of `codes` are one of `characters`, all of which are below U+FFFF."""
    chosen: npt.NDArray[np.bool_] = _table_of(characters)[np.minimum(codes, 0xFFFF)]
    return chosen


@cache
def _table_of(characters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


def is_letter(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which of `codes` are letters A to Z, of either case."""
    small = codes | 32
    letters: npt.NDArray[np.bool_] = (small >= ord("a")) & (small <= ord("z"))
    return letters
