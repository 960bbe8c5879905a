"""Chunks for a retrieval store: findable in their row, and each document once."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given

from pipelines.exports.retrieval import SCHEMA, Retrieval
from schemas.errors import ConfigError
from tests.pipelines.exports.making import TEXTS, rows_of, written


@given(TEXTS)
def test_a_chunk_is_a_piece_of_its_document(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder, rows = tmp_path_factory.mktemp("chunks"), rows_of(texts)
    (file,) = written(Retrieval(8, 3), rows, folder)
    found = pl.read_parquet(folder / file.path)
    assert found.schema == SCHEMA
    assert found.height == file.rows
    once = {row["doc_id"]: row for row in rows.to_dicts() if row["epoch"] == 0}
    for chunk in found.to_dicts():
        row = once[chunk["doc_id"]]
        assert chunk["text"] == row["text"][chunk["start"] : chunk["end"]]
        assert chunk["chunk_id"] == f"{row['doc_id']}#{chunk['ordinal']}"
        for name in ("source", "domain", "language", "licence"):
            assert chunk[name] == row[name]
    assert found["chunk_id"].is_unique().all()
    assert {one for one in once if once[one]["text"]} == set(found["doc_id"])


def test_a_shard_without_rows_is_an_empty_file(tmp_path: Path) -> None:
    (file,) = written(Retrieval(), rows_of([]), tmp_path)
    assert pl.read_parquet(tmp_path / file.path).schema == SCHEMA


def test_chunks_that_would_only_repeat_are_refused() -> None:
    with pytest.raises(ConfigError, match="must be less"):
        Retrieval(50, 50)
