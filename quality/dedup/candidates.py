"""Which texts may be near-duplicates: they share a band, and their sketches agree enough."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.dedup.members import by_preference
from quality.kernels import buckets
from quality.kernels.arrow import matrix
from schemas.tables import PERMUTATIONS

CHANCE = 1 / 256
"""How often two bytes agree though their minima do not."""

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Texts:
    """The distinct texts of a corpus that have a sketch, in the order of their hash `exact`.

    `rows` is the first document with each text, `chars` its folded length, `threshold` the lowest
    of its documents; `fresh` texts have a document that was not compared before.
    """

    exact: npt.NDArray[np.uint64]
    rows: Integers
    chars: Integers
    threshold: npt.NDArray[np.float32]
    fresh: Flags
    sketches: buckets.Sketches


@dataclass(frozen=True)
class Span:
    """Bands `first` to `last` (not included), of `width` rows each."""

    first: int
    last: int
    width: int


def texts_of(members: pl.LazyFrame, compared: Iterable[str]) -> Texts:
    """The texts of `members`; documents of the batches `compared` are not fresh."""
    new = ~pl.col("batch").is_in(list(compared))
    columns = ["exact", "folded_chars", "threshold", "sketch"]
    table = members.select(*columns, new.alias("new")).collect()
    signed = table["sketch"].is_not_null().arg_true().to_numpy().astype(np.int64)
    hashes = table["exact"].to_numpy()[signed]
    order = np.argsort(hashes)
    hashes = hashes[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])[: hashes.size])

    def of_each(least: Any, values: npt.NDArray[Any]) -> Any:
        """The least of the values of each text's documents."""
        return least.reduceat(values[order], starts)

    rows = of_each(np.minimum, signed)
    chars = table["folded_chars"].to_numpy()[rows].astype(np.int64)
    threshold = of_each(np.minimum, table["threshold"].to_numpy()[signed])
    fresh = of_each(np.logical_or, table["new"].to_numpy()[signed])
    sketch, places = matrix(table["sketch"], PERMUTATIONS)
    return Texts(
        hashes[starts], rows, chars, threshold, fresh, buckets.Sketches(sketch, places[rows])
    )


def candidates(
    texts: Texts, members: pl.LazyFrame, span: Span, least: float
) -> tuple[buckets.Met, Flags]:
    """Pairs of `texts` (by number) with an estimated similarity of `least` or more.

    In a bucket of up to 32 texts all pairs are estimated. In a larger one each text is compared
    with its leaders, at most 32, in order of preference: it follows the first whose estimate
    reaches its threshold, and leads where there is none. Given are the pairs of which one text is
    fresh; texts that share a larger bucket with a fresh one are fresh too, as its leaders may have
    changed. The second value says which are.

    The estimates depend on the texts, and leaders on the members' order of preference; neither on
    the order of rows, nor on what was compared before.
    """
    fewest = int(bytes_of(np.float32(least)))
    keys = buckets.band_keys(texts.sketches, span.first, span.last - span.first, span.width)
    crowd = np.zeros_like(texts.fresh)
    met = _in_small_buckets(texts, keys, fewest, crowd)
    if crowd.any() and not texts.fresh.all():
        texts = replace(texts, fresh=texts.fresh | crowd)
        met = _in_small_buckets(texts, keys, fewest, crowd)
    if crowd.any():
        order = _preferred(texts, members, crowd)
        met += _in_crowds(texts, keys, order, fewest)
    return _distinct(met, texts.fresh), texts.fresh


def estimate(equal: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The Jaccard similarity that so many equal bytes of 128 speak for; chance is taken out."""
    share = (equal / PERMUTATIONS - CHANCE) / (1 - CHANCE)
    return np.maximum(share, 0).astype(np.float32)


def bytes_of(similarity: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """The fewest equal bytes whose `estimate` is `similarity` or more."""
    share = np.asarray(similarity, np.float64) * (1 - CHANCE) + CHANCE
    return np.ceil(PERMUTATIONS * share).astype(np.uint8)


def _in_small_buckets(
    texts: Texts, keys: npt.NDArray[np.uint32], fewest: int, crowd: Flags
) -> list[buckets.Met]:
    def of_band(band_keys: npt.NDArray[np.uint32]) -> buckets.Met:
        some = buckets.shared(band_keys, texts.fresh)
        order = some[np.argsort(band_keys[some], kind="stable")]
        band = buckets.Band(band_keys, order)
        return buckets.meet_all(texts.sketches, band, texts.fresh, fewest, crowd)

    return _each(of_band, keys)


def _in_crowds(
    texts: Texts, keys: npt.NDArray[np.uint32], order: Integers, fewest: int
) -> list[buckets.Met]:
    """Pairs in large buckets; `order` names all texts that are in one, the most preferred first."""
    enough = bytes_of(texts.threshold)

    def of_band(band_keys: npt.NDArray[np.uint32]) -> buckets.Met:
        band = buckets.Band(band_keys, order[np.argsort(band_keys[order], kind="stable")])
        return buckets.meet_leaders(texts.sketches, band, fewest, enough)

    return _each(of_band, keys)


def _each(work: Callable[[Any], buckets.Met], bands: npt.NDArray[np.uint32]) -> list[buckets.Met]:
    """`work` on every band, in as many threads as Polars may use."""
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return list(threads.map(work, bands))


def _preferred(texts: Texts, members: pl.LazyFrame, chosen: Flags) -> Integers:
    """The numbers of the `chosen` texts, the one with the most preferred document first."""
    some = pl.Series("exact", texts.exact[chosen])
    ranked = by_preference(
        members.drop("sketch").filter(pl.col("exact").is_in(some.implode()))
    ).select(pl.col("exact").unique(maintain_order=True))
    return np.searchsorted(texts.exact, ranked.collect()["exact"].to_numpy())


def _distinct(met: list[buckets.Met], fresh: Flags) -> buckets.Met:
    """Each pair once, in order, and only those of which one text is fresh."""
    left, right, equal = (np.concatenate(arrays) for arrays in zip(*met, strict=True))
    codes = left.astype(np.uint64) << np.uint64(32) | right
    codes, first = np.unique(codes, return_index=True)
    first = first[fresh[left[first]] | fresh[right[first]]]
    return buckets.Met(left[first], right[first], equal[first])
