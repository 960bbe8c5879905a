"""What a recipe would take from the corpus as it is: the budget, before anything is written."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from pydantic import BaseModel

from pipelines.batching import current_batches
from pipelines.lake import Lake
from quality.mixing import Budget, members, names, outlook
from schemas.corpus import Corpus
from schemas.errors import ConfigError, NotFoundError
from schemas.located import load, nearest
from schemas.recipes import SAFE_EPOCHS, Recipe


class ComponentOutlook(BaseModel):
    """One component, in the recipe's tokens.

    `available` is what one epoch gives and `most` what all epochs give; `share` is of the whole
    budget, 0 to 1; `parts` are the tokens wanted in each part.
    """

    component: str
    documents: int
    available: int
    most: int
    wanted: int
    share: float
    epochs: float
    parts: dict[str, int]
    held_out_documents: int
    held_out_tokens: int


class Outlook(BaseModel):
    """What a recipe would take.

    `shortage` says what is short and what would do, or is null; `barred` are the sources it may
    not hold, and why.
    """

    mixture: str
    tokenizer: str
    tokens: int
    shortage: str | None
    components: list[ComponentOutlook]
    barred: dict[str, str]
    warnings: list[str]


def outlook_of(corpus: Corpus, mixture: str) -> Outlook:
    """The outlook of a mixture of corpus.yaml, or of the recipe in the YAML file `mixture`.

    Raises:
        ConfigError: there is no such recipe, or it does not fit the corpus.
        InfeasibleError: a component is empty.
        NotFoundError: the corpus is not built that far.
    """
    recipe = _recipe(corpus, mixture)
    lake = Lake(corpus.home)
    sources = corpus.sources_for(recipe)
    batches = current_batches(corpus, lake)
    if not batches:
        raise NotFoundError(f"{corpus.home} holds no batch yet: run 'wenyuan build'")
    inventory = lake.scan("inventory", batches)
    taken = members(inventory, recipe, sources, corpus.tokenizers)
    budget = outlook(taken, names(recipe, sources), recipe)
    held_out = pl.col("held_out")
    counted = taken.group_by("component").agg(
        (~held_out).sum().alias("documents"),
        held_out.sum().alias("held_out_documents"),
        pl.col("size").filter(held_out).sum().alias("held_out_tokens"),
    )
    counts = {row.pop("component"): row for row in counted.to_dicts()}
    return Outlook(
        mixture=Path(mixture).stem,
        tokenizer=recipe.tokenizer,
        tokens=budget.total,
        shortage=budget.shortage,
        components=[_component(budget, name, recipe, counts[name]) for name in budget.bounds],
        barred={
            name: why for name in corpus.sources if (why := corpus.barred(name, recipe)) is not None
        },
        warnings=list(_warnings(budget, recipe)),
    )


def _recipe(corpus: Corpus, mixture: str) -> Recipe:
    if mixture in corpus.mixtures:
        return corpus.mixtures[mixture]
    if not mixture.endswith((".yaml", ".yml")):
        known = nearest(mixture, corpus.mixtures)
        raise ConfigError(f"no mixture {mixture!r} and no YAML file of a recipe; {known}")
    recipe = load(Path(mixture), Recipe)
    for component, why in corpus.unfit(recipe):
        raise ConfigError(f"{mixture}: components.{component}: {why}")
    if recipe.tokenizer not in {*corpus.tokenizers, "characters", "bytes"}:
        raise ConfigError(
            f"{mixture}: {recipe.tokenizer} tokens are not counted in this corpus; name the recipe "
            "under mixtures in corpus.yaml and build, or ask for characters or bytes"
        )
    return recipe


def _component(
    budget: Budget, name: str, recipe: Recipe, counts: Mapping[str, int]
) -> ComponentOutlook:
    ends = budget.bounds[name]
    wanted = [end - start for start, end in zip((0, *ends), ends, strict=False)]
    return ComponentOutlook(
        component=name,
        available=budget.available[name],
        most=budget.most[name],
        wanted=budget.wanted(name),
        share=budget.shares[name],
        epochs=budget.wanted(name) / budget.available[name],
        parts=dict(zip(recipe.parts, wanted, strict=True)),
        **counts,
    )


def _warnings(budget: Budget, recipe: Recipe) -> Iterator[str]:
    for name in budget.bounds:
        epochs = budget.wanted(name) / budget.available[name]
        if SAFE_EPOCHS < epochs <= recipe.epochs_of(name):
            yield f"{name} is repeated {epochs:.1f} times; beyond {SAFE_EPOCHS} it may do harm"
