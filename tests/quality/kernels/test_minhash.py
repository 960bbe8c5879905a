import numpy as np
import polars as pl
from datasketch import MinHash
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.kernels.fold import BLOCK, LONGEST, fold, fold_table
from quality.kernels.minhash import EMPTY, lower, permutations, sign
from tests.quality.kernels.reference import TEXTS, exact_hash, gram_hash, grams

ANY = st.text(st.sampled_from(TEXTS) | st.characters(exclude_categories=["Cs"]))

# Few shingles, all but one where the first block ends: each holds some minimum, none can be lost.
ACROSS_BLOCKS = "一" * (BLOCK - LONGEST - 6) + "天地玄黄宇宙洪荒日月盈昃辰宿列张"


def datasketch_minhash(hashes: list[int]) -> MinHash:
    sketch = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=int)
    if hashes:
        sketch.update_batch(hashes)
    return sketch


def test_permutations_are_those_of_datasketch() -> None:
    slopes, shifts = MinHash(num_perm=128, seed=1, scheme="affine32").permutations
    np.testing.assert_array_equal(permutations().slopes, slopes)
    np.testing.assert_array_equal(permutations().shifts, shifts)


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=40))
def test_minima_equal_datasketch_for_the_same_shingle_hashes(hashes: list[int]) -> None:
    minima = np.full(128, EMPTY, np.uint32)
    lower(minima, np.array(hashes, np.uint32), len(hashes), *permutations())
    np.testing.assert_array_equal(minima, datasketch_minhash(hashes).hashvalues)


@settings(deadline=None)
@given(st.lists(st.none() | ANY, max_size=6))
@example(["", None, "中文中文中", "𪚥" * 5, "ﷺ"])
@example([ACROSS_BLOCKS, "短"])
def test_texts_are_signed_as_their_folded_shingles(texts: list[str | None]) -> None:
    lengths, exact, minhash = sign(
        strings(pl.Series(texts, dtype=pl.String)), fold_table(), permutations()
    )
    for row, text in enumerate(texts):
        folded = fold(text or "")
        shingles = [gram_hash(gram) >> 32 for gram in grams(folded, 5)]
        assert lengths[row] == len(folded)
        assert exact[row] == exact_hash(folded)
        np.testing.assert_array_equal(minhash[row], datasketch_minhash(shingles).hashvalues)
