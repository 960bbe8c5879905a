"""Which component of a recipe each document belongs to, and which are held out."""

from collections.abc import Collection
from typing import Any

import numpy as np
import polars as pl

from quality.mixing.keys import Purpose, shuffle_keys
from quality.text.width import BYTES_SAVED
from schemas.errors import IntegrityError
from schemas.policies import Range
from schemas.recipes import Component, Period, Recipe
from schemas.tables import INVENTORY

MEMBERS = pl.Schema(
    {
        "doc_id": pl.String(),
        "component": pl.String(),
        "size": pl.UInt64(),
        "bytes": pl.UInt64(),
        "content": pl.UInt64(),
        "language": pl.Categorical(),
        "licence": pl.Categorical(),
        "copies": pl.UInt8(),
        "ai_labelled": pl.Boolean(),
        "held_out": pl.Boolean(),
    }
)
"""One row a document that a component takes. `size` is in the recipe's tokens, `copies` is how
often it is taken each epoch."""


def members(
    inventory: pl.LazyFrame, recipe: Recipe, sources: Collection[str], tokenizers: Collection[str]
) -> pl.DataFrame:
    """The table `MEMBERS`, in the order of `inventory`.

    Documents of other `sources` than those, or under a licence the recipe does not allow, are in
    no component. `tokenizers` are the names that the inventory's `tokens` go by.

    Raises IntegrityError where a `doc_id` occurs twice, or a column lacks.
    """
    there = inventory.collect_schema()
    if missing := [name for name in INVENTORY if name not in there]:
        raise IntegrityError(f"the inventory lacks {missing}; there are {list(there)}")
    allowed = pl.col("source").is_in(list(sources))
    if recipe.allowed_licences is not None:
        allowed &= pl.col("licence").is_in(sorted(recipe.allowed_licences))
    taken = (
        inventory.filter(allowed)
        .with_columns(_folded() if recipe.fold_width else [])
        .with_columns(
            component=_component(recipe),
            size=size_of(recipe.tokenizer, tokenizers),
            copies=_copies(recipe),
            ai_labelled=pl.col("ai_labelled").fill_null(value=False),
        )
        .filter(pl.col("component").is_not_null())
        .select("family", *(name for name in MEMBERS if name != "held_out"))
        .collect()
    )
    if twice := taken.height - taken["doc_id"].n_unique():
        raise IntegrityError(
            f"{twice} rows repeat a doc_id; every document must occur once. "
            "The same record lies in two batches of a source: let its policy drop duplicates"
        )
    held_out = pl.Series(_held_out(taken["family"], recipe))
    return taken.with_columns(held_out=held_out).select(MEMBERS.names()).cast(MEMBERS)


def _folded() -> list[pl.Expr]:
    """What documents are once their full-width digits and letters are folded."""
    wide = pl.col("wide") > 0
    content = pl.when(wide).then(pl.struct("content", fold_width=True).hash())
    return [
        (pl.col("bytes") - BYTES_SAVED * pl.col("wide").cast(pl.UInt64)).alias("bytes"),
        content.otherwise("content").alias("content"),
    ]


def names(recipe: Recipe, sources: Collection[str]) -> list[str]:
    """The components of `recipe`: those it names, or else one a source."""
    return list(recipe.components) or sorted(sources)


def _component(recipe: Recipe) -> pl.Expr:
    """The first component that takes the document."""
    if not recipe.components:
        return pl.col("source")
    takes = [
        pl.when(_takes(component)).then(pl.lit(name))
        for name, component in recipe.components.items()
    ]
    return pl.coalesce(*takes)


def _takes(component: Component) -> pl.Expr:
    conditions = [_meets(name, asked) for name, asked in component.asked.items()]
    return pl.all_horizontal(conditions).fill_null(value=False)


def _meets(column: str, asked: Any) -> pl.Expr:
    if isinstance(asked, Range | Period):
        low, high = pl.lit(asked.min), pl.lit(asked.max)
        value = pl.col(column)
        within = pl.lit(value=True)
        if asked.min is not None:
            within &= value >= low.cast(INVENTORY[column])
        if asked.max is not None:
            within &= value <= high.cast(INVENTORY[column])
        return within & value.is_not_null()
    return pl.col(column).is_in(list(asked))


def size_of(tokenizer: str, tokenizers: Collection[str]) -> pl.Expr:
    """The size of a document of the inventory, in tokens of `tokenizer`."""
    if tokenizer in ("characters", "bytes"):
        return pl.col({"characters": "chars", "bytes": "bytes"}[tokenizer])
    return pl.col("tokens").list.get(sorted(tokenizers).index(tokenizer))


def _copies(recipe: Recipe) -> pl.Expr:
    """How often the document is taken each epoch, by the size of its cluster."""
    copies = pl.lit(1)
    for least, times in sorted(recipe.upsample.items()):
        copies = pl.when(pl.col("cluster_size") >= least).then(times).otherwise(copies)
    return copies


def _held_out(families: pl.Series, recipe: Recipe) -> "np.typing.NDArray[np.bool_]":
    """Families whose hash lies in the share for validation: near-duplicates stay together."""
    keys = shuffle_keys(families, recipe.seed, Purpose.HELD_OUT)
    return keys < np.uint64(int(recipe.validation * 2**64))
