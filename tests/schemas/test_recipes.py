"""Recipes: what may be written in corpus.yaml, and what is refused with a reason."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.amounts import UNITS, amount
from schemas.recipes import FINEWEB2, Recipe


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("200M", 200_000_000),
        ("1.5B", 1_500_000_000),
        ("20K", 20_000),
        ("20k", 20_000),
        ("200_000", 200_000),
        ("2T", 2_000_000_000_000),
        ("'7'", 7),
        ("64 MiB", 64 * 2**20),
        ("1.001K", 1001),
    ],
)
def test_amounts_as_people_write_them_in_yaml(written: str, meant: int) -> None:
    assert Recipe.model_validate(yaml.safe_load(f"tokens: {written}")).tokens == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("200e9", "is not an amount: write a whole number"),
        ("1.5", "is not an amount"),
        ("2.5e+8", "is not an amount"),
        ("1.0001K", "is not a whole number"),
        ("0", "is out of range"),
        ("-5M", "is not an amount"),
        ("9T_", "is not an amount"),
        ("12X", "is not an amount"),
        ("yes", "is not an amount"),
        ("二百万", "is not an amount"),
        ("９M", "is not an amount"),
        ("10000000T", "is out of range"),
        ("[1]", "is not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_how_to_write_it(written: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Recipe.model_validate(yaml.safe_load(f"tokens: {written}"))


@given(st.integers(1, 2**53), st.sampled_from(sorted(UNITS)))
def test_an_amount_is_its_number_times_its_unit(number: int, unit: str) -> None:
    meant = number * UNITS[unit]
    if meant < 2**63:
        assert amount(f"{number}{unit}") == amount(f"{number:_} {unit.lower()}".strip()) == meant
        assert amount(meant) == meant


def test_the_json_schema_agrees_with_what_is_accepted() -> None:
    forms = Recipe.model_json_schema()["properties"]["shard_bytes"]["anyOf"]
    (pattern,) = (form["pattern"] for form in forms if form["type"] == "string")
    assert all(re.search(pattern, text) for text in ("200M", "1.5b", "64 MiB", "7", "1_000"))
    assert not any(re.search(pattern, text) for text in ("200e9", "12X", "", "M", "-1"))


def test_a_recipe_needs_nothing_and_says_its_defaults() -> None:
    recipe = Recipe.model_validate({"components": None})
    assert recipe == Recipe()
    assert (recipe.tokenizer, recipe.method, recipe.max_epochs) == ("bpe", "weights", 4)
    assert (recipe.release, recipe.validation, recipe.formats) == ("internal", 0, ("parquet",))
    assert recipe.parts == ("train",)
    assert recipe.allowed_licences is None


def test_a_number_is_the_weight_of_the_source_of_that_name() -> None:
    short = Recipe.model_validate(
        {"components": {"crawl": 0.5, "law": {"kind": "law", "weight": 1}}}
    )
    assert short.components["crawl"].source == ("crawl",)
    assert short.components["crawl"].weight == 0.5
    assert short.components["law"].asked == {"kind": ("law",)}
    assert list(short.sources_named()) == [("crawl", "crawl")]


def test_an_open_release_allows_what_may_be_passed_on() -> None:
    allowed = Recipe(release="open").allowed_licences
    assert allowed is not None
    assert "CC-BY-SA-4.0" in allowed
    assert not {"unknown", "CC-BY-NC-4.0", "CC-BY-ND-4.0"} & allowed
    assert Recipe(release="open", licences=("MIT",)).allowed_licences == frozenset({"MIT"})


def test_fineweb2_stands_for_its_table() -> None:
    assert Recipe.model_validate({"upsample": "fineweb2"}).upsample == FINEWEB2


def test_stages_are_parts_in_their_order() -> None:
    stages = {"warm_up": {"share": 0.8}, "anneal": {"share": 0.2, "components": {"law": 1}}}
    recipe = Recipe.model_validate({"components": {"law": 1, "crawl": 1}, "stages": stages})
    assert recipe.parts == ("warm_up", "anneal")


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_epochs": 0},
        {"max_epochs": 256},
        {"components": {"crawl": 0}},
        {"components": {"crawl": -0.5}},
        {"components": {"crawl": float("inf")}},
        {"components": {"crawl": float("nan")}},
        {"formats": []},
        {"formats": ["parquet", "parquet"]},
        {"formats": ["csv"]},
        {"tokenizer": "words"},
        {"components": {"a": {"weight": 1}}},
        {"components": {"a": {"source": "a", "weight": 1, "tokens": 5}}},
        {"components": {"a": 1, "b": {"source": "b"}}},
        {"components": {"a": {"kind": []}}},
        {"components": {"a": {"language": ["Chinese"]}}},
        {"components": {"a": 1}, "method": "temperature"},
        {"components": {"a": {"source": "a"}}, "method": "unimax"},
        {"components": {"a": 1}, "stages": {"s": {"share": 1, "components": {"b": 1}}}},
        {"stages": {"validation": {"share": 1}}},
        {"stages": {"Warm up": {"share": 1}}},
        {"validation": 0.6},
        {"max_ai_share": 1.1},
        {"max_epochs": 40, "upsample": "fineweb2"},
        {"release": "public"},
        {"seed": -1},
        {"shard_bytes": 0},
        {"budget": 5},
    ],
)
def test_a_wrong_recipe_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Recipe.model_validate(wrong)


def test_a_recipe_survives_json() -> None:
    recipe = Recipe.model_validate(
        {
            "tokens": "1.5B",
            "components": {
                "水利": 0.3,
                "news": {"kind": "news", "published": {"min": "2024-05-01"}, "weight": 2},
            },
            "upsample": "fineweb2",
            "stages": {"one": {"share": 1}},
            "formats": ["arrow", "parquet"],
        }
    )
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe
