"""Chance that repeats: everything in the set is drawn from a seeded generator."""

import random
from collections.abc import Sequence
from typing import Literal, TypeVar

Half = Literal["tune", "final"]
HALVES: tuple[Half, ...] = ("tune", "final")
DIGITS = "0123456789"

T = TypeVar("T")


def listed(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


class Draw:
    """A seeded source of choices for one half of the set."""

    def __init__(self, half: Half, seed: str) -> None:
        self.half = half
        self._random = random.Random(f"wenyuan {half} {seed}")

    def one(self, items: Sequence[T]) -> T:
        """Any of the items."""
        return items[self._random.randrange(len(items))]

    def own(self, items: Sequence[T]) -> T:
        """One of every second item, so that the halves share no name and no place."""
        return self.one(items[HALVES.index(self.half) :: 2])

    def below(self, least: int, most: int) -> int:
        """A number from `least` to `most`, both included."""
        return least + self._random.randrange(most - least + 1)

    def chance(self, share: float) -> bool:
        """True in that share of calls."""
        return self._random.random() < share

    def text(self, alphabet: str, length: int) -> str:
        """So many characters of the alphabet."""
        return "".join(self.one(alphabet) for _ in range(length))

    def digits(self, length: int) -> str:
        """So many digits, the first not 0."""
        return self.one(DIGITS[1:]) + self.text(DIGITS, length - 1)
