"""How digits can be written, and what can stand between them."""

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.privacy.numbers import validators

Table = npt.NDArray[np.uint8]

_CIRCLED = ("⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "⓪➀➁➂➃➄➅➆➇➈", "⓪➊➋➌➍➎➏➐➑➒", "⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽")
_MARKED = (
    *("⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼", "⓪⒈⒉⒊⒋⒌⒍⒎⒏⒐", "⓪㊀㊁㊂㊃㊄㊅㊆㊇㊈", "⓪㈠㈡㈢㈣㈤㈥㈦㈧㈨"),
    *("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"),
)
_HAN = ("〇一二三四五六七八九", "零幺两三四五六七八九", "○一二三四五六七八九")
_FORMAL = (
    "零壹贰叁肆伍陆柒捌玖",
    "零壹貳參肆伍陸柒捌玖",
    "零壹弐叄肆伍陆柒捌玖",
    "零壹贰参肆伍陆柒捌玖",
)
_SEEN = " \t-.·_*~…,、/+=|#^'\"`:°※ー。"
_UNSEEN = "\u20e3"  # the keycap around a digit; a view leaves out what else is unseen
_LETTERS = dict(zip(map(ord, "oOlI"), "0011", strict=True))

PLAIN, ODD, BETWEEN, UNSEEN = 0x10, 0x20, 0x80, 0x90
"""What a character is, in the upper half of its class; a digit's value is in the lower half."""


@cache
def class_table() -> Table:
    """The class of each code point below U+10000: a digit, a separator, or 0 for neither.

    Shapes, stars and dingbats are separators; a circled digit among them is a digit. The lines
    that tables are drawn with are not.
    """
    table = np.zeros(0x10000, np.uint8)
    table[0x25A0:0x27C0] = table[0x2B00:0x2C00] = BETWEEN
    for digits in (*_CIRCLED, *_MARKED, *_FORMAL, *_HAN):
        table[[ord(digit) for digit in digits]] = ODD + np.arange(10, dtype=np.uint8)
    table[48:58] = PLAIN + np.arange(10, dtype=np.uint8)
    table[[ord(character) for character in _SEEN]] = BETWEEN
    table[[ord(character) for character in _UNSEEN]] = UNSEEN
    return table


@cache
def mobile_table() -> Table:
    """For each three digits, 1 if mobile numbers begin with them."""
    return np.array([validators.is_mobile(f"{n:03d}00000000") for n in range(1000)], np.uint8)


def spelled() -> tuple[str, str]:
    """The digits, and the separators, as the inside of a class of a pattern."""
    table = class_table()
    digits = np.flatnonzero((table > 0) & (table < BETWEEN))
    between = np.flatnonzero(table >= BETWEEN)
    return (
        "".join(re.escape(chr(code)) for code in digits.tolist()) + "𝟎-𝟿🄁-🄊",
        "".join(re.escape(chr(code)) for code in between.tolist()) + "🀀-🃿🄐-\U0001faff",
    )


@cache
def _translation() -> dict[int, str]:
    table = class_table()
    digits = {
        code: str(int(table[code]) & 15)
        for code in np.flatnonzero((table > 0) & (table < BETWEEN)).tolist()
    }
    mathematical = {code: str((code - 0x1D7CE) % 10) for code in range(0x1D7CE, 0x1D800)}
    with_comma = {code: str(code - 0x1F101) for code in range(0x1F101, 0x1F10B)}
    return digits | mathematical | with_comma | _LETTERS


def plain(written: str) -> str:
    """The digits that are written, as 0 to 9, and nothing between them.

    >>> plain("1③8-一2"), plain("l3O")
    ('13812', '130')
    """
    return "".join(c for c in written.translate(_translation()) if c in "0123456789")


def groups(written: str) -> tuple[int, ...]:
    """How many digits stand together, group by group; what is unseen does not part them.

    >>> groups("138-1234-5678")
    (3, 4, 4)
    """
    seen = "".join(c for c in written.translate(_translation()) if c not in _UNSEEN)
    return tuple(len(group) for group in re.findall(r"[0-9]+", seen))
