import re
import unicodedata

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quality.privacy.heads import ALWAYS, CELL, NUMBER, SAID, heads, needs_table
from quality.privacy.spotting import is_letter, one_of, runs
from quality.privacy.view import SIMPLIFIED, TRADITIONAL, View, fold_table, folded

ALPHABET = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("0Aa９Ｚ中號\x00\U00020000\u0301 姓名\u200b\ufeff"),
)
TEXTS = st.lists(st.one_of(st.none(), st.text(ALPHABET, max_size=20)), max_size=6)


UNSEEN = re.compile(
    "[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]"
)


def slowly_folded(text: str) -> str:
    table = fold_table()
    return "".join(chr(int(table[ord(c)])) if ord(c) < 0x10000 else c for c in text)


@given(st.text(ALPHABET, max_size=60))
def test_one_text_folds_as_in_a_view(text: str) -> None:
    assert folded(text) == slowly_folded(text)


@given(TEXTS, st.integers(0, 3))
def test_view_equals_folding_one_character_at_a_time(texts: list[str | None], skip: int) -> None:
    view = View.of(pl.Series(texts, dtype=pl.String)[skip:])
    expected = [slowly_folded(UNSEEN.sub("", text or "")) for text in texts[skip:]]
    assert view.text == "\0" + "".join(text + "\0" for text in expected)
    assert view.starts.tolist() == [
        1 + sum(len(t) + 1 for t in expected[:i]) for i in range(len(expected) + 1)
    ]


@given(TEXTS)
def test_a_view_knows_where_each_character_stands(texts: list[str | None]) -> None:
    view = View.of(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        seen = [i for i, c in enumerate(text or "") if not UNSEEN.match(c)]
        at = np.arange(view.starts[row], view.starts[row + 1] - 1)
        assert view.originally(at, np.full(at.size, row)).tolist() == seen


@given(st.text(ALPHABET, max_size=60))
def test_runs_equal_a_slow_scan(text: str) -> None:
    view = View.of(pl.Series([text]))
    ascii_only = "".join(c if c.isascii() and c.isalnum() else " " for c in view.text)
    expected, at = [], 0
    for run in ascii_only.split(" "):
        digits = sum(c.isdigit() for c in run)
        if digits or re.fullmatch(r"(?:[Mm][A-Za-z]{2})?(?:[A-Fa-f]{2}|WJ)", run):
            expected.append((at, at + len(run), digits))
        at += len(run) + 1
    found = runs(view)
    assert list(zip(found.start, found.end, found.digits, strict=True))[: len(expected)] == expected


def test_digits_glued_to_a_latin_cue_are_a_run_of_their_own() -> None:
    view = View.of(pl.Series(["TEL13812345678和ABC123"]))
    found = runs(view)
    spotted = [view.text[a:b] for a, b in zip(found.start, found.end, strict=True)]
    assert spotted == ["TEL13812345678", "ABC123", "13812345678"]


@given(st.text("tTeEl1 x2中[`{", max_size=12))
def test_glued_digits_are_those_behind_a_latin_cue_and_nothing_else(text: str) -> None:
    found = runs(View.of(pl.Series([text])))
    spotted = list(zip(found.start.tolist(), found.end.tolist(), strict=True))
    glued = {
        (m.start(1) + 1, m.end(1) + 1)
        for m in re.finditer(r"(?<![0-9A-Za-z])tel(\d[\dx]*)(?![0-9A-Za-z])", text, re.IGNORECASE)
    }
    whole = {(m.start() + 1, m.end() + 1) for m in re.finditer("[0-9A-Za-z]+", text)}
    assert {span for span in spotted if span not in whole} == glued


@given(st.text(ALPHABET, max_size=20))
def test_one_of_and_letters_equal_asking_each_character(text: str) -> None:
    codes = View.of(pl.Series([text])).codes
    characters = [chr(code) for code in codes.tolist()]
    assert one_of(codes, "中A ").tolist() == [c in "中A " for c in characters]
    assert is_letter(codes).tolist() == [c.isascii() and c.isalpha() for c in characters]


@given(st.text("姓名电话Qq微信中8一,( 是", max_size=60))
def test_a_head_is_spotted_where_what_it_needs_is_met(text: str) -> None:
    view = View.of(pl.Series([text]))
    needs = {"姓名": ALWAYS | SAID, "电话": NUMBER, "QQ": NUMBER | CELL}
    expected = {
        (i, met)
        for i in range(len(view.text) - 1)
        if (met := needs.get(view.text[i : i + 2], 0) & met_at(view.text, i))
    }
    spotted = list(heads(view, needs_table(needs.items())))
    assert {one for one in spotted if view.text[one[0] : one[0] + 2] in needs} == expected
    assert spotted == sorted(spotted, reverse=True)


def met_at(text: str, i: int) -> int:
    """What is met at `i`, the slow way; the text holds no number in brackets before a cue."""
    near = text[i + 1 : i + 49]
    written = re.search("8|一[8一,( ]*?一[8一,( ]*?一[8一,( ]*?一", text[i + 1 :])
    number = "8" in near or "8" in text[max(0, i - 9) : i] or (written and written.start() < 48)
    in_latin_word = text[i] == "Q" == text[i - 1]
    in_word = re.search("[一-鿿0-9A-Za-z] ?$", text[max(0, i - 2) : i])
    said = re.search("[:/| ]|名[是为]", text[i + 1 : i + 25])
    have = ALWAYS | (SAID if said else 0) | (0 if in_word else CELL)
    return have | (NUMBER if number and not in_latin_word else 0)


def test_ascii_of_any_width_folds_as_unicode_says() -> None:
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    assert folded(wide) == unicodedata.normalize("NFKC", wide)


def test_folding_twice_changes_nothing_more() -> None:
    table = fold_table()
    assert np.array_equal(table[table], table)
    assert len(TRADITIONAL) == len(SIMPLIFIED)
