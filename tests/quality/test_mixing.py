"""Mixing: what a selection promises, whatever the corpus."""

import hashlib
import random
from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from quality.mixing import BUDGET, CHOSEN, SIZES, Places, halves, plan, shard_starts, sizes
from schemas.errors import ConfigError, IntegrityError
from schemas.recipes import Recipe

MASK = 2**64 - 1


def doc(number: int) -> str:
    return hashlib.md5(str(number).encode()).hexdigest()


def corpus(*documents: tuple[str, int]) -> pl.DataFrame:
    """A corpus of (source, tokens), three bytes a token."""
    rows = [(doc(i), source, size, 3 * size) for i, (source, size) in enumerate(documents)]
    return pl.DataFrame(rows, schema=SIZES, orient="row")


CORPORA = st.lists(
    st.tuples(st.sampled_from(["crawl", "statutes", "hotline"]), st.integers(0, 40)), max_size=25
).map(lambda documents: corpus(*documents))

RECIPES = st.builds(
    Recipe,
    tokens=st.none() | st.integers(1, 600),
    components=st.dictionaries(
        st.sampled_from(["crawl", "statutes", "hotline"]),
        st.sampled_from([0.1, 0.2, 0.3, 1, 7.5]),
    ),
    max_epochs=st.integers(1, 6),
    seed=st.sampled_from([0, 1, MASK]),
)


def mix(state: int) -> int:
    state = (state + 0x9E3779B97F4A7C15) & MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
    return state ^ (state >> 31)


def slow_key(seed: int, purpose: int, doc_id: str, epoch: int = 0) -> int:
    state = mix(seed) ^ purpose
    for word in (int(doc_id[:16], 16), int(doc_id[16:], 16), epoch):
        state = mix(mix(state) ^ word)
    return state


def slow_plan(documents: pl.DataFrame, recipe: Recipe) -> list[tuple[str, int, int, int]] | None:
    """The obvious way: walk each component again and again until its part is met."""
    by_source: dict[str, list[tuple[str, int, int]]] = {}
    for doc_id, source, tokens, size in documents.rows():
        by_source.setdefault(source, []).append((doc_id, tokens, size))
    have = {source: sum(tokens for _, tokens, _ in rows) for source, rows in by_source.items()}
    weights = {name: Fraction(str(weight)) for name, weight in recipe.components.items()}
    weights = weights or {name: Fraction(tokens) for name, tokens in have.items() if tokens}
    if not weights or not all(have.get(name) for name in weights):
        return None
    share = {name: weight / sum(weights.values()) for name, weight in weights.items()}
    feasible = int(min(recipe.max_epochs * have[name] / share[name] for name in share))
    total = recipe.tokens or feasible
    if total > feasible:
        return None
    rows = []
    for name, part in share.items():
        order = sorted(by_source[name], key=lambda row: (slow_key(recipe.seed, 1, row[0]), row[0]))
        left = ceil(total * part)
        for epoch in range(recipe.max_epochs):
            if left >= have[name]:
                taken = order
                left -= have[name]
            else:
                taken = []
                for row in order:
                    if left <= 0:
                        break
                    taken.append(row)
                    left -= row[1]
                left = 0
            rows += [
                (doc_id, epoch, slow_key(recipe.seed, 2, doc_id, epoch), size)
                for doc_id, _, size in taken
            ]
    return sorted(rows, key=lambda row: (row[2], row[0], row[1]))


@settings(max_examples=300, deadline=None)
@given(CORPORA, RECIPES)
def test_the_plan_is_that_of_the_obvious_way(documents: pl.DataFrame, recipe: Recipe) -> None:
    expected = slow_plan(documents, recipe)
    if expected is None:
        with pytest.raises(ConfigError):
            plan(documents, recipe)
    else:
        selection = plan(documents, recipe)
        assert selection.rows.rows() == expected
        assert selection.rows.schema == CHOSEN
        assert selection.budget.schema == BUDGET


