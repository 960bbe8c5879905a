"""Keys, places and shards: functions of a document's number and nothing else."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.mixing.keys import (
    Places,
    Purpose,
    halves,
    shard_count,
    shard_numbers,
    shuffle_keys,
)
from schemas.errors import IntegrityError
from tests.quality.mixing.listing import doc
from tests.quality.mixing.slowly import mix, slow_key


def test_keys_stay_what_they_are() -> None:
    assert mix(0) == 0xE220A8397B1DCDAF, "the first output of the published SplitMix64"
    assert slow_key(0, 2, "0" * 32) == 9779250494217394753
    ids = pl.Series(["0" * 32, "f" * 32])
    for seed in (0, 2**64 - 1):
        keys = shuffle_keys(ids, seed, Purpose.ORDER, np.array([0, 7], np.uint8))
        assert keys.tolist() == [slow_key(seed, 2, ids[0], 0), slow_key(seed, 2, ids[1], 7)]


@pytest.mark.parametrize("wrong", ["", "0" * 31, "0" * 34, "g" * 32, None])
def test_a_document_number_of_another_form_is_an_error(wrong: str | None) -> None:
    with pytest.raises(IntegrityError, match="not 32 hex digits"):
        halves(pl.Series([doc(1), wrong, doc(2)]))


@given(st.lists(st.binary(min_size=16, max_size=16)), st.data())
def test_halves_of_any_slice_and_chunking(numbers: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(numbers)))
    text = pl.Series([one.hex() for one in numbers], dtype=pl.String)
    chunked = pl.concat([text[cut:], text[:cut]], rechunk=False)
    high, low = halves(chunked)
    whole = [int(a) << 64 | int(b) for a, b in zip(high, low, strict=True)]
    assert whole == [int.from_bytes(one) for one in numbers[cut:] + numbers[:cut]]


IDS = st.lists(st.sampled_from([f"{high:016x}{low:016x}" for high in (1, 2) for low in (3, 4, 5)]))


@given(IDS, IDS)
def test_places_are_found_even_where_halves_collide(mixture: list[str], batch: list[str]) -> None:
    places = Places.of(pl.Series(mixture, dtype=pl.String))
    row, position = places.find(pl.Series(batch, dtype=pl.String))
    found = set(zip(row.tolist(), position.tolist(), strict=True))
    assert len(found) == len(row)
    assert found == {
        (i, j) for i, one in enumerate(batch) for j, other in enumerate(mixture) if one == other
    }


@given(st.integers(0, 10**6), st.integers(1, 5000))
def test_shards_are_as_few_as_hold_the_size_on_average(total: int, shard_bytes: int) -> None:
    count = shard_count(total, shard_bytes)
    assert count * shard_bytes >= total
    # Of 2^n and 3 * 2^n, the next smaller one would not do.
    smaller = count * 2 // 3 if count % 3 == 0 else count * 3 // 4
    assert count == 1 or max(smaller, count // 2) * shard_bytes < total


@given(st.lists(st.integers(0, 2**64 - 1), max_size=50), st.integers(1, 5000))
def test_shards_are_equal_ranges_of_the_key(keys: list[int], count: int) -> None:
    numbers = shard_numbers(np.array(sorted(keys), np.uint64), count).tolist()
    assert numbers == sorted(numbers)
    assert numbers == [(key >> 32) * count >> 32 for key in sorted(keys)]
    assert all(0 <= one < count for one in numbers)
