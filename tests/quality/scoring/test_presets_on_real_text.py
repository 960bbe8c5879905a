"""What the presets drop of real text of known kind: little of the good, most of the damaged.

The thresholds were chosen on the documents whose id hashes to an even number; these tests look at
the others only. Rules on language, duplicates and exams are left out: they are not about quality.
"""

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
import zstandard

from quality.alignment import side_by_side
from quality.policy import decide
from quality.scoring import BUNDLED, scores, signals
from schemas.policies import rules, without
from tests.shared import shared_data


def lines_of(path: Path) -> list[dict[str, str]]:
    with zstandard.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def held_out(rows: list[tuple[str, str]]) -> pl.LazyFrame:
    odd = [row for row in rows if hashlib.sha1(row[0].encode()).digest()[-1] % 2 == 1]
    return pl.LazyFrame(odd, schema={"doc_id": pl.String, "text": pl.String}, orient="row")


def dropped(documents: pl.LazyFrame, kind: str) -> float:
    """The share of `documents` that the preset of `kind` drops."""
    asked = without(rules({}, kind), "language", "duplicate", "contamination")
    measured = side_by_side(signals(documents), scores(documents, BUNDLED))
    verdicts = decide(measured, asked, "v1").collect()
    return verdicts.filter(~pl.col("kept")).height / verdicts.height


@pytest.mark.parametrize(
    ("folder", "kind", "at_most"),
    [
        ("text-law-zh-hans", "law", 0.02),
        ("text-law-zh-hant", "law", 0.02),
        ("text-medical-zh-hans", "medicine", 0.02),
        ("text-finance-zh-hans", "finance", 0.02),
        ("text-social-zh-hans", "dialogue", 0.02),
        ("text-tech-docs-zh-hans", "technology", 0.02),
        ("text-tech-docs-zh-hant", "technology", 0.02),
        ("text-tech-docs-zh-hans", "web", 0.05),
        ("text-tech-docs-zh-hant", "web", 0.05),
        ("text-news-zh-hans", "news", 0.02),
        ("text-medical-zh-hans", "web", 0.03),
        ("text-classical-lzh", "classical", 0.02),
        ("text-poetry-lzh", "classical", 0.02),
        ("text-novel-classical-zh-hans", "classical", 0.02),
    ],
)
def test_good_text_is_kept_by_the_preset_of_its_kind(
    folder: str, kind: str, at_most: float
) -> None:
    rows = lines_of(shared_data(folder) / "docs.jsonl.zst")
    assert dropped(held_out([(row["id"], row["text"]) for row in rows]), kind) <= at_most


def test_text_read_in_the_wrong_encoding_is_dropped() -> None:
    rows = lines_of(shared_data("mojibake-gbk-docs") / "docs.jsonl.zst")
    documents = held_out([(row["path"] + row["blob"], row["bad"]) for row in rows])
    assert dropped(documents, "web") == 1
    assert dropped(documents, "books") >= 0.75


def test_spam_phrases_tell_posts_that_advertise_from_posts_that_do_not() -> None:
    rows = lines_of(shared_data("quality-chineseharm") / "bench.jsonl.zst")
    share = {}
    for label in ("博彩", "黑产广告", "低俗色情", "不违规"):
        posts = held_out([(row["文本"], row["文本"]) for row in rows if row["标签"] == label])
        dense = signals(posts).select((pl.col("spam_density") > 20).mean())
        share[label] = dense.collect().item()
    assert share["不违规"] <= 0.02
    assert share["博彩"] >= 0.15
    assert share["低俗色情"] >= 0.25
    assert share["黑产广告"] >= 0.45
