"""MDS: the bytes that the format's own description asks for."""

import json
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given

from pipelines.exports.mds import Mds
from tests.pipelines.exports.making import TEXTS, Row, rows_of, written


def samples(content: bytes) -> list[Row]:
    """A file read step by step."""
    count = int.from_bytes(content[:4], "little")
    offsets = np.frombuffer(content, "<u4", count + 1, 4)
    about = json.loads(content[8 + 4 * count : offsets[0]])
    assert offsets[-1] == len(content)
    return [
        sample(content[offsets[one] : offsets[one + 1]], about["column_encodings"], about)
        for one in range(count)
    ]


def sample(data: bytes, encodings: list[str], about: Row) -> Row:
    varying = encodings.count("str")
    sizes = iter(np.frombuffer(data, "<u4", varying).tolist())
    at, found = 4 * varying, {}
    columns = zip(about["column_names"], encodings, about["column_sizes"], strict=True)
    for name, encoding, fixed in columns:
        size = fixed or next(sizes)
        value = data[at : at + size]
        found[name] = value.decode() if encoding == "str" else np.frombuffer(value, encoding)[0]
        at += size
    assert at == len(data)
    return found


def as_mds(row: Row) -> Row:
    """MDS has no nulls."""
    return {name: "" if value is None else value for name, value in row.items()}


@given(TEXTS)
def test_each_sample_has_all_columns_of_its_row(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder, rows = tmp_path_factory.mktemp("mds"), rows_of(texts)
    files = written(Mds(), rows, folder)
    found = [one for file in files for one in samples((folder / file.path).read_bytes())]
    expected = rows.with_columns(pl.col("quality").fill_null(math.nan)).to_dicts()
    for one, row in zip(found, map(as_mds, expected), strict=True):
        np.testing.assert_equal(one.pop("quality"), np.float32(row.pop("quality")))
        assert one == row
    assert [file.rows for file in files] == [one.height for one in rows.iter_slices(7)]


def test_the_index_names_every_file_with_its_size_and_digest(tmp_path: Path) -> None:
    files = written(Mds(), rows_of(["一", "二", "三"]), tmp_path, group=2)
    index = json.loads(Mds().index(files)["index.json"])
    assert [one["raw_data"]["basename"] for one in index["shards"]] == [one.path for one in files]
    assert [one["samples"] for one in index["shards"]] == [2, 1]
    for one, file in zip(index["shards"], files, strict=True):
        assert one["raw_data"]["bytes"] == (tmp_path / file.path).stat().st_size
        assert one["raw_data"]["hashes"] == {"sha256": file.sha256}
