"""Choosing: what a selection promises, whatever the corpus."""

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from quality.mixing import CHOSEN, LEDGER
from schemas.errors import InfeasibleError, IntegrityError
from schemas.recipes import Recipe
from tests.quality.mixing.listing import chosen, doc, listed, recipe_of
from tests.quality.mixing.slowly import MASK, slow_plan

SOURCES = ["crawl", "statutes", "hotline"]


@st.composite
def inventories(draw: st.DrawFn) -> pl.DataFrame:
    documents = draw(st.lists(st.tuples(st.sampled_from(SOURCES), st.integers(0, 40)), max_size=25))
    count = len(documents)
    sizes = draw(st.lists(st.sampled_from([1, 2, 7]), min_size=count, max_size=count))
    families = draw(st.lists(st.integers(0, 30), min_size=count, max_size=count))
    return listed(*documents, cluster_size=sizes, family=[doc(100 + one) for one in families])


RECIPES = st.builds(
    recipe_of,
    tokens=st.none() | st.integers(1, 600),
    components=st.dictionaries(st.sampled_from(SOURCES), st.sampled_from([0.1, 0.2, 0.3, 1, 7.5])),
    max_epochs=st.integers(1, 6),
    seed=st.sampled_from([0, 1, MASK]),
    upsample=st.sampled_from([{}, {2: 3}, {2: 2, 5: 1}]),
    validation=st.sampled_from([0, 0.2]),
    stages=st.sampled_from([{}, {"a": {"share": 0.7}, "b": {"share": 0.1}, "c": {"share": 0.2}}]),
)


@settings(max_examples=300, deadline=None)
@given(inventories(), RECIPES)
def test_the_choice_is_that_of_the_obvious_way(inventory: pl.DataFrame, recipe: Recipe) -> None:
    expected = slow_plan(inventory, recipe)
    if expected is None:
        with pytest.raises(InfeasibleError):
            chosen(inventory, recipe)
    else:
        selection = chosen(inventory, recipe)
        shown = selection.rows.select("part", "component", "doc_id", "epoch", "key")
        assert shown.rows() == expected
        assert selection.rows.schema == CHOSEN
        assert selection.ledger.schema == LEDGER


@settings(max_examples=150, deadline=None)
@given(inventories(), RECIPES, st.randoms(use_true_random=False))
def test_what_every_selection_promises(
    inventory: pl.DataFrame, recipe: Recipe, chance: random.Random
) -> None:
    assume(slow_plan(inventory, recipe) is not None)
    selection = chosen(inventory, recipe)
    beside = inventory.select("doc_id", "family", "chars", "cluster_size")
    rows = selection.rows.join(beside, on="doc_id")
    train = rows.filter(pl.col("part") < len(recipe.parts))
    held_out = rows.filter(pl.col("part") == len(recipe.parts))

    for given_ in selection.ledger.to_dicts():
        mine = train.filter(pl.col("component") == given_["component"])
        longest = inventory["chars"].max()
        assert isinstance(longest, int)
        assert mine["chars"].sum() == given_["taken"]
        assert 0 <= given_["taken"] - given_["wanted"] < max(1, longest)
        assert (mine.height, mine["doc_id"].n_unique()) == (given_["rows"], given_["documents"])
        assert given_["epochs"] <= recipe.max_epochs
    if recipe.tokens:
        wanted = selection.ledger["wanted"].sum()
        assert recipe.tokens <= wanted < recipe.tokens + selection.ledger.height
    assert not set(held_out["family"]) & set(train["family"])
    assert held_out["doc_id"].is_unique().all()
    most = recipe.max_epochs * max(recipe.upsample.values(), default=1)
    assert train.select("doc_id", "epoch").is_unique().all()
    assert (train["epoch"] < most).all()

    order = list(range(inventory.height))
    chance.shuffle(order)
    again = chosen(inventory[order], recipe)
    assert_frame_equal(again.rows, selection.rows)
    assert_frame_equal(again.ledger, selection.ledger)


@settings(max_examples=100, deadline=None)
@given(inventories(), RECIPES, st.integers(1, 600), st.integers(0, 100))
def test_a_larger_budget_keeps_every_row_of_a_smaller_one(
    inventory: pl.DataFrame, recipe: Recipe, tokens: int, more: int
) -> None:
    small = recipe.model_copy(update={"tokens": tokens, "stages": {}})
    large = small.model_copy(update={"tokens": tokens + more})
    assume(slow_plan(inventory, large) is not None)
    assert set(chosen(inventory, small).rows.rows()) <= set(chosen(inventory, large).rows.rows())


def test_another_source_moves_nothing_in_the_components() -> None:
    inventory = listed(*[("crawl", 10)] * 50, *[("statutes", 7)] * 30)
    recipe = recipe_of(tokens=400, components={"crawl": 1, "statutes": 1})
    more = pl.concat([inventory, listed(*[("novels", 5)] * 99)[80:]])
    assert_frame_equal(chosen(more, recipe).rows, chosen(inventory, recipe).rows)


def test_another_seed_chooses_and_orders_anew() -> None:
    inventory = listed(*[("crawl", 10)] * 200)
    first, second = (chosen(inventory, recipe_of(tokens=1000, seed=n)).rows for n in (0, 1))
    common = set(first["doc_id"]) & set(second["doc_id"])
    assert 20 < len(common) < 80
    assert [one for one in first["doc_id"] if one in common] != [
        one for one in second["doc_id"] if one in common
    ]


