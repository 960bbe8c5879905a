"""Recipes: what may be written in corpus.yaml, and what is refused with a reason."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.recipes import UNITS, Recipe, amount


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
    assert recipe.model_dump() == {
        "tokens": None,
        "tokenizer": "characters",
        "components": {},
        "max_epochs": 4,
        "seed": 0,
        "formats": ("parquet",),
        "shard_bytes": 268_435_456,
    }


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
        {"seed": -1},
        {"shard_bytes": 0},
        {"budget": 5},
    ],
)
def test_a_wrong_recipe_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Recipe.model_validate(wrong)


def test_a_recipe_names_the_sources_it_does_not_find() -> None:
    recipe = Recipe(components={"crawl": 0.5, "statute": 0.3, "hotline": 0.2})
    assert recipe.unknown_sources(["hotline", "statutes", "crawl"]) == ("statute",)
    assert Recipe().unknown_sources([]) == ()


def test_a_recipe_survives_json() -> None:
    recipe = Recipe(tokens="1.5B", components={"水利": 0.3}, formats=("arrow", "parquet"))
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe
