"""Scorers of one's own: classifiers of Wenyuan's, of fastText, and ONNX models."""

from pathlib import Path

import fasttext
import numpy as np
import polars as pl
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from quality.kernels.arrow import strings
from quality.scoring.linear import fit, save
from quality.scoring.own import load_scorer
from quality.scoring.scores import Scorer
from schemas.scorers import Scorer as Asked
from tests.quality.scoring import tiny_onnx

GOOD, BAD = "勤奋学习天天向上", "加微信领取红包彩金"


def scorer(path: Path, **asked: str) -> Scorer:
    return load_scorer(Asked.model_validate({"model": str(path), **asked}))


def score(of: Scorer, *texts: str | None) -> list[float]:
    found = of(strings(pl.Series(texts, dtype=pl.String)))
    assert found.dtype == np.float32
    return [float(one) for one in found]


@pytest.fixture
def npz(tmp_path: Path) -> Path:
    texts = [GOOD, BAD] * 20
    save(fit(texts, ["5", "1"] * 20, ("1", "5"), seed=1), str(tmp_path / "grades.npz"))
    return tmp_path / "grades.npz"


def write_fasttext(path: Path, good: str, bad: str, *, apart: bool = False) -> Path:
    sep = " " if apart else ""
    lines = f"__label__{good} {sep.join(GOOD)}\n__label__{bad} {sep.join(BAD)}\n"
    path.with_suffix(".txt").write_text(lines * 50, encoding="utf-8")
    settings = {"dim": 4, "bucket": 10, "verbose": 0, "thread": 1, "epoch": 50}
    fasttext.train_supervised(str(path.with_suffix(".txt")), **settings).save_model(str(path))
    return path


def test_grades_of_our_own_give_the_expected_one(npz: Path) -> None:
    good, bad = score(scorer(npz), GOOD, BAD)
    assert good > 4.5
    assert bad < 1.5


def test_a_label_gives_its_chance(npz: Path, tmp_path: Path) -> None:
    assert score(scorer(npz, label="1"), BAD)[0] > 0.9
    path = write_fasttext(tmp_path / "style.bin", "good", "bad")
    good, bad = score(scorer(path, label="good"), GOOD, BAD)
    assert good > 0.9
    assert 0 <= bad < 0.1


def test_numbers_of_a_fasttext_model_give_the_expected_one(tmp_path: Path) -> None:
    good, bad = score(scorer(write_fasttext(tmp_path / "grade.bin", "4", "1")), GOOD, BAD)
    assert good > 3.5
    assert 1 <= bad < 1.5


def test_characters_may_be_words(tmp_path: Path) -> None:
    path = write_fasttext(tmp_path / "style.bin", "good", "bad", apart=True)
    turned = GOOD[::-1] + "\n" + GOOD
    assert score(scorer(path, label="good", segmented="characters"), turned)[0] > 0.9
    assert score(scorer(path, label="good"), turned)[0] < 0.9


def test_new_lines_do_not_cut_a_text_short(tmp_path: Path) -> None:
    of = scorer(write_fasttext(tmp_path / "style.bin", "good", "bad"), label="good")
    assert score(of, f"\n{GOOD}")[0] == score(of, f" {GOOD}")[0] > 0.9


def test_there_is_nothing_to_judge_in_a_blank_text(npz: Path, tmp_path: Path) -> None:
    path = write_fasttext(tmp_path / "style.bin", "good", "bad")
    for of in (scorer(npz), scorer(path, label="good")):
        found = score(of, None, "", " \n\u3000", GOOD)
        assert np.isnan(found[:3]).all()
        assert not np.isnan(found[3])


@pytest.mark.parametrize(
    ("label", "said"),
    [("godo", "no label 'godo'; did you mean 'good'"), (None, "no numbers: .*bad, good")],
)
def test_a_label_that_is_not_there_is_told(tmp_path: Path, label: str | None, said: str) -> None:
    path = write_fasttext(tmp_path / "style.bin", "good", "bad")
    with pytest.raises(ValueError, match=said):
        load_scorer(Asked(model=str(path), label=label))


@pytest.mark.parametrize("name", ["page.npz", "page.bin", "page.onnx"])
def test_a_page_that_was_saved_for_a_model_is_refused(tmp_path: Path, name: str) -> None:
    if name.endswith("onnx"):
        pytest.importorskip("onnxruntime")
    (tmp_path / name).write_text("<html>not found</html>")
    with pytest.raises(ValueError, match="it is no"):
        scorer(tmp_path / name)


def test_an_onnx_model_of_texts(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    of = scorer(tiny_onnx.of_texts(tmp_path / "style.onnx", {GOOD: 4.25, BAD: 1.0}))
    found = score(of, BAD, None, GOOD, "", "别的")
    assert np.isnan([found[1], found[3]]).all()
    assert [found[0], found[2], found[4]] == [1, 4.25, 0.5]


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    """One token a character: 好 is 2, 坏 is 3."""
    made = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1, "好": 2, "坏": 3}, "[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    made.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


def test_an_onnx_model_of_tokens(tmp_path: Path, tokenizer: Path) -> None:
    pytest.importorskip("onnxruntime")
    path = tiny_onnx.of_tokens(tmp_path / "style.onnx", np.array([[9, 0], [0, 0], [0, 1], [1, 0]]))
    of = scorer(path, tokenizer=str(tokenizer))
    texts = ["好好好", "坏", "好坏", "一" * 3000, *["好"] * 40, None]
    found = score(of, *texts)
    assert found[:4] == pytest.approx([0.9526, 0.2689, 0.5, 0.5])
    assert np.isnan(found[-1])
    alone = [score(of, text)[0] for text in texts]
    assert found[:-1] == alone[:-1]
    assert score(scorer(path, tokenizer=str(tokenizer), label="0"), "坏")[0] == pytest.approx(
        0.7311
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [({}, "name its tokenizer.json"), ({"label": "2", "tokenizer": ""}, "label is one of 0 to 1")],
    ids=["tokenizer", "label"],
)
def test_what_an_onnx_model_lacks_is_told(
    tmp_path: Path, tokenizer: Path, asked: dict[str, str], said: str
) -> None:
    pytest.importorskip("onnxruntime")
    path = tiny_onnx.of_tokens(tmp_path / "style.onnx", np.zeros((4, 2)))
    named = {key: value or str(tokenizer) for key, value in asked.items()}
    with pytest.raises(ValueError, match=said):
        scorer(path, **named)


def test_a_regression_has_no_labels(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(ValueError, match="take label out"):
        scorer(tiny_onnx.of_texts(tmp_path / "style.onnx", {GOOD: 1}), label="0")
