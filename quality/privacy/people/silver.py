"""Names in text that nobody marked, as a first model and the rest of the text let them be told.

Names that everybody knows (`known.txt`, authored) are marked where they stand. A model of those
and of what people marked reads the text; what it is sure of, over all places where a string
stands, is marked, and so on. Words that are no names (`never.txt`, authored) are never marked.
Where names stand, made-up ones are put in their place, so that no name is learned by heart.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.privacy.people.characters import characters
from quality.privacy.people.contexts import made_up
from quality.privacy.people.fitting import (
    Examples,
    Known,
    Usual,
    Weights,
    examples,
    packed,
    usual_pairs,
)
from quality.privacy.people.labelled import draw, rows
from quality.privacy.people.reading import LENGTHS, readings
from quality.privacy.view import Positions, View

BULK = {
    "news_zh_hans": 5e6,
    "tw_web_zh_hant": 12e6,
    "wiki_zh": 3e6,
    "law_zh_hans": 6e6,
    "law_zh_hant": 5e6,
    "medical_zh_hans": 6e6,
    "tech_docs_zh_hans": 5e6,
    "tech_docs_zh_hant": 4e6,
    "modern_translation_zh_hans": 9e6,
    "novel_classical_zh_hans": 9e6,
    "classical_lzh": 2e6,
    "cantonese_yue": 1e6,
}
"""Bytes read of each file of the bulk text."""

NAMELESS = frozenset({"law_zh_hans", "law_zh_hant", "medical_zh_hans"})
"""Files in which next to nobody is named."""

OF_NAMELESS = 0.97
"""The probability from which it is left open whether a name stands in such a file."""

LONGEST = 20_000
"""Characters read of a document."""

AROUND = 12
"""Characters kept on either side of a name that is replaced."""

CONTEXTS, PER_NAME = 40_000, 6
"""Places at most where names are replaced, and those of one name."""

VERBS = set(
    "说道曰的是为等不与和也又已将在从都让问答听把被给对向到去来了着过就便只却再才并且而或及这那很"
)
NO_SECOND = VERBS | set("能之总姓家府氏爷妈婆嫂看见其此")
TITLES = set("公郎妃后生帝王宗太子君侯将某兄弟姐妹娘姨叔伯姑奶")
FORMS = frozenset(
    (
        *("先生", "女士", "小姐", "太太", "老师", "医生", "教授", "同志", "经理", "主任", "夫人"),
        *("总统", "主席", "委员", "大夫", "师傅", "同学", "律师", "院长", "局长", "市长", "省长"),
        *("部长", "将军", "大人", "老爷", "公子", "丞相", "尚书", "太守", "刺史", "市人", "县人"),
    )
)
"""What makes a reading no name, or a name of another kind: beside a family name, or at its end."""

PEOPLE = "(?:习近平|毛泽东|邓小平)"
OF_THINGS = "(?:思想|理论|新时代|生态|外交|经济|法治|强军|文化)"
"""What follows a name in the name of a doctrine, which is no person."""


class Certainty(NamedTuple):
    """From which probability a string is taken for a name, and below which for none.

    It has to reach one at a place, and another on average over all places.
    """

    here: float
    everywhere: float
    none: float


ROUNDS = (
    Certainty(0.5, 0.25, 0.03),
    Certainty(0.6, 0.3, 0.05),
    Certainty(0.8, 0.4, 0.05),
)


def words(name: str) -> set[str]:
    """The words of a list of the package, folded."""
    found = (files("quality.privacy.people") / name).read_text("utf-8").split()
    return {same(word) for word in found}


def same(text: str) -> str:
    """A text as the model sees it."""
    table = characters().same
    return "".join(chr(int(table[ord(c)])) if ord(c) < 0x10000 else c for c in text)


class Silver:
    """Bulk text, and what is known of the names in it."""

    def __init__(self, data: Path, without: set[str]) -> None:
        """Read documents, none of them `without` or of a tenth that others are tested on."""
        names, texts = zip(*_documents(data, without), strict=True)
        self.view = View.of(pl.Series(texts, dtype=pl.String))
        self.nameless = np.array([False, *(name in NAMELESS for name in names)])
        self.dice = np.random.default_rng(0)
        self.usual = usual_pairs(self.view)
        codes = np.where(self.view.codes < 0x10000, self.view.codes, 0xFFFD)
        self.text = characters().same[codes].tobytes().decode("utf-32-le")
        self.document = np.searchsorted(
            self.view.starts, np.arange(self.view.codes.size), side="right"
        )

    @cached_property
    def famous(self) -> Positions:
        """The length of the known name that begins at each character."""
        lengths = np.zeros(self.view.codes.size, np.int64)
        known = sorted(words("known.txt"), key=len, reverse=True)
        for match in re.finditer(rf"(?:{'|'.join(known)})(?!{OF_THINGS})", self.text):
            lengths[match.start()] = match.end() - match.start()
        return lengths

    @cached_property
    def things(self) -> Positions:
        """Where a known name begins the name of a thing."""
        return np.array([m.start() for m in re.finditer(f"{PEOPLE}(?={OF_THINGS})", self.text)])

    def seeds(self) -> list[tuple[Examples, float]]:
        """Known names, and places drawn from all others."""
        drawn = self.dice.random(self.view.codes.size) < 0.04
        named, others = self.famous > 0, drawn & (self.famous == 0)
        return [
            (examples(self.view, Known(named.astype(np.uint8), self.famous), self.usual), 0.5),
            (
                examples(
                    self.view,
                    Known(others.astype(np.uint8), np.zeros_like(self.famous)),
                    self.usual,
                ),
                0.2,
            ),
        ]

    def read(
        self, weights: Weights, sure: Certainty
    ) -> tuple[Examples, Examples, list[tuple[str, ...]]]:
        """What a model is sure of, and (left, name, right) where names stand.

        The examples are those of texts that name people, and those of the others.
        """
        found = readings(self.view, packed(weights, self.usual))
        lengths = LENGTHS[found.numbers]
        spans = zip(found.places.tolist(), lengths.tolist(), strict=True)
        strings = np.array([self.text[at : at + length] for at, length in spans])
        odds = 1 / (1 + np.exp(-found.odds.astype(np.float64)))
        kinds, of = np.unique(strings, return_inverse=True)
        mean, often = _pooled(of, odds)
        within = np.unique(
            of.astype(np.int64) << 32 | self.document[found.places], return_inverse=True
        )[1]
        here, stand = _pooled(within, odds)
        never, doubtful = _judged(kinds.tolist())
        name = (odds > sure.here) & (mean > sure.everywhere)
        name |= (here > 0.4) & (stand >= 3) & (odds > 0.15) & (mean > sure.everywhere)
        name |= (mean > 0.6) & (often >= 3) & (odds > 0.1)
        nameless = self.nameless[self.document[found.places]]
        name &= ~never[of] & ~doubtful[of] & ~nameless
        none = (odds < sure.none) | ((mean < sure.none) & (often >= 4)) | never[of]
        none |= nameless & (odds < OF_NAMELESS)
        none &= ~name & (self.dice.random(len(odds)) < np.where(odds > 0.05, 1, 0.3))
        known = np.zeros(self.view.codes.size, np.uint8)
        told = np.zeros(self.view.codes.size, np.int64)
        known[found.places[name | none]] = 1
        told[found.places[name]] = lengths[name]
        known[self.famous > 0] = 1
        told[self.famous > 0] = self.famous[self.famous > 0]
        known[self.things], told[self.things] = 1, 0
        strong = np.flatnonzero(name & (odds > 0.8) & (mean > 0.5))
        contexts = self._contexts(found.places, lengths, self.dice.permutation(strong))
        calm = self.nameless[self.document]
        parts = (np.where(calm, 0, known), np.where(calm, known, 0))
        some, others = (
            examples(self.view, Known(part.astype(np.uint8), told), self.usual) for part in parts
        )
        return some, others, contexts

    def _contexts(
        self, places: Positions, lengths: Positions, order: npt.NDArray[np.int64]
    ) -> list[tuple[str, ...]]:
        taken: dict[str, int] = {}
        contexts: list[tuple[str, ...]] = []
        for row in order.tolist():
            begin, end = int(places[row]), int(places[row] + lengths[row])
            name = self.text[begin:end]
            taken[name] = taken.get(name, 0) + 1
            if taken[name] <= PER_NAME and len(contexts) < CONTEXTS:
                left = self.view.text[max(0, begin - AROUND) : begin].split("\0")[-1]
                right = self.view.text[end : end + AROUND].split("\0")[0]
                contexts.append((left, name, right))
        return contexts


def _documents(data: Path, without: set[str]) -> Iterator[tuple[str, str]]:
    for name, most in BULK.items():
        file = f"bulk/{name}.parquet"
        keyed = ((f"{file}#{row}", text) for row, text in enumerate(rows(data, file)))
        size = 0
        for key, text in sorted(keyed, key=lambda one: (draw("silver" + one[0]), one[0])):
            if draw("side" + key) < 10 or key in without or len(text) < 40 or size > most:
                continue
            size += len(text[:LONGEST].encode())
            yield name, text[:LONGEST]


def _pooled(
    of: Positions, odds: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The mean of what is of one kind, and how much there is of it, for each place."""
    often = np.bincount(of)
    mean = np.bincount(of, weights=odds) / often
    return mean[of], often[of]


