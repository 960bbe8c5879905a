"""Documents in which a value was found are told by its digest, however it is written."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.fold import fold
from quality.privacy import privacy
from quality.withdrawal import held, snippet_of, subjects_of
from schemas.errors import ConfigError, IntegrityError
from schemas.withdrawals import Subject

KEY = b"k" * 32
TEXTS = (
    "联系人：張偉，电话１３８－１２３４－５６７８。",
    "请致电 +86 138 1234 5678 找王小明，或发邮件到 zhang.wei@example.com。",
    None,
    "没有什么人的话。",
    "联系人：张伟，手机 13912345678。" * 2 + "姓名：王小明",
    "",
)


def subject(value: str, key: bytes = KEY) -> Subject:
    return subjects_of([value], key)[0]


def laid(
    ids: Sequence[str], texts: Sequence[str | None], title: str | None = None, author: str = ""
) -> pl.LazyFrame:
    told = {"title": pl.lit(title, pl.String), "author": pl.lit(author or None, pl.String)}
    return pl.LazyFrame({"doc_id": ids, "text": texts}).with_columns(**told)


def found(texts: tuple[str | None, ...], *values: str) -> list[str]:
    documents = laid([str(i) for i in range(len(texts))], texts)
    asked = {one: number for number, one in enumerate(subjects_of(values, KEY))}
    return sorted(held(documents, privacy(documents), asked, KEY)["doc_id"])


@pytest.mark.parametrize(
    ("value", "documents"),
    [
        ("13812345678", ["0", "1"]),
        ("+86 138-1234-5678", ["0", "1"]),
        ("008613812345678", ["0", "1"]),
        ("张伟", ["0", "4"]),
        ("張 偉", ["0", "4"]),
        ("ZHANG.WEI@EXAMPLE.COM", ["1"]),
        ("王小明", ["1", "4"]),
        ("王小", []),
        ("1381234567", []),
        ("没有什么人的话", []),
    ],
)
def test_a_value_is_found_however_it_is_written(value: str, documents: list[str]) -> None:
    assert found(TEXTS, value) == documents


@pytest.mark.parametrize("value", ["13812345678", "张伟", "李四", "张伟、李四"])
def test_titles_and_authors_are_searched_too(value: str) -> None:
    documents = laid(["a"], ["无"], "咨询电话１３８１２３４５６７８", "张伟、李四")
    assert held(documents, privacy(documents), {subject(value): 1}, KEY)["doc_id"].to_list() == [
        "a"
    ]
    assert held(documents, privacy(documents), {subject("王五"): 1}, KEY).is_empty()


def test_the_first_request_counts_and_a_document_is_there_once() -> None:
    documents = laid(["a", "b"], [TEXTS[4], TEXTS[0]])
    asked = {subject("13912345678"): 3, subject("张伟"): 2, subject("13812345678"): 1}
    hits = held(documents, privacy(documents), asked, KEY)
    assert dict(hits.iter_rows()) == {"a": 2, "b": 1}
    assert hits.height == 2


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(["😀", "甲", "a", "𪚥", "电话13812345678", "。", "\U00010000张"])),
    st.lists(st.sampled_from(["电话13812345678，", "电话13812345679，", "😀"])),
)
def test_spans_count_characters(before: list[str], after: list[str]) -> None:
    text = "。".join([*before, "手机：13712345678，", *after])
    assert found(("", text, "无"), "13712345678") == ["1"]
    assert found((text,), "13812345679") == (["0"] if "电话13812345679，" in after else [])


def test_one_value_has_one_digest_and_others_have_others() -> None:
    alike = ["13812345678", "１３８１２３４５６７８", "138 1234-5678", "+86 13812345678"]
    assert len(set(subjects_of(alike, KEY))) == 1
    assert subject("陳東") == subject("陈东")
    different = ["13812345678", "13812345679", "8613812345", "8602012345678", "张伟", "张炜"]
    assert len(set(subjects_of(different, KEY))) == len(different)


def test_nothing_of_a_value_can_be_told_without_the_key() -> None:
    mine, theirs = subject("13812345678"), subject("13812345678", b"x" * 32)
    assert (mine.key != theirs.key, mine.digest != theirs.digest) == (True, True)
    assert "1381234" not in str(mine)


def test_the_digest_of_a_value_is_not_that_of_a_passage() -> None:
    assert subject("13812345678").digest != snippet_of("13812345678", KEY).digest


def test_a_value_without_letters_and_digits_is_refused_by_its_number() -> None:
    with pytest.raises(ConfigError, match="value 2 has no letter") as error:
        subjects_of(["张伟", "——", "13812345678"], KEY)
    assert "——" not in str(error.value)
    assert fold("——") == ""


def test_a_lost_key_is_noticed() -> None:
    documents = pl.LazyFrame({"doc_id": ["a"], "text": ["电话13812345678"]})
    with pytest.raises(IntegrityError, match="put the old file"):
        held(documents, privacy(documents), {subject("张伟"): 1}, b"x" * 32)
