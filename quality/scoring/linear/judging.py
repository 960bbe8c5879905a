"""How well a classifier judges texts that it has not seen."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Truth = npt.NDArray[np.int64]

BINS = 15
"""Bins of the calibration error, as Guo et al. (2017) have them."""


def ranks(values: Floats) -> npt.NDArray[np.float64]:
    """The rank of each value from 1 on, the mean rank for equal ones.

    >>> ranks(np.array([0.2, 0.1, 0.2])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[places], np.float64)


def auc(scores: Floats, positive: npt.NDArray[np.bool_]) -> float:
    """The chance that a positive has a higher score than a negative; NaN without both.

    >>> auc(np.array([0.1, 0.4, 0.8]), np.array([False, True, True]))
    1.0
    """
    yes = int(positive.sum())
    no = positive.size - yes
    if not yes or not no:
        return float("nan")
    return float((ranks(scores)[positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def accuracy(chances: Floats, truth: Truth) -> float:
    """Share of the texts whose likeliest class is right.

    >>> accuracy(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 0]))
    0.5
    """
    return float((chances.argmax(axis=1) == truth).mean())


def macro_f1(chances: Floats, truth: Truth) -> float:
    """The mean F1 of the classes that occur in `truth`.

    >>> macro_f1(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1]))
    1.0
    """
    told = chances.argmax(axis=1)
    each = []
    for kind in np.unique(truth):
        both = int(((told == kind) & (truth == kind)).sum())
        each.append(2 * both / (int((told == kind).sum()) + int((truth == kind).sum())))
    return float(np.mean(each))


def calibration_error(chances: Floats, truth: Truth) -> float:
    """The expected calibration error: how far chances are from how often they come true, 0 to 1.

    Of two classes that of the second is asked, of more that of the likeliest; over `BINS` bins.

    >>> round(calibration_error(np.array([[0.1, 0.9], [0.1, 0.9]]), np.array([1, 0])), 2)
    0.4
    """
    if chances.shape[1] == 2:
        sure, right = chances[:, 1], truth == 1
    else:
        sure, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, sure, BINS) - np.bincount(bins, right, BINS)
    return float(np.abs(gaps).sum() / max(1, truth.size))


def spearman(one: Floats, other: Floats) -> float:
    """The correlation of the ranks, -1 to 1; NaN where one of them never changes.

    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 90.0]))
    1.0
    """
    left, right = ranks(one), ranks(other)
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return float("nan")
    return round(float(np.corrcoef(left, right)[0, 1]), 12)
