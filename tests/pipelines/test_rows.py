"""Single rows out of files of several row groups."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin
from pipelines.rows import Rows, first_of_sorted, take
from tests.pipelines.town import table

ORIGIN = Origin(code_version="1", settings="", inputs={})
SIZES = (7, 0, 1, 12)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """Batches of these sizes, in row groups of 3; ids say batch and row."""
    monkeypatch.setattr("pipelines.parquet.GROUP_ROWS", 3)
    lake = Lake(str(tmp_path))
    for number, size in enumerate(SIZES):
        rows = table("language", [f"{number}/{row}" for row in range(size)])
        lake.write("language", f"b-{number}", [rows.collect()], ORIGIN)
    return lake


def test_each_row_is_found_in_any_order(lake: Lake) -> None:
    rows = Rows(lake)
    for number in (3, 0, 2, 3):
        for row in reversed(range(SIZES[number])):
            one = rows.at("language", f"b-{number}", row)
            assert one is not None
            assert one.schema == TABLES["language"]
            assert one["doc_id"].to_list() == [f"{number}/{row}"]


def test_a_row_or_file_that_is_not_there_is_null(lake: Lake) -> None:
    rows = Rows(lake)
    assert rows.at("language", "b-0", 7) is None
    assert rows.at("language", "b-1", 0) is None
    assert rows.at("language", "b-4", 0) is None


def test_some_rows_are_taken_with_their_numbers(lake: Lake) -> None:
    some = take(lake.path("language", "b-3"), [0, 2, 3, 11], ["doc_id"])
    assert some.rows() == [("3/0", 0), ("3/2", 2), ("3/3", 3), ("3/11", 11)]


@pytest.mark.parametrize("left", [0, 4, 2**63, 2**64 - 1])
def test_a_pair_is_found_among_those_of_the_same_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr("pipelines.parquet.GROUP_ROWS", 3)
    lefts = sorted([*range(20), *[left] * 10, 2**63 + 5])
    pairs = {"left": lefts, "right": range(len(lefts)), "similarity": 0.8, "counted": True}
    lake = Lake(str(tmp_path))
    lake.write("pairs", "1-of-1", [pl.DataFrame(pairs, schema=TABLES["pairs"])], ORIGIN)
    path = lake.path("pairs", "1-of-1")
    for at, one in enumerate(lefts):
        found = first_of_sorted(path, "left", one, pl.col("right") == at)
        assert found is not None
        assert found["left"] == one
    assert first_of_sorted(path, "left", left, pl.col("right") == 99) is None
