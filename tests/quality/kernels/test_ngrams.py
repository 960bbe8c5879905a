import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.ngrams import mix32, ngram_hashes
from tests.quality.kernels.reference import gram_hash, grams, mix


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(1, 14))
def test_rolled_hashes_equal_the_hash_of_each_window(text: str, n: int) -> None:
    points = np.array([ord(c) for c in text], np.uint32)
    out = np.zeros(64, np.uint64)
    count = ngram_hashes(points, points.size, n, out)
    assert out[:count].tolist() == [gram_hash(gram) for gram in grams(text, n)]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_32_bit_finaliser_is_that_of_murmurhash3(value: int) -> None:
    assert mix32(np.uint32(value)) == mix(value, 32)


def test_shingle_hashes_spread_evenly_over_their_low_and_high_bits() -> None:
    points = np.arange(0x4E00, 0x9FA5, dtype=np.uint32)
    out = np.zeros(points.size, np.uint64)
    upper = out[: ngram_hashes(points, points.size, 5, out)] >> np.uint64(32)
    for bits in (upper & np.uint64(255), upper >> np.uint64(24)):
        counts = np.bincount(bits.astype(np.int64), minlength=256)
        expected = upper.size / 256
        # Chi-square with 255 degrees of freedom: 340 is passed once in 3,000 draws.
        assert ((counts - expected) ** 2 / expected).sum() < 340
