"""What the model reads of a text: Han characters, and the gaps between them.

Han is folded to Simplified, one symbol a character. Whatever stands between two Han characters is
one more symbol, which only says what kinds of things the gap holds; so a page of code or English
costs one symbol, and Chinese around it is judged as Chinese: where there are letters, of the rest
only `OTHERS` count. White space, new lines and marks are
nothing: words one under the other are read in one go. What stands before the first and behind the
last Han character is not read.
"""

import functools

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings
from quality.kernels.compiling import compiled
from quality.kernels.fold import fold_table
from quality.kernels.signals import bits as kernel
from quality.language.kernels import code_point, width
from quality.scoring import characters

Points = npt.NDArray[np.uint32]

LETTERS, DIGITS, STOPS, PAUSES, MARKS, OTHERS = (1 << bit for bit in range(6))
"""What a gap can hold: letters of English, digits, ends of sentences, commas, other punctuation
and symbols of ASCII, and all other letters and symbols, the garbled included."""

HAN = 64
"""The first symbol that is no gap, and no code point of Han either."""

AT, SIZE, GAP = range(3)
"""Places in the state of `read_block`."""

LETTERS_OF_ENGLISH = (("a", "z"), ("A", "Z"), ("ａ", "ｚ"), ("Ａ", "Ｚ"))
COMMAS = "，、,､﹐﹑"


@functools.cache
def table() -> Points:
    """What each code point is: 0 nothing, below `HAN` a part of a gap, else a Simplified Han."""
    flags = characters.flags()
    read = np.full(flags.size, OTHERS, np.uint32)
    read[flags & kernel.PUNCTUATION > 0] = MARKS
    read[0x21:0x7F] = MARKS
    read[flags & (kernel.STOP | kernel.ENDER) > 0] = STOPS
    read[[ord(comma) for comma in COMMAS]] = PAUSES
    read[flags & kernel.DIGIT > 0] = DIGITS
    for first, last in LETTERS_OF_ENGLISH:
        read[ord(first) : ord(last) + 1] = LETTERS
    read[flags & (kernel.SPACE | kernel.NEWLINE) > 0] = 0
    points = fold_table().points
    folded = points[_han()]
    read[_han()] = np.where(folded < flags.size, np.maximum(folded, HAN), OTHERS)
    read[_marks()] = 0
    return read


@functools.cache
def _han() -> npt.NDArray[np.bool_]:
    """Which code points are Han (and no radical, which is but a part of one).

    Planes 2 and 3 hold only Han (UAX 38).
    """
    return _of(r"[\p{Ideographic}&&\p{Han}\x{20000}-\x{3FFFD}]")


def _marks() -> npt.NDArray[np.bool_]:
    return _of(r"[\p{M}\p{Cf}]")


def _of(pattern: str) -> npt.NDArray[np.bool_]:
    points = np.arange(kernel.CODE_POINTS, dtype="<u4")
    points[0xD800:0xE000] = 0
    every = pl.Series(list(points.tobytes().decode("utf-32-le")))
    return every.str.contains(pattern).to_numpy()


def read(texts: Strings) -> tuple[Points, npt.NDArray[np.int64]]:
    """The symbols of all texts one after the other, and where those of each end."""
    return read_all(texts, table())


@compiled
def read_all(texts: Strings, kinds: Points) -> tuple[Points, npt.NDArray[np.int64]]:
    """As `read`; `kinds` is the table, or one of numbers in the place of code points."""
    found = np.empty(texts.data.size // 2 + HAN, np.uint32)
    ends = np.zeros(texts.valid.size, np.int64)
    state = np.zeros(3, np.int64)
    for row in range(ends.size):
        if texts.valid[row]:
            state[AT], state[GAP] = 0, -1
            read_block(texts.data[texts.offsets[row] : texts.offsets[row + 1]], kinds, found, state)
        ends[row] = state[SIZE]
    return found[: state[SIZE]], ends


@compiled
def read_block(
    text: npt.NDArray[np.uint8], kinds: Points, found: Points, state: npt.NDArray[np.int64]
) -> None:
    """Read UTF-8 `text` on into `found`, until it ends or two more symbols might not fit.

    `state` is moved on: the byte to read from, the symbols in `found`, and what was read since
    the last Han character, -1 before the first.
    """
    at, size, gap = state
    limit = found.size - 2
    while at < text.size and size <= limit:
        length = width(text[at])
        point = code_point(text, at, length)
        at += length
        kind = np.int64(kinds[point])
        if kind >= HAN:
            if gap > 0:
                found[size] = gap & (LETTERS | OTHERS) if gap & LETTERS else gap
                size += 1
            found[size] = kind
            size += 1
            gap = 0
        elif gap >= 0:
            gap |= kind
    state[AT], state[SIZE], state[GAP] = at, size, gap
