"""What is read from the lake is what was written to it, column types included."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin
from schemas.tables import PERMUTATIONS

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


def test_a_missing_signature_moves_no_other(tmp_path: Path) -> None:
    """The arrays of a column lie end to end; one that is null still has its place."""
    lake = Lake(str(tmp_path))
    hashes = [[1] * PERMUTATIONS, None, [2] * PERMUTATIONS]
    rows = pl.DataFrame(
        {"doc_id": ["a", "b", "c"], "folded_chars": 9, "exact": 0, "minhash": hashes},
        schema=TABLES["signatures"],
    )
    lake.write("signatures", "a-00000", [rows], ORIGIN)
    values = lake.scan("signatures", ["a-00000"]).collect()["minhash"].to_arrow().values
    assert values.to_pylist()[2 * PERMUTATIONS :] == [2] * PERMUTATIONS
