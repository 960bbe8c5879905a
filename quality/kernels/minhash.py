"""MinHash signatures of texts, in the `affine32` scheme of datasketch 2.0."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

from quality.kernels.arrow import Strings
from quality.kernels.fold import BLOCK, FoldTable, fold_block
from quality.kernels.ngrams import mix, mix32, ngram_hashes
from schemas.tables import PERMUTATIONS

SEED = 1
"""The default seed of `datasketch.MinHash`."""

SHINGLE = 5
"""Folded characters in a shingle: the best of those compared on Chinese, no segmenter needed."""

EMPTY = 0xFFFFFFFF
"""What a signature holds before its first shingle, as in datasketch."""


class Permutations(NamedTuple):
    """The maps `h -> slope * h + shift` modulo 2**32; each slope is odd, so each is a bijection."""

    slopes: npt.NDArray[np.uint32]
    shifts: npt.NDArray[np.uint32]


@lru_cache(maxsize=1)
def permutations() -> Permutations:
    """The permutations of `datasketch.MinHash(num_perm=128, seed=1, scheme="affine32")`."""
    draw = np.random.RandomState(SEED)
    slopes = draw.randint(0, 1 << 31, PERMUTATIONS, np.uint32) * np.uint32(2) + np.uint32(1)
    return Permutations(slopes, draw.randint(0, 1 << 32, PERMUTATIONS, np.uint32))


@njit(cache=True, nogil=True)
def lower(
    minima: npt.NDArray[np.uint32],
    hashes: npt.NDArray[np.uint32],
    count: int,
    slopes: npt.NDArray[np.uint32],
    shifts: npt.NDArray[np.uint32],
) -> None:
    """Lower `minima` by the first `count` shingle `hashes`; as `MinHash.update_batch` does.

    `hashes` is stirred in place. Eight hashes go through all permutations at once, so that the
    running minima stay in registers for eight steps.
    """
    for i in range(count):
        hashes[i] = mix32(hashes[i])
    # A last, partial group repeats the last hash: a minimum does not mind.
    for start in range(0, count, 8):
        last = count - 1
        h0 = hashes[start]
        h1 = hashes[min(start + 1, last)]
        h2 = hashes[min(start + 2, last)]
        h3 = hashes[min(start + 3, last)]
        h4 = hashes[min(start + 4, last)]
        h5 = hashes[min(start + 5, last)]
        h6 = hashes[min(start + 6, last)]
        h7 = hashes[min(start + 7, last)]
        for k in range(PERMUTATIONS):
            slope = slopes[k]
            shift = shifts[k]
            least = uint32(slope * h0 + shift)
            least = min(least, uint32(slope * h1 + shift))
            least = min(least, uint32(slope * h2 + shift))
            least = min(least, uint32(slope * h3 + shift))
            least = min(least, uint32(slope * h4 + shift))
            least = min(least, uint32(slope * h5 + shift))
            least = min(least, uint32(slope * h6 + shift))
            least = min(least, uint32(slope * h7 + shift))
            minima[k] = min(minima[k], least)


@njit(cache=True, nogil=True)
def sign(
    texts: Strings, table: FoldTable, maps: Permutations
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """Folded length, hash of the folded text, and signature (n × 128) of each text.

    A missing text is signed like an empty one. The shingle hash is the upper half of the 64-bit
    `ngram_hashes`. A text with no shingle keeps the `EMPTY` signature.
    """
    rows = texts.valid.size
    lengths = np.zeros(rows, np.uint32)
    exact = np.empty(rows, np.uint64)
    minhash = np.full((rows, PERMUTATIONS), EMPTY, np.uint32)
    block = np.empty(BLOCK, np.uint32)
    grams = np.empty(BLOCK, np.uint64)
    hashes = np.empty(BLOCK, np.uint32)
    for row in range(rows):
        stop = texts.offsets[row + 1] if texts.valid[row] else texts.offsets[row]
        text = texts.data[texts.offsets[row] : stop]
        total = 0
        carried = 0
        position = 0
        digest = uint64(0)
        while position < text.size:
            position, count = fold_block(text, position, table, block, carried)
            total += count - carried
            digest = absorb(digest, block[carried:count])
            shingles = ngram_hashes(block, count, SHINGLE, grams)
            for i in range(shingles):
                hashes[i] = uint32(grams[i] >> uint64(32))
            lower(minhash[row], hashes, shingles, maps.slopes, maps.shifts)
            carried = min(count, SHINGLE - 1)
            for i in range(carried):
                block[i] = block[count - carried + i]
        lengths[row] = total
        exact[row] = mix(digest ^ uint64(total))
    return lengths, exact, minhash


@njit(cache=True, nogil=True)
def absorb(digest: np.uint64, points: npt.NDArray[np.uint32]) -> np.uint64:
    """Take `points` into a running 64-bit hash: xor, multiply, fold the upper half down."""
    for point in points:
        digest = (digest ^ uint64(point)) * uint64(0x9FB21C651E98DF25)
        digest ^= digest >> uint64(32)
    return digest
