"""Union-find over band collisions.

Documents are numbered by preference, 0 the best. A root is always the smallest number of its
set, so it is the member to keep, and the sets do not depend on the order of the unions.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.ngrams import BASE, mix
from schemas.tables import PERMUTATIONS

WINDOW = 16
"""Predecessors a document is compared with in its bucket, beside the bucket's best."""

Integers = npt.NDArray[np.int64]


class Candidates(NamedTuple):
    """What may be near-duplicates: candidate `i` is document `ranks[i]`, best first.

    Its signature is `minhash[rows[i]]`; `minhash` is n × 128 and is not copied.
    """

    minhash: npt.NDArray[np.uint32]
    rows: Integers
    ranks: Integers


@njit(cache=True, nogil=True)
def find(parent: Integers, item: int) -> int:
    """The root of `item`, halving the path on the way."""
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


@njit(cache=True, nogil=True)
def unite(parent: Integers, left: int, right: int) -> None:
    """Merge two sets under the smaller root."""
    left, right = find(parent, left), find(parent, right)
    if left < right:
        parent[right] = left
    elif right < left:
        parent[left] = right


@njit(cache=True, nogil=True)
def roots(parent: Integers) -> Integers:
    """The root of every item."""
    found = np.empty_like(parent)
    for item in range(parent.size):
        found[item] = find(parent, item)
    return found


@njit(cache=True, nogil=True)
def unite_equal(parent: Integers, keys: npt.NDArray[np.uint64], order: Integers) -> None:
    """Unite the items with equal `keys`; `order` sorts `keys`."""
    for i in range(1, order.size):
        if keys[order[i]] == keys[order[i - 1]]:
            unite(parent, order[i - 1], order[i])


@njit(cache=True, nogil=True)
def band_keys(candidates: Candidates, start: int, stop: int) -> npt.NDArray[np.uint64]:
    """A 64-bit hash of columns `start` to `stop` of each candidate's signature."""
    keys = np.empty(candidates.rows.size, np.uint64)
    for i in range(keys.size):
        signature = candidates.minhash[candidates.rows[i]]
        key = uint64(0)
        for k in range(start, stop):
            key = mix((key ^ uint64(signature[k])) * BASE)
        keys[i] = key
    return keys


@njit(cache=True, nogil=True)
def unite_similar(
    parent: Integers,
    candidates: Candidates,
    keys: npt.NDArray[np.uint64],
    order: Integers,
    threshold: float,
) -> None:
    """Unite the candidates that share a key and are similar enough; `order` sorts `keys` stably.

    In a bucket of equal keys each candidate is compared with the best one and with the `WINDOW`
    before it, so that a bucket of n costs at most 17n comparisons and one of 17 or fewer is
    compared in full. Pairs already in one set are not compared.
    """
    best = 0
    for i in range(1, order.size):
        if keys[order[i]] != keys[order[i - 1]]:
            best = i
            continue
        compare(parent, candidates, order[best], order[i], threshold)
        for j in range(max(best + 1, i - WINDOW), i):
            compare(parent, candidates, order[j], order[i], threshold)


@njit(cache=True, nogil=True)
def compare(
    parent: Integers, candidates: Candidates, left: int, right: int, threshold: float
) -> None:
    """Unite two candidates if they are apart and their signatures agree enough."""
    ranks, rows = candidates.ranks, candidates.rows
    if find(parent, ranks[left]) == find(parent, ranks[right]):
        return
    if agreement(candidates.minhash, rows[left], rows[right]) >= threshold * PERMUTATIONS:
        unite(parent, ranks[left], ranks[right])


@njit(cache=True, nogil=True)
def agreement(minhash: npt.NDArray[np.uint32], left: int, right: int) -> int:
    """How many of the 128 minima of two rows are equal."""
    equal = 0
    for k in range(PERMUTATIONS):
        equal += minhash[left, k] == minhash[right, k]
    return equal


@njit(cache=True, nogil=True)
def agreements(minhash: npt.NDArray[np.uint32], left: Integers, right: Integers) -> Integers:
    """`agreement` of each pair of rows."""
    equal = np.empty(left.size, np.int64)
    for i in range(left.size):
        equal[i] = agreement(minhash, left[i], right[i])
    return equal
