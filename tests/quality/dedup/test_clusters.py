from typing import Any

import polars as pl
import pytest

from quality.dedup import cluster
from schemas.tables import DUPLICATES, PAIRS
from tests.quality.dedup.making import OTHER, PAGE, clustered, documents


def by_name(table: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["doc_id"]: row for row in table.iter_rows(named=True)}


def kept(table: pl.DataFrame) -> set[str]:
    return set(table.filter("kept")["doc_id"])


def test_the_table_has_the_schema_and_one_row_a_member_in_order() -> None:
    table = clustered(documents({"c": PAGE, "a": PAGE, "b": OTHER}))
    assert table.schema == DUPLICATES
    assert table["doc_id"].to_list() == ["c", "a", "b"]


def test_no_members_give_an_empty_table() -> None:
    assert clustered(documents({})).equals(pl.DataFrame(schema=DUPLICATES))


def test_every_drop_names_its_twin_where_it_lies_and_how_similar_it_is() -> None:
    given = documents(
        {"a": PAGE, "b": PAGE[:-30], "c": PAGE, "d": OTHER},
        batch=["x-00000", "y-00000", "y-00000", "y-00000"],
    )
    found = by_name(clustered(given))
    assert found["a"] == {
        "doc_id": "a",
        "batch": "x-00000",
        "cluster": "a",
        "cluster_size": 3,
        "family": "a",
        "kept": True,
        "twin": None,
        "twin_batch": None,
        "similarity": None,
    }
    assert (found["c"]["twin"], found["c"]["twin_batch"]) == ("a", "x-00000")
    assert found["c"]["similarity"] == 1
    assert found["b"]["twin"] == "a"
    assert found["b"]["similarity"] == pytest.approx(366 / 396, abs=0.1)
    assert (found["d"]["cluster_size"], found["d"]["kept"]) == (1, True)


@pytest.mark.parametrize(
    ("columns", "best"),
    [
        ({"priority": [2, 1, 3], "quality": [0.9, 0.1, 0.9]}, "b"),
        ({"quality": [0.1, 0.2, 0.9]}, "c"),
        ({"quality": [None, 0.2, float("nan")]}, "b"),
        ({}, "a"),
    ],
    ids=["source priority first", "then quality", "unknown quality last", "then doc_id"],
)
def test_the_best_member_is_kept(columns: dict[str, list[Any]], best: str) -> None:
    assert kept(clustered(documents(dict.fromkeys("abc", PAGE), **columns))) == {best}


def test_the_longer_copy_is_kept_before_the_smaller_name() -> None:
    assert kept(clustered(documents({"a": PAGE[:-20], "b": PAGE}))) == {"b"}


def test_short_texts_have_exact_copies_only_and_empty_ones_none() -> None:
    short = {"a": "同意", "b": "同意！", "c": "不同意", "d": "", "e": "……", "f": "。"}
    assert kept(clustered(documents(short))) == {"a", "c", "d", "e", "f"}


def test_texts_of_few_shingles_are_compared_like_others() -> None:
    title = "关于召开二〇二六年第一次临时股东大会的通知"
    titles = {
        "a": title,
        "b": title.replace("一次", "二次"),
        "c": "【" + title + "】",
        "d": title + "书",
    }
    assert kept(clustered(documents(titles))) == {"b", "d"}


def test_a_chain_of_revisions_drops_only_what_a_kept_one_stands_for() -> None:
    text = PAGE + OTHER
    table = clustered(documents({f"r{i}": text[40 * i : 40 * i + 400] for i in range(10)}))
    assert kept(table) == {"r0", "r2", "r4", "r6", "r8"}
    dropped = table.filter(~pl.col("kept"))
    assert (dropped["similarity"] >= 0.7).all()
    assert dropped["twin"].to_list() == ["r0", "r2", "r4", "r6", "r8"]
    assert set(table["family"]) == {"r0"}, "what a chain links may not be parted by a hold-out"


def test_the_same_record_met_in_two_batches_is_one_cluster() -> None:
    given = documents({"a": PAGE})
    twice = pl.concat([given.with_columns(batch=pl.lit(b)) for b in ("b1", "b0")])
    table = clustered(twice)
    told = table.select("batch", "kept", "twin", "twin_batch").rows()
    assert told == [("b1", False, "a", "b0"), ("b0", True, None, None)]


def test_a_missing_column_is_named() -> None:
    empty = pl.LazyFrame(schema=PAIRS)
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="priority"):
        cluster(documents({"a": PAGE}).drop("priority").lazy(), empty)


def test_a_document_is_dropped_if_it_reaches_its_own_threshold() -> None:
    near = {"a": PAGE, "b": PAGE[:340], "c": PAGE[60:]}
    given = documents(near, threshold=[0.95, 0.95, 0.7])
    assert kept(clustered(given)) == {"a", "b"}


def test_a_text_that_several_documents_hold_takes_their_lowest_threshold() -> None:
    near = {"a": PAGE, "b": PAGE[:340], "c": PAGE[:340]}
    given = documents(near, threshold=[0.9, 0.9, 0.7])
    assert kept(clustered(given)) == {"a"}
