"""Accuracy on real text that was held out of training; floors leave a margin below what we reach.

The figures themselves come from `quality.language.evaluate` and stand in `lid.md`.
"""

import polars as pl
import pytest

from quality.language import identify
from quality.language.evaluate import CLEAR, held_out_texts, macro_f1, score
from quality.language.sets import cantonese, rows_of, split
from tests.shared import shared_data


def share_right(texts: list[str], tag: str) -> float:
    found = pl.DataFrame({"text": texts}).select(identify(pl.col("text"))).unnest("text")
    return found["language"].to_list().count(tag) / len(texts)


@pytest.mark.parametrize(
    ("folder", "tag", "floor"),
    [
        ("text-law-zh-hans", "zh-Hans", 0.99),
        ("text-law-zh-hant", "zh-Hant", 0.99),
        ("text-news-zh-hans", "zh-Hans", 0.99),
        ("text-medical-zh-hans", "zh-Hans", 0.99),
        ("text-modern-translation-zh-hans", "zh-Hans", 0.97),
        ("text-tech-docs-zh-hans", "zh-Hans", 0.95),
        ("text-tech-docs-zh-hant", "zh-Hant", 0.97),
    ],
)
def test_documents_of_each_domain_are_identified(folder: str, tag: str, floor: float) -> None:
    rows = rows_of(shared_data(folder) / "docs.jsonl.zst")
    assert share_right([row["text"] for row in rows], tag) >= floor


@pytest.mark.parametrize(
    ("folder", "tag", "floor"),
    [("text-poetry-lzh", "lzh", 0.98), ("text-social-zh-hans", "zh-Hans", 0.99)],
)
def test_short_texts_are_identified(folder: str, tag: str, floor: float) -> None:
    data = shared_data(folder).parent
    assert share_right(split(data, folder, test=True), tag) >= floor


@pytest.mark.parametrize(("tag", "floor"), [("lzh", 0.96), ("zh-Hans", 0.93)])
def test_single_classical_sentences_are_told_from_their_translation(tag: str, floor: float) -> None:
    rows = rows_of(shared_data("lid-lzh-zh") / "lid.jsonl.zst")
    assert share_right([row["text"] for row in rows if row["lang"] == tag], tag) >= floor


def test_cantonese_is_identified() -> None:
    assert share_right(cantonese(shared_data("bulk").parent, test=True), "yue") >= 0.99
    rows = rows_of(shared_data("lid-hkcancor") / "lid.jsonl.zst")
    texts = [row["text"] for row in rows if len(row["text"].replace(" ", "")) >= 12]
    assert share_right(texts, "yue") >= 0.975


def test_no_medical_classic_is_japanese() -> None:
    files = shared_data("text-tcm-gbk-files").glob("*.txt")
    texts = [file.read_bytes().decode("gb18030", "replace") for file in files]
    parts = [text[at : at + 300] for text in texts for at in range(0, len(text), 300)]
    assert share_right(parts, "ja") == 0


def test_the_figures_are_reached_on_the_half_that_nothing_was_tuned_on() -> None:
    texts, lines = held_out_texts(shared_data("bulk").parent)
    final = pl.col("final")
    assert macro_f1(score(texts.filter(final))) >= 0.988
    assert macro_f1(score(lines.filter(final & CLEAR))) >= 0.945
    assert macro_f1(score(lines.filter(final))) >= 0.915
