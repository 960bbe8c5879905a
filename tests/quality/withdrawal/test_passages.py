"""Texts that contain a passage are found without the passage, and no others."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.kernels.fold import BLOCK, fold
from quality.withdrawal import LEAST_CHARS, contains, snippet_of
from schemas.errors import ConfigError, IntegrityError

KEY = b"k" * 32
PASSAGE = "志愿者会替您登记，就诊的时候请带好医保卡"


def holds(text: str | None, passage: str, key: bytes = KEY) -> bool:
    found = contains(pl.lit(pl.Series([text], dtype=pl.String)), snippet_of(passage, key), key)
    return bool(pl.select(found).item())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PASSAGE, True),
        (f"昨天。{PASSAGE}。", True),
        ("志願者會替您登記就診的時候請帶好醫保卡", True),
        ("志愿者会替您\n登记：就诊的时候，请带好“医保卡”！", True),
        ("志愿者会替您登记，就诊的时候请带好身份证", False),
        (PASSAGE[:-1], False),
        ("", False),
        ("，。！", False),
        (None, False),
    ],
)
def test_a_passage_is_found_however_it_is_written(text: str | None, found: bool) -> None:
    assert holds(text, PASSAGE) is found


@given(
    st.text("甲乙丙，", max_size=60),
    st.text("甲乙", min_size=LEAST_CHARS, max_size=12),
    st.booleans(),
)
def test_it_is_found_where_the_folded_text_contains_it(
    text: str, passage: str, inside: bool
) -> None:
    text = text[:30] + passage + text[30:] if inside else text
    assert holds(text, passage) == (fold(passage) in fold(text))


@pytest.mark.parametrize("before", [0, 1, BLOCK - 25, BLOCK - 1, BLOCK, 3 * BLOCK + 7])
@pytest.mark.parametrize("chars", [LEAST_CHARS, 1000, 2 * BLOCK + 1])
def test_it_is_found_across_the_blocks_of_a_long_text(before: int, chars: int) -> None:
    passage = "".join(chr(0x4E00 + i * 7 % 5000) for i in range(chars))
    assert holds("甲" * before + passage + "乙" * 50, passage)
    assert not holds("甲" * before + passage[:-1] + "乙" * 50, passage + "丙")


def test_short_passages_are_refused() -> None:
    with pytest.raises(ConfigError, match="has 9 characters"):
        snippet_of("一二三四五，六七八九！！！", KEY)


def test_nothing_of_a_passage_can_be_told_without_the_key() -> None:
    mine, theirs = snippet_of("13812345678", KEY), snippet_of("13812345678", b"x" * 32)
    assert mine.rolling != theirs.rolling
    assert mine.digest != theirs.digest
    assert "1381234" not in mine.model_dump_json()


def test_a_lost_key_is_noticed() -> None:
    with pytest.raises(IntegrityError, match="put the old file"):
        contains(pl.col("text"), snippet_of(PASSAGE, KEY), b"x" * 32)
