"""Finders of free-form values that only a cue beside them gives away."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.cues import CUES, Cue
from quality.privacy.hits import Hit
from quality.privacy.spotting import head_table
from quality.privacy.view import Codes, View, pattern
from quality.privacy.writings import class_table, plain

_MIX = 40503  # as in `spotting`, whose table of pairs this shares
_REACH = 40
"""A value begins within so many characters of its cue, or there is none."""

_WINDOW = 72
"""Characters from a cue on that are put together where something hides its value."""

_ODD_DIGITS = "".join(chr(c) for c in np.flatnonzero(class_table() // 16 == 2).tolist())
_ODD = re.escape(_ODD_DIGITS)
_HAS_DIGIT = pattern(f"[0-9{_ODD}]")
_GOES_ON = pattern(rf" ?[{_ODD}]| [0-9A-Za-z]")
_SEEMS_HIDDEN = pattern(
    rf"[^0-9A-Za-z\0\n{_ODD}]{{0,24}}(?:(?:ID|[Ii]d|N[oO])[^0-9A-Za-z\0\n{_ODD}]{{0,4}})?"
    rf"(?:[-_()0-9A-Za-z]{{1,9}} [0-9A-Za-z(]|[-_()0-9A-Za-z]{{0,12}} ?[{_ODD}])"
)
_WITHIN = pattern(
    rf"(?<=[-_0-9A-Za-z(){_ODD}]) (?=[-_0-9A-Za-z()]|[{_ODD}](?:[{_ODD}]|[^\u4e00-\u9fff]|\Z))"
)
"""A space within a torn value. A digit that a word of Han characters begins with is none."""

_PARTED = "微薇威扣QqVvWw"
"""First characters of cues that signs and pictures part from the second."""


def _mark_cues(
    codes: Codes,
    table: npt.NDArray[np.uint8],
    parted: npt.NDArray[np.bool_],
    classes: npt.NDArray[np.uint8],
    found: npt.NDArray[np.int64],
) -> int:
    """Where a cue may begin, and below it its second character; returns how many.

    Cues without a digit within reach (or a letter, where the table says 2) have no value, and
    cost nothing more. Digits of other writings count where four stand together: one is a word.
    """
    count = odd = 0
    digit = letter = codes.size + _REACH
    for i in range(codes.size - 2, 0, -1):
        c = codes[i]
        j = i + 1
        what = table[(c * _MIX + codes[j]) & 0xFFFF]
        if what == 0 and parted[c & 0xFFFF]:
            while j < i + 4 and j < codes.size - 1 and is_noise(codes[j]):
                j += 1
            what = table[(c * _MIX + codes[j]) & 0xFFFF]
        if what > 0 and (digit - j <= _REACH or (what == 2 and letter - j <= _REACH)):
            found[0, count] = i
            found[1, count] = j
            count += 1
        if 48 <= c <= 57:
            digit = i
        elif 65 <= c <= 90 or 97 <= c <= 122:
            letter = i
        kind = classes[min(c, 0xFFFF)]
        if kind == 0:
            odd = 0
        elif kind < 0x80:
            odd += 1
            digit = i if odd >= 4 else digit
    return count


def _is_noise(c: int) -> bool:
    """Whether `c` is no letter, digit, Han character or end: as the pattern `_NOISE`."""
    alike = 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122 or 0x4E00 <= c <= 0x9FFF
    return not alike and c not in (0, 10, 0x3002, 0x3014, 0x3015)


is_noise = compiled(_is_noise)
mark_cues = compiled(_mark_cues)


def beside_cues(view: View) -> Iterator[Hit]:
    """Every value beside a cue of `CUES`."""
    cues, table, parted = _tables()
    found = np.empty((2, view.codes.size), np.int64)
    count = mark_cues(view.codes, table, parted, class_table(), found)
    text = view.text
    for at, other in zip(*found[:, :count].tolist(), strict=True):
        if text[at - 1] == "〔":
            continue  # the label of a placeholder is no cue
        for cue in cues.get(text[at] + text[other], ()):
            yield from values(cue, text, at)


@cache
def _tables() -> tuple[dict[str, tuple[Cue, ...]], npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """The cues by their heads, what each pair of characters wants near, and what may be parted."""
    cues: dict[str, tuple[Cue, ...]] = {}
    for cue in CUES:
        for head in cue.heads.split():
            cues[head] = (*cues.get(head, ()), cue)
    table = head_table(cues).astype(np.uint8)
    table[
        head_table(head for cue in CUES if cue.kind == "wechat" for head in cue.heads.split())
    ] = 2
    parted = np.zeros(0x10000, np.bool_)
    parted[[ord(c) for c in _PARTED]] = True
    return cues, table, parted


def values(cue: Cue, text: str, at: int) -> Iterator[Hit]:
    """The value beside the cue that stands at `at`, if there is one: as written, or hidden."""
    name = cue.name.match(text, at)
    if name is None:
        return
    written = _value(cue, text, at)
    if written is None or _GOES_ON.match(text, written[1]):
        hidden = _hidden(cue, text, at, name.end())
        if hidden is not None:
            rule = "torn" if text[slice(*hidden)].isascii() else "hidden"
            yield Hit(*hidden, cue.kind, rule)
            return
    if written is not None:
        yield Hit(*written, cue.kind, "cue")


def _value(cue: Cue, text: str, at: int) -> tuple[int, int] | None:
    match = cue.shape.match(text, at)
    if match is None or match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    return (start, end) if cue.check is None or cue.check(text[start:end]) else None


def _hidden(cue: Cue, text: str, at: int, end_of_name: int) -> tuple[int, int] | None:
    """The value beside the cue once spaces within it are gone and its digits are 0 to 9."""
    if _SEEMS_HIDDEN.match(text, end_of_name) is None:
        return None
    window = text[at : at + _WINDOW].partition("\0")[0].partition("\n")[0]
    dropped = {match.start() for match in _WITHIN.finditer(window)}
    name = end_of_name - at  # 参 in a cue is no three
    dropped = {place for place in dropped if place >= name}
    rest = "".join(c for i, c in enumerate(window) if i >= name and i not in dropped)
    before = text[max(0, at - 3) : at]  # what a cue may look back at
    joined = before + window[:name] + rest.translate(_digits()) + "\0"
    value = _value(cue, joined, len(before))
    if value is None:
        return None
    places = [i for i in range(len(window)) if i not in dropped]
    start, end = places[value[0] - len(before)], places[value[1] - 1 - len(before)] + 1
    return (at + start, at + end) if _is_torn_value(window[start:end]) else None


def _is_torn_value(written: str) -> bool:
    """Whether `written` hides one value, and is no row of words or of values.

    Digits tell a value from words, and short pieces from the value that comes next.
    """
    lengths = [len(piece) for piece in written.split(" ")]
    if len(lengths) == 1:
        return not written.isascii()
    return min(lengths) <= 4 and max(lengths) <= 9 and _HAS_DIGIT.search(written) is not None


@cache
def _digits() -> dict[int, str]:
    return {ord(character): plain(character) for character in _ODD_DIGITS}
