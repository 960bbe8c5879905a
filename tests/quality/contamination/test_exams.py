"""Exam papers that two benchmarks share, planted papers, and texts that only sound like them."""

import random

import polars as pl
import pytest

from quality.contamination import Index, contamination, exam_items, index
from tests.quality.contamination.planting import CHANGES, planted, shared_items
from tests.shared import shared_data

DROPPED = 0.6
"""The share of an item from which presets drop a document."""


@pytest.fixture(scope="module")
def items() -> pl.DataFrame:
    return shared_items()


@pytest.fixture(scope="module")
def everything(items: pl.DataFrame) -> Index:
    return index(items)


def found(texts: pl.Series, exam: Index) -> pl.DataFrame:
    pages = pl.LazyFrame({"doc_id": texts, "text": texts})
    return contamination(pages, exam).collect()


def test_nearly_every_item_can_be_told(everything: Index) -> None:
    assert everything.names.height > 2_190
    assert everything.left_out.height <= 3


@pytest.mark.parametrize("change", CHANGES)
def test_planted_items_are_found(items: pl.DataFrame, everything: Index, change: str) -> None:
    chance = random.Random(change)
    path = shared_data("bulk") / "news_zh_hans.parquet"
    hosts = pl.read_parquet(path, columns=["text"])["text"].head(50).str.head(3_000).to_list()
    some = items.join(everything.names, on=["benchmark", "item"], how="semi").gather_every(9)
    texts = [
        planted(CHANGES[change](item, chance), chance.choice(hosts), chance)
        for item in some.iter_rows(named=True)
    ]
    hits = found(pl.Series(texts), everything).with_row_index("row").explode("hits")
    told = hits.select("row", pl.col("hits").struct.unnest()).filter(pl.col("share") >= DROPPED)
    wanted = some.with_row_index("row").select("row", "benchmark", "item")
    recall = wanted.join(told, on=["row", "benchmark", "item"], how="semi").height / some.height
    assert recall >= (0.95 if change == "10% edited" else 0.99)


def test_papers_that_both_benchmarks_hold_are_found(items: pl.DataFrame) -> None:
    gaokao = index(items.filter(pl.col("benchmark") == "gaokao"))
    paper = shared_data("bench-agieval") / "gaokao-chinese.jsonl"
    asked = exam_items(paper.read_bytes(), "agieval")
    options = pl.concat_str("stem", pl.col("options").list.join("\n"), separator="\n")
    share = found(asked.select(options).to_series(), gaokao)["share"]
    assert (share >= DROPPED).sum() == 64
    # A shared question is either found for the most part or hardly at all.
    assert ((share > 0) & (share < DROPPED)).sum() <= 5


def test_logic_puzzles_share_nothing_with_the_papers(items: pl.DataFrame) -> None:
    gaokao = index(items.filter(pl.col("benchmark") == "gaokao"))
    puzzles = shared_data("bench-agieval") / "logiqa-zh.jsonl"
    texts = pl.Series(puzzles.read_text(encoding="utf-8").split("\n"))
    assert found(texts, gaokao)["share"].max() == 0


@pytest.mark.parametrize(
    ("name", "most"),
    [("law_zh_hans", 4), ("news_zh_hans", 0), ("classical_lzh", 0), ("wiki_zh", 1)],
)
def test_what_exams_quote_holds_no_item(everything: Index, name: str, most: int) -> None:
    path = shared_data("bulk") / f"{name}.parquet"
    share = found(pl.read_parquet(path, columns=["text"])["text"], everything)["share"]
    assert (share >= DROPPED).sum() == 0
    assert (share > 0).sum() <= most
