"""Lines of code: fenced, or told by their marks and first words."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals.bits import HAN, STRONG, WEAK
from quality.kernels.signals.reading import END, FIRST, LAST, MET, START, WORDS

FENCES = (0x60, 0x7E)
"""` and ~, three of which open and close a block of code in Markdown."""

DENSE, SPARSE = 8, 16
"""Visible characters to a mark of code, in any line and in one that ends in a semicolon."""

SEMICOLON, BRACES = 0x3B, (0x7B, 0x7D)
LINK = (0x5D, 0x28)
STOPS = (0x2E, 0x2C)
NUMBER_SIGN, AFTER = 0x23, (0x20, 0x09, 0x28, 0x3A, 0x3B, 0x7B)


@compiled
def code_lines(codes: Any, kinds: Any, lines: Any, words: Any) -> int:
    """The characters in lines of code; `words` are first words as `key_of` writes them, sorted."""
    total = 0
    fenced = False
    for line in lines:
        first, last = line[FIRST], line[LAST]
        fence = _is_fence(codes, first, last)
        if fence or fenced or _is_code(codes, kinds, line, words):
            total += last - first
        fenced ^= fence
    return total


@compiled
def _is_fence(codes: Any, first: int, last: int) -> bool:
    if last - first < 3:
        return False
    fence = codes[first]
    known = fence == FENCES[0] or fence == FENCES[1]
    return bool(known and codes[first + 1] == fence and codes[first + 2] == fence)


@compiled
def _is_code(codes: Any, kinds: Any, line: Any, words: Any) -> bool:
    """Whether a line outside of fences looks like code."""
    first, last, met = line[FIRST], line[LAST], line[MET]
    if codes[first] >= 0x80:
        return False
    final = codes[last - 1]
    if not met & HAN and final != STOPS[0] and final != STOPS[1]:
        key = key_of(codes, first, last)
        if words[min(np.searchsorted(words, key), len(words) - 1)] == key:
            return True
    return bool(met & STRONG != 0 and _is_marked(codes, kinds, line))


@compiled
def _is_marked(codes: Any, kinds: Any, line: Any) -> bool:
    """Whether a line has enough marks of code, and not twice as many other characters of Han."""
    first, last = line[FIRST], line[LAST]
    han, marks, links = 0, 0, 0
    for at in range(first, last):
        kind = kinds[at]
        han += (kind & HAN) != 0
        marks += (kind & (STRONG | WEAK)) != 0
        links += codes[at] == LINK[1] and at > first and codes[at - 1] == LINK[0]
    seen = line[END] - line[START]
    if 2 * han > seen or links > 0:
        return False
    final = codes[last - 1]
    if final in BRACES:
        return True
    enough = SPARSE if final == SEMICOLON else DENSE
    return bool(line[WORDS] > 0 and marks * enough >= seen)


@compiled
def key_of(codes: Any, first: int, last: int) -> Any:
    """The word that begins at `first`, of up to 11 of # and a to z, as a number; or 0.

    White space, or one of ( : ; { must come after it.
    """
    key: Any = 0
    for at in range(first, min(first + 12, last)):
        code = codes[at]
        if code != NUMBER_SIGN and not 0x61 <= code <= 0x7A:
            return key if code in AFTER else 0
        key = key << 5 | (np.int64(27) if code == NUMBER_SIGN else np.int64(code & 31))
    return 0
