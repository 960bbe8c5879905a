"""The sketch against counting."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.kernels.sketch import FULL, add, count


def mixed(number: int) -> int:
    """A key as a hash is one: the sketch takes its halves, which those of small numbers share."""
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    number = (number ^ number >> 27) * 0x94D049BB133111EB % 2**64
    return number ^ number >> 31


KEYS = (st.integers(0, 2**64 - 1) | st.integers(0, 3)).map(mixed)
MANY = st.lists(st.lists(KEYS, max_size=20), max_size=8)


@given(MANY)
def test_a_key_counts_once_for_each_group(groups: list[list[int]]) -> None:
    counts = np.zeros((2, 2**16), np.uint16)
    keys = np.array([key for group in groups for key in group], np.uint64)
    of = np.array([number for number, group in enumerate(groups) for _ in group], np.int64)
    add(keys, of, counts)
    wanted = Counter(key for group in groups for key in set(group))
    found = count(keys, counts).tolist()
    least = [wanted[key] if key else 0 for key in keys.tolist()]
    assert all(have >= want for have, want in zip(found, least, strict=True))
    assert sum(found) <= sum(least) + len(found)


def test_a_full_counter_stays_full() -> None:
    counts = np.full((2, 2), FULL, np.uint16)
    key = np.array([5], np.uint64)
    add(key, np.zeros(1, np.int64), counts)
    assert count(key, counts).tolist() == [FULL]
