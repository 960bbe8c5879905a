"""Derives `han.txt` from OpenCC and the national charsets: `python -m quality.language.characters`.

Needs OpenCC, which is a development dependency only.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import opencc


def write_han_table(path: Path) -> None:
    """Derives the character sets and folds of `han.txt` from OpenCC and the national charsets.

    Simplified: in GB 2312, not in Big5, with another Traditional form; `shared` where Japan
    writes it so too. Traditional: in Big5-HKSCS, not in GB 2312, with another Simplified form.
    Shinjitai: common in Japan, in none of the Chinese sets, and no variant of a Chinese character.
    """
    han = [chr(point) for point in range(0x3400, 0xA000)]
    to_traditional = opencc.OpenCC("s2t").convert
    folds = {c: _fold(c) for c in han}
    chinese = {c: (_in("gb2312", c), _in("big5", c), _in("big5hkscs", c)) for c in han}
    simplified = [c for c in han if chinese[c][:2] == (True, False) and to_traditional(c) != c]
    sets = {
        "simplified": [c for c in simplified if not _common_in_japan(c)],
        "shared": [c for c in simplified if _common_in_japan(c)],
        "traditional": [c for c in han if chinese[c][::2] == (False, True) and folds[c] != c],
        "shinjitai": [
            c
            for c in han
            if _common_in_japan(c) and chinese[c][:2] == (False, False) and folds[c] == c
        ],
        "folded": [c + fold for c, fold in folds.items() if fold != c],
    }
    rows = [f"{name}\t{''.join(members)}\n" for name, members in sets.items()]
    path.write_text("".join(rows), encoding="utf-8")


def _in(charset: str, character: str) -> bool:
    """Whether the charset has the character."""
    return character.encode(charset, "ignore") != b""


def _common_in_japan(character: str) -> bool:
    """Whether the character is of the first level of JIS X 0208."""
    return b"\x88\x9f" <= character.encode("shift_jis", "ignore") < b"\x98\x9f"


@cache
def _converters() -> list[Callable[[str], str]]:
    return [opencc.OpenCC(source).convert for source in ("t2s", "hk2s", "tw2s")]


def _fold(character: str) -> str:
    """The Simplified form of a character of any region, where it is one character."""
    found = (convert(character) for convert in _converters())
    return next((fold for fold in found if fold != character and len(fold) == 1), character)


if __name__ == "__main__":
    write_han_table(Path(__file__).parent / "han.txt")
