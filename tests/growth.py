"""How the time of work grows with its size: for input that is made to cost much.

Belongs here: telling linear time from quadratic, which a hostile document could make last for days.
Does not belong here: how fast something is; see `tests.benchmarks`.
"""

import time
from collections.abc import Callable

TIMES = 8
LINEAR = 24
"""How many times as long it may take: linear time takes 8, quadratic 64."""

RUNS = 5
SLACK = 0.002
"""Seconds that either size may take for nothing: what a clock and a cache do not tell apart."""


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether `work` on `TIMES` as much takes about `TIMES` as long.

    The best of up to `RUNS` runs of each size is compared, since whatever else a machine does only
    ever adds: one slow run is no finding, and quadratic time is slow in every run.
    """
    work(size)  # what it needs is compiled before it is timed
    shortest = min(_seconds(work, size) for _ in range(3))
    return any(
        _seconds(work, TIMES * size) + SLACK < LINEAR * (shortest + SLACK) for _ in range(RUNS)
    )


def _seconds(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
