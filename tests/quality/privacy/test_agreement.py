import math

import polars as pl
import pytest

from quality.privacy.agreement import AGREEMENT, SPANS, TOTAL, agreement, spans, wilson
from schemas.tables import PRIVACY

Row = tuple[str, str, int, int]


def rows(*given: Row) -> pl.DataFrame:
    return pl.DataFrame(list(given), schema=SPANS, orient="row")


def of_kind(kind: str, truth: pl.DataFrame, found: pl.DataFrame) -> dict[str, float | None]:
    row: dict[str, float | None] = agreement(truth, found).row(
        by_predicate=pl.col("kind") == kind, named=True
    )
    return row


def test_the_kind_and_the_exact_span_must_be_right() -> None:
    truth = rows(("a", "mobile", 3, 14), ("a", "name", 0, 3), ("b", "mobile", 3, 14))
    found = rows(("a", "mobile", 3, 14), ("a", "address", 0, 3), ("b", "mobile", 2, 14))
    mobile, name = of_kind("mobile", truth, found), of_kind("name", truth, found)
    assert (mobile["truths"], mobile["found"], mobile["right"]) == (2, 2, 1)
    assert (mobile["precision"], mobile["recall"], mobile["f1"]) == (0.5, 0.5, 0.5)
    assert (name["found"], name["recall"], name["precision"]) == (0, 0, None)
    assert of_kind("address", truth, found)["recall"] is None


def test_the_same_span_of_another_document_is_not_right() -> None:
    row = of_kind("qq", rows(("a", "qq", 0, 6)), rows(("b", "qq", 0, 6)))
    assert (row["right"], row["covered"]) == (0, 0)


@pytest.mark.parametrize(
    ("found", "covered"),
    [
        ([("a", "name", 10, 20)], 1),
        ([("a", "qq", 9, 21)], 1),
        ([("a", "qq", 10, 14), ("a", "name", 14, 20)], 1),
        ([("a", "qq", 5, 16), ("a", "qq", 6, 8), ("a", "name", 12, 20)], 1),
        ([("a", "qq", 10, 14), ("a", "name", 15, 20)], 0),
        ([("a", "qq", 11, 20)], 0),
        ([("b", "name", 10, 20)], 0),
        ([], 0),
    ],
)
def test_a_truth_is_covered_when_no_character_of_it_stands_outside_findings(
    found: list[Row], covered: int
) -> None:
    assert of_kind("name", rows(("a", "name", 10, 20)), rows(*found))["covered"] == covered


def test_the_last_row_counts_all_kinds_together() -> None:
    truth = rows(("a", "qq", 0, 6), ("a", "name", 7, 9), ("b", "name", 0, 2))
    table = agreement(truth, rows(("a", "qq", 0, 6), ("b", "mac", 4, 9)))
    assert table.schema == AGREEMENT
    assert table["kind"].to_list() == ["mac", "name", "qq", TOTAL]
    assert table.row(-1)[1:4] == (3, 2, 1)
    assert table["f1"][-1] == pytest.approx(2 / 5)


def test_a_span_given_twice_counts_once() -> None:
    row = of_kind("qq", rows(("a", "qq", 0, 6)), rows(("a", "qq", 0, 6), ("a", "qq", 0, 6)))
    assert (row["found"], row["right"], row["precision"]) == (1, 1, 1)


def test_nothing_to_find_and_nothing_found_is_a_total_without_shares() -> None:
    table = agreement(rows(), rows())
    assert table.schema == AGREEMENT
    assert table.rows() == [(TOTAL, 0, 0, 0, *[None] * 8)]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (15, 148, 0.0624, 0.1605), (81, 263, 0.2553, 0.3662)],
)
def test_wilsons_interval_is_the_published_one(
    right: int, of: int, low: float, high: float
) -> None:
    """The figures are those of Newcombe 1998, table I, method 3."""
    both = pl.select(*[wilson(pl.lit(right), pl.lit(of), s).alias(str(s)) for s in (-1, 1)]).row(0)
    assert both == pytest.approx((low, high), abs=6e-5)


def test_the_interval_solves_its_equation() -> None:
    """At either bound the share lies 1.96 standard errors away."""
    for side in (-1, 1):
        bound = pl.select(wilson(pl.lit(37), pl.lit(90), side)).item()
        distance = (37 / 90 - bound) / math.sqrt(bound * (1 - bound) / 90)
        assert distance == pytest.approx(-side * 1.959964, abs=1e-5)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (rows().drop("kind"), "lacks \\['kind'\\]"),
        (rows(("a", "qq", 6, 6)), "1 spans that are empty"),
        (rows(("a", "qq", 6, 7)).with_columns(doc_id=pl.lit(None)), "not filled in"),
    ],
)
def test_what_is_no_table_of_spans_is_refused(wrong: pl.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        agreement(rows(), wrong)


def test_the_table_of_findings_is_taken_as_it_is() -> None:
    finding = {"kind": "qq", "start": 3, "end": 9, "rule": "r", "confidence": 0.9, "sensitive": []}
    table = pl.DataFrame({"doc_id": ["a", "b"], "findings": [[finding], []]}, schema=PRIVACY)
    assert spans(table).rows() == [("a", "qq", 3, 9)]
    assert spans(table).schema == SPANS
