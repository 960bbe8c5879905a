"""Whether finding takes linear time on text that is made to cost much."""

import polars as pl

from quality.privacy import find
from tests.growth import is_linear

PIECE = 20_000
"""Bytes: long enough to time, short enough to run."""


def finds_in_linear_time(unit: str) -> bool:
    """Whether finding personal data in much of `unit` takes linear time."""
    times = PIECE // len(unit.encode())
    return is_linear(lambda size: find(pl.Series([unit * size])), times)