def _judged(strings: list[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which strings are never names, and which are perhaps titles."""
    list_of = words("never.txt")
    never = [
        string in list_of
        or string[:2] in list_of
        or string[1] in NO_SECOND
        or string[1:] in FORMS
        or (len(string) > 2 and string[-1] in VERBS)
        for string in strings
    ]
    doubtful = [len(string) == 2 and string[1] in TITLES for string in strings]
    return np.array(never), np.array(doubtful)


def replaced(
    contexts: Sequence[tuple[str, ...]],
    given: Sequence[str],
    dice: np.random.Generator,
    usual: Usual,
) -> Examples:
    """Examples of made-up names where names stand; `given` are characters of given names."""
    texts, spans = [], []
    for left, name, right in contexts:
        new = made_up(dice, given, short=0.75 if len(name) == 2 else 0.12)
        texts.append(left + new + right)
        spans.append((len(left), len(new)))
    view = View.of(pl.Series(texts, dtype=pl.String))
    known, lengths = np.zeros(view.codes.size, np.uint8), np.zeros(view.codes.size, np.int64)
    for start, (left_size, length) in zip(view.starts.tolist(), spans, strict=False):
        begin = start + left_size
        known[max(start, begin - 2) : begin + length] = 1
        lengths[begin] = length
    return examples(view, Known(known, lengths), usual)
