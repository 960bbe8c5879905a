"""Fitting a classifier of grades: n-grams first, then the steps on what they had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.scoring.linear import Linear, Settings, fit, logits
from quality.scoring.ordinal.measures import Numbers, measures
from quality.scoring.ordinal.model import climbed, evidence, numbers_of
from quality.scoring.ordinal.steps import Step, fitted

FOLDS = 5


class Graded(NamedTuple):
    """Texts, their grades, and the fold of each."""

    texts: list[str]
    grades: npt.NDArray[np.int64]
    folds: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """How a classifier of grades is fitted.

    Grades above `most` are learned as `most` by the n-grams, since they are rare; the steps go up
    to `top`. The steps look at the log-odds and at `measures`. `seed` decides all draws.
    """

    most: int
    top: int
    measures: tuple[str, ...]
    settings: Settings
    seed: int

    @property
    def classes(self) -> tuple[str, ...]:
        """The grades of the n-grams, as classes."""
        return tuple(str(grade) for grade in range(self.most + 1))


def taught(texts: Sequence[str], grades: npt.NDArray[np.int64], plan: Plan) -> Linear:
    """What the n-grams of graded texts say of each grade."""
    told = [str(min(plan.most, grade)) for grade in grades]
    return fit(texts, told, plan.classes, seed=plan.seed, settings=plan.settings)


def unseen(known: Graded, plan: Plan) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """What is known of each text by n-grams of the other folds, and which texts were judged."""
    raw = np.full((len(known.texts), plan.most), np.nan, np.float32)
    for number in range(FOLDS):
        rest, held = np.flatnonzero(known.folds != number), np.flatnonzero(known.folds == number)
        if held.size:
            grams = taught([known.texts[at] for at in rest], known.grades[rest], plan)
            raw[held] = logits(strings(pl.Series([known.texts[at] for at in held])), grams)
    read = evidence(raw, measures(strings(pl.Series(known.texts)), plan.settings.reading))
    return read, np.asarray(np.isfinite(read).all(axis=1))


def stepped(read: Numbers, grades: npt.NDArray[np.int64], plan: Plan) -> tuple[Step, ...]:
    """The steps of texts that the n-grams had not seen."""
    names = ("grams", *plan.measures)
    return tuple(
        fitted(names, numbers_of(read, row, names), grades > row) for row in range(plan.top)
    )


def crossed(read: Numbers, known: Graded, judged: npt.NDArray[np.bool_], plan: Plan) -> Numbers:
    """The chances of at least grade 1, 2 and so on, each fold by the steps of the others."""
    found = np.full((len(known.texts), plan.top), np.nan, np.float32)
    for number in range(FOLDS):
        rest = judged & (known.folds != number)
        held = judged & (known.folds == number)
        found[held] = climbed(read[held], stepped(read[rest], known.grades[rest], plan))
    return found
