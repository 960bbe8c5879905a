"""Counting many keys in little memory: a count is never too low, and seldom too high."""

import numpy as np
import numpy.typing as npt
from numba import njit

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint16]

FULL = np.uint16(2**16 - 1)


@njit(cache=True, nogil=True)
def add(keys: Keys, groups: npt.NDArray[np.int64], counts: Counts) -> None:
    """Count each key once for each group it is in; groups are runs, and a key of 0 is none.

    `counts` has two rows of a power of two of counters, found by either half of the key.
    """
    start = 0
    while start < keys.size:
        stop = start
        while stop < keys.size and groups[stop] == groups[start]:
            stop += 1
        group = np.sort(keys[start:stop])
        for place in range(group.size):
            if group[place] and (place == 0 or group[place] != group[place - 1]):
                for half in range(2):
                    at = _place(group[place], half, counts)
                    counts[half, at] += counts[half, at] < FULL
        start = stop


@njit(cache=True, nogil=True)
def count(keys: Keys, counts: Counts) -> npt.NDArray[np.int64]:
    """How often each key was counted, at most `FULL`; 0 for the key 0."""
    found = np.zeros(keys.size, np.int64)
    for place in range(keys.size):
        if keys[place]:
            first = counts[0, _place(keys[place], 0, counts)]
            found[place] = min(first, counts[1, _place(keys[place], 1, counts)])
    return found


@njit(cache=True, nogil=True)
def _place(key: np.uint64, half: int, counts: Counts) -> np.uint64:
    return key >> np.uint64(32 * half) & np.uint64(counts.shape[1] - 1)
