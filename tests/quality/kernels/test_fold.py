import unicodedata
from importlib.resources import as_file, files

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quality.kernels.build_fold import build
from quality.kernels.fold import BLOCK, EXPANDS, LONGEST, fold, fold_all, fold_table
from tests.quality.kernels.reference import TEXTS, fold_whole

ANY = st.text(st.sampled_from(TEXTS) | st.characters(exclude_categories=["Cs"]))


def has_loose_jamo(text: str) -> bool:
    """Whether Hangul that is not a syllable is in the text: it is composed in no table."""
    return any(
        "ᄀ" <= part <= "ᇿ"
        for c in text
        if not "가" <= c <= "힣"
        for part in unicodedata.normalize("NFKD", c)
    )


@settings(deadline=None)
@given(ANY)
@example("")
@example("".join(TEXTS))
@example("ﷺ" * BLOCK)
@example("𪚥a漢é" * BLOCK)
def test_folding_in_one_pass_equals_whole_text_normalisation(text: str) -> None:
    assume(not has_loose_jamo(text))
    assert fold(text) == fold_whole(text)


@settings(deadline=None)
@given(st.lists(ANY | st.none()))
@example(["ﷺ" * BLOCK, "", None, "中"])
def test_many_texts_fold_as_each_alone(texts: list[str | None]) -> None:
    given = pl.Series(["先", *texts, "后"], dtype=pl.String)[1:-1]
    assert fold_all(given) == [fold(text or "") for text in texts]


@settings(deadline=None)
@given(ANY)
def test_normalisation_forms_fold_alike(text: str) -> None:
    assume(not any("가" <= c <= "힣" for c in text) and not has_loose_jamo(text))
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {fold(text)}


@settings(deadline=None)
@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("《紅樓夢》第１２０回：甄士隱", "红楼梦第120回甄士隐"),
        ("呢度係邊度呀？唔該！", "呢度系边度呀唔该"),
        ("ＨＴＴＰ／２　Ａ", "http2a"),
        ("臺／台，裏／裡／里", "台台里里里"),
        ("㍿ ①②③ Ⅷ", "株式会社123viii"),
        ("カ゛ﾞ", "カ"),
        ("😀👍🏽　\t\n…—", ""),
        ("𠀀𪚥", "𠀀𪚥"),
    ],
)
def test_copies_in_another_dress_meet(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_committed_table_is_what_the_script_makes() -> None:
    made = build()
    with as_file(files("quality.kernels") / "fold.npz") as path, np.load(path) as stored:
        if str(stored["unicode"]) != unicodedata.unidata_version:
            pytest.skip("this Python knows another version of Unicode than the table")
        assert set(stored) == set(made)
        for name in stored:
            np.testing.assert_array_equal(stored[name], made[name])


def test_no_expansion_is_longer_than_the_room_kept_for_it() -> None:
    table = fold_table()
    assert np.diff(table.starts).max() == LONGEST
    assert table.points.max() == EXPANDS + table.starts.size - 2
