"""Which industry a text is about: a classifier of passages, `model.npz` (see industry.md)."""

from functools import cache
from importlib import resources

import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring.linear import Linear, chances, load
from quality.scoring.scores import Guess

__all__ = ["industry", "model"]


def industry(texts: Strings) -> Guess:
    """The industry of each text and how sure it is; -1 and NaN where there is nothing to judge."""
    found = chances(texts, model())
    judged = ~np.isnan(found[:, 0])
    best = np.where(judged, found.argmax(axis=1), -1)
    return Guess(best, found.max(axis=1))


@cache
def model() -> Linear:
    """The packaged model, read once a process; its classes are `INDUSTRIES`, in their order."""
    with resources.files(__package__).joinpath("model.npz").open("rb") as file:
        return load(file)
