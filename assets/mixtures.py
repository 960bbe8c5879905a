"""Mixtures: one asset a recipe, so that each is a node of the graph with its own upstream."""

import dagster as dg
import polars as pl

from quality.mixing import Mixture, plan, sizes
from schemas.recipes import Recipe


def mixture(name: str, recipe: Recipe) -> dg.AssetsDefinition:
    """The asset `mixture_<name>`."""

    @dg.asset(
        name=f"mixture_{name}",
        group_name="mix",
        code_version="1",
        description=f"The training mixture {name!r}: chosen, shuffled and sharded by its recipe.",
    )
    def mixed(corpus: pl.LazyFrame) -> Mixture:
        return Mixture(
            name, recipe, corpus, plan(sizes(corpus, recipe.tokenizer).collect(), recipe)
        )

    return mixed
