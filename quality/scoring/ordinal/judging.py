"""How well grades are told."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from quality.scoring.linear.judging import auc, calibration_error, spearman

Numbers = npt.NDArray[np.floating]
Grades = npt.NDArray[np.int64]


def kappa(one: Grades, other: Grades, most: int) -> float:
    """Agreement beyond chance of two gradings from 0 to `most`, weighted by squared distance.

    >>> kappa(np.array([0, 1, 2]), np.array([0, 1, 2]), 2)
    1.0
    """
    seen = np.zeros((most + 1, most + 1))
    np.add.at(seen, (one, other), 1)
    far = np.subtract.outer(np.arange(most + 1), np.arange(most + 1)) ** 2
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    return float(1 - (far * seen).sum() / (far * chance).sum())


def figures(reached: Numbers, grades: Grades, asked: Sequence[int]) -> dict[str, float]:
    """Rank correlation, mean error and kappa; for each grade asked the AUC, for the last the ECE.

    `reached` is the chance of at least grade 1, 2 and so on.
    """
    told = reached.sum(axis=1)
    rounded = np.rint(told).astype(np.int64)
    found = {
        "rho": spearman(told, grades.astype(np.float64)),
        "mae": float(np.abs(told - grades).mean()),
        "kappa": kappa(rounded, grades, reached.shape[1]),
        "exact": float((rounded == grades).mean()),
        "within_1": float((np.abs(rounded - grades) <= 1).mean()),
    }
    for grade in asked:
        yes = reached[:, grade - 1]
        found[f"auc_{grade}"] = auc(told, grades >= grade)
        pair = np.stack([1 - yes, yes], 1)
        found[f"ece_{grade}"] = calibration_error(pair, (grades >= grade).astype(np.int64))
    return found


def within(told: Numbers, grades: Grades, groups: Sequence[str], least: int) -> dict[str, float]:
    """The rank correlation in each group of at least `least` texts with different grades."""
    names = np.array(groups)
    found = {}
    for name in np.unique(names):
        mine = names == name
        if mine.sum() >= least and np.ptp(grades[mine]) > 0:
            found[str(name)] = spearman(told[mine], grades[mine].astype(np.float64))
    return found


def line(found: Mapping[str, float]) -> str:
    """The figures in one line."""
    return " ".join(f"{name} {one:.3f}" for name, one in found.items())
