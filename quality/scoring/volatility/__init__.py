"""How far a text is bound to its moment: a classifier of grades (see volatility.md)."""

from functools import cache
from importlib import resources

import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring.ordinal import Grader, grades, load
from quality.scoring.scores import Numbers

__all__ = ["volatility"]


def volatility(texts: Strings) -> Numbers:
    """The volatility of each text, as `schemas.scores` says; NaN for a text without a character.

    It is half the expected label of a reader: 0 lasting, 1 dated but of record, 2 of its moment.
    """
    return grades(texts, _grader()) / np.float32(2)


@cache
def _grader() -> Grader:
    """The packaged classifier, read once a process."""
    with resources.as_file(resources.files(__package__)) as folder:
        return load(folder)
