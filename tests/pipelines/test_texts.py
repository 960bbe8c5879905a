"""Single texts out of many files, by number."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import texts
from pipelines.texts import Column

SIZES = (7, 0, 1, 12)
"""Rows of the files, which are cut into groups of 3."""

TEXTS = [None if number == 4 else f"第{number}篇𠮷" for number in range(sum(SIZES))]


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> Column:
    folder: Path = tmp_path_factory.mktemp("texts")
    start, files = 0, []
    for number, size in enumerate(SIZES):
        some = pl.Series("text", TEXTS[start : start + size], dtype=pl.String)
        files.append(folder / f"{number}.parquet")
        pl.DataFrame({"other": [0] * size, "text": some}).write_parquet(files[-1], row_group_size=3)
        start += size
    return Column(files, "text")


@given(wanted=st.sets(st.integers(0, len(TEXTS) - 1)))
def test_the_texts_asked_for_come_in_their_order(column: Column, wanted: set[int]) -> None:
    rows = np.array(sorted(wanted), np.int64)
    found = [text for some in column(rows) for text in some]
    assert found == [TEXTS[row] for row in rows]


def test_they_come_some_row_groups_at_a_time(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(column(np.arange(len(TEXTS))))) == 1
    monkeypatch.setattr(texts, "HELD", 1)
    parts = list(column(np.arange(len(TEXTS))))
    assert max(part.len() for part in parts) <= 3
    assert {part.dtype for part in parts} == {pl.String}
