"""Exam papers that two benchmarks share, and ordinary texts that only sound like them."""

import polars as pl
import pytest

from quality.contamination import Index, contamination, exam_items, index
from tests.shared import shared_data


@pytest.fixture(scope="module")
def gaokao() -> Index:
    papers = sorted(shared_data("bench-gaokao").rglob("*.json"))
    return index(pl.concat([exam_items(paper.read_bytes(), paper.stem) for paper in papers]))


def shares(texts: pl.Series, exam: Index) -> pl.Series:
    pages = pl.LazyFrame({"doc_id": texts, "text": texts})
    return contamination(pages, exam).collect()["share"]


def test_papers_that_both_benchmarks_hold_are_found(gaokao: Index) -> None:
    paper = shared_data("bench-agieval") / "gaokao-chinese.jsonl"
    items = exam_items(paper.read_bytes(), "agieval")
    found = shares(items["text"], gaokao)
    assert (found >= 0.5).sum() == 65
    # A shared paper is either found for the most part or not at all.
    assert ((found > 0.1) & (found < 0.5)).sum() <= 2


def test_logic_puzzles_share_nothing_with_the_papers(gaokao: Index) -> None:
    puzzles = shared_data("bench-agieval") / "logiqa-zh.jsonl"
    assert shares(exam_items(puzzles.read_bytes(), "agieval")["text"], gaokao).max() == 0


@pytest.mark.parametrize(("name", "most"), [("law_zh_hans", 4), ("news_zh_hans", 1)])
def test_statutes_and_news_cover_no_item(gaokao: Index, name: str, most: int) -> None:
    path = shared_data("bulk") / f"{name}.parquet"
    found = shares(pl.read_parquet(path, columns=["text"])["text"], gaokao)
    assert (found >= 0.5).sum() == 0
    assert (found >= 0.3).sum() <= most
