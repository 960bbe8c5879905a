"""The scorer: a model file, and what it says of texts."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.scoring.perplexity.kernels import Hashed, nats
from quality.scoring.perplexity.packing import KIND, unpacked
from quality.scoring.scores import Numbers, Scorer

LEAST = 10
"""Han characters below which there is nothing to judge."""


def perplexity(texts: Strings) -> Numbers:
    """How surprised the bundled model is by each text, a symbol (see `reading`); NaN if too short.

    It is the exponential of the mean surprise: 50 means as surprised as by one of 50 symbols that
    are all as likely. A text with fewer than `LEAST` Han characters has none.
    """
    return judged(texts, bundled())


def scorer(arrays: Mapping[str, npt.NDArray[Any]]) -> Scorer:
    """The scorer of a model file of kind `packing.KIND`.

    Raises `ValueError` where parts of it are missing or do not fit each other.
    """
    try:
        model = unpacked(arrays)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise ValueError("it is a model of perplexity that is damaged") from error
    return lambda texts: judged(texts, model)


def load(file: str) -> Scorer | None:
    """The scorer in a file that `numpy.savez` wrote of `learned_from`; None if it holds no such.

    Raises `OSError` where the file cannot be read, `ValueError` as `scorer` does.
    """
    try:
        with np.load(file, allow_pickle=False) as found:
            arrays = dict(found) if str(found["kind"]) == KIND else None
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile):
        return None
    return scorer(arrays) if arrays else None


@cache
def bundled() -> Hashed:
    """The packaged model, read once a process."""
    with resources.files(__package__).joinpath("perplexity.npz").open("rb") as file:
        return unpacked(np.load(file))


def of_all(texts: Strings, model: Hashed) -> float:
    """The perplexity of texts together, each as heavy as it is long; NaN if nothing is read."""
    sums, counts, _ = nats(texts, model)
    return float(np.exp(sums.sum() / counts.sum())) if counts.any() else float("nan")


def judged(texts: Strings, model: Hashed) -> Numbers:
    """The perplexity of each text under a model."""
    sums, counts, han = nats(texts, model)
    means = np.full(sums.size, np.nan)
    np.divide(sums, counts, out=means, where=han >= LEAST)
    found: Numbers = np.exp(means).astype(np.float32)
    return found
