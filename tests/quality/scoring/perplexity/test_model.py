import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.language.sets import rows_of
from quality.scoring.own import load_scorer
from quality.scoring.perplexity import perplexity, scorer
from quality.scoring.perplexity.kernels import BLOCK, UNITS
from quality.scoring.perplexity.learning import LETTERS, learned, learned_from
from quality.scoring.perplexity.model import LEAST, of_all
from quality.scoring.perplexity.packing import RARE, unpacked
from quality.scoring.perplexity.reading import Points, read
from schemas.scorers import Scorer
from tests.quality.scoring.perplexity import slow_scoring
from tests.quality.scoring.perplexity.litter import LITTER, cut
from tests.shared import shared_data

CLASSIC = """道可道，非常道；名可名，非常名。無名，天地之始；有名，萬物之母。
故常無欲，以觀其妙；常有欲，以觀其徼。此兩者，同出而異名，同謂之玄。玄之又玄，眾妙之門。"""
NEWS = "《新闻》今天3月1日，“一带一路”项目 in Asia 开工：总长12.5公里（含桥梁），可望于明年完工！"
CHARACTERS = "道可常名無无有天地，。；！ \n\u3000\u0301aＢé1１①（「★\ufffdの龘𠮷〇々"

Small = dict[str, npt.NDArray[Any]]

TEXTS = st.text(
    st.sampled_from(CHARACTERS) | st.characters(exclude_categories=["Cs", "Cn"]), max_size=40
)


def score(*texts: str | None) -> list[float]:
    found: list[float] = perplexity(strings(pl.Series(texts, dtype=pl.String))).tolist()
    return found


def symbols_of(*texts: str) -> list[Points]:
    symbols, ends = read(strings(pl.Series(texts)))
    return np.split(symbols, ends[:-1])


@pytest.fixture(scope="module")
def small() -> Small:
    return learned(symbols_of(CLASSIC, NEWS, CLASSIC[:20]), order=4, budget=90)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_text_is_read_as_han_and_gaps(text: str) -> None:
    expected = [ord(one) if isinstance(one, str) else one for one in slow_scoring.read(text)]
    assert symbols_of(text)[0].tolist() == expected


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_the_kernel_equals_the_dictionary(small: Small, texts: list[str]) -> None:
    texts = [CLASSIC[:18] + text for text in texts]
    slow = slow_scoring.SlowScorer(small)
    found = scorer(small)(strings(pl.Series(texts)))
    assert found.tolist() == pytest.approx([slow.perplexity(text) for text in texts], rel=1e-5)


def test_a_text_longer_than_a_block_is_one_text(small: Small) -> None:
    text = (CLASSIC + NEWS) * (3 * BLOCK // len(CLASSIC + NEWS))
    found = scorer(small)(strings(pl.Series([text])))
    assert found[0] == pytest.approx(slow_scoring.SlowScorer(small).perplexity(text), rel=1e-5)


def test_a_model_of_ones_own_is_a_file_like_the_bundled_one(tmp_path: Path) -> None:
    arrays: dict[str, Any] = learned_from(pl.Series([CLASSIC, None, NEWS]))
    np.savez_compressed(tmp_path / "own.npz", **arrays)
    texts = strings(pl.Series([CLASSIC, NEWS[::-1]]))
    own = load_scorer(Scorer(model=str(tmp_path / "own.npz")))
    known, strange = own(texts)
    assert (known, strange) == tuple(scorer(arrays)(texts))
    assert known < 3 < strange


def test_a_model_of_little_text_divides_one_chance_among_all_it_has_not_met(small: Small) -> None:
    met = small["alphabet"].size
    chances = np.exp(-small["surprises1"].astype(float) / UNITS)
    new = (LETTERS - met) * chances[RARE]
    assert 0 < new < 0.2
    assert chances[RARE + 1 :].sum() + new < 1.05


@pytest.mark.parametrize("part", ["surprises1", "low3", "alphabet", "followers2"])
def test_a_file_whose_parts_do_not_fit_is_refused(tmp_path: Path, part: str, small: Small) -> None:
    arrays: dict[str, Any] = {name: one for name, one in small.items() if name != part}
    np.savez(tmp_path / "own.npz", **arrays)
    with pytest.raises(ValueError, match="perplexity that is damaged"):
        load_scorer(Scorer(model=str(tmp_path / "own.npz")))
    arrays[part] = small[part][:-1]
    np.savez(tmp_path / "own.npz", **arrays)
    with pytest.raises(ValueError, match="perplexity that is damaged"):
        load_scorer(Scorer(model=str(tmp_path / "own.npz")))


def test_a_label_of_a_model_without_labels_is_refused(tmp_path: Path, small: Small) -> None:
    arrays: dict[str, Any] = small
    np.savez(tmp_path / "own.npz", **arrays)
    with pytest.raises(ValueError, match="take label out"):
        load_scorer(Scorer(model=str(tmp_path / "own.npz"), label="good"))


def test_texts_together_weigh_as_much_as_they_are_long(small: Small) -> None:
    model, texts = unpacked(small), [CLASSIC, NEWS, "中"]
    slow = slow_scoring.SlowScorer(small)
    sizes = [len(slow_scoring.read(text)) for text in texts]
    logs = np.log([slow.perplexity(text) for text in texts])
    whole = of_all(strings(pl.Series(texts)), model)
    assert whole == pytest.approx(np.exp(np.average(logs, weights=sizes)), rel=1e-6)
    assert math.isnan(of_all(strings(pl.Series([""])), model))


def test_without_chinese_there_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="no Chinese text"):
        learned_from(pl.Series(["hello", None]))