@settings(max_examples=150, deadline=None)
@given(CORPORA, RECIPES, st.randoms(use_true_random=False))
def test_what_every_selection_promises(
    documents: pl.DataFrame, recipe: Recipe, chance: random.Random
) -> None:
    assume(slow_plan(documents, recipe) is not None)
    selection = plan(documents, recipe)
    budget, rows = selection.budget, selection.rows.join(documents, on="doc_id")

    for part in budget.to_dicts():
        of_it = rows.filter(pl.col("source") == part["source"])
        longest = documents.filter(pl.col("source") == part["source"])["tokens"].max()
        assert of_it["tokens"].sum() == part["taken"]
        assert isinstance(longest, int)
        assert 0 <= part["taken"] - part["wanted"] < max(1, longest)
        assert of_it.height == part["rows"]
        assert of_it["doc_id"].n_unique() == part["documents"]
        assert part["epochs"] <= recipe.max_epochs
    if recipe.tokens:
        assert recipe.tokens <= budget["wanted"].sum() < recipe.tokens + budget.height
    assert budget["weight"].sum() == pytest.approx(1)

    times = rows.group_by("doc_id").agg(pl.col("epoch").sort()).get_column("epoch").to_list()
    assert all(epochs == list(range(len(epochs))) for epochs in times)
    assert all(len(epochs) <= recipe.max_epochs for epochs in times)

    order = list(range(documents.height))
    chance.shuffle(order)
    again = plan(documents[order], recipe)
    assert_frame_equal(again.rows, selection.rows)
    assert_frame_equal(again.budget, selection.budget)


@settings(max_examples=100, deadline=None)
@given(CORPORA, RECIPES, st.integers(1, 600), st.integers(0, 100))
def test_a_larger_budget_keeps_every_row_of_a_smaller_one(
    documents: pl.DataFrame, recipe: Recipe, tokens: int, more: int
) -> None:
    small = recipe.model_copy(update={"tokens": tokens})
    large = recipe.model_copy(update={"tokens": tokens + more})
    assume(slow_plan(documents, large) is not None)
    assert set(plan(documents, small).rows.rows()) <= set(plan(documents, large).rows.rows())


def test_another_source_moves_nothing_in_the_components() -> None:
    documents = corpus(*[("crawl", 10)] * 50, *[("statutes", 7)] * 30)
    recipe = Recipe(tokens=400, components={"crawl": 1, "statutes": 1})
    more = pl.concat([documents, corpus(*[("novels", 5)] * 99)[80:]])
    assert_frame_equal(plan(more, recipe).rows, plan(documents, recipe).rows)


def test_another_seed_chooses_and_orders_anew() -> None:
    documents = corpus(*[("crawl", 10)] * 200)
    first, second = (plan(documents, Recipe(tokens=1000, seed=seed)).rows for seed in (0, 1))
    common = set(first["doc_id"]) & set(second["doc_id"])
    assert 20 < len(common) < 80
    assert [one for one in first["doc_id"] if one in common] != [
        one for one in second["doc_id"] if one in common
    ]


def test_documents_of_the_partial_epoch_lie_anywhere_in_the_mixture() -> None:
    rows = plan(corpus(*[("crawl", 1)] * 2000), Recipe(tokens=3000)).rows
    last = rows.with_row_index().filter(pl.col("epoch") == 1)["index"].to_numpy()
    assert len(last) == 1000
    assert 1400 < last.mean() < 1600
    once_only = rows.with_row_index().filter(pl.len().over("doc_id") == 1)["index"].to_numpy()
    assert 1400 < once_only.mean() < 1600


def test_keys_stay_what_they_are() -> None:
    rows = plan(corpus(("crawl", 5), ("crawl", 5)), Recipe(max_epochs=1)).rows
    expected = sorted((slow_key(0, 2, doc(i)), doc(i)) for i in range(2))
    assert list(zip(rows["key"], rows["doc_id"], strict=True)) == expected
    assert mix(0) == 0xE220A8397B1DCDAF, "the first output of the published SplitMix64"
    assert slow_key(0, 2, "0" * 32) == 9779250494217394753


def test_a_short_component_is_named_with_what_it_lacks_and_what_would_do() -> None:
    documents = corpus(("crawl", 1000), ("statutes", 60), ("statutes", 40))
    recipe = Recipe(tokens=2000, components={"crawl": 0.75, "statutes": 0.25}, max_epochs=4)
    with pytest.raises(ConfigError) as error:
        plan(documents, recipe)
    assert "statutes wants 500 and has 100 x 4 epochs, 100 short" in str(error.value)
    assert "crawl wants" not in str(error.value)
    assert "the largest total is 1,600" in str(error.value)
    plan(documents, recipe.model_copy(update={"tokens": 1600}))
    with pytest.raises(ConfigError):
        plan(documents, recipe.model_copy(update={"tokens": 1601}))


