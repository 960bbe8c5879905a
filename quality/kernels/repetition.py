"""Small hash tables of marks: what was seen before in one text."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled

SLOTS = 1 << 21
"""The largest hash table: a text's first 2^20 distinct lines, or n-grams, are remembered."""

BASE = np.uint64(0x9E3779B97F4A7C15)
NONE = np.uint64(0)
ONE = np.uint64(1)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


@compiled
def slots_for(items: int) -> int:
    """The size of a hash table for `items`: a power of two, at most half full, at most `SLOTS`."""
    slots = 16
    while slots < 2 * items and slots < SLOTS:
        slots *= 2
    return slots


@compiled
def mark_of(key: Any) -> Any:
    """A hash with its bits mixed, and never the mark of an empty slot."""
    key = (key ^ (key >> _HALF)) * _MIX
    key ^= key >> _HALF
    return key if key != NONE else ONE


@compiled
def find(keys: Any, key: Any) -> Any:
    """The slot that holds `key`, or the empty one where it belongs; the table has room."""
    mask = np.uint64(len(keys) - 1)
    slot = key & mask
    while keys[slot] != key and keys[slot] != NONE:
        slot = (slot + ONE) & mask
    return slot
