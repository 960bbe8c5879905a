"""The presets named after published filters, and the measure of how far they agree with them.

The agreement itself is measured by `make quality-peers`, where the originals are installed.
"""

import polars as pl
import pytest

from schemas.policies import Policy, rules
from tests.benchmarks.quality import chinese_webtext
from tests.benchmarks.quality.agreement import Agreement, agree
from tests.benchmarks.quality.pairs import PAIRS
from tests.benchmarks.quality.rules import covered, repeats

OURS = {"language", "duplicate", "contamination"}


@pytest.mark.parametrize("preset", PAIRS)
def test_every_rule_of_a_published_preset_stands_for_one_of_the_original(preset: str) -> None:
    asked = {rule.name for rule in rules({"a": Policy.model_validate({"preset": preset})}, "a")}
    assert asked - OURS <= set(PAIRS[preset])


def test_every_repetition_rule_of_an_original_has_one_that_stands_for_it() -> None:
    for preset, pairs in PAIRS.items():
        asked = {rule.name for rule in rules({"a": Policy.model_validate({"preset": preset})}, "a")}
        told = {name for ours, names in pairs.items() if ours in asked for name in names}
        if preset != "chinese_webtext":
            assert {f"duplicate_{n}gram" for n in range(5, 11)} <= told


def test_agreement_beyond_chance_is_told_from_agreement_by_chance() -> None:
    assert Agreement(both=10, theirs=0, ours=0, neither=90).kappa == 1
    by_chance = Agreement(both=1, theirs=9, ours=9, neither=81)
    assert by_chance.share == pytest.approx(0.82)
    assert by_chance.kappa == pytest.approx(0)


def test_verdicts_are_matched_by_document_not_by_place() -> None:
    theirs = pl.DataFrame({"doc_id": ["a", "b", "c"], "passed": [False, True, True]})
    ours = pl.DataFrame({"doc_id": ["c", "b", "a"], "passed": [False, True, False]})
    assert agree(theirs, ours) == Agreement(both=1, theirs=0, ours=1, neither=1)


def test_what_overlapping_repeats_cover_is_counted_once() -> None:
    assert covered("天地玄黄天地玄黄", 3) == 4
    assert covered("一一一一一", 2) == 4
    assert covered("天地玄黄", 2) == 0


def test_a_line_said_three_times_is_two_repeats() -> None:
    assert repeats(["首页", "正文在此", "首页", "首页"]) == (2, 4)


def test_chinese_webtext_wants_more_than_200_characters_not_200() -> None:
    lengths = {}
    for length in (200, 201):
        told = chinese_webtext.judge("天" * length, (), ["described"])["described"]
        lengths[length] = told["characters"].passed
    assert lengths == {200: False, 201: True}


def test_chinese_webtext_counts_a_sensitive_word_once_however_often_it_occurs() -> None:
    text = "\n".join(["博彩博彩博彩", "今天天气很好", "明天也是"])
    told = chinese_webtext.judge(text, ("博彩", "开奖"), ["described"])["described"]
    assert told["sensitive_words"].value == pytest.approx(1 / 3)
