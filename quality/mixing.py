"""Mixing: which documents go into a mixture, how often, and in what order.

Every choice follows from a keyed hash of the document's own identity, never from where its row
stands, so that adding documents or reading them in another order moves nothing else.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.errors import ConfigError, IntegrityError
from schemas.recipes import Recipe, Tokenizer

SIZES = pl.Schema(
    {"doc_id": pl.String, "source": pl.String, "tokens": pl.UInt64, "bytes": pl.UInt64}
)
"""One row per document of the corpus; `bytes` is the UTF-8 length of its text."""

CHOSEN = pl.Schema({"doc_id": pl.String, "epoch": pl.UInt8, "key": pl.UInt64, "bytes": pl.UInt64})
"""One row per row of the mixture, in its order: by `key`, then `doc_id`, then `epoch`."""

BUDGET = pl.Schema(
    {
        "source": pl.String,
        "weight": pl.Float64,
        "wanted": pl.UInt64,
        "available": pl.UInt64,
        "taken": pl.UInt64,
        "epochs": pl.Float64,
        "documents": pl.UInt64,
        "rows": pl.UInt64,
    }
)
"""One row per component, by name. `weight` is its share, 0 to 1; `wanted`, `available` and
`taken` are tokens; `epochs` is taken over available; `documents` counts each document once,
`rows` once an epoch."""


@dataclass(frozen=True)
class Mixture:
    """A mixture to be packed: the corpus (schema `CORPUS`), and which rows in what order."""

    name: str
    recipe: Recipe
    rows: pl.LazyFrame
    selection: "Selection"


U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

_CHOICE, _ORDER = np.uint64(1), np.uint64(2)


@dataclass(frozen=True)
class Selection:
    """The rows of a mixture (`CHOSEN`) and what each component gave (`BUDGET`)."""

    rows: pl.DataFrame
    budget: pl.DataFrame


def sizes(documents: pl.LazyFrame, tokenizer: Tokenizer = "characters") -> pl.LazyFrame:
    """What `plan` needs to know of each document that has `doc_id`, `source` and `text`.

    >>> row = {"doc_id": "0" * 32, "source": "s", "text": "文渊"}
    >>> sizes(pl.LazyFrame([row])).collect().rows()
    [('00000000000000000000000000000000', 's', 2, 6)]
    """
    text = pl.col("text")
    length = text.str.len_bytes().cast(pl.UInt64)
    tokens = text.str.len_chars().cast(pl.UInt64) if tokenizer == "characters" else length
    return documents.select("doc_id", "source", tokens.alias("tokens"), length.alias("bytes"))


def plan(sizes: pl.DataFrame, recipe: Recipe) -> Selection:
    """Choose documents of `sizes` (see `SIZES`) so that `recipe` is met, and put them in order.

    A component gives whole epochs of all its documents, and of a last, partial epoch the first
    documents in hash order until its budget is met: at least what was wanted, and less than one
    document over. A larger budget keeps every row of a smaller one. Where `recipe.tokens` is
    None the total is the largest that the weights and epochs allow.

    Raises ConfigError where a component cannot give its part, with the nearest total that all
    can, and IntegrityError where a `doc_id` occurs twice.
    """
    used = _used(sizes, recipe)
    available = dict(used.group_by("source").agg(pl.col("tokens").sum()).sort("source").rows())
    shares = _shares(available, recipe)
    feasible = min(floor(recipe.max_epochs * available[name] / shares[name]) for name in shares)
    total = feasible if recipe.tokens is None else recipe.tokens
    # Rounded up: a larger total never wants less of any component, and a total is feasible
    # exactly where every component can give its share.
    wanted = {name: ceil(total * share) for name, share in shares.items()}
    if total > feasible:
        raise ConfigError(_shortage(wanted, available, recipe, feasible))
    chosen = _choose(used, wanted, available, recipe.seed)
    rows = chosen.select(CHOSEN.names()).sort("key", "doc_id", "epoch")
    return Selection(rows, _account(chosen, shares, wanted, available))


def _used(sizes: pl.DataFrame, recipe: Recipe) -> pl.DataFrame:
    """The documents of the recipe's components, in the order of their hash for being chosen."""
    missing = [name for name in SIZES if name not in sizes.columns]
    if missing:
        raise IntegrityError(f"sizes lack {missing}; there are {sizes.columns}")
    used = sizes.select(SIZES.names()).cast(SIZES)
    if recipe.components:
        used = used.filter(pl.col("source").is_in(list(recipe.components)))
    if twice := used.height - used["doc_id"].n_unique():
        raise IntegrityError(
            f"{twice} rows repeat a doc_id; every document must occur once. "
            "The same record lies in two batches of a source: let its policy drop duplicates"
        )
    choice = shuffle_keys(used["doc_id"], recipe.seed, _CHOICE)
    return used.with_columns(pl.Series("choice", choice)).sort("source", "choice", "doc_id")


