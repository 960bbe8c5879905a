"""Verdicts: the first failed rule, its value and threshold, and that nothing missing passes."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.policy import MEASURED, decide, evaluate
from schemas.policies import Policy, Rule, rules
from schemas.tables import VERDICTS

LANGUAGE = Rule("language", "language", allowed=("zh-Hans", "zh-Hant"))
DUPLICATE = Rule("duplicate", "duplicate_kept")
CONTAMINATION = Rule("contamination", "share", maximum=0.6)
CHARS = Rule("chars", "chars", minimum=50.0)
DIGITS = Rule("digit_ratio", "digit_ratio", maximum=0.3)
ENTROPY = Rule("entropy", "entropy", minimum=3.0, maximum=9.0)
RULES = (LANGUAGE, DUPLICATE, CONTAMINATION, CHARS, DIGITS, ENTROPY)

GOOD: dict[str, Any] = {
    "language": "zh-Hans",
    "duplicate_kept": True,
    "twin": None,
    "similarity": None,
    "share": 0.0,
    "benchmark": None,
    "chars": 500,
    "digit_ratio": 0.1,
    "entropy": 6.0,
}


def table(*changes: dict[str, Any]) -> pl.LazyFrame:
    rows = [{"doc_id": f"{n:02}", **GOOD, **change} for n, change in enumerate(changes)]
    schema = {name: dtype for name, dtype in MEASURED.items() if name in {"doc_id", *GOOD}}
    return pl.LazyFrame(rows, schema=schema)


def verdict(**change: Any) -> dict[str, Any]:
    return decide(table(change), RULES, "v1").collect().row(0, named=True)


def test_table_has_the_agreed_columns_rows_and_order() -> None:
    verdicts = decide(table({"chars": 1}, {}, {"chars": 2}), RULES, "v1").collect()
    assert verdicts.schema == VERDICTS
    assert verdicts["doc_id"].to_list() == ["00", "01", "02"]
    assert verdicts["kept"].to_list() == [False, True, False]


def test_kept_document_has_no_rule_value_threshold_or_twin() -> None:
    assert verdict() == {
        "doc_id": "00",
        "kept": True,
        "rule": None,
        "value": None,
        "threshold": None,
        "twin": None,
        "policy_version": "v1",
    }


@pytest.mark.parametrize(
    ("change", "rule", "value", "threshold"),
    [
        ({"language": "ja"}, "language", "ja", "in zh-Hans, zh-Hant"),
        ({"share": 0.83333}, "contamination", "0.8333", "<= 0.6"),
        ({"chars": 12}, "chars", "12", ">= 50"),
        ({"digit_ratio": 0.5}, "digit_ratio", "0.5", "<= 0.3"),
        ({"entropy": 2.0}, "entropy", "2", ">= 3 and <= 9"),
        ({"entropy": 11.123456}, "entropy", "11.12", ">= 3 and <= 9"),
    ],
)
def test_failed_rule_says_what_was_measured_and_what_was_asked(
    change: dict[str, Any], rule: str, value: str, threshold: str
) -> None:
    row = verdict(**change)
    assert (row["kept"], row["rule"], row["value"], row["threshold"]) == (
        False,
        rule,
        value,
        threshold,
    )


def test_duplicate_names_its_twin_and_their_similarity() -> None:
    row = verdict(duplicate_kept=False, twin="ff", similarity=0.91236)
    assert (row["rule"], row["value"], row["threshold"]) == ("duplicate", "0.9124", "unique")
    assert row["twin"] == "ff"


def test_twin_is_named_only_where_it_is_the_reason() -> None:
    assert verdict(language="ja", duplicate_kept=False, twin="ff", similarity=1)["twin"] is None


def test_first_failed_rule_decides() -> None:
    assert verdict(language="ja", chars=1)["rule"] == "language"
    assert verdict(chars=1, entropy=0.0)["rule"] == "chars"


@pytest.mark.parametrize("column", ["language", "duplicate_kept", "share", "chars", "entropy"])
def test_missing_measurement_fails(column: str) -> None:
    row = verdict(**{column: None})
    assert not row["kept"]
    assert row["value"] == "missing"


@pytest.mark.parametrize("column", ["share", "digit_ratio", "entropy"])
def test_measurement_that_is_not_a_number_fails(column: str) -> None:
    row = verdict(**{column: math.nan})
    assert (row["kept"], row["value"]) == (False, "missing")


def test_value_on_the_threshold_passes_though_it_is_stored_in_32_bits() -> None:
    assert verdict(digit_ratio=0.3, share=0.6, entropy=3.0, chars=50)["kept"]


def test_value_just_past_the_threshold_is_not_rounded_onto_it() -> None:
    assert verdict(digit_ratio=0.30001)["value"] == "0.30001"


def test_no_rules_keep_everything() -> None:
    verdicts = decide(table({}, {"language": None}), (), "none").collect()
    assert verdicts.schema == VERDICTS
    assert verdicts["kept"].all()


def test_table_without_duplicates_is_decided_by_the_other_rules() -> None:
    single = table({"chars": 3}).drop("duplicate_kept", "twin", "similarity")
    others = [rule for rule in RULES if rule.name != "duplicate"]
    assert decide(single, others, "v1").collect()["rule"].to_list() == ["chars"]


@pytest.mark.parametrize(
    ("rule", "value", "wrong", "shown"),
    [
        (Rule("common_ratio", "common_ratio", maximum=0.3), 0.3, 0.75, "0.75"),
        (Rule("cluster_size", "cluster_size", maximum=9.0), 9, 10, "10"),
    ],
)
def test_rules_about_the_corpus_pass_fail_and_miss_like_all(
    rule: Rule, value: float, wrong: float, shown: str
) -> None:
    column = pl.Series(rule.column, [value, wrong, None], dtype=MEASURED[rule.column])
    verdicts = decide(table({}, {}, {}).with_columns(column), [rule], "v1").collect()
    assert verdicts["kept"].to_list() == [True, False, False]
    assert verdicts["value"].to_list() == [None, shown, "missing"]


def test_verdicts_do_not_depend_on_the_engine() -> None:
    frame = table(*({"chars": n, "entropy": n / 10} for n in range(100)))
    verdicts = decide(frame, RULES, "v1")
    assert verdicts.collect().equals(verdicts.collect(engine="streaming"))


def test_presets_ask_only_for_columns_that_are_measured() -> None:
    for kind in ("web", "law", "classical"):
        assert {rule.column for rule in rules({}, kind)} <= set(MEASURED)
    every: dict[str, dict[str, float]] = {
        name: {"min": 0}
        for name, field in Policy.model_fields.items()
        if "Range" in str(field.annotation) and name != "own"
    }
    every["contamination"] = {"min": 0, "max": 1}
    asked = rules({"any": Policy.model_validate(every)}, "any")
    assert {rule.column for rule in asked} <= set(MEASURED)


def test_evaluation_lists_every_rule_of_every_document_in_order() -> None:
    outcomes = evaluate(table({"chars": 7, "entropy": None}, {}), RULES)
    assert outcomes["doc_id"].to_list() == ["00"] * 6 + ["01"] * 6
    assert outcomes["rule"].to_list() == [rule.name for rule in RULES] * 2
    failed = outcomes.filter(~pl.col("passed")).select("doc_id", "rule", "value").rows()
    assert failed == [("00", "chars", "7"), ("00", "entropy", "missing")]


def test_evaluation_without_rules_or_documents_is_an_empty_table() -> None:
    columns = ["doc_id", "rule", "value", "threshold", "passed"]
    assert evaluate(table({}), ()).columns == columns
    empty = evaluate(table({}).head(0), RULES)
    assert empty.columns == columns
    assert empty.is_empty()


NUMBER = st.none() | st.floats(0, 12, width=32) | st.just(math.nan)
ROWS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["zh-Hans", "yue", None]),
        "duplicate_kept": st.sampled_from([True, False, None]),
        "similarity": NUMBER,
        "twin": st.sampled_from(["ff", None]),
        "share": NUMBER,
        "chars": st.none() | st.integers(0, 2**32 - 1),
        "entropy": NUMBER,
    }
)


def passes(rule: Rule, value: Any) -> bool:
    """The obvious version of one rule on one value."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    if rule.allowed is not None:
        return value in rule.allowed
    if rule.minimum is None and rule.maximum is None:
        return value is True
    low, high = (_as_measured(rule, bound) for bound in (rule.minimum, rule.maximum))
    return (low is None or value >= low) and (high is None or value <= high)


def _as_measured(rule: Rule, bound: float | None) -> float | None:
    """A bound as precise as what it bounds: 0.6 itself passes a bound of 0.6."""
    single = MEASURED[rule.column] == pl.Float32
    return float(np.float32(bound)) if single and bound is not None else bound


@given(st.lists(ROWS, max_size=5), st.permutations(RULES))
def test_verdicts_equal_the_obvious_version(rows: list[dict[str, Any]], asked: list[Rule]) -> None:
    frame = table(*rows)
    verdicts = decide(frame, asked, "v1").collect()
    outcomes = evaluate(frame, asked)
    for row, result in zip(frame.collect().to_dicts(), verdicts.to_dicts(), strict=True):
        failed = [rule.name for rule in asked if not passes(rule, row[rule.column])]
        assert result["rule"] == (failed[0] if failed else None)
        shown = outcomes.filter(~pl.col("passed"), doc_id=row["doc_id"])
        assert shown["rule"].to_list() == failed
        assert shown["value"].to_list()[:1] == ([result["value"]] if failed else [])
