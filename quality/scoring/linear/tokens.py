"""What of a text counts: one token for each code point, or none.

Letters and Han characters count as they are folded (width, case, Traditional to Simplified), so a
rare or a classical character counts as itself. All digits are one token, since numbers differ and
their being there does not. Punctuation and mathematical signs count by themselves, the full-width
as the half-width; all other symbols are one token. White space does not count, but new lines do.
"""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.fold import EXPANDS, fold_table

CODE_POINTS = 0x34000
"""Where the table ends: after the last plane that holds Han. All beyond is `SYMBOL`."""

DIGIT, SYMBOL, NEW_LINE = ord("0"), ord("*"), ord("\n")

_NEW_LINES = frozenset("\n\u2028\u2029\x85")
_ALIKE = str.maketrans(
    "。．｡，､、；：！？“”„‟‘’「」『』〝〞【】〔〕—–―…⋯·・～〜",
    '...,,,;:!?""""\'\'""""""[][]---..··~~',
)
_SPACES = frozenset({"Zs", "Cc", "Cf", "Mn", "Mc", "Me"})


@cache
def token_table() -> npt.NDArray[np.uint32]:
    """The token of each code point below `CODE_POINTS`; 0 where it does not count.

    >>> [chr(token_table()[ord(one)]) for one in "臺Ａ７。！★"]
    ['台', 'a', '0', '.', '!', '*']
    """
    folded = fold_table()
    table = folded.points[:CODE_POINTS].copy()
    expanded = table >= EXPANDS
    table[expanded] = folded.letters[folded.starts[table[expanded] - EXPANDS]]
    for point in np.flatnonzero(table == 0).tolist():
        table[point] = _dropped(chr(point))
    digits = [point for point in range(CODE_POINTS) if _is_digit(chr(point))]
    table[digits] = DIGIT
    return table


def _dropped(character: str) -> int:
    """The token of a character that folding drops."""
    if character in _NEW_LINES:
        return NEW_LINE
    category = unicodedata.category(character)
    if category in _SPACES:
        return 0
    if category[0] == "P" or category == "Sm":
        return ord(unicodedata.normalize("NFKC", character.translate(_ALIKE))[0])
    return SYMBOL


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) in {"Nd", "No"}
