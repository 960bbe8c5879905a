"""Sets of shingles, and how much two of them share."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

from quality.kernels.arrow import Strings
from quality.kernels.fold import BLOCK, FoldTable, fold_block
from quality.kernels.minhash import SHINGLE
from quality.kernels.ngrams import ngram_hashes
from quality.kernels.repetition import find

Hashes = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]


class Sets(NamedTuple):
    """Set `i` is `hashes[starts[i]:starts[i + 1]]`: distinct, none of them 0."""

    hashes: Hashes
    starts: Integers


@njit(cache=True, nogil=True)
def shingle_sets(texts: Strings, table: FoldTable, chars: Integers) -> Sets:
    """The set of 32-bit shingle hashes of each text, which has so many folded `chars`."""
    starts = np.zeros(chars.size + 1, np.int64)
    hashes = np.empty(chars.sum(), np.uint32)
    seen = np.zeros(_slots(chars.max()) if chars.size else 1, np.uint64)
    block = np.empty(BLOCK, np.uint32)
    grams = np.empty(BLOCK, np.uint64)
    count = 0
    for row in range(chars.size):
        slots = seen[: _slots(chars[row])]
        slots[:] = 0
        text = texts.data[texts.offsets[row] : texts.offsets[row + 1]]
        carried = 0
        position = 0
        while position < text.size:
            position, points = fold_block(text, position, table, block, carried)
            for i in range(ngram_hashes(block, points, SHINGLE, grams)):
                value = _nonzero(grams[i])
                slot = find(slots, value)
                if slots[slot] != value:
                    slots[slot] = value
                    hashes[count] = uint32(value)
                    count += 1
            carried = min(points, SHINGLE - 1)
            for i in range(carried):
                block[i] = block[points - carried + i]
        starts[row + 1] = count
    return Sets(hashes[:count].copy(), starts)


@njit(cache=True, nogil=True)
def similarities(sets: Sets, left: Integers, right: Integers) -> npt.NDArray[np.float32]:
    """The Jaccard similarity of each pair of sets; pairs with one `left` should be neighbours."""
    found = np.empty(left.size, np.float32)
    longest = 1
    for one in left:
        longest = max(longest, sets.starts[one + 1] - sets.starts[one])
    table = np.zeros(_slots(longest), np.uint64)
    slots = table
    held = -1
    for i in range(left.size):
        mine = sets.hashes[sets.starts[left[i]] : sets.starts[left[i] + 1]]
        if left[i] != held:
            held = left[i]
            slots = table[: _slots(mine.size)]
            slots[:] = 0
            for value in mine:
                slots[find(slots, uint64(value))] = uint64(value)
        theirs = sets.hashes[sets.starts[right[i]] : sets.starts[right[i] + 1]]
        both = 0
        for value in theirs:
            both += slots[find(slots, uint64(value))] == uint64(value)
        either = mine.size + theirs.size - both
        found[i] = both / either if either else 0.0
    return found


@njit(cache=True, nogil=True)
def fitting(left: Integers, right: Integers, chars: Integers, start: int, held: int) -> int:
    """Where to stop, pairs counted from `start`, for their texts to have `held` chars at most.

    A text in several pairs counts once; one pair always fits.
    """
    met = np.zeros(chars.size, np.bool_)
    total = 0
    for i in range(start, left.size):
        for one in (left[i], right[i]):
            if not met[one]:
                met[one] = True
                total += chars[one]
        if total > held and i > start:
            return i
    return left.size


@njit(cache=True, nogil=True)
def _slots(items: int) -> int:
    """The size of a hash table that `items` fill by half at most."""
    slots = 16
    while slots < 2 * items:
        slots *= 2
    return slots


@njit(cache=True, nogil=True)
def _nonzero(gram: np.uint64) -> np.uint64:
    """The upper half of a hash, as in a signature, with 1 for 0: the mark of an empty slot."""
    value = gram >> uint64(32)
    return max(value, uint64(1))
