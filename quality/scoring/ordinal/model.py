"""A classifier of grades as it is stored and used."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring.linear import Linear, logits
from quality.scoring.linear import load as load_linear
from quality.scoring.linear import save as save_linear
from quality.scoring.linear.model import softmax
from quality.scoring.ordinal.measures import MEASURES, Numbers, measures
from quality.scoring.ordinal.steps import Step, chance

MODEL, STEPS = "model.npz", "steps.json"

SUREST = 1e-4
"""The least chance whose log-odds are taken, so that none is boundless."""


@dataclass(frozen=True, eq=False)
class Grader:
    """`grams` gives every grade a chance; each of `steps` says whether a text is beyond it.

    Step `k`, from 0 on, asks for a grade above `k`: from the log-odds that `grams` gives for that,
    and some of `MEASURES`.
    """

    grams: Linear
    steps: tuple[Step, ...]


def reached(texts: Strings, grader: Grader) -> Numbers:
    """The chance of a grade of at least 1, 2 and so on: texts by grades; NaN for an empty text."""
    read = evidence(logits(texts, grader.grams), measures(texts, grader.grams.reading))
    return climbed(read, grader.steps)


def climbed(read: Numbers, steps: Sequence[Step]) -> Numbers:
    """The chances of the steps, none above that of the one before."""
    each = [chance(step, numbers_of(read, row, step.names)) for row, step in enumerate(steps)]
    return np.minimum.accumulate(np.stack(each, 1), axis=1).astype(np.float32)


def grades(texts: Strings, grader: Grader) -> Numbers:
    """The expected grade of each text; NaN for an empty text."""
    return np.asarray(reached(texts, grader).sum(axis=1), np.float32)


def evidence(raw: Numbers, measured: Numbers) -> Numbers:
    """The measures of texts, then the log-odds of a grade above 0, 1 and so on, by their logits."""
    above = np.cumsum(softmax(raw)[:, :0:-1].astype(np.float64), axis=1)[:, ::-1]
    sure = np.clip(above, SUREST, 1 - SUREST)
    return np.hstack([measured, np.log(sure / (1 - sure))]).astype(np.float32)


def numbers_of(read: Numbers, row: int, names: Sequence[str]) -> Numbers:
    """The numbers of `read` that step `row` looks at: its log-odds, called `grams`, and measures.

    A step beyond the last grade that has a class of its own looks at the last log-odds.
    """
    known = list(MEASURES)
    odds = min(len(known) + row, read.shape[1] - 1)
    return read[:, [odds if name == "grams" else known.index(name) for name in names]]


def save(grader: Grader, folder: Path) -> None:
    """Writes `model.npz` and `steps.json`."""
    save_linear(grader.grams, str(folder / MODEL))
    rows = [asdict(step) for step in grader.steps]
    (folder / STEPS).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Grader:
    """The classifier that `save` wrote.

    Raises:
        ValueError: the folder holds no such classifier.
    """
    rows = json.loads((folder / STEPS).read_text("utf-8"))
    if unknown := {name for row in rows for name in row["names"]} - {"grams", *MEASURES}:
        raise ValueError(f"{folder / STEPS} asks for unknown measures: {', '.join(unknown)}")
    steps = tuple(
        Step(
            tuple(row["names"]),
            tuple(row["means"]),
            tuple(row["spreads"]),
            tuple(row["weights"]),
            row["bias"],
        )
        for row in rows
    )
    return Grader(load_linear(str(folder / MODEL)), steps)
