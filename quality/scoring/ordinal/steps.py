"""The second stage: whether a text is beyond a grade, from a few numbers about it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quality.scoring.linear.model import weighted

Numbers = npt.NDArray[np.floating]

PASSES = 50
RIDGE = 1.0
"""How much the weights are drawn to 0, beside texts that count 1 each."""


@dataclass(frozen=True)
class Step:
    """A logistic function: the numbers named, less `means`, by `spreads`, times `weights`."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float


def chance(step: Step, numbers: Numbers) -> Numbers:
    """The chance that each text is beyond the grade; NaN where a number is NaN.

    >>> even = Step(("prose",), (0.5,), (1.0,), (2.0,), 0.0)
    >>> chance(even, np.array([[0.5], [1.0]])).round(2).tolist()
    [0.5, 0.73]
    """
    even = (numbers - np.array(step.means)) / np.array(step.spreads)
    return _logistic(weighted(even, step.weights) + step.bias)


def fitted(names: Sequence[str], numbers: Numbers, beyond: npt.NDArray[np.bool_]) -> Step:
    """The step under which it is likeliest which texts are beyond the grade.

    The weights are lightly drawn to 0. Found by Newton's method, so the same texts give the same
    step.
    """
    means, spreads = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    shape = np.pad((numbers - means) / spreads, ((0, 0), (0, 1)), constant_values=1)
    drawn = np.array([RIDGE] * len(names) + [1e-3])
    found = np.zeros(drawn.size)
    for _ in range(PASSES):
        told = _logistic(shape @ found)
        slant = shape.T @ (told - beyond) + drawn * found
        bend = (shape * (told * (1 - told))[:, None]).T @ shape + np.diag(drawn)
        move = np.linalg.solve(bend, slant)
        found = found - move * min(1.0, 2 / np.abs(move).max())
        if np.abs(move).max() < 1e-8:
            break
    return Step(
        tuple(names), _short(means), _short(spreads), _short(found[:-1]), _short(found[-1:])[0]
    )


def _short(numbers: Numbers) -> tuple[float, ...]:
    """The numbers as they are stored."""
    return tuple(round(float(one), 5) for one in numbers)


def _logistic(sums: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(sums, -40, 40))))
