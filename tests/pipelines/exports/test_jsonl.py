"""JSONL: every row as it was, Chinese readable in the file."""

import json
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import given

from pipelines.exports.jsonl import Jsonl
from schemas.tables import SHARDS
from tests.pipelines.exports.making import TEXTS, read, rows_of, written


def lines(content: bytes) -> list[str]:
    with zstandard.ZstdDecompressor().stream_reader(content) as packed:
        return packed.readall().decode().split("\n")


@given(TEXTS)
def test_each_row_is_one_line_with_all_its_columns(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder, rows = tmp_path_factory.mktemp("jsonl"), rows_of(texts)
    files = written(Jsonl(), rows, folder)
    *records, end = lines(read(folder, files, ".jsonl.zst"))
    assert end == ""
    found = pl.DataFrame(list(map(json.loads, records)), schema=SHARDS, orient="row")
    assert found.equals(rows)
    assert files[0].rows == rows.height


def test_chinese_is_not_escaped(tmp_path: Path) -> None:
    files = written(Jsonl(), rows_of(["文渊閣𠮷"]), tmp_path)
    assert '"text":"文渊閣𠮷"' in lines(read(tmp_path, files, ".zst"))[0]


def test_a_missing_or_infinite_number_is_null_as_json_has_no_other(tmp_path: Path) -> None:
    rows = rows_of(["一", "二", "三"])
    rows = rows.with_columns(quality=rows["quality"].clear(3).fill_null(float("nan")))
    files = written(Jsonl(), rows, tmp_path)
    records = lines(read(tmp_path, files, ".zst"))[:-1]
    assert [json.loads(one)["quality"] for one in records] == [None] * 3
