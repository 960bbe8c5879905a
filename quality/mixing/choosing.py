"""Choosing: which documents go into which part of a mixture, how often, and in what order.

Every choice follows from a keyed hash of the document's own identity, never from where its row
stands, so that adding documents or reading them in another order moves nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from quality.mixing.budget import Budget, budget
from quality.mixing.keys import Purpose, shuffle_keys
from schemas.errors import InfeasibleError
from schemas.recipes import VALIDATION, Recipe

CHOSEN = pl.Schema(
    {
        "part": pl.UInt16,
        "component": pl.String,
        "doc_id": pl.String,
        "epoch": pl.UInt8,
        "key": pl.UInt64,
        "size": pl.UInt64,
        "bytes": pl.UInt64,
        "content": pl.UInt64,
    }
)
"""One row per row of the mixture, in its order: by `part` (a place in `Selection.parts`), `key`,
`doc_id`, `epoch`. `size` is in the recipe's tokens."""

LEDGER = pl.Schema(
    {
        "component": pl.String,
        "weight": pl.Float64,
        "wanted": pl.UInt64,
        "available": pl.UInt64,
        "taken": pl.UInt64,
        "epochs": pl.Float64,
        "documents": pl.UInt64,
        "rows": pl.UInt64,
        "ai_tokens": pl.UInt64,
        "held_out_documents": pl.UInt64,
        "held_out_tokens": pl.UInt64,
    }
)
"""One row per component, by name. `weight` is its share, 0 to 1; `wanted`, `available` (in one
epoch, up-sampled) and `taken` are tokens; `epochs` is taken over available; `documents` counts
each document once, `rows` once a repetition."""


@dataclass(frozen=True)
class Mixture:
    """A mixture to be packed: the corpus (schema `CORPUS`), and which rows in what order."""

    name: str
    recipe: Recipe
    rows: pl.LazyFrame
    selection: "Selection"


@dataclass(frozen=True)
class Selection:
    """What goes into a mixture.

    Its rows (`CHOSEN`), its parts in order, what each component gave (`LEDGER`), and the rows by
    language and by licence.
    """

    rows: pl.DataFrame
    parts: tuple[str, ...]
    ledger: pl.DataFrame
    languages: dict[str, int]
    licences: dict[str, int]


def outlook(members: pl.DataFrame, names: list[str], recipe: Recipe) -> Budget:
    """The budget of `recipe` from its `members` (see `MEMBERS`); nothing is chosen.

    Raises InfeasibleError where one of the components `names` has no document at all.
    """
    return _asked(_items(members, recipe), names, recipe)


def choose(members: pl.DataFrame, names: list[str], recipe: Recipe) -> Selection:
    """Choose among `members` so that `recipe` is met, and put the rows in order.

    A component is a sequence: all its documents in the order of their hash, again in each epoch.
    The first stage takes its beginning, the next goes on from there; each takes at least what
    was asked up to its end, and less than one document over. A larger budget keeps every row of
    a smaller one.

    Raises InfeasibleError where a component cannot give its part, with the nearest that it can.
    """
    items = _items(members, recipe)
    asked = _asked(items, names, recipe)
    if asked.shortage:
        raise InfeasibleError(asked.shortage)
    held_out = members.filter("held_out").with_columns(
        part=pl.lit(len(recipe.parts)), epoch=pl.lit(0)
    )
    both = (_sequenced(items, asked), held_out)
    chosen = pl.concat([frame.select(_UNKEYED.names()).cast(_UNKEYED) for frame in both])
    key = shuffle_keys(chosen["doc_id"], recipe.seed, Purpose.ORDER, chosen["epoch"].to_numpy())
    rows = chosen.with_columns(key=pl.Series(key)).sort("part", "key", "doc_id", "epoch")
    return Selection(
        rows.select(CHOSEN.names()),
        (*recipe.parts, VALIDATION) if recipe.validation else recipe.parts,
        _ledger(rows, asked, len(recipe.parts)),
        _count(rows["language"]),
        _count(rows["licence"]),
    )


def _asked(items: pl.DataFrame, names: list[str], recipe: Recipe) -> Budget:
    found = dict(items.group_by("component").agg(pl.col("size").sum()).rows())
    return budget({name: found.get(name, 0) for name in names}, recipe)


def _count(values: pl.Series) -> dict[str, int]:
    counts = values.cast(pl.String).fill_null("unknown").value_counts()
    return dict(sorted(counts.rows()))


