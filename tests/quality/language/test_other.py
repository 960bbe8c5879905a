"""A fastText model from elsewhere in the place of our own, trained here and now."""

from collections.abc import Sequence
from pathlib import Path

import fasttext
import polars as pl
import pytest

from quality.language import Model, identify, load_model

LINES = {
    "zho_Hans": ["我们 今天 去 图书馆", "他们 明天 来 学校", "我們 今天 去 圖書館"],
    "jpn_Jpan": ["私 は 本 を 読む", "あなた は 学校 に 行く"],
    "eng_Latn": ["the cat is on the mat", "we read many books today"],
    "wuu_Hani": ["阿拉 今朝 侪 勿 去", "侬 勿 晓得 伊拉"],
}


def trained(folder: Path, labels: dict[str, list[str]]) -> str:
    lines = [f"__label__{label} {line}\n" for label, some in labels.items() for line in some]
    (folder / "lines.txt").write_text("".join(lines * 50), encoding="utf-8")
    settings = {"dim": 8, "lr": 1.0, "epoch": 20, "thread": 1, "verbose": 0, "bucket": 1000}
    model = fasttext.train_supervised(str(folder / "lines.txt"), **settings)
    model.save_model(str(folder / "small.bin"))
    return str(folder / "small.bin")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return load_model(trained(tmp_path_factory.mktemp("model"), LINES))


def found(texts: Sequence[str | None], model: Model) -> pl.DataFrame:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(identify(pl.col("text"), model)).unnest("text")


def test_its_labels_become_tags_and_our_tables_settle_the_script(model: Model) -> None:
    texts = ["我们 今天 去 图书馆", "我們 今天 去 圖書館", "私 は 本 を 読む", "侬 勿 晓得 伊拉"]
    told = found([*texts, "the cat is on the mat"], model)
    assert told["language"].to_list() == ["zh-Hans", "zh-Hant", "ja", "wuu", "en"]
    assert (told["confidence"] > 0.9).all()
    assert told["shares"].list.len().to_list() == [1] * 5


def test_what_has_no_letters_is_undetermined_whatever_it_says(model: Model) -> None:
    told = found([None, "", "\n\n", "2024", "。"], model)
    assert told["language"].to_list() == ["und"] * 5
    assert told["confidence"].sum() == told["han_ratio"].sum() == 0


def test_it_is_asked_about_paragraphs_too(model: Model) -> None:
    text = "我们 今天 去 图书馆\n" * 12 + "the cat is on the mat\n" * 30
    (shares,) = found([text], model)["shares"].to_list()
    assert {one["language"] for one in shares} == {"zh-Hans", "en"}


def test_its_answer_does_not_depend_on_how_the_texts_arrive(model: Model) -> None:
    texts = [line for some in LINES.values() for line in some] * 3
    whole = found(texts, model)
    assert pl.concat([found([text], model) for text in texts]).equals(whole)
    sliced = pl.DataFrame({"text": ["skipped", *texts]})[1:]
    assert sliced.select(identify(pl.col("text"), model)).unnest("text").equals(whole)


@pytest.mark.parametrize("content", [b"", b"no model", b"\xba\x16\x4f\x2f\x0c\x00\x00\x00" * 8])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.bin").write_bytes(content)
    with pytest.raises(ValueError, match="no fastText model"):
        load_model(str(tmp_path / "model.bin"))


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    path = trained(tmp_path, {"spam": ["buy now"], "not_spam_at_all": ["dear friend"]})
    with pytest.raises(ValueError, match="none of its labels"):
        load_model(path)
