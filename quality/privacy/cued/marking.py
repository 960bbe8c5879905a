"""Where a cue of `CUES` may stand with a value: found in one compiled pass over a view."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.cued.cues import CUES, Cue
from quality.privacy.spotting import head_table
from quality.privacy.view import Codes, Positions, View
from quality.privacy.writings import class_table

REACH = 40
"""A value begins within so many characters of its cue, or there is none."""

BEFORE = 24
"""A value ends within so many characters before its cue, or there is none."""

_MIX = 40503  # as in `spotting`, whose table of pairs this shares
_PENGUIN = 0x1F427
"""A picture that is a cue by itself."""

_PARTED = "微薇威扣QqVvWw"
"""First characters of cues that signs and pictures part from the second; spaces part any."""

_LETTERS_DO, _WANTS_THIRD, _WANTS_SUFFIX = 2, 4, 8
"""What a pair of characters says of its cues, beside 1: that it begins some."""

Table = npt.NDArray[np.uint8]


class Mark(NamedTuple):
    """Where a cue may begin, where its second character stands, and whether it heads a column."""

    at: int
    second: int
    heading: bool


def _is_word(c: int) -> bool:
    return 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122


is_word = compiled(_is_word)


def _is_noise(c: int) -> bool:
    """Whether `c` is no letter, digit, Han character or end: as the pattern of cues."""
    alike = is_word(c) or 0x4E00 <= c <= 0x9FFF
    return not alike and c not in (0, 10, 0x3002, 0x3014, 0x3015)


is_noise = compiled(_is_noise)


def _is_gap(c: int, most: int) -> bool:
    """Whether `c` may part the first two characters of a cue; what is no space parts few."""
    return c in (10, 32) or (most == 4 and is_noise(c))


is_gap = compiled(_is_gap)


def _has_digit(codes: Codes, i: int) -> bool:
    """Whether a digit stands so near before `i` that a value before its cue may end with it."""
    k = i - 1
    while k > max(0, i - 24) and codes[k] not in (0, 0x3002):
        if 48 <= codes[k] <= 57:
            return True
        k -= 1
    return False


def _has_suffix(codes: Codes, i: int) -> bool:
    """Whether a word for a number follows, of which one of 号 编 账 I i is told."""
    for k in range(i + 1, min(codes.size, i + 26)):
        if codes[k] in (0x53F7, 0x7F16, 0x8D26, 0x49, 0x69):
            return True
        if codes[k] in (0, 0x3002):
            return False
    return False


def _is_heading(codes: Codes, i: int) -> bool:
    """Whether what stands at `i` may fill a cell: separators, and few characters between."""
    k = i
    while k < min(codes.size - 1, i + 26) and is_of_cell(codes[k]):
        k += 1
    if codes[k] not in (9, 10, 13, 0x29, 0x2C, 0x7C):
        return False
    k = i - 1
    while k > max(0, i - 12) and is_of_cell(codes[k]):
        k -= 1
    return codes[k] in (0, 9, 10, 0x28, 0x2C, 0x7C)


def _is_of_cell(c: int) -> bool:
    return is_word(c) or 0x4E00 <= c <= 0x9FFF or c in (0x20, 0x22, 0x27, 0x2A, 0x2D, 0x5F, 0x60)


is_of_cell = compiled(_is_of_cell)
has_digit, has_suffix, is_heading = map(compiled, (_has_digit, _has_suffix, _is_heading))


def _is_plausible(codes: Codes, i: int, what: int, third: npt.NDArray[np.bool_]) -> bool:
    """Whether what follows and goes before a pair of characters lets it begin a cue."""
    if what & 8 and codes[i] >= 0x4E00 and not has_suffix(codes, i):
        return False
    if is_word(codes[i]) and codes[i + 1] < 0x80 and is_word(codes[i - 1]):
        return bool(codes[i + 1] == 0x51)  # 加QQ is seen at 加; CT号 has no Latin second
    if what & 4 == 0 or i + 2 >= codes.size:
        return True
    least = ((codes[i] | 32) * 31 + (codes[i + 1] | 32)) * 31 + (codes[i + 2] | 32)
    begins: bool = third[least & 0xFFFF]
    return begins


is_plausible = compiled(_is_plausible)


class Tables(NamedTuple):
    """What pairs of characters want, Latin beginnings, what may be parted, classes of digits."""

    pairs: Table
    third: npt.NDArray[np.bool_]
    parted: Table
    classes: Table


def _past_gap(codes: Codes, i: int, parted: int) -> int:
    """Where the second character of a cue stands whose first, at `i`, may be parted from it."""
    most = 4 if parted == 2 else 3
    j = i + 1
    while j < i + most and j < codes.size - 1 and is_gap(codes[j], most):
        j += 1
    return j


def _has_value(codes: Codes, i: int, what: int, digit: int, letter: int) -> bool:
    """Whether a value may stand near a cue: behind it at `digit` or `letter`, or before it."""
    return digit <= REACH or (what & 2 > 0 and letter <= REACH) or has_digit(codes, i)


past_gap, has_value = compiled(_past_gap), compiled(_has_value)


def _mark_cues(codes: Codes, tables: Tables, found: Positions) -> int:
    """Where a cue may begin, its second character, and if it heads a column; returns how many.

    Cues without a digit within reach (or a letter, where that does) have no value, and cost
    nothing more. Digits of other writings count where four stand together: one is a word.
    """
    pairs, third, parted, classes = tables
    count = odd = 0
    digit = letter = codes.size + 80
    for i in range(codes.size - 2, 0, -1):
        c = codes[i]
        j = i + 1
        if parted[c & 0xFFFF] and not pairs[(c * _MIX + codes[j]) & 0xFFFF]:
            j = past_gap(codes, i, parted[c & 0xFFFF])
        what = 1 if c == _PENGUIN else pairs[(c * _MIX + codes[j]) & 0xFFFF]
        if what and is_plausible(codes, i, what, third):
            heading = is_heading(codes, i)
            if heading or has_value(codes, i, what, digit - j, letter - j):
                found[0, count], found[1, count], found[2, count] = i, j, heading
                count += 1
        kind = classes[min(c, 0xFFFF)]
        odd = 0 if kind == 0 else odd + (kind < 0x80)
        if 48 <= c <= 57 or (0 < kind < 0x80 and odd >= 4):
            digit = i
        elif 65 <= c <= 90 or 97 <= c <= 122:
            letter = i
    return count


mark_cues = compiled(_mark_cues)


def marks(view: View) -> Iterator[Mark]:
    """Every place where a cue may stand with its value, from the end of the view to its begin."""
    found = np.empty((3, view.codes.size), np.int64)
    count = mark_cues(view.codes, Tables(*_tables(), class_table()), found)
    for at, second, heading in found[:, :count].T.tolist():
        yield Mark(at, second, heading > 0)


@cache
def cues_by_head() -> dict[str, tuple[Cue, ...]]:
    """The cues by the first two characters of their words; a picture is its own head."""
    cues: dict[str, tuple[Cue, ...]] = {}
    for cue in CUES:
        for head in cue.heads:
            cues[head] = (*cues.get(head, ()), cue)
    return cues


@cache
def _tables() -> tuple[Table, npt.NDArray[np.bool_], Table]:
    """By pairs of characters what they want, the Latin beginnings, and what may be parted."""
    cues = cues_by_head()
    pairs = [head for head in cues if len(head) > 1]
    table = head_table(pairs).astype(np.uint8)
    table[head_table(head for head in pairs if _any(cues[head], "wechat"))] |= _LETTERS_DO
    table[head_table(head for head in pairs if all(cue.suffix for cue in cues[head]))] |= (
        _WANTS_SUFFIX
    )
    triples = {word[:3] for cue in CUES for word in cue.latin if len(word) > 2}
    short = {word for cue in CUES for word in cue.latin if len(word) == 2}
    wants = (head for head in pairs if head.lower() in {t[:2] for t in triples} - short)
    table[head_table(wants)] |= _WANTS_THIRD
    third = np.zeros(0x10000, np.bool_)
    for triple in triples:
        a, b, c = (ord(character) | 32 for character in triple)
        third[((a * 31 + b) * 31 + c) & 0xFFFF] = True
    parted = np.zeros(0x10000, np.uint8)
    parted[[ord(head[0]) for head in pairs if "一" <= head[0] <= "鿿"]] = 1
    parted[[ord(c) for c in _PARTED]] = 2
    return table, third, parted


def _any(cues: Iterable[Cue], kind: str) -> bool:
    return any(cue.kind == kind for cue in cues)