_UNKEYED = pl.Schema(
    {name: kind for name, kind in CHOSEN.items() if name != "key"}
    | {"language": pl.Categorical(), "licence": pl.Categorical(), "ai_labelled": pl.Boolean}
)


def _items(members: pl.DataFrame, recipe: Recipe) -> pl.DataFrame:
    """One row per document and copy, in the order in which a component gives them.

    What is held out is not among them.
    Documents labelled as AI-made stand where, at any length of the sequence, their share of it
    is at most the recipe's; those for which there is no such place are left out.
    """
    trained = members.filter(~pl.col("held_out"))
    items = trained.with_columns(copy=pl.int_ranges(0, "copies", dtype=pl.UInt8)).explode("copy")
    choice = shuffle_keys(items["doc_id"], recipe.seed, Purpose.CHOICE, items["copy"].to_numpy())
    items = items.with_columns(choice=pl.Series(choice)).sort(
        "component", "choice", "doc_id", "copy"
    )
    share = recipe.max_ai_share
    if share == 1 or not items["ai_labelled"].any():
        return items
    ai = pl.col("ai_labelled").fill_null(value=False)
    human = pl.when(ai).then(0).otherwise("size").cum_sum().over("component")
    made = pl.when(ai).then("size").otherwise(0).cum_sum().over("component")
    behind = made.cast(pl.Float64) * ((1 - share) / share if share else float("inf"))
    place = pl.when(ai).then(behind).otherwise((human - pl.col("size")).cast(pl.Float64))
    placed = items.with_columns(place=place, all_human=human.max().over("component"))
    return placed.filter(~ai | (pl.col("place") <= pl.col("all_human"))).sort(
        "component", "place", "ai_labelled", "choice", "doc_id", "copy"
    )


def _sequenced(items: pl.DataFrame, asked: Budget) -> pl.DataFrame:
    """One row per document, copy and epoch that is taken, with its part and repetition."""
    epoch_size = _of_component(asked.available)
    size = pl.col("size").cast(pl.Int64)
    # Empty texts at the very end belong to their epoch, too.
    before = pl.min_horizontal((size.cum_sum() - size).over("component"), epoch_size - 1)
    left = _of_component({name: asked.wanted(name) for name in asked.bounds}) - before
    # An item is taken in every epoch in which it begins before the end of what is asked.
    epochs = pl.when(left > 0).then((left + epoch_size - 1) // epoch_size).otherwise(0)
    taken = (
        items.with_columns(before=before)
        .with_columns(nth=pl.int_ranges(0, epochs, dtype=pl.Int64))
        .explode("nth", empty_as_null=False, keep_nulls=False)
        .with_columns(start=pl.col("nth") * epoch_size + pl.col("before"))
    )
    part = pl.lit(0)
    for stage in range(len(next(iter(asked.bounds.values())))):
        ends = _of_component({name: ends[stage] for name, ends in asked.bounds.items()})
        part = part + (pl.col("start") >= ends)
    epoch = pl.col("nth") * pl.col("copies") + pl.col("copy")
    return taken.with_columns(part=part, epoch=epoch)


def _of_component(numbers: Mapping[str, int]) -> pl.Expr:
    return pl.col("component").replace_strict(dict(numbers), return_dtype=pl.Int64, default=0)


def _ledger(rows: pl.DataFrame, asked: Budget, held_out: int) -> pl.DataFrame:
    """What each component gave; `held_out` is the part for validation."""
    names = sorted(asked.bounds)
    wanted = pl.DataFrame(
        {
            "component": names,
            "weight": [asked.shares[name] for name in names],
            "wanted": [asked.wanted(name) for name in names],
            "available": [asked.available[name] for name in names],
        }
    )
    train = pl.col("part") < held_out
    given = rows.group_by("component").agg(
        pl.col("size").filter(train).sum().alias("taken"),
        pl.col("doc_id").filter(train).n_unique().alias("documents"),
        train.sum().alias("rows"),
        pl.col("size").filter(train & pl.col("ai_labelled")).sum().alias("ai_tokens"),
        (~train).sum().alias("held_out_documents"),
        pl.col("size").filter(~train).sum().alias("held_out_tokens"),
    )
    return (
        wanted.join(given, on="component", how="left")
        .with_columns(pl.exclude("component", "weight").fill_null(0))
        .with_columns(epochs=pl.col("taken") / pl.col("available"))
        .select(LEDGER.names())
        .cast(LEDGER)
        .sort("component")
    )
