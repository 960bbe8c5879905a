"""Spam and insults: two classifiers of passages, `spam.npz` and `toxicity.npz` (see harm.md)."""

from functools import cache
from importlib import resources

from quality.kernels.arrow import Strings
from quality.scoring.linear import Linear, chances, load
from quality.scoring.scores import Numbers

__all__ = ["spam", "toxicity"]


def spam(texts: Strings) -> Numbers:
    """The spam of each text, as `schemas.scores` says; NaN for a text without a character."""
    return chances(texts, _model("spam"))[:, 1]


def toxicity(texts: Strings) -> Numbers:
    """The toxicity of each text, as `schemas.scores` says; NaN for a text without a character."""
    return chances(texts, _model("toxicity"))[:, 1]


@cache
def _model(name: str) -> Linear:
    """A packaged model, read once a process."""
    with resources.files(__package__).joinpath(f"{name}.npz").open("rb") as file:
        return load(file)