def test_without_a_budget_the_scarcest_component_decides() -> None:
    documents = corpus(("crawl", 1000), ("statutes", 100))
    recipe = Recipe(components={"crawl": 0.5, "statutes": 0.5}, max_epochs=2)
    taken = plan(documents, recipe).budget.select("source", "wanted", "epochs").rows()
    assert taken == [("crawl", 200, 1.0), ("statutes", 200, 2.0)]


def test_weights_mean_the_decimals_they_are_written_as() -> None:
    documents = corpus(("crawl", 100), ("hotline", 100), ("statutes", 100))
    recipe = Recipe(tokens=10, components={"crawl": 0.1, "hotline": 0.2, "statutes": 0.7})
    assert plan(documents, recipe).budget["wanted"].to_list() == [1, 2, 7]


def test_an_empty_component_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(ConfigError, match=r"no kept document of hotline.*there are crawl"):
        plan(corpus(("crawl", 5)), Recipe(components={"crawl": 1, "hotline": 1}))
    with pytest.raises(ConfigError, match="no kept document of any source"):
        plan(corpus(), Recipe())


def test_a_doubled_document_is_an_error() -> None:
    documents = corpus(("crawl", 5), ("crawl", 6))
    with pytest.raises(IntegrityError, match="1 rows repeat a doc_id"):
        plan(pl.concat([documents, documents[:1]]), Recipe())


def test_missing_columns_are_named() -> None:
    with pytest.raises(IntegrityError, match=r"lack \['tokens'\]"):
        plan(corpus(("crawl", 5)).drop("tokens"), Recipe())


@pytest.mark.parametrize("wrong", ["", "0" * 31, "0" * 34, "g" * 32, None])
def test_a_document_number_of_another_form_is_an_error(wrong: str | None) -> None:
    with pytest.raises(IntegrityError, match="not 32 hex digits"):
        halves(pl.Series([doc(1), wrong, doc(2)]))


@given(st.lists(st.binary(min_size=16, max_size=16)), st.data())
def test_halves_of_any_slice_and_chunking(numbers: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(numbers)))
    text = pl.Series([one.hex() for one in numbers], dtype=pl.String)
    chunked = pl.concat([text[cut:], text[:cut]], rechunk=False)
    high, low = halves(chunked)
    whole = [int(a) << 64 | int(b) for a, b in zip(high, low, strict=True)]
    assert whole == [int.from_bytes(one) for one in numbers[cut:] + numbers[:cut]]


IDS = st.lists(st.sampled_from([f"{high:016x}{low:016x}" for high in (1, 2) for low in (3, 4, 5)]))


@given(IDS, IDS)
def test_places_are_found_even_where_halves_collide(mixture: list[str], batch: list[str]) -> None:
    places = Places.of(pl.Series(mixture, dtype=pl.String))
    row, position = places.find(pl.Series(batch, dtype=pl.String))
    found = set(zip(row.tolist(), position.tolist(), strict=True))
    assert len(found) == len(row)
    assert found == {
        (i, j) for i, one in enumerate(batch) for j, other in enumerate(mixture) if one == other
    }


@given(st.lists(st.integers(0, 50)), st.integers(1, 60))
def test_shards_are_as_few_as_may_be_and_at_most_a_document_over(
    documents: list[int], shard_bytes: int
) -> None:
    starts = shard_starts(np.array(documents, dtype=np.uint64), shard_bytes).tolist()
    shards = [documents[a:b] for a, b in pairwise([*starts, len(documents)])]
    assert [one for shard in shards for one in shard] == documents
    assert all(shards)
    assert len(shards) <= max(1, ceil(sum(documents) / shard_bytes))
    assert all(sum(shard) - max(shard) < shard_bytes for shard in shards)


def test_tokens_are_characters_or_bytes() -> None:
    frame = pl.LazyFrame({"doc_id": [doc(1)], "source": ["crawl"], "text": ["文渊閣𠮷a"]})
    assert sizes(frame).collect().rows() == [(doc(1), "crawl", 5, 14)]
    assert sizes(frame, "bytes").collect().rows() == [(doc(1), "crawl", 14, 14)]
    assert sizes(frame).collect_schema() == SIZES
