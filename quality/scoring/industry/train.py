"""Trains `model.npz`: `python -m quality.scoring.industry.train DATA_FOLDER`.

Reads the shared data sets; one thread and fixed seeds, so the same data give the same model. A
first model learns from passages that were read and from weak labels; it names the passages that
have none where it is sure, and drops the labels it does not believe; a second learns from these.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings, strings
from quality.scoring.draws import dice_of
from quality.scoring.industry.material import Example, read, weak
from quality.scoring.industry.terms import NAMES
from quality.scoring.labels.authored import authored
from quality.scoring.linear import Linear, Settings, chances, fit, logits, save
from quality.scoring.linear.calibration import likeliest
from quality.scoring.linear.judging import accuracy, calibration_error, macro_f1
from quality.scoring.linear.model import Numbers, calibrated, softmax

SETTINGS = Settings(known=400_000, kept=120_000, epochs=4, decay=1e-4)
"""Chosen by the accuracy on the passages of one fold of those that were read."""

FIRST, SECOND = 1000, 2000
"""Weak examples of an industry that the first and the second model learn from, at most."""

COPIES = 6
"""How often a passage that was read is learned from: whole, and else a random part of it."""

SURE, WRONG, DOUBTED = 0.7, 0.8, 0.1
"""Chance from which a passage is named or another industry contradicts its weak label, and below
which that label is not believed."""

FOLDS = 2

SEED = 20250105


class Apart(NamedTuple):
    """What models say of passages they did not learn from, and what the readers said."""

    logits: Numbers
    truth: npt.NDArray[np.int64]


def learned(weak_: Sequence[Example], read_: Sequence[Example]) -> Linear:
    """The model of weak examples and of passages that were read, uncalibrated."""
    first = _fitted(weak_, read_, FIRST)
    return _fitted(revised(weak_, first), read_, SECOND)


def revised(examples: Sequence[Example], model: Linear) -> list[Example]:
    """The examples with the labels that the model believes, and those it is sure of."""
    found = chances(_strings(examples), model)
    kept = []
    for one, line in zip(examples, found, strict=True):
        best = int(line.argmax())
        believed = one.industry >= 0 and line[one.industry] >= DOUBTED
        if not one.work or (believed and (best == one.industry or line[best] <= WRONG)):
            kept.append(one)
        elif line[best] >= SURE:
            kept.append(one._replace(industry=best))
    return kept


def _fitted(weak_: Sequence[Example], read_: Sequence[Example], most: int) -> Linear:
    dice = dice_of(SEED)
    by_industry = defaultdict(list)
    for one in weak_:
        if one.industry >= 0:
            by_industry[one.industry].append(one)
    chosen: list[Example] = []
    for some in by_industry.values():
        chosen += dice.sample(some, min(most, len(some)))
    for one in read_:
        chosen.append(one)
        chosen += (one._replace(text=_part(one.text, dice)) for _ in range(COPIES - 1))
    labels = [NAMES[one.industry] for one in chosen]
    return fit([one.text for one in chosen], labels, NAMES, seed=SEED, settings=SETTINGS)


def _part(text: str, dice: random.Random) -> str:
    """A seventh of a text or more."""
    length = round(len(text) * (0.15 + 0.85 * dice.random()))
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def apart(weak_: Sequence[Example], read_: Sequence[Example]) -> Apart:
    """Logits of each passage that was read, by a model that knows none of its work."""
    found = np.empty((len(read_), len(NAMES) - 1), np.float32)
    folds = np.array([_fold(one) for one in read_])
    for fold in np.unique(folds):
        held = {one.work for one, where in zip(read_, folds, strict=True) if where == fold}
        model = learned(
            [one for one in weak_ if one.work not in held],
            [one for one in read_ if one.work not in held],
        )
        rows = folds == fold
        found[rows] = logits(_strings([one for one in read_ if one.work in held]), model)
    return Apart(found, np.array([one.industry for one in read_]))


def _fold(one: Example) -> int:
    return int(sha1(one.work.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _strings(examples: Sequence[Example]) -> Strings:
    return strings(pl.Series([one.text for one in examples], dtype=pl.String))


def train(data: Path, folder: Path, share: float = 1.0) -> None:
    """Writes the model that the data give into `folder`, or that of a `share` of them."""
    read_, weak_ = read(data, share), weak(data, share)
    held = apart(weak_, read_)
    slope, offsets = likeliest(held.logits.astype(np.float64), held.truth)
    model = calibrated(learned(weak_, read_), slope, offsets.astype(np.float32))
    save(model, str(folder / "model.npz"))
    found = softmax(slope * held.logits + offsets)
    passages = len(read_) - round(len(authored()) * share)
    _report("passages that were read", found[:passages], held.truth[:passages])
    _report("texts that were written", found[passages:], held.truth[passages:])


def _report(of: str, found: Numbers, truth: npt.NDArray[np.int64]) -> None:
    figures = {
        "accuracy": accuracy(found, truth),
        "macro F1": macro_f1(found, truth),
        "ECE": calibration_error(found, truth),
    }
    said = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
    sys.stdout.write(f"{truth.size} {of}, in {FOLDS} folds: {said}\n")


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).parent)
