"""Terms of each industry, and which industry a text speaks of by them.

Belongs here: weak supervision by word lists, used in training alone. Does not belong here: how a
document is judged; the model that learned from these lists knows more than they do.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.fold import fold, fold_all
from schemas.scores import INDUSTRIES

NAMES = tuple(INDUSTRIES)

FEWEST = 2.5
"""What the terms of an industry must weigh together for a text to be about it."""

MARGIN = 1.7
"""How many times as much as those of any other industry they must weigh."""

_LATIN = re.compile(r"[a-z][a-z0-9.+#-]*[a-z0-9+#]")


class Terms(NamedTuple):
    """Every term as it is folded, and the places in `NAMES` of the industries that have it."""

    industries: dict[str, tuple[int, ...]]
    by_industry: tuple[tuple[str, ...], ...]


@cache
def terms() -> Terms:
    """The terms of `terms.txt`."""
    text = resources.files(__package__).joinpath("terms.txt").read_text("utf-8")
    by_industry: list[tuple[str, ...]] = [()] * len(NAMES)
    industries: dict[str, tuple[int, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, *listed = line.split()
            place = NAMES.index(name)
            by_industry[place] = tuple(listed)
            for term in listed:
                key = term if term.isascii() else fold(term)
                industries[key] = (*industries.get(key, ()), place)
    return Terms(industries, tuple(by_industry))


def weighed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """How much the terms of each industry weigh in each text: texts by industries.

    A term weighs the root of how often it occurs, divided among the industries that have it.
    """
    known = terms().industries
    folded = pl.Series(fold_all(pl.Series(texts, dtype=pl.String)), dtype=pl.String)
    han = [term for term in known if not term.isascii()]
    found = folded.str.extract_many(han, overlapping=False, leftmost=True)
    weights = np.zeros((len(texts), len(NAMES)), np.float32)
    for row, (text, hits) in enumerate(zip(texts, found.to_list(), strict=True)):
        counts: dict[str, int] = {}
        for hit in [*hits, *_LATIN.findall(text.lower())]:
            counts[hit] = counts.get(hit, 0) + 1
        for hit, count in counts.items():
            places = known.get(hit, ())
            for place in places:
                weights[row, place] += count**0.5 / len(places)
    return weights


def spoken_of(weights: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The industry that each text clearly speaks of, or -1."""
    order = np.sort(weights, axis=1)
    clear = (order[:, -1] >= FEWEST) & (order[:, -1] >= MARGIN * order[:, -2])
    return np.where(clear, weights.argmax(axis=1), -1)