def test_too_short_or_missing_texts_have_no_perplexity() -> None:
    found = score("中" * (LEAST - 1), None, "", "print('hello')", "中" * LEAST)
    assert np.isnan(found[:4]).all()
    assert not math.isnan(found[4])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣的網路與電腦已經很普遍了", "台湾的网路与电脑已经很普遍了"),
        ("经济增长了5.2%，达到3万亿元规模。", "经济增长了５．２％，达到３万亿元规模。"),
        ("我们 今天\n去\u3000学校上课学习", "我们今天去学校上课学习"),
        ("在Python里定义一个函数很容易", "在 def f(x): return x 里定义一个函数很容易"),
    ],
    ids=["script", "width", "white space", "code"],
)
def test_what_is_not_wording_does_not_count(one: str, other: str) -> None:
    first, second = score(one, other)
    assert first == pytest.approx(second, rel=1e-6)


def test_words_in_order_surprise_less_than_the_same_words_in_disorder() -> None:
    pairs = [
        ("今天的天气很好，我们一起去公园散步。", "好一起的我们公园，天今去很步天散气。"),
        ("今日嘅天氣好好，我哋一齊去公園行下。", "好一齊嘅我哋公園，天今去好行天下氣。"),
        ("学而时习之，不亦说乎？有朋自远方来。", "说而朋习不，之时乎亦有？远学来自方。"),
        ("患者因发热三天入院，体温最高三十九度。", "院者热高因体最三入温发，患度天三九十。"),
    ]
    for good, bad in pairs:
        first, second = score(good, bad)
        assert first * 2 < second


DOMAINS = (
    *("law-zh-hans", "law-zh-hant", "news-zh-hans", "medical-zh-hans", "tech-docs-zh-hant"),
    *("modern-translation-zh-hans", "novel-classical-zh-hans", "classical-lzh"),
)
SIZE = 200


@pytest.mark.parametrize("domain", DOMAINS)
def test_litter_is_more_surprising_than_the_text_it_is_made_of(domain: str) -> None:
    rows = rows_of(shared_data(f"text-{domain}") / "docs.jsonl.zst")[:60]
    dice = random.Random(20250105)
    spans = [span for row in rows if (span := cut(row["text"][:20_000], SIZE, dice))]
    good = np.array(score(*spans))
    assert len(spans) >= 20
    for kind, make in LITTER.items():
        bad = np.array(score(*(make(span, dice) for span in spans)))
        assert (bad > good).mean() >= 0.95, kind
    assert np.median(good) < 400
    strange = score(*(LITTER["shuffled"](span, dice) for span in spans))
    assert np.median(strange) > 1000
