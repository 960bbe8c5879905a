"""Classifiers that are linear in the character n-grams of the folded text.

Belongs here: what such a classifier reads, how it is fitted, calibrated, judged and stored. Does
not belong here: what any one of them is about, and the data it learns from.
"""

from quality.scoring.linear.calibration import calibrate
from quality.scoring.linear.fitting import Settings, fit
from quality.scoring.linear.model import Linear, chances, expected, load, logits, save

__all__ = [
    "Linear",
    "Settings",
    "calibrate",
    "chances",
    "expected",
    "fit",
    "load",
    "logits",
    "save",
]
