"""Mixtures: one asset a recipe, so that each is a node of the graph with its own upstream."""

import dagster as dg
import polars as pl

from assets.discretion import discreet
from quality.mixing import Mixture, choose, members, names
from schemas.corpus import Corpus
from schemas.recipes import Recipe


def mixture(name: str, recipe: Recipe) -> dg.AssetsDefinition:
    """The asset `mixture_<name>`."""

    @dg.asset(
        name=f"mixture_{name}",
        group_name="mix",
        code_version="3",
        description=f"The training mixture {name!r}: chosen, shuffled and sharded by its recipe.",
    )
    @discreet
    def mixed(
        corpus: pl.LazyFrame, inventory: pl.LazyFrame, corpus_yaml: dg.ResourceParam[Corpus]
    ) -> Mixture:
        sources = corpus_yaml.sources_for(recipe)
        found = members(inventory, recipe, sources, corpus_yaml.tokenizers)
        return Mixture(name, recipe, corpus, choose(found, names(recipe, sources), recipe))

    return mixed
