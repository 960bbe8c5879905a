"""The tables: which script each character belongs to, and how Han characters are told apart."""

from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

CODE_POINTS = 0x34000
"""Where the tables end: after the last plane that holds Han."""

SCRIPTS: dict[str, str] = {
    "letter": r"\p{L}",
    "latin": r"\p{Latin}",
    "vietnamese": r"[đĐĩĨũŨơưƠƯ\x{1EA0}-\x{1EF9}]",
    "cyrillic": r"\p{Cyrillic}",
    "greek": r"\p{Greek}",
    "arabic": r"\p{Arabic}",
    "hebrew": r"\p{Hebrew}",
    "devanagari": r"\p{Devanagari}",
    "thai": r"\p{Thai}",
    "hangul": r"\p{Hangul}",
    "kana": r"[\p{Hiragana}\p{Katakana}]",
    "no": "の",
    "han": r"\p{Han}",
}
"""Character classes as Unicode properties; the last that matches is the class of a character.

`no` is the one kana that Chinese shops and brands like to write.
"""

HAN_SETS = ("simplified", "shared", "traditional", "shinjitai")
"""Han characters that tell orthographies apart, from `han.txt`: only Simplified, Simplified as
well as Japanese, only Traditional (or Japanese that kept the old form), only Japanese."""

CLASSES = ("other", *SCRIPTS, *HAN_SETS)
CLASS = {name: number for number, name in enumerate(CLASSES)}


@cache
def han_sets() -> dict[str, str]:
    """The lines of `han.txt`: name to characters (`folded`: pairs of character and its fold)."""
    text = resources.files(__package__).joinpath("han.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def class_table() -> npt.NDArray[np.uint8]:
    """The class of each code point below `CODE_POINTS`, as an index into `CLASSES`."""
    points = [point for point in range(CODE_POINTS) if not 0xD800 <= point < 0xE000]
    characters = pl.Series([chr(point) for point in points])
    letters = characters.str.contains(r"[\p{L}\p{Han}]")
    kinds = np.zeros(len(points), np.uint8)
    for name, pattern in SCRIPTS.items():
        kinds[(letters & characters.str.contains(pattern)).to_numpy()] = CLASS[name]
    table = np.zeros(CODE_POINTS, np.uint8)
    table[points] = kinds
    for name in HAN_SETS:
        table[[ord(character) for character in han_sets()[name]]] = CLASS[name]
    return table


@cache
def fold_table() -> npt.NDArray[np.uint32]:
    """The Simplified form of each Han character (0: not Han), so that script is not a feature."""
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    table[class_table() < CLASS["han"]] = 0
    pairs = [ord(character) for character in han_sets()["folded"]]
    table[pairs[::2]] = pairs[1::2]
    return table


@cache
def space_table() -> npt.NDArray[np.uint8]:
    """1 for each white-space code point of the basic plane."""
    return np.array([chr(point).isspace() for point in range(0x3001)], np.uint8)
