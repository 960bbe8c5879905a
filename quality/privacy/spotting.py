"""Where a finder should look: runs of letters and digits.

Nearly all text is passed over here, in compiled loops; only what is spotted costs Python.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.view import Codes, Positions, View

_LATIN_CUES = (
    *("tel", "mobile", "phone", "telephone", "cell", "fax", "ip", "id", "qq", "vx", "wx"),
    *("wechat", "hkid", "imei", "sfz"),
)
_GLUED = re.compile(rf"(?:{'|'.join(_LATIN_CUES)})(\d[0-9x]*)", re.IGNORECASE)
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

    def worth(self) -> "Runs":
        """The runs that any finder may look at: short ones of letters and digits are words."""
        worth = self.numeric | (self.length >= 4) | (self.tail >= 5) | (self.first == ord("W"))
        return Runs(*(getattr(self, field.name)[worth] for field in fields(self)))

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
