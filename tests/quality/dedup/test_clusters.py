from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.dedup import MEMBERS, bands, cluster, signatures
from schemas.tables import DUPLICATES

PAGE = "".join(chr(0x4E00 + 7 * i % 5000) for i in range(400))
OTHER = "".join(chr(0x6E00 + 11 * i % 5000) for i in range(400))


def members(rows: dict[str, str], **columns: list[Any]) -> pl.DataFrame:
    """Documents by name, all of one source and no quality unless `columns` says otherwise."""
    frame = pl.DataFrame({"doc_id": list(rows), "text": list(rows.values())})
    signed = signatures(frame.lazy()).collect()
    given: dict[str, list[Any]] = {
        "batch": ["b0"] * len(rows),
        "priority": [1] * len(rows),
        "quality": [None] * len(rows),
    }
    return signed.with_columns(
        pl.Series(name, values, MEMBERS[name]) for name, values in (given | columns).items()
    ).select(MEMBERS.names())


def by_name(table: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["doc_id"]: row for row in table.iter_rows(named=True)}


def kept(table: pl.DataFrame) -> set[str]:
    return set(table.filter("kept")["doc_id"])


def test_the_table_has_the_schema_and_one_row_a_member_in_order() -> None:
    given = members({"c": PAGE, "a": PAGE, "b": OTHER})
    table = cluster(given, 0.7)
    assert table.schema == DUPLICATES
    assert table["doc_id"].to_list() == ["c", "a", "b"]


def test_no_members_give_an_empty_table() -> None:
    assert cluster(pl.DataFrame(schema=MEMBERS), 0.7).equals(pl.DataFrame(schema=DUPLICATES))


def test_every_drop_names_its_twin_and_how_similar_it_is() -> None:
    found = by_name(cluster(members({"a": PAGE, "b": PAGE[:-30], "c": PAGE, "d": OTHER}), 0.7))
    assert found["a"] == {
        "doc_id": "a",
        "batch": "b0",
        "cluster": "a",
        "size": 3,
        "kept": True,
        "twin": None,
        "similarity": None,
    }
    assert found["c"]["twin"] == "a"
    assert found["c"]["similarity"] == 1
    assert found["b"]["twin"] == "a"
    assert found["b"]["similarity"] == pytest.approx(366 / 396, abs=0.1)
    assert (found["d"]["size"], found["d"]["kept"]) == (1, True)


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
    assert kept(cluster(members(dict.fromkeys("abc", PAGE), **columns), 0.7)) == {best}


def test_the_longer_copy_is_kept_before_the_smaller_name() -> None:
    assert kept(cluster(members({"a": PAGE[:-20], "b": PAGE}), 0.7)) == {"b"}


def test_short_texts_have_exact_copies_only_and_empty_ones_none() -> None:
    short = {"a": "同意", "b": "同意！", "c": "不同意", "d": "", "e": "……", "f": "。"}
    assert kept(cluster(members(short), 0.7)) == {"a", "c", "d", "e", "f"}


def test_a_chain_of_revisions_is_one_cluster_even_where_its_ends_differ() -> None:
    text = PAGE + OTHER
    drafts = {f"r{i}": text[40 * i : 40 * i + 400] for i in range(10)}
    table = cluster(members(drafts), 0.7)
    assert table["cluster"].unique().to_list() == ["r0"]
    assert (table["similarity"] < 0.3).any()


def test_the_same_record_met_in_two_batches_is_one_cluster() -> None:
    given = members({"a": PAGE})
    twice = pl.concat([given.with_columns(pl.lit(b).alias("batch")) for b in ("b1", "b0")])
    table = cluster(twice, 0.7)
    assert table.select("batch", "kept", "twin").rows() == [("b1", False, "a"), ("b0", True, None)]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="priority"):
        cluster(members({"a": PAGE}).drop("priority"), 0.7)


def expected_roots(given: pl.DataFrame, threshold: float) -> list[int]:
    """Components of the pairs that share a band and agree enough, among at most 17 documents."""
    count, rows = bands(threshold)
    minhash = given["minhash"].to_list()
    exact = given["exact"].to_list()
    labels = list(range(len(exact)))
    for _ in exact:
        for i in range(len(exact)):
            for j in range(i):
                if exact[i] == exact[j] or alike(minhash[i], minhash[j], (count, rows, threshold)):
                    labels[i] = labels[j] = min(labels[i], labels[j])
    return labels


def alike(left: list[int] | None, right: list[int] | None, rule: tuple[int, int, float]) -> bool:
    if left is None or right is None:
        return False
    count, rows, threshold = rule
    equal = np.array(left) == np.array(right)
    return bool(equal[: count * rows].reshape(count, rows).all(axis=1).any()) and bool(
        equal.mean() >= threshold
    )


CUTS = st.lists(
    st.tuples(st.sampled_from([PAGE, OTHER]), st.integers(0, 120), st.integers(1, 400)),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(CUTS, st.randoms(use_true_random=False), st.sampled_from([0.5, 0.7, 0.9]))
def test_clusters_are_components_and_do_not_depend_on_the_order_of_rows(
    cuts: list[tuple[str, int, int]], random: Random, threshold: float
) -> None:
    given = members({f"{i:02}": text[a : a + n] for i, (text, a, n) in enumerate(cuts)})
    table = cluster(given, threshold)
    roots = expected_roots(given, threshold)
    assert table["cluster"].to_list() == [f"{root:02}" for root in roots]
    assert table["size"].to_list() == [roots.count(root) for root in roots]
    assert table.group_by("cluster").agg(pl.col("kept").sum())["kept"].unique().to_list() == [1]
    order = random.sample(range(len(cuts)), len(cuts))
    assert cluster(given[order], threshold).equals(table[order])


def test_boilerplate_by_the_hundred_thousand_does_not_go_quadratic() -> None:
    count = 100_000
    draw = np.random.RandomState(1)
    minhash = draw.randint(0, 1 << 32, (count, 128), np.uint32)
    minhash[:, :5] = 1
    doc_id = pl.int_range(count, eager=True).cast(pl.String).str.zfill(6)
    rows = {"minhash": minhash, "exact": np.arange(count), "folded_chars": np.full(count, 400)}
    same = {"batch": "b0", "priority": 1, "quality": None}
    many = pl.DataFrame({"doc_id": doc_id, **rows}).with_columns(
        **{name: pl.lit(value) for name, value in same.items()}
    )
    assert cluster(many.select(MEMBERS.names()).cast(MEMBERS), 0.7)["kept"].all()
