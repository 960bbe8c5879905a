"""What every code point is and can do, as one table of bits."""

import functools
import unicodedata

import numpy as np
import numpy.typing as npt

from quality.kernels import signals as kernel

_CATEGORIES = {
    "L": kernel.WORD,
    "M": kernel.WORD,
    "Nl": kernel.WORD,
    "Nd": kernel.DIGIT,
    "No": kernel.DIGIT,
    "P": kernel.PUNCTUATION,
    "Zs": kernel.SPACE,
    "Zl": kernel.NEWLINE,
    "Zp": kernel.NEWLINE,
    "Cc": kernel.GARBLED,
    "Co": kernel.GARBLED,
}
"""Unicode general categories. A mark belongs to its letter, 〇 and Ⅳ are words, ① and ² digits."""

_EXTRA = {
    kernel.PUNCTUATION: "~～",
    kernel.SPACE: "\t\v\f",
    kernel.NEWLINE: "\n\r",
    kernel.GARBLED: "\N{REPLACEMENT CHARACTER}",
    kernel.ENDER: "。！？!?…",
    kernel.STOP: "。！？!?….．｡；;：:⋯",
    kernel.CLOSER: "”’\"'」』）)】]》>〉〕］｝}",
    kernel.BULLET: "•‣⁃▪▫●○◦■□◆◇►▶▸★☆※·・-*+",
    kernel.ELLIPSIS: "…⋯",
    kernel.DOT: ".。．・",
    kernel.ARROW: ">›»＞》→↓▼▾∨…⋯.]】",
}
"""Beyond its category; ～ is the connecting mark of GB/T 15834; tab and LF are no control."""

_PLANE = 0x10000
_HAN_RADICALS = slice(0x2E80, 0x2FE0)
_HAN_PLANES = slice(0x20000, 0x40000)
_PRIVATE_PLANES = slice(0xF0000, 0x110000)


@functools.cache
def flags() -> npt.NDArray[np.uint16]:
    """The bits of `quality.kernels.signals` for each of the 1,114,112 code points.

    >>> bits = flags()
    >>> [int(bits[ord(c)]) for c in "中1 "] == [kernel.WORD, kernel.DIGIT, kernel.SPACE]
    True
    """
    bits = np.zeros(kernel.CODE_POINTS, np.uint16)
    for code in (*range(2 * _PLANE), *range(0xE0000, 0xE1000)):
        bits[code] = _category(chr(code))
    bits[_HAN_RADICALS] = kernel.WORD
    bits[_HAN_PLANES] = kernel.WORD
    bits[_PRIVATE_PLANES] = kernel.GARBLED
    for character in _EXTRA[kernel.SPACE] + _EXTRA[kernel.NEWLINE]:
        bits[ord(character)] = 0
    for bit, characters in _EXTRA.items():
        for character in characters:
            bits[ord(character)] |= bit
    return bits


def _category(character: str) -> int:
    category = unicodedata.category(character)
    bits = _CATEGORIES.get(category, _CATEGORIES.get(category[0], 0))
    if category[0] == "L" and "LATIN" in unicodedata.name(character, ""):
        bits |= kernel.LATIN
    return bits
