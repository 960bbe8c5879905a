from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.clusters import WINDOW, Candidates, band_keys, roots, unite, unite_similar

ITEMS = 12
PAIRS = st.lists(st.tuples(st.integers(0, ITEMS - 1), st.integers(0, ITEMS - 1)), max_size=20)


def components(pairs: list[tuple[int, int]], items: int) -> list[int]:
    """The smallest item reachable from each, by spreading labels until nothing changes."""
    labels = list(range(items))
    for _ in range(items):
        for left, right in pairs:
            labels[left] = labels[right] = min(labels[left], labels[right])
    return labels


@settings(deadline=None)
@given(PAIRS, st.randoms())
def test_sets_are_the_connected_components_whatever_the_order(
    pairs: list[tuple[int, int]], random: Random
) -> None:
    expected = components(pairs, ITEMS)
    random.shuffle(pairs)
    parent = np.arange(ITEMS)
    for left, right in pairs:
        unite(parent, left, right)
    assert roots(parent).tolist() == expected


def joined(minhash: np.ndarray, keys: np.ndarray, threshold: float) -> list[int]:
    everyone = np.arange(len(minhash))
    parent = everyone.copy()
    order = np.argsort(keys, kind="stable")
    unite_similar(parent, Candidates(minhash, everyone, everyone), keys, order, threshold)
    return list(roots(parent))


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, WINDOW + 1), st.sampled_from([0.4, 0.5, 0.6]))
def test_a_small_bucket_is_compared_in_full(seed: int, size: int, threshold: float) -> None:
    minhash = np.random.RandomState(seed).randint(0, 2, (size, 128), np.uint32)
    similar = (minhash[:, None] == minhash[None]).mean(axis=2) >= threshold
    pairs = [(int(i), int(j)) for i, j in np.argwhere(similar)]
    assert joined(minhash, np.zeros(size, np.uint64), threshold) == components(pairs, size)


def test_documents_of_different_buckets_are_not_compared() -> None:
    minhash = np.zeros((4, 128), np.uint32)
    assert joined(minhash, np.array([1, 2, 1, 2], np.uint64), 0.5) == [0, 1, 0, 1]


def test_a_large_bucket_joins_its_copies_of_the_best_and_its_neighbours() -> None:
    minhash = np.random.RandomState(1).randint(0, 2**31, (2000, 128), np.uint32)
    minhash[1999] = minhash[0]
    minhash[1000] = minhash[1000 - WINDOW]
    found = joined(minhash, np.zeros(2000, np.uint64), 0.7)
    expected = list(range(2000))
    expected[1999], expected[1000] = 0, 1000 - WINDOW
    assert found == expected


def test_band_keys_are_equal_where_the_band_is() -> None:
    minhash = np.random.RandomState(1).randint(0, 2, (500, 128), np.uint32)
    rows = np.arange(500)[::-1].copy()
    keys = band_keys(Candidates(minhash, rows, rows), 4, 12)
    bands = [tuple(signature) for signature in minhash[rows, 4:12]]
    assert len(set(keys)) == len(set(bands)) == len(set(zip(keys, bands, strict=True)))
