"""How the time of finding grows with the text: for texts made to cost much."""

import time

import polars as pl

from quality.privacy import find

PIECE = 12_000  # characters: long enough to time, short enough to run


def seconds(text: str) -> float:
    """The least of two measurements of how long finding takes, in seconds of this process."""
    series = pl.Series([text])
    taken = []
    for _ in range(2):
        began = time.process_time()
        find(series)
        taken.append(time.process_time() - began)
    return min(taken)


def growth(unit: str) -> float:
    """How many times as long eight times as much of `unit` takes: 8 if linear, 64 if quadratic."""
    text = unit * (PIECE // len(unit))
    return (seconds(text * 8) + 0.001) / (seconds(text) + 0.001)
