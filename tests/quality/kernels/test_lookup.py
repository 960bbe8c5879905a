import numpy as np
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.kernels.fold import fold, fold_table
from quality.kernels.lookup import SEED, fold_whole, seed_hits, seeds_of, text_grams

# Two letters make repeats, and so shared n-grams, likely.
SHORT = st.text("甲乙，", max_size=40)
LONG = "".join(chr(0x4E00 + i) for i in range(5000))


def hits_of(text: str, known: list[str]) -> set[tuple[int, int]]:
    """Places in the folded text and numbers of the `known` seeds that stand there."""
    hashes = np.concatenate(
        [np.empty(0, np.uint64)]
        + [text_grams(strings(pl.Series([one])).data, fold_table()) for one in known]
    )
    order = np.argsort(hashes, kind="stable")
    seeds = seeds_of(hashes[order], order.astype(np.uint32))
    short = np.empty(16, np.uint32)
    folded, count = fold_whole(strings(pl.Series([text])).data, fold_table(), short)
    found, some = seed_hits(folded, count, seeds, np.empty((2, 2), np.int64))
    return {(int(place), int(number)) for place, number in found[:some]}


@settings(deadline=None)
@given(SHORT, st.lists(st.text("甲乙", min_size=SEED, max_size=SEED), max_size=12))
@example(LONG, [LONG[:SEED], LONG[4100 : 4100 + SEED], LONG[-SEED:], "终" * SEED])
@example("甲" * 20, [])
@example("", ["甲" * SEED])
def test_the_seeds_that_stand_in_a_text_are_those_of_its_slices(
    text: str, known: list[str]
) -> None:
    folded = fold(text)
    assert hits_of(text, known) == {
        (place, number)
        for number, seed in enumerate(known)
        for place in range(len(folded) - SEED + 1)
        if folded[place : place + SEED] == fold(seed)
    }


@given(st.text("甲Ａﷺ１，", max_size=60))
def test_a_text_is_folded_whole_into_whatever_room_there_is(text: str) -> None:
    folded, count = fold_whole(
        strings(pl.Series([text])).data, fold_table(), np.empty(16, np.uint32)
    )
    assert folded[:count].tobytes().decode("utf-32-le") == fold(text)


def test_the_bitmap_lets_few_foreign_seeds_through() -> None:
    hashes = np.unique(np.random.default_rng(1).integers(0, 1 << 64, 10_000, np.uint64))
    seeds = seeds_of(hashes, np.arange(hashes.size, dtype=np.uint32))
    others = np.random.default_rng(2).integers(0, 1 << 64, 10_000, np.uint64)
    words = (others >> np.uint64(6)) & np.uint64(seeds.bits.size - 1)
    through = (seeds.bits[words] >> (others & np.uint64(63))) & np.uint64(1)
    assert through.mean() < 1 / 14
