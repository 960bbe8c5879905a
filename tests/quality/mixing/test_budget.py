"""Budgets: shares that add up, and what is said where they cannot be met."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.mixing.budget import budget, unimax
from schemas.errors import InfeasibleError
from tests.quality.mixing.listing import recipe_of


def test_a_short_component_is_named_with_what_it_lacks_and_what_would_do() -> None:
    recipe = recipe_of(tokens=2000, components={"crawl": 0.75, "statutes": 0.25}, max_epochs=4)
    have = {"crawl": 1000, "statutes": 100}
    said = budget(have, recipe).shortage or ""
    assert "statutes wants 500 and has 100 x 4 epochs, 100 short" in said
    assert "crawl wants" not in said
    assert "the largest total is 1,600" in said
    assert "the nearest weights are crawl: 0.8, statutes: 0.2" in said
    assert "it takes max_epochs 5" in said
    for change in ({"tokens": 1600}, {"max_epochs": 5}):
        assert budget(have, recipe.model_copy(update=change)).shortage is None
    nearer = recipe_of(tokens=2000, components={"crawl": 0.8, "statutes": 0.2}, max_epochs=4)
    assert budget(have, nearer).shortage is None
    assert budget(have, recipe.model_copy(update={"tokens": 1601})).shortage


def test_without_a_budget_the_scarcest_component_decides() -> None:
    recipe = recipe_of(components={"crawl": 0.5, "statutes": 0.5}, max_epochs=2)
    found = budget({"crawl": 1000, "statutes": 100}, recipe)
    assert (found.total, found.wanted("crawl"), found.wanted("statutes")) == (400, 200, 200)


def test_weights_mean_the_decimals_they_are_written_as() -> None:
    recipe = recipe_of(tokens=10, components={"crawl": 0.1, "hotline": 0.2, "statutes": 0.7})
    found = budget(dict.fromkeys(["crawl", "hotline", "statutes"], 100), recipe)
    assert [found.wanted(name) for name in ("crawl", "hotline", "statutes")] == [1, 2, 7]


def test_a_budget_of_its_own_comes_first_and_weights_share_the_rest() -> None:
    components = {
        "law": {"kind": "law", "tokens": 100},
        "crawl": 3,
        "news": 1,
    }
    recipe = recipe_of(tokens=500, components=components)
    found = budget({"law": 50, "crawl": 400, "news": 400}, recipe)
    assert {name: found.wanted(name) for name in components} == {
        "law": 100,
        "crawl": 300,
        "news": 100,
    }
    less = recipe.model_copy(update={"tokens": 60})
    assert "own tokens add up to 100" in (budget(found.available, less).shortage or "")


def test_a_cap_of_its_own_binds_a_component() -> None:
    components = {"law": {"kind": "law", "weight": 1, "max_epochs": 1}, "crawl": 1}
    recipe = recipe_of(components=components, max_epochs=4)
    assert budget({"law": 50, "crawl": 400}, recipe).total == 100


def test_temperature_lifts_the_small_ones() -> None:
    have = {"crawl": 10_000, "law": 100}
    shares = [
        budget(have, recipe_of(tokens=100, method="temperature", alpha=alpha)).shares["law"]
        for alpha in (1, 0.3, 0)
    ]
    assert shares == pytest.approx([0.01, 1 / (1 + 100**0.3), 0.5], abs=0.01)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 10**6), min_size=1), st.data())
def test_unimax_is_even_but_for_those_that_give_all_they_have(
    most: dict[str, int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(1, sum(most.values())))
    given_ = {name: share * total for name, share in unimax(total, most).items()}
    assert sum(given_.values()) == total
    level = max(given_.values())
    assert all(given_[name] in (level, Fraction(most[name])) for name in most)
    assert all(given_[name] <= most[name] for name in most)


def test_unimax_beyond_all_there_is_is_short() -> None:
    recipe = recipe_of(tokens=10_000, method="unimax", max_epochs=2)
    assert budget({"a": 100, "b": 900}, recipe).shortage
    assert budget({"a": 100, "b": 9000}, recipe).wanted("a") == 200


def test_an_empty_component_is_an_error_that_says_what_there_is() -> None:
    recipe = recipe_of(components={"crawl": 1, "hotline": 1})
    with pytest.raises(InfeasibleError, match=r"no kept document of hotline.*crawl 5"):
        budget({"crawl": 5, "hotline": 0}, recipe)
    with pytest.raises(InfeasibleError, match="no kept document of any source"):
        budget({}, recipe_of())
