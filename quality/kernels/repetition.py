"""What repeats inside one text: n-grams of its code points in a small hash table of marks."""

from typing import Any

import numba
import numpy as np

SLOTS = 1 << 21
"""The largest hash table: a text's first 2^20 distinct lines, or n-grams, are remembered."""

BASE = np.uint64(0x9E3779B97F4A7C15)
NONE = np.uint64(0)
ONE = np.uint64(1)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


@numba.njit(cache=True, nogil=True)
def top_ngram(text: Any, n: int, keys: Any, state: Any) -> float:
    """The share of `text` covered by the n-gram that covers most and occurs more than once.

    `state` keeps, for each n-gram, where it began last and how many characters it covers.
    """
    keys[:] = NONE
    used = 0
    best = 0
    key = NONE
    power = _power(n)
    for at in range(len(text)):
        key = _roll(key, text, at, n, power)
        if at < n - 1:
            continue
        mark = mark_of(key)
        slot = find(keys, mark)
        if keys[slot] == mark:
            state[slot, 1] += min(n, at - state[slot, 0])
            state[slot, 0] = at
            best = max(best, state[slot, 1])
        elif used < len(keys) // 2:
            keys[slot] = mark
            state[slot, 0], state[slot, 1] = at, n
            used += 1
    return best / len(text) if best > 0 else 0.0


@numba.njit(cache=True, nogil=True)
def repeated_ngrams(text: Any, n: int, keys: Any) -> float:
    """The share of `text` inside n-grams that were seen before, however they overlap."""
    keys[:] = NONE
    used = 0
    covered = 0
    end = 0
    key = NONE
    power = _power(n)
    for at in range(len(text)):
        key = _roll(key, text, at, n, power)
        if at < n - 1:
            continue
        mark = mark_of(key)
        slot = find(keys, mark)
        if keys[slot] == mark:
            covered += at + 1 - max(end, at + 1 - n)
            end = at + 1
        elif used < len(keys) // 2:
            keys[slot] = mark
            used += 1
    return covered / len(text) if covered > 0 else 0.0


@numba.njit(cache=True, nogil=True)
def slots_for(items: int) -> int:
    """The size of a hash table for `items`: a power of two, at most half full, at most `SLOTS`."""
    slots = 16
    while slots < 2 * items and slots < SLOTS:
        slots *= 2
    return slots


@numba.njit(cache=True, nogil=True)
def mark_of(key: Any) -> Any:
    """A hash with its bits mixed, and never the mark of an empty slot."""
    key = (key ^ (key >> _HALF)) * _MIX
    key ^= key >> _HALF
    return key if key != NONE else ONE


@numba.njit(cache=True, nogil=True)
def find(keys: Any, key: Any) -> Any:
    """The slot that holds `key`, or the empty one where it belongs; the table has room."""
    mask = np.uint64(len(keys) - 1)
    slot = key & mask
    while keys[slot] != key and keys[slot] != NONE:
        slot = (slot + ONE) & mask
    return slot


@numba.njit(cache=True, nogil=True)
def _power(n: int) -> Any:
    power = ONE
    for _ in range(n):
        power *= BASE
    return power


@numba.njit(cache=True, nogil=True)
def _roll(key: Any, text: Any, at: int, n: int, power: Any) -> Any:
    """The polynomial hash of the (at most) `n` characters that end at `at`."""
    key = key * BASE + np.uint64(text[at])
    return key - np.uint64(text[at - n]) * power if at >= n else key
