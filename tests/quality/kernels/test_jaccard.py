import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.kernels.fold import BLOCK, fold, fold_table
from quality.kernels.jaccard import fitting, shingle_sets, similarities
from tests.quality.kernels.reference import TEXTS, gram_hash, grams

FEW = st.text(st.sampled_from("天地玄黄一乙"), max_size=30)
ANY = st.text(st.sampled_from(TEXTS) | st.characters(exclude_categories=["Cs"]))
ACROSS_BLOCKS = "".join(chr(0x4E00 + 7 * i % 9000) for i in range(2 * BLOCK))


def shingles(text: str) -> set[int]:
    return {gram_hash(gram) >> 32 or 1 for gram in grams(fold(text), 5)}


@settings(deadline=None)
@given(st.lists(ANY | FEW, min_size=1, max_size=5))
@example([ACROSS_BLOCKS, "", ACROSS_BLOCKS[BLOCK:] + "天地玄黄"])
def test_sets_and_their_similarities_are_those_of_the_folded_shingles(texts: list[str]) -> None:
    chars = np.array([len(fold(text)) for text in texts])
    sets = shingle_sets(strings(pl.Series(texts)), fold_table(), chars)
    expected = [shingles(text) for text in texts]
    for row, one in enumerate(expected):
        hashes = sets.hashes[sets.starts[row] : sets.starts[row + 1]].tolist()
        assert len(hashes) == len(one)
        assert set(hashes) == one
    left, right = (ends.ravel() for ends in np.indices((len(texts), len(texts))))
    alike = [
        len(expected[i] & expected[j]) / (len(expected[i] | expected[j]) or 1)
        for i, j in zip(left, right, strict=True)
    ]
    assert similarities(sets, left, right).tolist() == pytest.approx(alike, abs=1e-6)


def test_pairs_are_taken_until_their_texts_are_too_long_together() -> None:
    left, right = np.array([0, 0, 0, 3]), np.array([1, 2, 1, 4])
    chars = np.array([10, 10, 10, 50, 60])
    assert fitting(left, right, chars, 0, 30) == 3
    assert fitting(left, right, chars, 0, 29) == 1
    assert fitting(left, right, chars, 3, 30) == 4
