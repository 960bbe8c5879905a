from collections import Counter

import numpy as np
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels import lines as kernel
from quality.kernels.arrow import strings
from quality.kernels.fold import BLOCK, fold, fold_table
from tests.quality.kernels.reference import TEXTS, exact_hash

ANY = st.text(st.sampled_from(TEXTS + "\n\n\n\n") | st.characters(exclude_categories=["Cs"]))

HASHES = st.sampled_from([0, 1, 5, 1 << 32, 5 << 32, 7 << 40 | 5, 2**64 - 1])
DOCUMENTS = st.lists(
    st.lists(st.tuples(HASHES | st.integers(0, 2**64 - 1), st.integers(0, 4)), max_size=12),
    max_size=30,
)


def lines_of(documents: list[list[tuple[int, int]]]) -> kernel.Lines:
    """Documents as the kernel reads them; a line is a hash and how long it is."""
    flat = [line for document in documents for line in document]
    offsets = np.cumsum([0, *map(len, documents)], dtype=np.int64)
    hashes = np.array([value for value, _ in flat], np.uint64)
    return kernel.Lines(offsets, hashes, np.array([chars for _, chars in flat], np.uint32))


@settings(deadline=None)
@given(st.lists(st.none() | ANY, max_size=6))
@example(["", None, "\n", "漢\n汉\n\n漢", "ﷺ" * 3 + "\n𠀀"])
@example(["一二" * BLOCK + "\n" + "。" * 9])
def test_lines_are_hashed_as_their_folded_text(texts: list[str | None]) -> None:
    offsets, hashes, chars = kernel.cut(strings(pl.Series(texts, dtype=pl.String)), fold_table())
    for row, text in enumerate(texts):
        folded = [fold(line) for line in (text or "").split("\n")]
        mine = slice(offsets[row], offsets[row + 1])
        assert hashes[mine].tolist() == [exact_hash(line) for line in folded]
        assert chars[mine].tolist() == [len(line) for line in folded]


@settings(deadline=None)
@given(DOCUMENTS, st.integers(1, 4), st.integers(0, 3), st.integers(0, 3), st.integers(0, 30))
@example([[(value, 9)] for value in range(40) for _ in range(2)], 2, 0, 0, 7)
@example([[(5, 3), (5, 3)], [(5, 3)]], 3, 0, 2, 1)
def test_counts_equal_the_obvious_version(
    documents: list[list[tuple[int, int]]], least: int, shortest: int, bits: int, half: int
) -> None:
    held: Counter[int] = Counter()
    for document in documents:
        held.update({value for value, chars in document if chars >= shortest})
    rough = np.zeros(1 << bits, np.uint8)
    table = kernel.tally(2)
    for part in (documents[:half], documents[half:]):
        kernel.count_roughly(lines_of(part), shortest, rough)
    for part in (documents[:half], documents[half:]):
        table = kernel.count_exactly(lines_of(part), shortest, least, rough, table)
    for value, count in held.items():
        there = table.documents[kernel.find(table, np.uint64(value))]
        assert there == count or (there == 0 and count < least)
    assert table.documents.sum() <= held.total()


def test_a_rough_count_that_is_full_stays_so() -> None:
    rough = np.zeros(1, np.uint8)
    kernel.count_roughly(lines_of([[(n, 9)] for n in range(300)]), 1, rough)
    assert rough.tolist() == [255]
    many = lines_of([[(7, 9)]] * 300 + [[(8, 9)]] * 299)
    table = kernel.count_exactly(many, 1, 300, rough, kernel.tally(2))
    assert [table.documents[kernel.find(table, np.uint64(n))] for n in (7, 8)] == [300, 299]


def test_common_lines_are_numbered_within_their_document() -> None:
    documents = [[(1, 4), (2, 2), (1, 4)], [], [(3, 0)], [(2, 2), (1, 6)]]
    rough = np.full(4, kernel.FULL, np.uint8)
    table = kernel.count_exactly(lines_of(documents), 0, 2, rough, kernel.tally(2))
    table.documents[kernel.find(table, np.uint64(2))] = 1
    ratio, offsets, numbers = kernel.find_common(lines_of(documents), table, 2)
    np.testing.assert_allclose(ratio, [0.8, 0, 0, 0.75])
    assert offsets.tolist() == [0, 2, 2, 2, 3]
    assert numbers.tolist() == [0, 2, 1]
