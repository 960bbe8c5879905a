"""Inventories of our own making."""

import hashlib
from typing import Any

import polars as pl

from quality.mixing import Selection, choose, members, names
from schemas.recipes import Recipe
from schemas.tables import INVENTORY


def doc(number: int) -> str:
    return hashlib.md5(str(number).encode()).hexdigest()


def listed(*documents: tuple[str, int], **columns: Any) -> pl.DataFrame:
    """An inventory of (source, characters), three bytes a character; a family each."""
    ids = [doc(i) for i in range(len(documents))]
    given: dict[str, Any] = {
        "doc_id": ids,
        "family": ids,
        "source": [source for source, _ in documents],
        "kind": [source for source, _ in documents],
        "language": "zh-Hans",
        "licence": "unknown",
        "quality": 0.5,
        "industry": "other",
        "volatility": 0.0,
        "cluster_size": 1,
        "ai_labelled": False,
        "chars": [size for _, size in documents],
        "bytes": [3 * size for _, size in documents],
        "wide": 0,
        "content": list(range(len(documents))),
    } | columns
    return pl.DataFrame(
        {
            name: given[name]
            if isinstance(given.get(name), list)
            else [given.get(name)] * len(documents)
            for name in INVENTORY
        },
        schema=INVENTORY,
    )


def recipe_of(**keys: Any) -> Recipe:
    return Recipe.model_validate({"tokenizer": "characters"} | keys)


def chosen(inventory: pl.DataFrame, recipe: Recipe, *sources: str) -> Selection:
    allowed = sources or tuple(sorted(inventory["source"].unique()))
    taken = members(inventory.lazy(), recipe, allowed, [])
    return choose(taken, names(recipe, allowed), recipe)
