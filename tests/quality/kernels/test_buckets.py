import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.buckets import (
    CROWD,
    Band,
    Met,
    Sketches,
    band_keys,
    meet_all,
    meet_leaders,
    shared,
)

SEEDS = st.integers(0, 2**32 - 2)


def drawn(seed: int, size: int, letters: int) -> np.ndarray:
    return np.random.RandomState(seed).randint(0, letters, (size, 128)).astype(np.uint8)


def everyone(sketch: np.ndarray) -> Sketches:
    return Sketches(sketch, np.arange(len(sketch)))


def one_bucket(size: int) -> Band:
    return Band(np.zeros(size, np.uint32), np.arange(size))


def asked(size: int) -> np.ndarray:
    return np.full(size, 90, np.uint8)


def met(found: Met) -> list[tuple[int, int, int]]:
    return sorted(zip(*(array.tolist() for array in found), strict=True))


def test_keys_are_equal_where_the_band_is() -> None:
    sketch = drawn(1, 500, 2)
    rows = np.arange(500)[::-1].copy()
    keys = band_keys(Sketches(sketch, rows), 1, 2, 8)
    for band, columns in enumerate([slice(8, 16), slice(16, 24)]):
        bands = [tuple(row) for row in sketch[rows, columns]]
        assert len(set(keys[band])) == len(set(bands))
        assert len(set(zip(keys[band], bands, strict=True))) == len(set(bands))


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), max_size=60), SEEDS)
def test_every_text_that_shares_a_key_with_a_fresh_one_is_found(keys: list[int], seed: int) -> None:
    fresh = np.random.RandomState(seed).randint(0, 3, len(keys)) == 0
    some = set(shared(np.array(keys, np.uint32), fresh).tolist())
    for i, key in enumerate(keys):
        if any(keys[j] == key and j != i and (fresh[i] or fresh[j]) for j in range(len(keys))):
            assert i in some


def test_texts_alone_with_their_key_are_passed_over() -> None:
    keys = np.random.RandomState(1).randint(0, 2**32, 100_000, np.uint32)
    assert shared(keys, np.ones(keys.size, np.bool_)).size < 0.1 * keys.size
    assert shared(keys, np.zeros(keys.size, np.bool_)).size == 0


@settings(deadline=None)
@given(SEEDS, st.integers(2, CROWD), st.sampled_from([40, 50, 60]))
def test_in_a_small_bucket_all_are_compared_one_of_them_fresh(
    seed: int, size: int, least: int
) -> None:
    sketch, fresh = drawn(seed, size, 3), drawn(seed, 1, 2)[0, :size].astype(np.bool_)
    crowd = np.zeros(size, np.bool_)
    found = meet_all(everyone(sketch), one_bucket(size), fresh, least, crowd)
    expected = [
        (i, j, equal)
        for j in range(size)
        for i in range(j)
        if (fresh[i] or fresh[j]) and (equal := int((sketch[i] == sketch[j]).sum())) >= least
    ]
    assert met(found) == sorted(expected)
    assert not crowd.any()


def test_a_large_bucket_is_left_to_its_leaders() -> None:
    size = CROWD + 1
    keys = np.array([7] * size + [9], np.uint32)
    band, alike = Band(keys, np.arange(size + 1)), everyone(drawn(1, size + 1, 1))
    fresh, crowd = band.order == 3, np.zeros(size + 1, np.bool_)
    found = meet_all(alike, band, fresh, 0, crowd)
    assert met(found) == []
    assert crowd.tolist() == [True] * size + [False]
    crowd[:] = False
    meet_all(alike, band, band.order == size, 0, crowd)
    assert not crowd.any()


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(CROWD + 1, 120))
def test_in_a_large_bucket_each_follows_the_first_leader_that_agrees(seed: int, size: int) -> None:
    kinds = drawn(seed, 50, 256)
    sketch = kinds[np.random.RandomState(seed).randint(0, 50, size)]
    sketch[::3, :40] = drawn(seed + 1, size, 256)[::3, :40]
    order = np.random.RandomState(seed).permutation(size)
    enough = np.random.RandomState(seed).choice([90, 128], size).astype(np.uint8)
    found = meet_leaders(everyone(sketch), Band(np.zeros(size, np.uint32), order), 60, enough)
    leaders: list[int] = []
    expected = []
    for text in order.tolist():
        for leader in leaders:
            equal = int((sketch[leader] == sketch[text]).sum())
            if equal >= 60:
                expected.append((min(leader, text), max(leader, text), equal))
            if equal >= enough[text]:
                break
        else:
            leaders += [text] if len(leaders) < CROWD else []
    assert met(found) == sorted(expected)


def test_small_buckets_have_no_leaders() -> None:
    size = CROWD
    found = meet_leaders(everyone(drawn(1, size, 1)), one_bucket(size), 0, asked(size))
    assert met(found) == []


def test_boilerplate_by_the_hundred_thousand_does_not_go_quadratic() -> None:
    size = 100_000
    found = meet_leaders(everyone(drawn(1, size, 1)), one_bucket(size), 60, asked(size))
    assert found.left.size == size - 1
    assert not found.left.any()
    apart = meet_leaders(everyone(drawn(1, size, 256)), one_bucket(size), 60, asked(size))
    assert met(apart) == []
