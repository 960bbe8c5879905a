"""Width: digits and letters, and nothing else."""

import unicodedata

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quality.text.width import BYTES_SAVED, fold_width, wide_alphanumerics

MIXED = st.text(st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF) | st.sampled_from("汉A1"))


@given(MIXED)
def test_letters_and_digits_are_folded_as_unicode_says(text: str) -> None:
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    folded = frame.select(fold_width(pl.col("text"))).item()
    for before, after in zip(text, folded, strict=True):
        narrow = unicodedata.normalize("NFKC", before)
        asked = narrow.isascii() and narrow.isalnum() and len(narrow) == 1
        assert after == (narrow if asked else before)
    wide = frame.select(wide_alphanumerics(pl.col("text"))).item()
    assert len(text.encode()) - len(folded.encode()) == BYTES_SAVED * wide
