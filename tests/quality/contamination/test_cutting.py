"""Which hits are beyond a policy, what is left of a text, and when that is nothing."""

from typing import Any

import polars as pl
import pytest

from quality.contamination import beyond, uncut_share, without_passages
from quality.policy import decide
from schemas.policies import Exams, Policy, rules
from schemas.tables import EXAM_HITS


def hit(start: int, end: int, share: float = 1.0) -> dict[str, Any]:
    return {"benchmark": "demo", "item": "1", "share": share, "start": start, "end": end}


def test_a_share_at_the_bound_is_allowed() -> None:
    hits = [
        hit(0, 1, 0.59),
        hit(0, 1, float(pl.Series([0.6], dtype=pl.Float32)[0])),
        hit(0, 1, 0.61),
    ]
    assert [one["share"] for one in beyond(hits, Exams(max=0.6))] == [0.61]


@pytest.mark.parametrize(
    ("hits", "left"),
    [
        ([], "甲乙\n丙丁\n戊"),
        ([hit(1, 4)], "甲\n丁\n戊"),
        ([hit(1, 4), hit(3, 5), hit(2, 3)], "甲\n\n戊"),
        ([hit(0, 7)], "\n\n"),
        ([hit(6, 7), hit(0, 1)], "乙\n丙丁\n"),
    ],
    ids=["none", "one", "over each other", "all", "in no order"],
)
def test_what_is_left_has_as_many_lines(hits: list[dict[str, Any]], left: str) -> None:
    assert without_passages("甲乙\n丙丁\n戊", hits) == left


def kept(hits: list[dict[str, Any]], chars: int, action: str, most: float = 0.6) -> bool:
    asked = Policy.model_validate(
        {"preset": "none", "contamination": {"max": most, "action": action}}
    )
    rows = pl.LazyFrame(
        {
            "doc_id": ["a"],
            "share": pl.Series([max((one["share"] for one in hits), default=0)], dtype=pl.Float32),
            "hits": pl.Series([hits], dtype=EXAM_HITS),
            "chars": [chars],
        }
    ).with_columns(uncut_share())
    return bool(decide(rows, rules({"web": asked}, "web"), "").collect()["kept"].item())


@pytest.mark.parametrize(
    ("action", "hits", "is_kept"),
    [
        ("drop", [hit(0, 10)], False),
        ("cut", [hit(0, 10)], True),
        ("cut", [hit(0, 50)], False),
        ("cut", [hit(0, 30), hit(20, 50)], False),
        ("cut", [hit(0, 49)], True),
        ("cut", [hit(0, 30), hit(50, 90, 0.5)], True),
        ("cut", [], True),
        ("flag", [hit(0, 100)], True),
    ],
)
def test_exam_papers_are_dropped_and_pages_that_hold_an_item_are_not(
    action: str, hits: list[dict[str, Any]], is_kept: bool
) -> None:
    assert kept(hits, 100, action) is is_kept


def test_a_lower_bound_makes_a_paper_of_more_pages() -> None:
    assert not kept([hit(0, 30), hit(50, 90, 0.5)], 100, "cut", most=0.4)
