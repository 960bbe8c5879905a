"""How much is to be learnt from a text: a classifier of grades (see education.md)."""

from functools import cache
from importlib import resources

from quality.kernels.arrow import Strings
from quality.scoring.ordinal import Grader, grades, load
from quality.scoring.scores import Numbers

__all__ = ["education"]


def education(texts: Strings) -> Numbers:
    """The education of each text, as `schemas.scores` says; NaN for a text without a character."""
    return grades(texts, _grader())


@cache
def _grader() -> Grader:
    """The packaged classifier, read once a process."""
    with resources.as_file(resources.files(__package__)) as folder:
        return load(folder)
