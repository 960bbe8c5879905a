"""Texts beside the labelled ones: clean documents, and posts, to learn from and to make more of."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from quality.scoring.harm import sets

SHORTEST, LONGEST = 20, 600
"""Characters of a snippet; lengths are drawn log-uniformly."""

_VERSE = re.compile("|".join(f"(?:[一-鿿]{{{metre}}}[，。！？；\\s]+){{4,}}" for metre in (5, 7)))


def snippets(data: Path, names: Sequence[str], each: int, dice: random.Random) -> list[str]:
    """`each` snippets of each bulk set, of several lengths."""
    found = []
    for name in names:
        found += [
            snippet(text, dice) for text in dice.choices(sets.clean_texts(data, name), k=each)
        ]
    return [one for one in found if one.strip()]


def snippet(text: str, dice: random.Random) -> str:
    """A random part of a text."""
    size = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
    start = dice.randrange(max(1, len(text) - size + 1))
    return text[start : start + size]


def verses(data: Path, count: int, dice: random.Random) -> list[str]:
    """`count` verses of the classics and the old novels: four or more lines of one metre."""
    found = [
        verse[0].strip()
        for name in ("classical_lzh", "novel_classical_zh_hans")
        for text in sets.clean_texts(data, name)
        for verse in _VERSE.finditer(text)
    ]
    return _some(found, count, dice)


def posts(data: Path, each: int, dice: random.Random) -> tuple[list[str], list[str]]:
    """`each` posts that promote and `each` that insult, or all there are; none is held out."""
    harm, cold = sets.learned(sets.harm_posts(data)), sets.learned(sets.cold_posts(data))
    spam = [post.text for post in harm if post.spam]
    insults = [post.text for post in cold if post.toxic]
    return _some(spam, each, dice), _some(insults, each, dice)


def _some(texts: list[str], most: int, dice: random.Random) -> list[str]:
    return dice.sample(texts, min(most, len(texts)))
