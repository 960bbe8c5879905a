"""Fitting, calibrating, storing and using a classifier."""

import io
import random
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from quality.kernels.arrow import strings
from quality.scoring.linear import Linear, Settings, calibrate, chances, fit, judging, load, save
from quality.scoring.linear.calibration import likeliest
from quality.scoring.linear.model import Numbers, Reading

COOKING = (
    "切葱姜蒜末备用",
    "大火烧开转小火炖",
    "加盐和酱油调味",
    "面粉揉成光滑的面团",
    "油温六成热下锅炸",
)
FOOTBALL = (
    "中场球员长传禁区",
    "门将扑出点球",
    "下半场补时进球",
    "主队两比一领先",
    "裁判出示红牌罚下",
)
LAW = (
    "依照本法规定处罚",
    "合同自成立时生效",
    "人民法院应当受理",
    "当事人可以提起诉讼",
    "由主管机关责令改正",
)
SUBJECTS = {"cooking": COOKING, "football": FOOTBALL, "law": LAW}


def written(count: int, seed: int) -> tuple[list[str], list[str]]:
    """Texts of three subjects, of a few sentences each."""
    dice = random.Random(seed)
    labels = [dice.choice(list(SUBJECTS)) for _ in range(count)]
    texts = ["。".join(dice.choices(SUBJECTS[label], k=dice.randint(1, 4))) for label in labels]
    return texts, labels


def judged(model: Linear, *texts: str | None) -> Numbers:
    return chances(strings(pl.Series(texts, dtype=pl.String)), model)


@pytest.fixture(scope="module")
def model() -> Linear:
    return calibrate(fit(*written(300, 1), tuple(SUBJECTS), seed=1), *written(100, 2))


def test_it_tells_subjects_apart(model: Linear) -> None:
    texts, labels = written(100, 3)
    truth = np.array([model.classes.index(label) for label in labels])
    found = judged(model, *texts)
    assert judging.accuracy(found, truth) > 0.98
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-5)


def test_script_and_width_never_matter(model: Linear) -> None:
    one, other = judged(
        model, "人民法院应当受理，依照本法规定处罚。", "人民法院應當受理,依照本法規定處罰."
    )
    assert one.tolist() == other.tolist()


def test_a_text_is_judged_alike_among_any_others(model: Linear) -> None:
    texts = [*written(10, 4)[0], None, "", "门将扑出点球" * 1000]
    together = judged(model, *texts)
    alone = np.concatenate([judged(model, text) for text in texts])
    np.testing.assert_array_equal(together, alone)


def test_there_is_nothing_to_judge_in_an_empty_text(model: Linear) -> None:
    assert np.isnan(judged(model, None, "", " \u3000\t\n")).all()
    assert judged(model).shape == (0, 3)


def test_the_same_texts_give_the_same_file(model: Linear) -> None:
    again = calibrate(fit(*written(300, 1), tuple(SUBJECTS), seed=1), *written(100, 2))
    files = [io.BytesIO(), io.BytesIO()]
    save(model, files[0])
    save(again, files[1])
    assert files[0].getvalue() == files[1].getvalue()


def test_a_stored_model_says_the_same_and_what_it_is_made_of(model: Linear) -> None:
    file = io.BytesIO()
    save(model, file)
    file.seek(0)
    read = load(file)
    np.testing.assert_array_equal(
        judged(read, *written(20, 5)[0]), judged(model, *written(20, 5)[0])
    )
    assert (read.classes, read.reading) == (model.classes, model.reading)
    assert read.about["data"] == model.about["data"] != ""


def test_another_file_is_refused() -> None:
    file = io.BytesIO()
    np.savez(file, letters=np.zeros(3))
    file.seek(0)
    with pytest.raises(ValueError, match="no classifier"):
        load(file)


@pytest.mark.parametrize(
    ("labels", "message"),
    [(["law", "sport"], "no class: sport"), (["law", "law"], "without a text: cooking")],
)
def test_labels_and_classes_must_agree(labels: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit(["甲乙", "丙丁"], labels, ("cooking", "law"), seed=1)


def test_a_passage_is_enough_where_the_model_looks_for_passages() -> None:
    texts, labels = written(300, 1)
    two = ["law" if label == "law" else "other" for label in labels]
    reading = Reading(window=120, windows=16)
    whole = fit(texts, two, ("other", "law"), seed=1, settings=Settings(reading=reading))
    passages = replace(whole, reading=replace(reading, share=0.25))
    text = (
        "切葱姜蒜末备用。" * 10 + "人民法院应当受理。依照本法规定处罚。" * 4 + "门将扑出点球。" * 10
    )
    assert judged(whole, text)[0, 1] < 0.5 < judged(passages, text)[0, 1]


def test_calibration_undoes_what_was_made_too_sure() -> None:
    dice = np.random.default_rng(1)
    true = dice.normal(size=4000)
    truth = (dice.random(4000) < 1 / (1 + np.exp(-true))).astype(int)
    slope, offsets = likeliest(4 * true[:, None] + 2, truth)
    assert slope == pytest.approx(0.25, rel=0.1)
    assert offsets[0] == pytest.approx(-0.5, abs=0.1)


def test_the_rarer_class_weighs_more_where_it_is_asked() -> None:
    texts, labels = written(200, 1)
    rare = [one for one in zip(texts, labels, strict=True) if one[1] == "law"][:4]
    common = [one for one in zip(texts, labels, strict=True) if one[1] == "cooking"]
    mixed, of = zip(*rare, *common, strict=True)
    plain, even = (
        fit(mixed, of, ("cooking", "law"), seed=1, settings=Settings(balanced=balanced))
        for balanced in (0.0, 1.0)
    )
    assert judged(even, "法")[0, 1] > judged(plain, "法")[0, 1]
