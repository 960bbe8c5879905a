"""What an original says of one text, in a form that all of them share. Imports nothing."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Outcome(NamedTuple):
    """What a rule measured, and whether the text passed it."""

    value: float
    passed: bool


Outcomes = dict[str, Outcome]
"""Name of the rule -> its outcome; a text is kept if it passed all of them."""


def at_most(value: float, bound: float) -> Outcome:
    """Passed unless more than `bound`."""
    return Outcome(value, value <= bound)


def at_least(value: float, bound: float) -> Outcome:
    """Passed unless less than `bound`."""
    return Outcome(value, value >= bound)


def share(part: float, whole: float) -> float:
    """Part of whole; 0 of nothing."""
    return part / whole if whole else 0.0


def repeats(items: Iterable[str]) -> tuple[int, int]:
    """How many items were seen before, and the characters in them."""
    seen: set[str] = set()
    count = characters = 0
    for item in items:
        if item in seen:
            count, characters = count + 1, characters + len(item)
        seen.add(item)
    return count, characters


def covered(words: Sequence[str], n: int) -> int:
    """Characters of the words that lie in an n-gram of words seen before, each counted once."""
    seen: set[tuple[str, ...]] = set()
    inside: set[int] = set()
    for start in range(len(words) - n + 1):
        gram = tuple(words[start : start + n])
        if gram in seen:
            inside.update(range(start, start + n))
        seen.add(gram)
    return sum(len(words[place]) for place in inside)