def _shares(available: dict[str, int], recipe: Recipe) -> dict[str, Fraction]:
    """Each component's exact share of the whole; natural shares where the recipe names none."""
    # Through the decimal form, so that 0.3 means three tenths and shares add up to 1.
    weights = {name: Fraction(repr(weight)) for name, weight in recipe.components.items()}
    weights = weights or {name: Fraction(tokens) for name, tokens in available.items() if tokens}
    empty = sorted(name for name in weights if not available.get(name))
    if empty or not weights:
        raise ConfigError(
            f"no kept document of {', '.join(empty) or 'any source'}, so nothing to mix; "
            f"there are {', '.join(sorted(available)) or 'none'}. "
            "Look at the verdicts, or take the component out of the recipe"
        )
    whole = sum(weights.values())
    return {name: weights[name] / whole for name in sorted(weights)}


def _shortage(
    wanted: dict[str, int], available: dict[str, int], recipe: Recipe, feasible: int
) -> str:
    epochs = recipe.max_epochs
    short = [
        f"{name} wants {wanted[name]:,} and has {available[name]:,} x {epochs} epochs, "
        f"{wanted[name] - epochs * available[name]:,} short"
        for name in wanted
        if wanted[name] > epochs * available[name]
    ]
    return (
        f"not enough {recipe.tokenizer} for {recipe.tokens:,} tokens: {'; '.join(short)}. "
        f"With these weights the largest total is {feasible:,}: "
        "lower tokens, change the weights, or raise max_epochs"
    )


