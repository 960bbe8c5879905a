"""Calibration: chances that come true as often as they say."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.scoring.linear.model import Linear, calibrated, logits, softmax

STEPS = 50
RIDGE = 1e-2
"""How much the slope is drawn to 1 and the offsets to 0, beside texts that count 1 each."""


def calibrate(model: Linear, texts: Sequence[str], labels: Sequence[str]) -> Linear:
    """The model with one slope (an inverse temperature) and an offset for each class.

    They are those under which the labels are likeliest (Platt's way for two classes, a temperature
    and biases for more); found by Newton's method, so the same texts give the same numbers. The
    texts must not be among those it was fitted to, and be mixed as those it will judge.
    """
    raw = logits(strings(pl.Series(texts, dtype=pl.String)), model)
    truth = np.array([model.classes.index(label) for label in labels])
    judged = ~np.isnan(raw[:, 0])
    slope, offsets = likeliest(raw[judged].astype(np.float64), truth[judged])
    return calibrated(model, slope, offsets.astype(np.float32))


def likeliest(
    raw: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]
) -> tuple[float, npt.NDArray[np.float64]]:
    """Slope and offsets under which `truth` is likeliest, lightly held to 1 and 0."""
    size, columns = raw.shape
    shape = np.zeros((size, columns, columns + 1))
    shape[:, :, 0] = raw
    shape[:, np.arange(columns), np.arange(columns) + 1] = 1
    wanted = np.eye(columns + 1)[truth][:, 1:]
    start = np.eye(1, columns + 1)[0]
    found = start.copy()
    value = _loss(shape, truth, found, start)
    for _ in range(STEPS):
        chance = softmax(shape @ found)[:, 1:].astype(np.float64)
        mean = np.einsum("nc,nck->nk", chance, shape)
        slant = np.einsum("nc,nck->k", chance - wanted, shape) + RIDGE * (found - start)
        bend = np.einsum("nc,ncj,nck->jk", chance, shape, shape) - mean.T @ mean
        step = np.linalg.solve(bend + RIDGE * np.eye(columns + 1), slant)
        shorter = 1.0
        while (new := _loss(shape, truth, found - shorter * step, start)) > value:
            shorter /= 2
            if shorter < 1e-6:
                return float(found[0]), found[1:]
        found = found - shorter * step
        if value - new < 1e-9 * size:
            break
        value = new
    return float(found[0]), found[1:]


def _loss(
    shape: npt.NDArray[np.float64],
    truth: npt.NDArray[np.int64],
    found: npt.NDArray[np.float64],
    start: npt.NDArray[np.float64],
) -> float:
    chance = softmax(shape @ found)[np.arange(truth.size), truth].astype(np.float64)
    return float(
        -np.log(np.maximum(chance, 1e-12)).sum() + RIDGE / 2 * ((found - start) ** 2).sum()
    )
