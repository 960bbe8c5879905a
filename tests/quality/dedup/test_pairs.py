import math
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.dedup import MEMBERS, NOTHING_KNOWN, bands_of, pairs
from quality.dedup.pairs import parts_of, zone
from quality.kernels.fold import fold
from schemas.corpus import Dedup
from schemas.tables import PAIRS
from tests.quality.dedup.making import OTHER, PAGE, TextsAt, documents, paired
from tests.quality.kernels.reference import gram_hash, grams


def shingles(text: str) -> set[int]:
    return {gram_hash(gram) >> 32 for gram in grams(fold(text), 5)}


def expected_pairs(of: pl.DataFrame, dedup: Dedup) -> list[tuple[Any, ...]]:
    """All pairs of texts, in buckets of which none is large."""
    count, width = bands_of(dedup)
    lowest = of.sort("threshold", descending=True)
    texts = {row["exact"]: row for row in lowest.iter_rows(named=True) if row["sketch"]}
    found = []
    for left, right in combinations(sorted(texts), 2):
        one, other = (np.frombuffer(texts[end]["sketch"], np.uint8) for end in (left, right))
        equal = one == other
        estimate = max(0.0, (equal.mean() - 1 / 256) / (1 - 1 / 256))
        zones = [zone(texts[end]["threshold"]) for end in (left, right)]
        if (
            estimate >= min(low for low, _ in zones)
            and equal[: count * width].reshape(count, width).all(axis=1).any()
        ):
            mine, theirs = (shingles(texts[end]["text"]) for end in (left, right))
            counted = any(low <= estimate <= high for low, high in zones)
            alike = len(mine & theirs) / len(mine | theirs) if counted else estimate
            found.append((left, right, pytest.approx(alike, abs=1e-6), counted))
    return found


CUTS = st.lists(
    st.tuples(st.sampled_from([PAGE, OTHER]), st.integers(0, 120), st.integers(1, 400)),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(CUTS, st.randoms(use_true_random=False), st.sampled_from([0.5, 0.7, 0.9]))
def test_pairs_share_a_band_and_are_counted_near_the_threshold_whatever_the_order(
    cuts: list[tuple[str, int, int]], random: Random, threshold: float
) -> None:
    given = documents(
        {f"{i:02}": text[a : a + n] for i, (text, a, n) in enumerate(cuts)},
        threshold=[(threshold, 0.95)[i % 3 == 0] for i in range(len(cuts))],
    )
    dedup = Dedup(threshold=threshold)
    table = paired(given, dedup)
    assert table.schema == PAIRS
    assert table.rows() == expected_pairs(given, dedup)
    order = random.sample(range(len(cuts)), len(cuts))
    assert paired(given[order], dedup).equals(table)


def test_shares_of_the_bands_find_together_what_one_finds() -> None:
    text = PAGE + OTHER
    given = documents({f"r{i:02}": text[20 * i : 20 * i + 400] for i in range(20)})
    whole = paired(given)
    parts = paired(given, Dedup(shares=7))
    assert whole.height > 30
    assert parts.unique().sort("left", "right").equals(whole)


def test_a_band_shape_that_is_asked_for_is_used() -> None:
    given = documents({"a": PAGE, "b": PAGE[:370]})
    assert paired(given).height == 1
    assert paired(given, Dedup(bands=1, rows=128)).height == 0


def test_equal_texts_are_one_and_need_no_pair() -> None:
    assert paired(documents({"a": PAGE, "b": PAGE, "c": "，".join(PAGE)})).height == 0


def test_the_zone_holds_most_estimates_of_pairs_at_the_threshold() -> None:
    draw = np.random.RandomState(1).binomial(128, 0.7, 100_000) / 128
    low, high = zone(0.7)
    assert np.mean((draw < low) | (draw > high)) == pytest.approx(
        math.erfc(2.5 / math.sqrt(2)), abs=0.003
    )


def test_texts_are_counted_a_part_at_a_time() -> None:
    left, right = np.arange(0, 20, 2), np.arange(1, 20, 2)
    chars = np.full(20, 100)
    parts = [(some.start, some.stop) for some in parts_of(left, right, chars, 650)]
    assert parts == [(0, 3), (3, 6), (6, 9), (9, 10)]
    assert list(parts_of(left[:0], right[:0], chars, 650)) == []


def test_only_texts_near_the_threshold_are_read() -> None:
    given = documents({"a": PAGE, "b": PAGE[:395], "c": PAGE[:280], "d": OTHER})
    texts = TextsAt(given["text"].to_list())
    table = pairs(given.lazy().select(MEMBERS.names()), texts, Dedup(), 0, NOTHING_KNOWN)
    assert table["counted"].sum() == 2
    assert texts.taken == 3
