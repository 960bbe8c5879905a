"""Tables that lie beside each other: joined by position, checked by key."""

import polars as pl
import pytest

from quality.alignment import misaligned, side_by_side


def ids(*names: str | None) -> pl.LazyFrame:
    return pl.LazyFrame({"doc_id": names}, schema={"doc_id": pl.String})


def test_columns_stand_beside_each_other_and_the_first_of_a_name_wins() -> None:
    first = pl.LazyFrame({"doc_id": ["a", "b"], "kept": [True, False]})
    second = pl.LazyFrame({"doc_id": ["a", "b"], "kept": [False, False], "chars": [1, 2]})
    third = pl.LazyFrame({"chars": [9, 9], "lines": [3, 4]})
    together = side_by_side(first, second, third).collect()
    assert together.columns == ["doc_id", "kept", "chars", "lines"]
    assert together.rows() == [("a", True, 1, 3), ("b", False, 2, 4)]


def test_one_table_stays_as_it_is() -> None:
    assert side_by_side(ids("a")).collect().rows() == [("a",)]


def test_the_same_ids_in_the_same_order_are_aligned() -> None:
    assert misaligned(ids("a", "b"), {"language": ids("a", "b"), "signals": ids("a", "b")}) == []
    assert misaligned(ids(), {"language": ids()}) == []


@pytest.mark.parametrize(
    ("theirs", "problem"),
    [
        (ids("b", "a"), "language does not follow the order of documents"),
        (ids("a", "c"), "language does not follow the order of documents"),
        (ids("a", None), "language does not follow the order of documents"),
        (ids("a"), "language has 1 rows, documents 2"),
        (ids("a", "b", "c"), "language has 3 rows, documents 2"),
    ],
)
def test_anything_else_is_named(theirs: pl.LazyFrame, problem: str) -> None:
    assert misaligned(ids("a", "b"), {"signals": ids("a", "b"), "language": theirs}) == [problem]


def test_an_id_that_is_there_twice_is_named() -> None:
    assert misaligned(ids("a", "a"), {"language": ids("a", "a")}) == [
        "documents: a doc_id is there twice"
    ]
