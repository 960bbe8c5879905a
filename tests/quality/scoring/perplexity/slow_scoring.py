"""Reading and scoring by the book: one character and one dictionary at a time."""

import math
import string
import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np

from quality.kernels.fold import fold
from quality.scoring.perplexity.kernels import UNITS
from quality.scoring.perplexity.reading import DIGITS, LETTERS, MARKS, OTHERS, PAUSES, STOPS

Gram = tuple[int | str, ...]

HAN = (
    *("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH"),
    *("HANGZHOU NUMERAL", "IDEOGRAPHIC NUMBER ZERO"),
)

LISTED = {
    0: "\t\n\v\f\r",
    PAUSES: "，、,､﹐﹑",
    STOPS: "。！？!?…….．｡；;：:⋯",
    MARKS: "~～$+<=>^`|",
    LETTERS: string.ascii_letters + "".join(chr(ord(c) + 0xFEE0) for c in string.ascii_letters),
}
CATEGORIES = {
    "M": 0,
    "Z": 0,
    "Cf": 0,
    "Nl": OTHERS,
    "N": DIGITS,
    "P": MARKS,
}


def read(text: str) -> list[int | str]:
    """A Han character is itself, folded; a gap the sum of what it holds."""
    symbols: list[int | str] = []
    gap = 0
    for character in text:
        kind = kind_of(character)
        if isinstance(kind, str):
            if gap and symbols:
                symbols.append(gap & (LETTERS | OTHERS) if gap & LETTERS else gap)
            symbols.append(kind)
            gap = 0
        else:
            gap |= kind
    return symbols


def kind_of(character: str) -> int | str:
    category = unicodedata.category(character)
    if unicodedata.name(character, "").startswith(HAN):
        return fold(character)
    for kind, characters in LISTED.items():
        if character in characters:
            return kind
    return CATEGORIES.get(category, CATEGORIES.get(category[0], OTHERS))


class SlowScorer:
    """A model file as a dictionary from n-grams to their surprise and backoff."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.order = int(arrays["order"])
        names: list[int | str] = [*range(64), "rare", *map(chr, arrays["alphabet"].tolist())]
        self.grams: dict[Gram, tuple[float, float]] = {}
        before: list[Gram] = [()]
        followers = [len(names)]
        for length in range(1, self.order + 1):
            if length > 1:
                followers = arrays[f"followers{length}"].tolist()
                high, low = (arrays[f"{half}{length}"].tolist() for half in ("high", "low"))
            found: list[Gram] = []
            for context, count in zip(before, followers, strict=True):
                symbol = 0
                for place in range(count):
                    symbol = (
                        place if length == 1 else symbol + high[len(found)] * 256 + low[len(found)]
                    )
                    found.append((*context, names[symbol]))
            numbers = zip(
                found,
                arrays[f"surprises{length}"].tolist(),
                arrays[f"backoffs{length}"].tolist(),
                strict=True,
            )
            self.grams |= {gram: (one / UNITS, other / UNITS) for gram, one, other in numbers}
            before = found

    def perplexity(self, text: str) -> float:
        symbols = [one if (one,) in self.grams else "rare" for one in read(text)]
        line: Gram = (0, *symbols)
        nats = [
            self.surprise(line[max(0, place - self.order + 1) : place], line[place])
            for place in range(1, len(line))
        ]
        return math.exp(np.mean(nats))

    def surprise(self, context: Gram, symbol: int | str) -> float:
        known = self.grams.get((*context, symbol))
        if known:
            return known[0]
        return self.surprise(context[1:], symbol) - self.grams.get(context, (0, 0))[1]
