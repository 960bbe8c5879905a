"""Chunks for retrieval: whole sentences where they fit, and the text again from the pieces."""

import unicodedata
from functools import cache

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.text.chunks import CHUNKS, CLOSERS, ENDS, chunks

ODD = "一二三中文。。！？!?；;…”」）\n\n\t a,，、\u0301\u200d\ufe0f👨👩🏽𠀀각か\u3099\r\u2028"
# Sentences of all lengths about that of a chunk, and rarely a paragraph.
PROSE = st.sampled_from("中" * 12 + "。？\n") | st.sampled_from(ODD)
TEXTS = st.lists(st.none() | st.text(PROSE, max_size=80), max_size=4)
SIZES = st.tuples(st.integers(1, 14), st.integers(0, 13)).filter(lambda pair: pair[1] < pair[0])

Piece = tuple[int, int]


@cache
def extends(character: str) -> bool:
    mark = unicodedata.category(character).startswith("M")
    return mark or character == "\u200d" or "\U0001f3fb" <= character <= "\U0001f3ff"


def whole(text: str, place: int) -> bool:
    """Whether no combining sequence is cut at `place`."""
    if place in (0, len(text)):
        return True
    before = text[:place]
    while before and extends(before[-1]) and before[-1] != "\u200d":
        before = before[:-1]
    return not extends(text[place]) and not before.endswith("\u200d")


def paragraph(text: str, place: int) -> bool:
    if place == len(text):
        return True
    base = "".join(one for one in text[:place] if not extends(one))
    return whole(text, place) and base.endswith("\n") and text[place] != "\n"


def sentence(text: str, place: int) -> bool:
    if paragraph(text, place):
        return True
    base = "".join(one for one in text[:place] if not extends(one)).rstrip(CLOSERS)
    goes_on = text[place] in ENDS + CLOSERS + "\n"
    return whole(text, place) and base.endswith((*ENDS, "\n")) and not goes_on


def slowly(text: str, size: int, overlap: int) -> list[Piece]:
    """The chunks, from their description."""
    pieces: list[Piece] = []
    end = 0
    while end < len(text):
        start = end
        if pieces:
            ends = sentence if sentence(text, end) else whole
            earliest = max(pieces[-1][0] + 1, end - overlap)
            start = next((place for place in range(earliest, end) if ends(text, place)), end)
        pieces.append(longest(text, start, end, size))
        end = pieces[-1][1]
    return pieces


def longest(text: str, start: int, last: int, size: int) -> Piece:
    for begin in (start, last):
        places = range(last + 1, min(begin + size, len(text)) + 1)
        sentences = [place for place in places if sentence(text, place)]
        paragraphs = [p for p in places if paragraph(text, p) and 2 * (p - begin) >= size]
        if sentences:
            return begin, max(paragraphs or sentences)
    places = range(last + 1, min(start + size, len(text)) + 1)
    return start, max([place for place in places if whole(text, place)] or places)


@settings(max_examples=400)
@given(TEXTS, SIZES)
@example(["。\u0301”a", None, "", "\u0301\u0301\u0301", "👨\u200d👩\u200d👧", "”\n”"], (2, 1))
def test_the_kernel_cuts_where_the_description_says(
    texts: list[str | None], sizes: tuple[int, int]
) -> None:
    found = chunks(pl.Series(texts, dtype=pl.String), *sizes)
    expected = [
        (row, ordinal, start, end, text[start:end])
        for row, text in enumerate(texts)
        if text
        for ordinal, (start, end) in enumerate(slowly(text, *sizes))
    ]
    assert found.schema == CHUNKS
    assert found.rows() == expected


@given(st.text(PROSE, min_size=1), SIZES)
def test_the_pieces_give_the_text_back(text: str, sizes: tuple[int, int]) -> None:
    found = chunks(pl.Series([text]), *sizes)
    again, end = "", 0
    for row in found.to_dicts():
        assert row["start"] <= end < row["end"]
        assert len(row["text"]) <= sizes[0]
        again += row["text"][end - row["start"] :]
        end = row["end"]
    assert again == text


def cut(text: str, size: int, overlap: int = 0) -> list[str]:
    return chunks(pl.Series([text]), size, overlap)["text"].to_list()


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("他说：“好。”然后走了。", 8, ["他说：“好。”", "然后走了。"]),
        ("真的吗？！真的……好吧。", 8, ["真的吗？！", "真的……好吧。"]),
        ("第一段。\n\n第二段很长。还有。", 9, ["第一段。\n\n", "第二段很长。还有。"]),
        ("一\n二。三四五", 4, ["一\n", "二。", "三四五"]),
        ("没有标点的一句话", 3, ["没有标", "点的一", "句话"]),
        ("短。一句太长而要切开的话。", 6, ["短。", "一句太长而要", "切开的话。"]),
        ("か\u3099き\u3099く\u3099", 3, ["か\u3099", "き\u3099", "く\u3099"]),
        ("字\U000e0100字\U000e0100", 3, ["字\U000e0100", "字\U000e0100"]),
    ],
)
def test_chinese_is_cut_where_a_reader_would(text: str, size: int, pieces: list[str]) -> None:
    assert cut(text, size) == pieces


def test_what_is_repeated_is_whole_sentences() -> None:
    assert cut("一二三。四五。六七八九。", 8, 4) == ["一二三。四五。", "四五。六七八九。"]


def test_a_sentence_that_fits_alone_is_not_cut_for_the_sake_of_repeating() -> None:
    assert cut("零。一二。三四五六七八。", 8, 4) == ["零。一二。", "三四五六七八。"]


def test_an_overlap_as_long_as_a_chunk_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        chunks(pl.Series(["一"]), 5, 5)


def test_a_long_text_costs_as_much_a_character_as_a_short_one() -> None:
    found = chunks(pl.Series(["天地玄黄，宇宙洪荒。" * 200_000]), 500, 50)
    assert found["end"].max() == 2_000_000
    assert found.height == -(-(2_000_000 - 500) // 450) + 1
