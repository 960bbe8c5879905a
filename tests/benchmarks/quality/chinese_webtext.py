"""ChineseWebText's rules, written anew from its published code; slow.

Sensitive words are those of a list that is given: the project's own is not ours to hand on. What
the code does beside what its paper says can be left out: a text that zhconv would change, so one
with a single Traditional character, is dropped.

Of the words it counts how many of the list occur, not how often. The n-grams that occur twice are
counted with their first occurrence, and the last n-gram of a text is left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module

from tests.benchmarks.quality.rules import Outcome, Outcomes, at_least, at_most, share

GRAM = 13


FAULTS = ("published", "described")
"""With what the code does and the paper does not say, and without."""


def judge(text: str, words: Sequence[str], faults: Iterable[str] = FAULTS) -> dict[str, Outcomes]:
    """Every rule's outcome, with each of these sets of `FAULTS`."""
    lines = len(text.split("\n"))
    met = sum(word in text for word in words)
    squeezed = re.sub("[ \n\t]", "", text.strip().lower())
    outcomes = {
        "characters": Outcome(len(text), len(text) > 200),
        "mean_line": at_least(len(text) / lines, 10),
        "han": at_least(share(len(re.findall("[一-龥]", text)), len(text)), 0.3),
        "sensitive_words": at_most(met / lines, 0.5),
        "duplicate_13gram": at_most(_twice(squeezed), 0.5),
    }
    told = {name: dict(outcomes) for name in faults}
    if "published" in told:
        simplified = text == import_module("zhconv").convert(text, "zh-cn")
        told["published"]["simplified"] = Outcome(float(simplified), simplified)
    return told


def _twice(text: str) -> float:
    """The share of 13-grams that occur more than once."""
    if len(text) < GRAM:
        return 0.0
    grams = Counter(text[start : start + GRAM] for start in range(len(text) - GRAM))
    return share(sum(count for count in grams.values() if count > 1), grams.total())
