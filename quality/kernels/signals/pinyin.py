"""Pinyin that stands in brackets after its character."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals.bits import HAN
from quality.kernels.signals.reading import SEEN

NOT, PLAIN, TONED = range(3)
"""What a character is to pinyin: nothing, a letter, a letter or mark that bears a tone."""

LONGEST, SYLLABLE = 24, 6
"""Letters of pinyin in a bracket, and of one syllable (zhuang), at most."""

OPEN, CLOSE, LOST = (0x28, 0xFF08), (0x29, 0xFF09), (0x3F, 0xFF1F, 0xFFFD)
"""Brackets of both widths, and what stands where a character and its bracket were."""

LEAST = 2
"""Letters of a syllable without a tone at least: (a) and (e) are numbers of formulas."""


@compiled
def pinyin_characters(visible: Any, stops: Any, flags: Any, letters: Any, syllables: Any) -> int:
    """The characters in pinyin, its brackets and what stands for a lost one counted.

    Closing brackets are among `stops`, which say what is before them; after white space another
    stop may say the same.
    """
    total = 0
    last = -1
    for stop in stops:
        at = stop[SEEN]
        if last < at < len(visible) and visible[at] in CLOSE:
            total += _bracket(visible, at, flags, letters, syllables)
            last = at
    return total


@compiled
def _bracket(visible: Any, close: int, flags: Any, letters: Any, syllables: Any) -> int:
    """The characters of the pinyin that the bracket at `close` ends, 0 where there is none."""
    start = close
    toned = False
    while start > 0 and close - start <= LONGEST:
        role = letters[visible[start - 1]] if visible[start - 1] < len(letters) else NOT
        if role == NOT:
            break
        toned |= role == TONED
        start -= 1
    size = close - start
    if size == 0 or size > LONGEST or start == 0:
        return 0
    before = visible[start - 1]
    if before in OPEN:
        after_han = start > 1 and (flags[visible[start - 2]] & HAN) != 0
        real = toned or _is_syllable(visible, start, close, syllables)
        return size + 2 if after_han and real else 0
    if not toned or size > SYLLABLE:
        return 0
    if before in LOST:
        return size + 2
    return size + 1 if flags[before] & HAN else 0


@compiled
def _is_syllable(visible: Any, start: int, close: int, syllables: Any) -> bool:
    """Whether the letters are a syllable of pinyin without its tone."""
    if not LEAST <= close - start <= SYLLABLE:
        return False
    key: Any = 0
    for at in range(start, close):
        key = key << 5 | (np.int64(visible[at]) & 31 if visible[at] < 0x80 else 22)
    place = min(np.searchsorted(syllables, key), len(syllables) - 1)
    return bool(syllables[place] == key)
