"""Policies: what corpus.yaml may say about thresholds, and which rules follow from it."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from schemas.policies import (
    Policy,
    Range,
    Rule,
    policy_version,
    presets,
    rules,
    trims,
    without,
)
from schemas.scores import SCORE_UNITS
from schemas.signals import SIGNAL_UNITS


def written(text: str) -> Policy:
    return Policy.model_validate(yaml.safe_load(text))


def named(policies: dict[str, Policy], kind: str) -> dict[str, str]:
    return {rule.name: rule.threshold for rule in rules(policies, kind)}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"min": None},
        {"min": 2, "max": 1},
        {"min": True},
        {"min": "0.6"},
        {"max": float("nan")},
        {"min": float("inf")},
        {"least": 1},
        0.6,
    ],
)
def test_range_that_asks_nothing_or_nonsense_is_an_error(value: Any) -> None:
    with pytest.raises(ValidationError):
        Range.model_validate(value)


def test_range_may_be_a_single_point_and_whole_numbers_are_numbers() -> None:
    assert Range.model_validate({"min": 2, "max": 2}) == Range(min=2.0, max=2.0)


def test_policy_has_one_key_for_every_signal_and_score_with_its_unit() -> None:
    own = {"preset", "language", "confidence", "han_ratio"}
    of_corpus = {"duplicates", "contamination", "cluster_size", "common_ratio", "trim_common"}
    tags = {"industry", "own"}
    measures = SIGNAL_UNITS | SCORE_UNITS
    assert set(Policy.model_fields) - own - of_corpus - tags == set(measures)
    described = Policy.model_json_schema()["properties"]
    assert all(unit in described[name]["description"] for name, unit in measures.items())


@pytest.mark.parametrize(
    "text",
    [
        "han_raito: {min: 0.6}",
        "language: []",
        "language: [中文]",
        "language: zh-Hans",
        "chars: 50",
        "duplicates: {min: 1}",
        "common_ratio: true",
        "cluster_size: 2",
        "trim_common: {max: 0.5}",
    ],
)
def test_wrong_key_or_value_is_an_error(text: str) -> None:
    with pytest.raises(ValidationError):
        written(text)


def test_unknown_preset_names_the_nearest() -> None:
    with pytest.raises(ValidationError, match="did you mean 'web_zh'"):
        written("preset: web_hz")


def test_policy_of_the_design_page_reads_and_overlays_its_preset() -> None:
    web = written("{preset: web_zh, han_ratio: {min: 0.6}, language: [zh-Hans, zh-Hant]}")
    asked = named({"web": web}, "web")
    assert asked["han_ratio"] == ">= 0.6"
    assert asked["language"] == "in zh-Hans, zh-Hant"
    assert asked["chars"] == named({}, "web")["chars"]


def test_given_key_replaces_the_whole_range_of_the_preset() -> None:
    assert named({}, "web")["punctuation_ratio"] == ">= 0.01 and <= 0.35"
    web = written("punctuation_ratio: {max: 0.5}")
    assert named({"web": web}, "web")["punctuation_ratio"] == "<= 0.5"


@pytest.mark.parametrize("key", ["stop_words", "language", "contamination", "duplicates"])
def test_null_removes_the_rule_of_the_preset(key: str) -> None:
    name = "duplicate" if key == "duplicates" else key
    assert name in named({}, "web")
    assert name not in named({"web": written(f"{key}: null")}, "web")


def test_duplicates_are_kept_when_asked() -> None:
    assert "duplicate" not in named({"law": written("duplicates: false")}, "law")


def test_default_policy_is_for_kinds_that_have_none() -> None:
    policies = {"default": written("chars: {min: 7}"), "web": written("lines: {min: 3}")}
    assert named(policies, "law")["chars"] == ">= 7"
    assert named(policies, "web")["chars"] == named({}, "web")["chars"]


def test_preset_is_that_of_the_kind_unless_named() -> None:
    assert presets().of("web") == presets().of("forum") == presets().of("news") == "web_zh"
    assert presets().of("classical") == "classical_zh"
    assert presets().of("medicine") == "text_zh"
    asked = rules({"law": written("preset: web_zh")}, "law")
    assert asked == rules({}, "web")
    assert rules({"law": written("preset: none")}, "law") == ()


def test_every_preset_but_none_drops_duplicates_and_exam_papers() -> None:
    for name in presets().presets:
        names = [rule.name for rule in rules({"a": Policy(preset=name)}, "a")]
        assert ("duplicate" in names and "contamination" in names) == (name != "none")


def test_every_kind_has_a_preset_that_exists() -> None:
    assert set(presets().kinds.values()) <= set(presets().presets)


def test_both_scripts_cantonese_and_classical_are_chinese_to_the_web_preset() -> None:
    assert presets().presets["web_zh"].language == ("zh-Hans", "zh-Hant", "yue", "lzh")


def test_rules_are_asked_in_a_fixed_order() -> None:
    web = written(
        "{spam: {max: 1}, prose_ratio: {min: 0}, chars: {min: 1}, han_ratio: {min: 0}, "
        "confidence: {min: 0}}"
    )
    names = [rule.name for rule in rules({"web": web}, "web")]
    assert names[:5] == ["language", "confidence", "han_ratio", "duplicate", "contamination"]
    assert names[5:] == [name for name in (*SIGNAL_UNITS, *SCORE_UNITS) if name in names]


def test_common_lines_and_cluster_sizes_are_asked_about_only_where_a_policy_says_so() -> None:
    ours = {"cluster_size", "common_ratio"}
    for name in presets().presets:
        assert not ours & set(named({"any": Policy(preset=name)}, "any"))
        assert not trims({"any": Policy(preset=name)}, "any")
    asked = written("{cluster_size: {min: 2}, common_ratio: {max: 0.5}}")
    names = list(named({"web": asked}, "web"))
    assert names[1:4] == ["duplicate", "contamination", "cluster_size"]
    assert named({"web": asked}, "web")["common_ratio"] == "<= 0.5"


def test_trimming_is_decided_like_a_rule_and_is_none() -> None:
    policies = {"default": written("trim_common: true"), "law": written("chars: {min: 1}")}
    assert trims(policies, "web")
    assert not trims(policies, "law")
    assert not trims({"web": written("trim_common: false")}, "web")
    assert not trims({"web": written("trim_common: null")}, "web")
    assert rules({"web": written("trim_common: true")}, "web") == rules({}, "web")


def test_policies_that_say_nothing_of_the_corpus_keep_their_versions() -> None:
    law = written("{preset: none, language: [zh-Hans], chars: {min: 7}}")
    assert policy_version(rules({"law": law}, "law")) == "93f23bddc9c7"


@pytest.mark.parametrize(
    ("rule", "threshold"),
    [
        (Rule("chars", "chars", minimum=50.0), ">= 50"),
        (Rule("chars", "chars", maximum=10_000_000.0), "<= 10000000"),
        (Rule("a", "entropy", 1.5, 9.0), ">= 1.5 and <= 9"),
        (Rule("language", "language", allowed=("yue", "lzh")), "in yue, lzh"),
        (Rule("duplicate", "duplicate_kept"), "unique"),
    ],
)
def test_threshold_reads_as_a_person_writes_it(rule: Rule, threshold: str) -> None:
    assert rule.threshold == threshold


def test_version_changes_with_a_threshold_and_with_nothing_else() -> None:
    one = policy_version(rules({}, "web"))
    same = policy_version(rules({"web": written("chars: {min: 50}")}, "web"))
    other = policy_version(rules({"web": written("chars: {min: 51}")}, "web"))
    assert one == same == policy_version(rules({}, "news"))
    assert one != other


def test_without_leaves_out_only_what_is_named() -> None:
    asked = rules({}, "web")
    assert [rule for rule in asked if rule.name != "duplicate"] == list(without(asked, "duplicate"))
