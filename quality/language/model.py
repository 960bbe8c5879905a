"""The model that tells varieties written in Han characters apart: what fastText learned, as sums.

A fastText classifier is linear: the score of a label is the mean of one number for each feature
of the text. `lid.npz` holds these numbers, so no text is copied or cut into words to be judged.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.language.kernels import (
    Offsets,
    Points,
    Slots,
    add_scores,
    han_tokens,
    hashed,
)
from quality.language.scripts import CODE_POINTS, fold_table, space_table

VARIETIES = ("zh", "yue", "nan", "lzh", "ja")
"""What the model can answer; zh is split by script afterwards."""

LEANINGS = np.array([0, 1, -0.75, 0.25, 0])
"""Added to the scores of `VARIETIES`: chosen on short lines of the half tuned on."""

ROWS = 4096
"""Texts tokenised at a time: at most 4 MB of tokens in memory."""


class Linear(NamedTuple):
    """The numbers of each feature for every variety but the first, as `add_scores` takes them.

    Those for the first are 0, since only differences count; `unit` is what 1 stands for.
    """

    places: Points
    singles: Slots
    pairs: Slots
    unit: float


@cache
def model() -> Linear:
    """The packaged model, read once a process."""
    with resources.files(__package__).joinpath("lid.npz").open("rb") as file:
        return linear(**np.load(file))


def linear(
    letters: Points,
    singles: npt.NDArray[np.int16],
    gaps: Points,
    pairs: npt.NDArray[np.int8],
    unit: npt.NDArray[np.float64],
) -> Linear:
    """The model from its file.

    `letters` are the tokens in the order of their places, from 1 on; `gaps` the differences of the
    sorted keys of the pairs; `singles` and `pairs` have `PACKED` numbers each.
    """
    places = np.zeros(CODE_POINTS, np.uint32)
    places[letters] = np.arange(1, len(letters) + 1)
    known = np.cumsum(gaps, dtype=np.uint32)
    size = 1 << int(2 * len(known)).bit_length()
    table = hashed(known, pairs.view(np.uint32)[:, 0], size)
    return Linear(places, singles.view(np.int64)[:, 0].copy(), table, float(unit))


def tokens(texts: Strings, rows: npt.NDArray[np.int64]) -> tuple[Points, Offsets]:
    """What the model reads of each text of `rows`: see `han_tokens`."""
    return han_tokens(texts.data, texts.offsets, rows, fold_table(), space_table())


def vote(texts: Strings, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How likely each of `VARIETIES` is for each text of `rows`: an array of rows by varieties."""
    known = model()
    found = [np.empty((0, len(VARIETIES)))]
    for start in range(0, rows.size, ROWS):
        read = tokens(texts, rows[start : start + ROWS])
        means = add_scores(*read, known.places, known.singles, known.pairs)
        scores = np.pad(means * known.unit, ((0, 0), (1, 0))) + LEANINGS
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        found.append(chances / chances.sum(axis=1, keepdims=True))
    return np.concatenate(found)
