"""Passages come in a fixed order, end where sentences do, and are found again."""

import json
from pathlib import Path

import polars as pl
import pytest
import zstandard

from quality.scoring.labels import Passage, Wanted, found, passages
from quality.scoring.labels.passages import LONGEST, SHORTEST, documents, key, place

LONG = "渭城朝雨浥轻尘，客舍青青柳色新。劝君更尽一杯酒，西出阳关无故人。" * 90


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bulk").mkdir()
    poems = {"id": [f"poem{n}" for n in range(40)], "text": [LONG[n:] for n in range(40)]}
    pl.DataFrame(poems).write_parquet(tmp_path / "bulk" / "poems.parquet")
    page = "---\ntitle: x\n---\n<h1>绝句</h1><p>两个黄鹂鸣翠柳，一行白鹭上青天。</p>".encode()
    pl.DataFrame({"id": ["a"], "html": [page]}).write_parquet(tmp_path / "bulk" / "pages.parquet")
    (tmp_path / "posts").mkdir()
    rows = "".join(json.dumps({"文本": t}, ensure_ascii=False) + "\n" for t in ("上\u2028下", "二"))
    (tmp_path / "posts" / "bench.jsonl.zst").write_bytes(zstandard.compress(rows.encode()))
    return tmp_path


def test_a_small_sample_begins_a_large_one_and_keeps_to_its_share(folder: Path) -> None:
    large = list(passages(folder, [Wanted("poems", 40, 4, 1)]))
    assert list(passages(folder, [Wanted("poems", 2, 4, 1)])) == large[:2]
    assert {key(p.set, p.id) % 4 for p, _ in large} == {1}


def test_passages_of_long_texts_lie_between_stops_throughout_the_text() -> None:
    places = [place(LONG, seed * 7919) for seed in range(200)]
    assert all(SHORTEST <= end - start <= LONGEST for start, end in places)
    assert all(LONG[:start][-1:] in {"", "。"} and LONG[end - 1] == "。" for start, end in places)
    assert max(start for start, _ in places) > len(LONG) * 0.8


def test_a_text_without_stops_is_cut_at_the_longest() -> None:
    start, end = place("山" * 5000, 4321)
    assert end - start == LONGEST or end == 5000


def test_what_was_sampled_is_found_again(folder: Path) -> None:
    sample = dict(
        passages(folder, [Wanted("poems", 9), Wanted("posts", 2, 1), Wanted("pages", 1, 1)])
    )
    assert found(folder, sample) == sample


def test_rows_without_id_are_numbered_and_split_at_line_feeds_only(folder: Path) -> None:
    assert list(documents(folder, "posts")) == [("#0", "上\u2028下"), ("#1", "二")]


def test_a_page_is_its_text_without_front_matter(folder: Path) -> None:
    [(_, text)] = documents(folder, "pages")
    assert "黄鹂" in text
    assert "title" not in text
    assert "<" not in text


def test_a_label_of_other_data_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyError, match="no document"):
        found(folder, [Passage("poems", "lost", 0, 1)])
    with pytest.raises(KeyError, match="characters"):
        found(folder, [Passage("posts", "#1", 0, 9)])
    with pytest.raises(FileNotFoundError, match="no set"):
        found(folder, [Passage("prose", "a", 0, 1)])
