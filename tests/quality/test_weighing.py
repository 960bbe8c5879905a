"""What rules cost: counts of one small table equal what one would count document by document."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.policy import evaluate
from quality.weighing import CHANGES, changes, kept, patterns, weights
from schemas.policies import Rule
from schemas.weighing import Amounts

LONG = Rule("chars", "chars", minimum=50.0)
CHINESE = Rule("language", "language", allowed=("zh-Hans", "zh-Hant"))
NUMBERS = Rule("digit_ratio", "digit_ratio", maximum=0.3)
RULES = (CHINESE, LONG, NUMBERS)

ROWS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["zh-Hans", "ja", None]),
        "chars": st.integers(0, 100),
        "digit_ratio": st.sampled_from([0.0, 0.25, 0.5, None]),
    }
)


def table(*rows: dict[str, Any]) -> pl.LazyFrame:
    named = [{"doc_id": f"{n:02}", "twin": None, **row} for n, row in enumerate(rows)]
    schema = {
        "doc_id": pl.String(),
        "twin": pl.String(),
        "language": pl.String(),
        "chars": pl.UInt32(),
        "digit_ratio": pl.Float32(),
    }
    return pl.LazyFrame(named, schema=schema)


def amounts(rows: list[dict[str, Any]]) -> Amounts:
    return Amounts(documents=len(rows), characters=sum(row["chars"] for row in rows))


@given(st.lists(ROWS, min_size=1, max_size=12), st.integers(0, 12))
def test_weights_equal_the_obvious_count_however_rows_lie_in_batches(
    rows: list[dict[str, Any]], cut: int
) -> None:
    parts = [part for part in (rows[:cut], rows[cut:]) if part]
    found = pl.concat(patterns(table(*part), RULES) for part in parts)
    outcomes = evaluate(table(*rows), RULES)
    failed = {
        n: outcomes.filter(~pl.col("passed"), doc_id=f"{n:02}")["rule"].to_list()
        for n in range(len(rows))
    }
    for weight in weights(found, RULES):
        fail = [n for n, names in failed.items() if weight.rule in names]
        assert weight.failed == amounts([rows[n] for n in fail])
        assert weight.first == amounts([rows[n] for n in fail if failed[n][0] == weight.rule])
        assert weight.alone == amounts([rows[n] for n in fail if len(failed[n]) == 1])
        for other in RULES:
            both = sum(other.name in failed[n] for n in fail)
            if other.name != weight.rule:
                assert weight.with_others.get(other.name, 0) == both
    read, whole = kept(found)
    assert read == amounts(rows)
    assert whole == amounts([rows[n] for n, names in failed.items() if not names])


def test_rules_that_fail_most_often_together_stand_first() -> None:
    rows = [{"language": "ja", "chars": 1, "digit_ratio": ratio} for ratio in (0.0, 0.0, 0.9)]
    language, *_ = weights(patterns(table(*rows), RULES), RULES)
    assert list(language.with_others.items()) == [("chars", 3), ("digit_ratio", 1)]


@pytest.mark.parametrize("rules", [(), RULES])
def test_no_documents_or_no_rules_weigh_nothing(rules: tuple[Rule, ...]) -> None:
    found = patterns(table(), rules)
    assert all(weight.failed.documents == 0 for weight in weights(found, rules))
    assert kept(found)[0] == Amounts(documents=0, characters=0)
    one = patterns(table({"chars": 7}), ())
    assert kept(one) == (amounts([{"chars": 7}]), amounts([{"chars": 7}]))


def test_a_change_names_the_rule_of_whoever_drops() -> None:
    rows = [
        {"language": "zh-Hans", "chars": 80, "digit_ratio": 0.0},
        {"language": "zh-Hans", "chars": 20, "digit_ratio": 0.0},
        {"language": "zh-Hans", "chars": 30, "digit_ratio": 0.0},
        {"language": "ja", "chars": 80, "digit_ratio": 0.0},
        {"language": "ja", "chars": 20, "digit_ratio": 0.0},
    ]
    found = changes(table(*rows), [LONG], [CHINESE], examples=1)
    assert found.schema == CHANGES
    told = found.select("kept_a", "kept_b", "rule", "documents", "characters").rows()
    assert sorted(told, key=str) == [
        (False, False, None, 1, 20),
        (False, True, "chars", 2, 50),
        (True, False, "language", 1, 80),
        (True, True, None, 1, 80),
    ]


def test_examples_are_few_the_same_each_time_and_say_where_they_lie() -> None:
    rows = [{"language": "zh-Hans", "chars": chars, "digit_ratio": 0.0} for chars in (9, 80, 7, 8)]
    found = changes(table(*rows), [LONG], [CHINESE], examples=2)
    (listed,) = found.filter(rule="chars")["examples"].to_list()
    assert [(one["doc_id"], one["row"], one["value"]) for one in listed] == [
        ("00", 0, "9"),
        ("02", 2, "7"),
    ]


def test_two_rules_of_one_name_are_told_apart_by_what_they_ask() -> None:
    rows = [{"language": "zh-Hans", "chars": 60, "digit_ratio": 0.0}]
    longer = Rule("chars", "chars", minimum=100.0)
    found = changes(table(*rows), [LONG], [longer], examples=0)
    assert found.select("rule", "threshold").row(0) == ("chars", ">= 100")
