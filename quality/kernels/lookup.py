"""Finding the n-grams of texts in a fixed set of n-grams."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

from quality.kernels.fold import BLOCK, LONGEST, FoldTable, fold_block
from quality.kernels.ngrams import ngram_hashes

SEED = 8
"""Folded characters in a seed. Of a text in which one character in ten is changed, 77% of the
characters still stand in an unbroken run of 8, and 62% in one of 13, the n-gram of Qwen's rule."""

BITS_PER_SEED = 16
"""Least bits of the bitmap for each seed: at most 1 in 16 foreign n-grams is looked up."""

SEEDS_PER_BUCKET = 4
"""Seeds, on average, of equal leading bits: they lie in one or two lines of the cache."""


class Seeds(NamedTuple):
    """Where in a collection of characters each n-gram stands; about 12 bytes an n-gram.

    Places are sorted by the 64-bit hash of their n-gram: `at[buckets[b]:buckets[b + 1]]` are those
    whose hash begins with the bits `b`, and `tails` the 32 bits of the hash after these. `bits` is
    a bitmap of 2**k bits, bit `hash % 2**k` set for every hash: a cheap first question.
    """

    buckets: npt.NDArray[np.uint32]
    tails: npt.NDArray[np.uint32]
    at: npt.NDArray[np.uint32]
    bits: npt.NDArray[np.uint64]


def seeds_of(hashes: npt.NDArray[np.uint64], at: npt.NDArray[np.uint32]) -> Seeds:
    """The seeds with these `hashes`, sorted, which stand `at` these places."""
    lead = max(1, (hashes.size // SEEDS_PER_BUCKET).bit_length())
    begins = np.arange((1 << lead) + 1, dtype=np.float64) * 2.0 ** (64 - lead)
    edges = np.searchsorted(hashes, begins[:-1].astype(np.uint64))
    words = 1 << max(BITS_PER_SEED * hashes.size // 64, 1).bit_length()
    return Seeds(
        buckets=np.append(edges, hashes.size).astype(np.uint32),
        tails=(hashes >> np.uint64(32 - lead)).astype(np.uint32),
        at=at.astype(np.uint32),
        bits=bitmap(hashes, words),
    )


@njit(cache=True, nogil=True)
def bitmap(hashes: npt.NDArray[np.uint64], words: int) -> npt.NDArray[np.uint64]:
    """A bitmap of `words` 64-bit words, a power of two, with the bit of each hash set."""
    bits = np.zeros(words, np.uint64)
    for value in hashes:
        bits[(value >> uint64(6)) & uint64(words - 1)] |= uint64(1) << (value & uint64(63))
    return bits


@njit(cache=True, nogil=True)
def fold_whole(
    text: npt.NDArray[np.uint8], table: FoldTable, folded: npt.NDArray[np.uint32]
) -> tuple[npt.NDArray[np.uint32], int]:
    """Fold a text into `folded`, or into a longer array if it does not fit; and its length."""
    place, count = fold_block(text, 0, table, folded, 0)
    while place < text.size:
        # Room for what is left: nearly every character has at least as many bytes as code points.
        more = np.empty(folded.size + text.size - place + 2 * LONGEST, np.uint32)
        more[:count] = folded[:count]
        folded = more
        place, count = fold_block(text, place, table, folded, count)
    return folded, count


@njit(cache=True, nogil=True)
def text_grams(text: npt.NDArray[np.uint8], table: FoldTable) -> npt.NDArray[np.uint64]:
    """The hash of every seed of one folded text; takes up to 12 bytes of memory a byte."""
    folded, count = fold_whole(text, table, np.empty(text.size + 2 * LONGEST, np.uint32))
    hashes = np.empty(max(count, 1), np.uint64)
    return hashes[: ngram_hashes(folded, count, SEED, hashes)]


@njit(cache=True, nogil=True)
def seed_hits(
    folded: npt.NDArray[np.uint32], count: int, seeds: Seeds, hits: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], int]:
    """Where seeds stand in `folded[:count]`: rows of (place in `folded`, place of the seed).

    They are written to `hits`, or to a longer array if they do not fit; and how many there are.
    """
    buckets, tails, at = seeds.buckets, seeds.tails, seeds.at
    lead = 0
    while 1 << lead < buckets.size - 1:
        lead += 1
    to_bucket, to_tail = uint64(64 - lead), uint64(32 - lead)
    hashes = np.empty(BLOCK, np.uint64)
    likely = np.empty(BLOCK, np.int64)
    found = 0
    for begin in range(0, count - SEED + 1, BLOCK):
        size = min(BLOCK, count - SEED + 1 - begin)
        ngram_hashes(folded[begin : begin + size + SEED - 1], size + SEED - 1, SEED, hashes)
        for i in likely[: _likely(hashes, size, seeds.bits, likely)]:
            bucket = hashes[i] >> to_bucket
            tail = uint32(hashes[i] >> to_tail)
            for k in range(buckets[bucket], buckets[bucket + uint64(1)]):
                if tails[k] == tail:
                    if found == hits.shape[0]:
                        more = np.empty((2 * found, 2), np.int64)
                        more[:found] = hits
                        hits = more
                    hits[found, 0] = begin + i
                    hits[found, 1] = at[k]
                    found += 1
    return hits, found


@njit(cache=True, nogil=True)
def _likely(
    hashes: npt.NDArray[np.uint64],
    count: int,
    bits: npt.NDArray[np.uint64],
    likely: npt.NDArray[np.int64],
) -> int:
    """Write the numbers of those of `hashes` whose bit is set to `likely`; return how many.

    Without a branch, so that the looks into a bitmap that no cache holds do not wait for each
    other.
    """
    mask = uint64(bits.size - 1)
    some = 0
    for i in range(count):
        value = hashes[i]
        likely[some] = i
        some += int((bits[(value >> uint64(6)) & mask] >> (value & uint64(63))) & uint64(1))
    return some
