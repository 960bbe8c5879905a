"""The inventory: what a recipe sees of a document."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from quality.inventory import inventory
from quality.tokens import bundled
from schemas.tables import AI_LABEL, CORPUS, INVENTORY, TIME


def kept(**columns: Any) -> pl.LazyFrame:
    row = dict.fromkeys(CORPUS) | {"doc_id": "0" * 32, "text": "今日收盘。", "domain": "news"}
    beside = {
        "published_at": TIME,
        "ai_label": AI_LABEL,
        "industry": pl.String(),
        "volatility": pl.Float32(),
        "cluster_size": pl.UInt32(),
        "family": pl.String(),
    }
    row |= {"published_at": None, "ai_label": None, "industry": "sports", "volatility": 0.5}
    row |= {"cluster_size": 3, "family": "0" * 32}
    return pl.LazyFrame([row | columns], schema={**CORPUS, **beside})


def one(frame: pl.LazyFrame, *tokenizers: str) -> dict[str, Any]:
    found = inventory(frame, tokenizers).collect()
    assert found.schema == INVENTORY
    return found.to_dicts()[0]


def test_sizes_are_counted_and_what_is_known_is_taken_over() -> None:
    row = one(kept(), bundled())
    assert (row["chars"], row["bytes"], row["kind"], row["cluster_size"]) == (5, 15, "news", 3)
    assert len(row["tokens"]) == 1
    assert 1 < row["tokens"][0] <= 5
    assert one(kept())["tokens"] == []


def test_the_day_is_that_of_china() -> None:
    late = datetime(2024, 5, 1, 18, tzinfo=UTC)
    assert one(kept(published_at=late))["published"] == date(2024, 5, 2)


@pytest.mark.parametrize(
    "changed",
    [{"text": "今日收盘！"}, {"language": "yue"}, {"licence": "MIT"}, {"quality": 0.5}],
)
def test_whatever_a_shard_holds_counts_as_content(changed: dict[str, Any]) -> None:
    assert one(kept(**changed))["content"] != one(kept())["content"]
    assert one(kept(batch="b"))["content"] == one(kept())["content"]


def test_a_document_with_a_label_of_any_degree_is_labelled() -> None:
    fields = dict.fromkeys(field.name for field in AI_LABEL.fields)
    assert one(kept(ai_label=fields | {"Label": "3"}))["ai_labelled"]
    assert not one(kept())["ai_labelled"]
