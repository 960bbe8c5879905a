"""What is read from the lake is what was written to it, column types included."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin

ORIGIN = Origin(code_version="1", settings="s", inputs={})


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_read_with_its_own_schema(tmp_path: Path, table: str) -> None:
    lake = Lake(str(tmp_path))
    ids = {"doc_id": ["a", "b"]} if "doc_id" in TABLES[table] else {}
    rows = pl.DataFrame(
        {name: ids.get(name, [None, None]) for name in TABLES[table]}, schema=TABLES[table]
    )
    lake.write(table, "a-00000", [rows], ORIGIN)
    found = lake.scan(table, ["a-00000"]).collect()
    assert found.schema == TABLES[table]
    assert found.equals(rows)


class TestWhole:
    """A table that is made whole and written batch by batch."""

    def rows(self, **batches: list[str]) -> pl.DataFrame:
        placed = [(one, batch) for batch, ids in batches.items() for one in ids]
        ids, names = ([pair[end] for pair in placed] for end in (0, 1))
        missing = dict.fromkeys(TABLES["boilerplate"])
        return pl.DataFrame(missing | {"doc_id": ids, "batch": names}, schema=TABLES["boilerplate"])

    def test_each_batch_gets_its_rows_in_their_order_even_if_it_has_none(
        self, tmp_path: Path
    ) -> None:
        lake = Lake(str(tmp_path))
        batches = ("a", "b", "c")
        lake.write_whole("boilerplate", self.rows(a=["2", "1"], c=["3"]), batches, ORIGIN)
        found = {one: lake.scan("boilerplate", [one]).collect() for one in batches}
        assert {one: list(frame["doc_id"]) for one, frame in found.items()} == {
            "a": ["2", "1"],
            "b": [],
            "c": ["3"],
        }
        assert lake.whole("boilerplate") == ORIGIN

    def test_a_kill_while_it_is_written_leaves_no_receipt_of_the_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lake = Lake(str(tmp_path))
        lake.write_whole("boilerplate", self.rows(a=["1"], b=["2"]), ("a", "b"), ORIGIN)

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(lake, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            lake.write_whole("boilerplate", self.rows(a=["1"], b=["3"]), ("a", "b"), ORIGIN)
        assert lake.whole("boilerplate") is None

    @pytest.mark.parametrize(
        ("code", "settings", "written"), [("1", "t", 0), ("1", "s", 0), ("2", "s", 1)]
    )
    def test_equal_rows_are_written_again_only_by_other_code(
        self, tmp_path: Path, code: str, settings: str, written: int
    ) -> None:
        lake, rows = Lake(str(tmp_path)), self.rows(a=["1"])
        lake.write_whole("boilerplate", rows, ["a"], ORIGIN)
        before = lake.path("boilerplate", "a").stat().st_ino
        origin = Origin(code_version=code, settings=settings, inputs={"pairs/1-of-1": "x"})
        lake.write_whole("boilerplate", rows, ["a"], origin)
        assert (lake.path("boilerplate", "a").stat().st_ino != before) == bool(written)
        assert lake.whole("boilerplate") == origin


def test_files_of_no_use_any_more_are_removed(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    for name in ("1-of-1", "1-of-2"):
        lake.write("pairs", name, [TABLES["pairs"].to_frame()], ORIGIN)
    lake.keep_only("pairs", ["1-of-2", "2-of-2"])
    assert [file.stem for file in (tmp_path / "pairs").iterdir()] == ["1-of-2"]
    lake.keep_only("lines", [])
