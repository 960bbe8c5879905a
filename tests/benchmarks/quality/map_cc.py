"""MAP-CC's rules (Matrix, the Chinese part), written anew from its published code; slow.

Not asked: the list of forbidden addresses, since the texts have none, and the score of a language
model (at least .4, of whatever language).

What the code does beside what its paper says can be switched off:

- the outcome of the rules of repetition is computed and then ignored, since a pair of values is
  taken for a truth value; nothing is ever dropped by them;
- of n-grams that occur twice, it counts the different characters in them instead of the
  characters they cover, so that no text of some length reaches the threshold.

The entropy is in nats: 3 of them are 4.33 bits.
"""

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from tests.benchmarks.quality.rules import (
    Outcome,
    Outcomes,
    at_least,
    at_most,
    covered,
    share,
)

TOP = {2: 0.20, 3: 0.18, 4: 0.16}
DUPLICATED = dict.fromkeys(range(5, 11), 0.60)
BULLETS = tuple("•●○■□▪▫※·➢‣▶◀◦–")
MORE = ("readmore", "展开", "更多", "。。。")
PUNCTUATION = frozenset("…" + string.punctuation)

_WIDE = "。！“”＃＄％＆‘’（）＊＋，－／：；＜＝＞？＠［＼］＾＿｀｛｜｝～"
_NARROW = ".!\"\"#$%&''()*+,-/:;<=>?@[\\]^_`{|}~"
_WIDTHS = str.maketrans(_WIDE, _NARROW)
_ADDRESSES = (
    re.compile(r"https?://[^\s,，一-龥]*|www\.[^\s,，一-龥]*"),
    re.compile(r"[a-zA-Z0-9-]+\.[a-zA-Z0-9-]+\.[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+\.?"),
    re.compile(r"(?<![一-龥])\b[a-zA-Z0-9.-]+\.[a-z]{2,6}\b"),
)
_MARKS = re.compile(r"[^\w\s]")


@dataclass(frozen=True)
class Faults:
    """The faults of the published code that are kept."""

    ignores_repetition: bool = True
    counts_characters_once: bool = True


FAULTS = {
    "published": Faults(),
    "described": Faults(ignores_repetition=False, counts_characters_once=False),
}


def judge(text: str, faults: Iterable[str] = FAULTS) -> dict[str, Outcomes]:
    """Every rule's outcome, with each of these sets of `FAULTS`."""
    folded = unicodedata.normalize("NFKC", text)
    inside = sum(len(words) for words in re.findall("【(.*?)】", folded))
    brackets = {"lenticular": at_most(share(inside, len(folded)), 0.1)}
    text = text.translate(_WIDTHS)
    for address in _ADDRESSES:
        text = address.sub("", text)
    same = brackets | _heuristics(text)
    return {name: same | _repetition(text, FAULTS[name]) for name in faults}


def _heuristics(text: str) -> Outcomes:
    folded = unicodedata.normalize("NFKC", text)
    bare = _MARKS.sub("", folded)
    sentences = [part for part in re.split('[.!…?;"]+', text) if part.strip()]
    words = [word for word in import_module("jieba").cut(bare) if word.strip()]
    ellipses = len(re.findall("…+", text)) + len(re.findall(r"\.{2,}", text))
    lines = folded.splitlines()
    distinct = share(len(set(folded)), len(folded))
    marks = share(sum(c in PUNCTUATION for c in folded), len(folded))
    length = share(sum(map(len, words)), len(words))
    return {
        "sentences": at_least(len(sentences), 2),
        "least_characters": at_least(len(folded), 50),
        "most_characters": at_most(len(folded), 10_000),
        "shortest_words": at_least(length, 1.3),
        "longest_words": at_most(length, 10),
        "hashes": at_most(share(len(re.findall("#+", text)), len(text)), 0.1),
        "ellipses": at_most(share(ellipses, len(text)), 0.1),
        "digits": at_most(share(sum(map(str.isdigit, bare)), len(bare)), 0.3),
        "more_lines": at_most(share(sum(line.endswith(MORE) for line in lines), len(lines)), 0.3),
        "bullets": at_most(share(sum(line.startswith(BULLETS) for line in lines), len(lines)), 0.9),
        "punctuation": Outcome(marks, marks > 0),
        "distinct": Outcome(distinct, distinct > 0.1),
        "entropy": at_least(_nats(folded), 3),
    }


def _nats(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log(count / len(text)) for count in counts)


def _repetition(text: str, faults: Faults) -> Outcomes:
    measured = {f"top_{n}gram": (_top(text, n), most) for n, most in TOP.items()}
    for n, most in DUPLICATED.items():
        found = _distinct(text, n) if faults.counts_characters_once else covered(text, n)
        measured[f"duplicate_{n}gram"] = (found, most)
    outcomes = {
        name: at_most(share(value, len(text)), most) for name, (value, most) in measured.items()
    }
    if faults.ignores_repetition:
        return {name: Outcome(outcome.value, passed=True) for name, outcome in outcomes.items()}
    return outcomes


def _grams(text: str, n: int) -> Counter[str]:
    return Counter(text[start : start + n] for start in range(len(text) - n + 1))


def _top(text: str, n: int) -> int:
    """Characters of the most frequent n-gram, as often as it occurs again."""
    count = max(_grams(text, n).values(), default=0)
    return max(count - 1, 0) * n


def _distinct(text: str, n: int) -> int:
    twice = [gram for gram, count in _grams(text, n).items() if count > 1]
    return len(set().union(*twice))
