"""Spam and insults."""

import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring.scores import Numbers

__all__ = ["spam", "toxicity"]


def spam(texts: Strings) -> Numbers:
    """The spam of each text, as `schemas.scores` says."""
    return np.full(texts.valid.size, np.nan, np.float32)


def toxicity(texts: Strings) -> Numbers:
    """The toxicity of each text, as `schemas.scores` says."""
    return np.full(texts.valid.size, np.nan, np.float32)
