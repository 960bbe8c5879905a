"""What the training of each classifier of grades does alike."""

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from quality.draws import dice_of
from quality.scoring.labels.examples import Example, examples, fold
from quality.scoring.ordinal import judging
from quality.scoring.ordinal.fitting import (
    FOLDS,
    Graded,
    Plan,
    crossed,
    stepped,
    taught,
    unseen,
)
from quality.scoring.ordinal.model import Grader, save

Made = list[tuple[str, int]]
"""Texts made by rule, and the grade they have."""

LEAST = 80
"""Passages of a set within which ranks are compared."""


def graded(labelled: Sequence[Example], grades: Sequence[int], made: Made) -> Graded:
    """Labelled and made texts; of the latter the folds are drawn."""
    folds = [fold(one, FOLDS) for one in labelled]
    folds += [at % FOLDS for at in range(len(made))]
    return Graded(
        [*(one.text for one in labelled), *(text for text, _ in made)],
        np.array([*grades, *(grade for _, grade in made)], np.int64),
        np.array(folds, np.int64),
    )


class Task(NamedTuple):
    """What is graded, and what is learned beside the labels."""

    plan: Plan
    wanted: Callable[[Example], int]
    made: Callable[[Path, random.Random], Made]


def train(data: Path, task: Task, most: int | None = None) -> tuple[Grader, str]:
    """The classifier that all labels, or `most` of them, give, and how it does.

    The figures are of passages that neither the n-grams nor the steps had seen.
    """
    plan = task.plan
    dice = dice_of(plan.seed)
    labelled = examples(data, most)
    grades = [task.wanted(one) for one in labelled]
    known = graded(labelled, grades, task.made(data, dice))
    read, told = unseen(known, plan)
    found = crossed(read, known, told, plan)
    grader = Grader(
        taught(known.texts, known.grades, plan),
        stepped(read[told], known.grades[told], plan),
    )
    return grader, report(found[: len(labelled)], labelled, np.array(grades))


def report(reached: judging.Numbers, labelled: Sequence[Example], grades: judging.Grades) -> str:
    """The figures of labelled passages, and the rank correlation within each set."""
    known = ~np.isnan(reached[:, 0])
    sets = [one.set for one, here in zip(labelled, known, strict=True) if here]
    asked = [grade for grade in (1, 2, 3) if (grades >= grade).any()]
    whole = judging.figures(reached[known], grades[known], asked)
    inner = judging.within(reached[known].sum(axis=1), grades[known], sets, LEAST)
    return f"{judging.line(whole)}\nwithin: {judging.line(inner)}"


def run(trained: tuple[Grader, str], folder: Path) -> None:
    """Writes the classifier into `folder` and says how it does."""
    grader, said = trained
    save(grader, folder)
    sys.stdout.write(said + "\n")
