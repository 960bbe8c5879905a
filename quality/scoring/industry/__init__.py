"""Which industry a text is about."""

import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring.scores import Guess

__all__ = ["industry"]


def industry(texts: Strings) -> Guess:
    """The industry of each text and how sure it is; -1 and NaN where there is nothing to judge."""
    size = texts.valid.size
    return Guess(np.full(size, -1), np.full(size, np.nan, np.float32))