def test_documents_of_the_partial_epoch_lie_anywhere_in_the_mixture() -> None:
    rows = chosen(listed(*[("crawl", 1)] * 2000), recipe_of(tokens=3000)).rows
    last = rows.with_row_index().filter(pl.col("epoch") == 1)["index"].to_numpy()
    assert len(last) == 1000
    assert 1400 < last.mean() < 1600
    once_only = rows.with_row_index().filter(pl.len().over("doc_id") == 1)["index"].to_numpy()
    assert 1400 < once_only.mean() < 1600


def test_stages_go_on_where_the_one_before_ended() -> None:
    stages = {
        "warm_up": {"share": 0.75, "components": {"crawl": 1}},
        "anneal": {"share": 0.25, "components": {"crawl": 1, "statutes": 1}},
    }
    recipe = recipe_of(tokens=800, components={"crawl": 1, "statutes": 1}, stages=stages)
    inventory = listed(*[("crawl", 10)] * 100, *[("statutes", 10)] * 20)
    selection = chosen(inventory, recipe)
    sizes = selection.rows.group_by("part", "component").agg(pl.col("size").sum())
    assert selection.parts == ("warm_up", "anneal")
    assert set(sizes.rows()) == {(0, "crawl", 600), (1, "crawl", 100), (1, "statutes", 100)}
    assert selection.rows["doc_id"].is_unique().all(), "nothing twice while there is more"


def test_a_component_is_what_meets_all_it_asks_and_no_earlier_one_takes() -> None:
    inventory = listed(
        *[("crawl", 10)] * 6,
        quality=[0.9, 0.9, 0.2, None, 0.9, 0.9],
        language=["zh-Hans", "yue", "yue", "yue", "zh-Hant", "zh-Hans"],
        published=[date(2024, 1, 1), None, None, None, date(2020, 1, 1), None],
    )
    recipe = recipe_of(
        components={
            "good": {"quality": {"min": 0.5}, "language": ["zh-Hans", "yue"], "weight": 1},
            "dated": {"published": {"min": "2020-01-01"}, "weight": 1},
            "rest": {"language": ["yue"], "weight": 1},
        },
        max_epochs=1,
        tokens=30,
    )
    rows = chosen(inventory, recipe.model_copy(update={"tokens": 30})).rows
    found = dict(rows.select("doc_id", "component").rows())
    assert found[doc(4)] == "dated"
    assert {found.get(doc(i), "good") for i in (0, 1, 5)} == {"good"}
    assert {found.get(doc(i), "rest") for i in (2, 3)} == {"rest"}


def test_sources_that_are_barred_and_licences_not_allowed_stay_out() -> None:
    inventory = listed(
        ("crawl", 5), ("crawl", 5), ("hotline", 5), licence=["MIT", "unknown", "MIT"]
    )
    opened = recipe_of(release="open", max_epochs=1)
    assert chosen(inventory, opened, "crawl").rows["doc_id"].to_list() == [doc(0)]


def test_the_share_of_what_machines_wrote_is_capped_at_any_budget() -> None:
    sizes = [7 + i % 5 for i in range(300)]
    inventory = listed(
        *[("crawl", size) for size in sizes], ai_labelled=[i % 2 == 0 for i in range(300)]
    )
    for tokens in (50, 300, 900, None):
        recipe = recipe_of(tokens=tokens, max_ai_share=0.1, max_epochs=1)
        ledger = chosen(inventory, recipe).ledger.to_dicts()[0]
        assert ledger["ai_tokens"] <= 0.1 * ledger["taken"]
        assert tokens is None or tokens < 200 or ledger["ai_tokens"] > 0.05 * ledger["taken"]
    none = chosen(inventory, recipe_of(max_ai_share=0, max_epochs=1)).ledger
    assert none["ai_tokens"].to_list() == [0]
    assert none["taken"].to_list() == [sum(sizes[1::2])]


def test_larger_clusters_are_taken_more_often_each_epoch() -> None:
    inventory = listed(*[("crawl", 10)] * 4, cluster_size=[1, 2, 99, 1000])
    rows = chosen(inventory, recipe_of(max_epochs=1, upsample="fineweb2")).rows
    times = dict(rows["doc_id"].value_counts().rows())
    assert [times[doc(i)] for i in range(4)] == [1, 2, 5, 1]
    assert rows.select("doc_id", "epoch").is_unique().all()


def test_near_duplicates_are_held_out_together() -> None:
    families = [doc(1000 + i // 4) for i in range(400)]
    inventory = listed(*[("crawl", 10)] * 400, family=families)
    selection = chosen(inventory, recipe_of(validation=0.1, max_epochs=1))
    rows = selection.rows.join(inventory.select("doc_id", "family"), on="doc_id")
    held_out = rows.filter(pl.col("part") == 1)
    assert selection.parts == ("train", "validation")
    assert not set(held_out["family"]) & set(rows.filter(pl.col("part") == 0)["family"])
    assert 16 < held_out.height < 80
    assert held_out.height == selection.ledger["held_out_documents"].sum()


def test_a_doubled_document_is_an_error() -> None:
    inventory = listed(("crawl", 5), ("crawl", 6))
    with pytest.raises(IntegrityError, match="1 rows repeat a doc_id"):
        chosen(pl.concat([inventory, inventory[:1]]), recipe_of())


def test_missing_columns_are_named() -> None:
    with pytest.raises(IntegrityError, match=r"lacks \['chars'\]"):
        chosen(listed(("crawl", 5)).drop("chars"), recipe_of())
