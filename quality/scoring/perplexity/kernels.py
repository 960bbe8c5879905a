"""Compiled reading and scoring of texts."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from quality.kernels.arrow import Strings
from quality.kernels.compiling import compiled
from quality.scoring.perplexity.reading import AT, GAP, HAN, SIZE, Points, read_block

BLOCK = 4096
"""Symbols judged at a time."""

BASE, SPREAD = uint64(0x9E3779B97F4A7C15), uint64(0xD6E8FEB86659FD93)
"""Odd numbers with their bits well mixed: an n-gram is a number in base `BASE`, modulo 2^64, and
its product with `SPREAD` its hash."""

CHECKED = 16
"""Bits of the hash, beyond those of the place, by which an n-gram is known: of those that are not
in the table, fewer than 1 in 20,000 are taken for one that is."""


UNITS = 8
"""Steps of a nat in which surprises and backoffs are rounded."""


class Hashed(NamedTuple):
    """A model as the kernel reads it.

    `kinds` is the symbol of each code point. A number of `singles` (by symbol) and of `slots` (by
    hash) is check << 16 | surprise << 8 | backoff + 128, in units of 1 / `UNITS` nats; a slot of
    0 is empty.
    """

    kinds: Points
    singles: Points
    slots: Points
    order: int


@compiled
def place_all(keys: npt.NDArray[np.uint64], numbers: Points, slots: Points) -> None:
    """Put numbers of 16 bits into the empty `slots`, a power of 2 and more than the keys."""
    for row in range(keys.size):
        spread = keys[row] * SPREAD
        slots[_slot(slots, spread)] = _check(spread) | numbers[row]


@compiled
def _slot(slots: Points, spread: np.uint64) -> np.int64:
    """Where the n-gram of this hash is, or where the empty slot is that ends the search for it."""
    mask = slots.size - 1
    check = _check(spread)
    at = np.int64(spread >> uint64(CHECKED)) & mask
    while slots[at] and (slots[at] ^ check) >> CHECKED:
        at = (at + 1) & mask
    return at


@compiled
def _check(spread: np.uint64) -> np.int64:
    check = np.int64(spread >> uint64(64 - CHECKED))
    if check == 0:
        check = np.int64(1)
    return check << CHECKED


@compiled
def extended(keys: npt.NDArray[np.uint64], symbols: Points) -> npt.NDArray[np.uint64]:
    """The key of each n-gram with one more symbol behind it."""
    found = np.empty(keys.size, np.uint64)
    for row in range(keys.size):
        found[row] = keys[row] * BASE + uint64(symbols[row] + 1)
    return found


@compiled
def nats(
    texts: Strings, model: Hashed
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The surprise of each text in nats, how many symbols it has, and how many of them are Han."""
    rows = texts.valid.size
    sums = np.zeros(rows)
    counts = np.zeros(rows, np.int64)
    han = np.zeros(rows, np.int64)
    block = np.zeros(BLOCK + 2, np.uint32)
    pending = np.zeros(model.order, np.int64)
    state = np.zeros(3, np.int64)
    for row in range(rows):
        if not texts.valid[row]:
            continue
        text = texts.data[texts.offsets[row] : texts.offsets[row + 1]]
        state[AT], state[SIZE], state[GAP] = 0, 1, -1
        block[0] = 0
        total = np.int64(0)
        pending[:] = 0
        pending[0] = np.int64(model.singles[0] & 0xFF) - 128
        while state[AT] < text.size:
            first = state[SIZE]
            read_block(text, model.kinds, block, state)
            size = state[SIZE]
            total += _judge(block, first, size, model, pending)
            counts[row] += size - first
            for place in range(first, size):
                han[row] += block[place] >= HAN
            kept = min(size, model.order - 1)
            block[:kept] = block[size - kept : size].copy()
            state[SIZE] = kept
        sums[row] = total / UNITS
    return sums, counts, han


@compiled
def _judge(
    block: Points, first: int, size: int, model: Hashed, pending: npt.NDArray[np.int64]
) -> np.int64:
    """The surprise of the symbols from `first` on.

    `pending` holds the backoff of each n-gram that ends before the next symbol, 0 where the model
    has none.
    """
    total = np.int64(0)
    for place in range(first, size):
        found = model.singles[block[place]]
        key = uint64(block[place] + 1)
        power = BASE
        length = 1
        while length < model.order and length <= place:
            key += power * uint64(block[place - length] + 1)
            power *= BASE
            longer = model.slots[_slot(model.slots, key * SPREAD)]
            if not longer:
                break
            pending[length - 1] = np.int64(found & 0xFF) - 128
            found = longer
            length += 1
        total += np.int64(found >> 8 & 0xFF)
        for known in range(length - 1, model.order - 1):
            total -= pending[known]
            pending[known] = 0
        if length < model.order:
            pending[length - 1] = np.int64(found & 0xFF) - 128
    return total
