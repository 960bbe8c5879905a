"""Looking up the n-grams of texts in a fixed set of n-grams."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.arrow import Strings
from quality.kernels.fold import BLOCK, LONGEST, FoldTable, fold_block
from quality.kernels.ngrams import ngram_hashes

GRAM = 13
"""Folded characters in an n-gram: the 13 of GPT-3's and Qwen's decontamination."""


class Postings(NamedTuple):
    """Which items hold which n-grams.

    `hashes` are the distinct n-gram hashes, sorted; n-gram `g` is in the items
    `items[starts[g]:starts[g + 1]]`; `sizes` counts the distinct n-grams of each item. `bits` is
    a bitmap of 2**k bits, bit `hash % 2**k` set for every hash: a cheap first question.
    """

    hashes: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    items: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    bits: npt.NDArray[np.uint64]


@njit(cache=True, nogil=True)
def text_grams(text: npt.NDArray[np.uint8], table: FoldTable) -> npt.NDArray[np.uint64]:
    """The hash of every 13-gram of one folded text; takes up to 70 bytes of memory a byte."""
    block = np.empty((text.size + 1) * LONGEST, np.uint32)
    _, count = fold_block(text, 0, table, block, 0)
    hashes = np.empty(max(count, 1), np.uint64)
    return hashes[: ngram_hashes(block, count, GRAM, hashes)]


@njit(cache=True, nogil=True)
def bitmap(hashes: npt.NDArray[np.uint64], words: int) -> npt.NDArray[np.uint64]:
    """A bitmap of `words` 64-bit words, a power of two, with the bit of each hash set."""
    bits = np.zeros(words, np.uint64)
    for value in hashes:
        bits[(value >> uint64(6)) & uint64(words - 1)] |= uint64(1) << (value & uint64(63))
    return bits


@njit(cache=True, nogil=True)
def known(
    hashes: npt.NDArray[np.uint64], count: int, postings: Postings, grams: npt.NDArray[np.int64]
) -> int:
    """Write the numbers of those of `hashes[:count]` that are indexed to `grams`; return how many.

    A whole block at once: handing `postings` over for each n-gram would cost more than the look.
    """
    bits, indexed = postings.bits, postings.hashes
    mask = uint64(bits.size - 1)
    hits = 0
    for i in range(count):
        value = hashes[i]
        if (bits[(value >> uint64(6)) & mask] >> (value & uint64(63))) & uint64(1):
            low, high = 0, indexed.size
            while low < high:
                middle = (low + high) // 2
                if indexed[middle] < value:
                    low = middle + 1
                else:
                    high = middle
            if low < indexed.size and indexed[low] == value:
                grams[hits] = low
                hits += 1
    return hits


@njit(cache=True, nogil=True)
def most_covered(
    texts: Strings, table: FoldTable, postings: Postings
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """For each text the item with the largest share of its distinct 13-grams in it, and the share.

    The item is -1 and the share 0 where nothing is found; of equal shares the first item wins.
    """
    rows = texts.valid.size
    best = np.full(rows, -1, np.int64)
    share = np.zeros(rows, np.float32)
    last_seen = np.full(postings.hashes.size, -1, np.int64)
    found = np.zeros(postings.sizes.size, np.int32)
    touched = np.empty(postings.sizes.size, np.int64)
    block = np.empty(BLOCK, np.uint32)
    hashes = np.empty(BLOCK, np.uint64)
    grams = np.empty(BLOCK, np.int64)
    for row in range(rows):
        stop = texts.offsets[row + 1] if texts.valid[row] else texts.offsets[row]
        text = texts.data[texts.offsets[row] : stop]
        hits = 0
        carried = 0
        place = 0
        while place < text.size:
            place, count = fold_block(text, place, table, block, carried)
            indexed = known(hashes, ngram_hashes(block, count, GRAM, hashes), postings, grams)
            for gram in grams[:indexed]:
                if last_seen[gram] != row:
                    last_seen[gram] = row
                    hits = credit(postings, gram, found, touched, hits)
            carried = min(count, GRAM - 1)
            for i in range(carried):
                block[i] = block[count - carried + i]
        best[row], share[row] = settle(postings.sizes, found, touched[:hits])
    return best, share


@njit(cache=True, nogil=True)
def credit(
    postings: Postings,
    gram: int,
    found: npt.NDArray[np.int32],
    touched: npt.NDArray[np.int64],
    hits: int,
) -> int:
    """Count n-gram `gram` for its items, noting the new ones in `touched`; return how many."""
    for k in range(postings.starts[gram], postings.starts[gram + 1]):
        item = postings.items[k]
        if found[item] == 0:
            touched[hits] = item
            hits += 1
        found[item] += 1
    return hits


@njit(cache=True, nogil=True)
def settle(
    sizes: npt.NDArray[np.int32], found: npt.NDArray[np.int32], touched: npt.NDArray[np.int64]
) -> tuple[int, float]:
    """The touched item with the largest share, and the share; clears `found`."""
    best = -1
    share = 0.0
    for item in touched:
        mine = found[item] / sizes[item]
        found[item] = 0
        if mine > share or (mine == share and item < best):
            best, share = item, mine
    return best, share
