"""Slow and obvious versions of what the kernels do."""

import unicodedata
from functools import cache, lru_cache

import opencc

TEXTS = "漢汉臺台裏裡，。、《》Ａaß１①½ⅣⅨゕガｶﾞ゛㍿ﷺ㎯́̈é \n\t　𠀀𪚥😀각ㄅ々ーÅİς⼀️"


@lru_cache(maxsize=1)
def converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def simplified(character: str) -> str:
    return str(converter().convert(character))


def fold_whole(text: str) -> str:
    """Folding as whole-text passes."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(map(simplified, unicodedata.normalize("NFKD", text)))
    letters = (c for c in text if unicodedata.category(c)[0] in "LN" or 0x20000 <= ord(c) < 0x3FFFE)
    return unicodedata.normalize("NFC", "".join(letters))


def mix(value: int, bits: int) -> int:
    """The finaliser of MurmurHash3."""
    mask = (1 << bits) - 1
    if bits == 64:
        steps = [(33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53), (33, 1)]
    else:
        steps = [(16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)]
    for shift, factor in steps:
        value = (value ^ value >> shift) * factor & mask
    return value


def gram_hash(gram: str) -> int:
    value = 0
    for character in gram:
        value = value * 0x9E3779B97F4A7C15 + ord(character)
    return mix(value & (1 << 64) - 1, 64)


def grams(folded: str, n: int) -> list[str]:
    return [folded[i : i + n] for i in range(len(folded) - n + 1)]


def exact_hash(folded: str) -> int:
    value = 0
    for character in folded:
        value = (value ^ ord(character)) * 0x9FB21C651E98DF25 & (1 << 64) - 1
        value ^= value >> 32
    return mix(value ^ len(folded), 64)
