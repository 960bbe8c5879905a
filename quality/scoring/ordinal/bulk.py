"""Texts beside the labelled ones: clean documents, and posts, to learn from and to make more of."""

import random
from collections.abc import Sequence
from pathlib import Path

from quality.scoring.harm import sets

SHORTEST, LONGEST = 20, 600
"""Characters of a snippet; lengths are drawn log-uniformly."""


def snippets(data: Path, names: Sequence[str], each: int, dice: random.Random) -> list[str]:
    """`each` snippets of each bulk set, of several lengths."""
    found = []
    for name in names:
        for text in dice.choices(sets.clean_texts(data, name), k=each):
            size = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
            start = dice.randrange(max(1, len(text) - size + 1))
            found.append(text[start : start + size])
    return [one for one in found if one.strip()]


def posts(data: Path, each: int, dice: random.Random) -> tuple[list[str], list[str]]:
    """`each` posts that promote and `each` that insult, or all there are; none is held out."""
    harm, cold = sets.learned(sets.harm_posts(data)), sets.learned(sets.cold_posts(data))
    spam = [post.text for post in harm if post.spam]
    insults = [post.text for post in cold if post.toxic]
    return _some(spam, each, dice), _some(insults, each, dice)


def _some(texts: list[str], most: int, dice: random.Random) -> list[str]:
    return dice.sample(texts, min(most, len(texts)))
