"""The rules of a C4 for Chinese (c4-dataset-script), written anew from its published code; slow.

Between its two steps the original removes lines that the whole collection repeats; one text says
nothing of that. The repetition is Gopher's over jieba's words, asked of the lines that were kept.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module

from tests.benchmarks.quality.rules import (
    Outcomes,
    at_least,
    at_most,
    covered,
    repeats,
    share,
)

ENDS = ("。", "！", "？", "……", "”", "：")
DAMAGED = re.compile("[\ue000-\uf8ff□■\ufffd]")
TOP = {2: 0.20, 3: 0.18, 4: 0.16}
DUPLICATED = {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.10}


FAULTS = {"published": 500.0, "described": math.inf}
"""Characters of the longest line that is kept: the page of the original says nothing of it."""


def judge(text: str, words: Sequence[str], faults: Iterable[str] = FAULTS) -> dict[str, Outcomes]:
    """Every rule's outcome, with each of these sets of `FAULTS`.

    `words` are the bad ones; three of them are forgiven.
    """
    bad = {"bad_words": at_most(sum(text.count(word) for word in words), 3)}
    return {name: bad | _lines(text, FAULTS[name]) for name in faults}


def _lines(text: str, longest: float) -> Outcomes:
    lines = [line for line in map(str.strip, text.splitlines()) if _is_good(line, longest)]
    return {"good_lines": at_least(len(lines), 6), **_repetition("\n".join(lines))}


def _is_good(line: str, longest: float) -> bool:
    return 5 <= len(line) <= longest and line.endswith(ENDS) and not DAMAGED.search(line)


def _repetition(text: str) -> Outcomes:
    again, characters = repeats(text.split("\n"))
    words = list(import_module("jieba").cut(text))
    return {
        "duplicate_lines": at_most(again / len(text.split("\n")), 0.3),
        "duplicate_line_characters": at_most(share(characters, len(text)), 0.2),
        **{f"top_{n}gram": at_most(_top(words, n, text), most) for n, most in TOP.items()},
        **{
            f"duplicate_{n}gram": at_most(share(covered(words, n), len(text)), most)
            for n, most in DUPLICATED.items()
        },
    }


def _top(words: Sequence[str], n: int, text: str) -> float:
    """The largest share of an n-gram of words, as often as it occurs again."""
    grams = Counter(tuple(words[start : start + n]) for start in range(len(words) - n + 1))
    sizes = (sum(map(len, gram)) * (count - 1) for gram, count in grams.items() if count > 1)
    return share(max(sizes, default=0), len(text))