def _choose(
    used: pl.DataFrame, wanted: dict[str, int], available: dict[str, int], seed: int
) -> pl.DataFrame:
    """One row per document and epoch; `used` is in the order in which documents are chosen."""
    whole = {name: wanted[name] // available[name] for name in wanted}
    rest = {name: wanted[name] % available[name] for name in wanted}
    before = (pl.col("tokens").cum_sum() - pl.col("tokens")).over("source")
    once_more = before < _per_source(rest)
    times = _per_source(whole) + once_more.cast(pl.UInt64)
    chosen = used.with_columns(pl.int_ranges(0, times, dtype=pl.UInt8).alias("epoch")).explode(
        "epoch", empty_as_null=False, keep_nulls=False
    )
    key = shuffle_keys(chosen["doc_id"], seed, _ORDER, chosen["epoch"].to_numpy())
    return chosen.with_columns(pl.Series("key", key))


def _per_source(numbers: dict[str, int]) -> pl.Expr:
    return pl.col("source").replace_strict(numbers, return_dtype=pl.UInt64, default=0)


def _account(
    chosen: pl.DataFrame,
    shares: dict[str, Fraction],
    wanted: dict[str, int],
    available: dict[str, int],
) -> pl.DataFrame:
    names = list(shares)
    asked = pl.DataFrame(
        {
            "source": names,
            "weight": [float(share) for share in shares.values()],
            "wanted": [wanted[name] for name in names],
            "available": [available[name] for name in names],
        }
    )
    given = chosen.group_by("source").agg(
        pl.col("tokens").sum().alias("taken"),
        (pl.col("epoch") == 0).sum().alias("documents"),
        pl.len().alias("rows"),
    )
    return (
        asked.join(given, on="source", how="left")
        .with_columns(pl.col("taken", "documents", "rows").fill_null(0))
        .with_columns((pl.col("taken") / pl.col("available")).alias("epochs"))
        .select(BUDGET.names())
        .cast(BUDGET)
        .sort("source")
    )


def halves(doc_ids: pl.Series) -> tuple[U64, U64]:
    """The two 64-bit halves of each 128-bit `doc_id`; IntegrityError for any other form.

    >>> [half.tolist() for half in halves(pl.Series(["0" * 15 + "1" + "f" * 16]))]
    [[1], [18446744073709551615]]
    """
    raw = doc_ids.str.decode("hex", strict=False)
    if not (raw.bin.size() == 16).all(ignore_nulls=False):
        raise IntegrityError("a doc_id is not 32 hex digits")
    arrow = raw.rechunk().to_arrow()
    start = np.frombuffer(arrow.buffers()[1], dtype=np.int64)[arrow.offset] if len(arrow) else 0
    data = np.frombuffer(arrow.buffers()[2], dtype=">u8", count=2 * len(arrow), offset=int(start))
    words = data.astype(np.uint64).reshape(-1, 2)
    return words[:, 0], words[:, 1]


def shuffle_keys(
    doc_ids: pl.Series, seed: int, purpose: np.uint64, epochs: npt.NDArray[np.uint8] | None = None
) -> U64:
    """A 64-bit hash of (`seed`, `purpose`, document, epoch) for each of `doc_ids`."""
    high, low = halves(doc_ids)
    state = _mix(np.full(len(high), seed, dtype=np.uint64)) ^ purpose
    for word in (high, low, np.uint64(0) if epochs is None else epochs.astype(np.uint64)):
        state = _mix(_mix(state) ^ word)
    return state


def _mix(state: U64) -> U64:
    """One step of SplitMix64 (Steele, Lea and Flood 2014; constants of their public code)."""
    state = state + np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@dataclass(frozen=True)
class Places:
    """Where each chosen document stands in the mixture, looked up by the halves of its number."""

    high: npt.NDArray[np.uint64]
    low: npt.NDArray[np.uint64]
    position: I64

    @classmethod
    def of(cls, doc_ids: pl.Series) -> "Places":
        """The places of the rows of a mixture, given the `doc_ids` in their order."""
        high, low = halves(doc_ids)
        order = np.argsort(high, kind="stable")
        return cls(high[order], low[order], order)

    def find(self, doc_ids: pl.Series) -> tuple[I64, I64]:
        """Every (row of `doc_ids`, position in the mixture) that belong together."""
        high, low = halves(doc_ids)
        first = np.searchsorted(self.high, high, "left")
        count = np.searchsorted(self.high, high, "right") - first
        row = np.repeat(np.arange(len(high)), count)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        place = np.repeat(first, count) + nth
        same = self.low[place] == low[row]
        return row[same], self.position[place[same]]


def shard_starts(sizes: npt.NDArray[np.uint64], shard_bytes: int) -> I64:
    """The first row of each shard: as few as `shard_bytes` allows, cut where they are even.

    A shard holds at most one document more than `shard_bytes`; `sizes` are bytes of text.

    >>> shard_starts(np.array([4, 4, 4, 4, 4], dtype=np.uint64), 10).tolist()
    [0, 3]
    """
    total = int(sizes.sum())
    shards = max(1, -(-total // shard_bytes))
    target = max(1, -(-total // shards))
    before = np.cumsum(sizes) - sizes
    # Empty texts at the very end would begin one shard more.
    shard = np.minimum(before // np.uint64(target), np.uint64(shards - 1)).astype(np.int64)
    return np.flatnonzero(np.diff(shard, prepend=-1))
