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

_WINDOW = 96
"""Characters from a cue on that are put together where something hides its value."""

_odd = re.escape("".join(chr(c) for c in np.flatnonzero(class_table() // 16 == 2).tolist()))
_ODD = pattern(f"[{_odd}]")
_TORN = pattern(r"[0-9A-Za-z] [0-9A-Za-z]")
_ACROSS = pattern(
    rf"[-_0-9A-Za-z(){_odd}] (?:[-_0-9A-Za-z()].?|[{_odd}](?:[{_odd}]|[^\u4e00-\u9fff])?)"
)
_GOES_ON = pattern(rf" ?[{_odd}]| [0-9A-Za-z]")

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
    if cue.name.match(text, at) is None:
        return
    written = _value(cue, text, at)
    if written is None or _GOES_ON.match(text, written[1]):
        hidden = _hidden(cue, text, at)
        if hidden is not None:
            yield Hit(*hidden, cue.kind, "hidden")
            return
    if written is not None:
        yield Hit(*written, cue.kind, "cue")


def _value(cue: Cue, text: str, at: int) -> tuple[int, int] | None:
    match = cue.shape.match(text, at)
    if match is None or match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    return (start, end) if cue.check is None or cue.check(text[start:end]) else None


def _hidden(cue: Cue, text: str, at: int) -> tuple[int, int] | None:
    """The value beside the cue once spaces within it are gone and its digits are 0 to 9."""
    window = text[at : at + _WINDOW].partition("\0")[0].partition("\n")[0]
    if _TORN.search(window) is None and _ODD.search(window) is None:
        return None
    places = [i for i, c in enumerate(window) if c != " " or not _is_within(window, i)]
    value = _value(cue, "".join(_digit(window[i]) for i in places) + "\0", 0)
    if value is None:
        return None
    start, end = places[value[0]], places[value[1] - 1] + 1
    pieces = window[start:end].split(" ")
    # Words are torn by spaces too: digits tell a value from them, short pieces from a next value.
    torn = len(pieces) == 1 or (len(min(pieces, key=len)) <= 4 and len(max(pieces, key=len)) <= 9)
    digits = any(c.isdecimal() for c in window[start:end])
    has_digit = digits or _ODD.search(window[start:end]) is not None
    plainly = len(pieces) == 1 and window[start:end].isascii()
    return (at + start, at + end) if torn and has_digit and not plainly else None


def _is_within(window: str, i: int) -> bool:
    """Whether the space at `i` stands between two characters of one torn value."""
    return _ACROSS.fullmatch(window, max(0, i - 1), i + 3) is not None


def _digit(character: str) -> str:
    return (plain(character) if _ODD.match(character) else "") or character
