"""Where a cue may stand: its first two characters, and near them what its finder needs.

Most heads of cues stand in text that has no number, no colon and no table near; they are passed
over in a compiled loop.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from quality.kernels.compiling import compiled
from quality.privacy.numbers.chains import class_of
from quality.privacy.view import Codes, Positions, View
from quality.privacy.writings import Table, class_table

_MIX = 40503  # 2**16 over the golden ratio: spreads pairs of neighbours over the table
ALWAYS, NUMBER, CELL, SAID = 1, 2, 4, 8
"""What a finder needs at a cue: nothing, a number near it, that it begins a cell, a colon near."""

_REACH = 48
"""A number near a cue begins within so many characters from its head on."""

_SAID_WITHIN = 24
"""A colon, a bar, a slash or a space stands within so many characters from the head on."""

_BEHIND = 9
"""A cue in brackets behind a number begins within so many characters from its last digit."""


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


def _begins_cell(codes: Codes, i: int) -> bool:
    """Whether no word stands before `i`, or two spaces part it from one."""
    if i == 0 or codes[i - 1] != 32:
        return i == 0 or not is_in_word(codes[i - 1])
    return i == 1 or not is_in_word(codes[i - 2])


def _have_at(codes: Codes, i: int, needs: int, near_digit: bool, near_said: bool) -> int:
    """What there is of what is needed at the head that stands at `i`."""
    have = ALWAYS | (SAID if near_said else 0)
    if needs & NUMBER and not is_in_latin_word(codes[max(0, i - 1)], codes[i]):
        have |= NUMBER if near_digit or is_after_digit(codes, i) else 0
    if needs & CELL and begins_cell(codes, i):
        have |= CELL
    return have


def _is_said(codes: Codes, i: int) -> bool:
    """Whether a field may end at `i`: a sign that says so, or 是 or 为 behind 名 or 字."""
    c = codes[i]
    if c in (0x662F, 0x4E3A):
        return codes[i - 1] in (0x540D, 0x5B57)
    return c in (58, 47, 124, 32, 9)  # : / | space tab


def _mark_heads(codes: Codes, table: Table, classes: Table, found: Positions, met: Table) -> int:
    """Positions whose two characters may begin a cue, last one first; returns how many.

    `table` tells what the finders of a head need, and `met` what of it there is. Digits of other
    writings count as a number where four stand together: one is a word.
    """
    count = odd = 0
    digit = said = codes.size + _REACH
    for i in range(codes.size - 2, -1, -1):
        c = codes[i]
        needs = table[(c * _MIX + codes[i + 1]) & 0xFFFF]
        if needs > 0:
            needs &= table[0x10000 + ((c + codes[i + 1] * _MIX) & 0xFFFF)]
        if needs > 0:
            needs &= have_at(codes, i, needs, digit - i <= _REACH, said - i <= _SAID_WITHIN)
            if needs > 0:
                found[count] = i
                met[count] = needs
                count += 1
        if is_said(codes, i):
            said = i
        kind = class_of(c, classes)
        if kind == 0:
            odd = odd if c in (79, 73, 108, 111) else 0  # O, I, l and o stand for digits
        elif kind < 0x80:
            odd += 1
            if odd >= 4 or kind < 0x20:
                digit = i
    return count


is_after_digit = compiled(_is_after_digit)
is_in_latin_word = compiled(_is_in_latin_word)
is_in_word = compiled(_is_in_word)
begins_cell = compiled(_begins_cell)
have_at = compiled(_have_at)
is_said = compiled(_is_said)
mark_heads = compiled(_mark_heads)


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
