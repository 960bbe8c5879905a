"""The index of exam items: what of each counts, and where its seeds are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.contamination.fitting import FREE, OWN, Items
from quality.contamination.marking import Allowed, marked_parts
from quality.contamination.searching import LEAST_SEEDS
from quality.kernels.lookup import SEED, Seeds, seeds_of
from quality.kernels.ngrams import ngram_hashes

LEAST_COMMON = 13
"""Least characters of an item that must be found: the 13 tokens of Qwen2.5's rule."""

LEAST_OWN = 6
"""Least characters that an item must have of its own, beside what it quotes."""

MOST_HOLDERS = 64
"""A seed that more items hold ("下列说法正确的是") is none."""

VERSION = "1"
"""What an index holds, and what is found by it: one of another version is made again."""

NAMES = pl.Schema({"benchmark": pl.String, "item": pl.String})


@dataclass(frozen=True, eq=False)
class Index:
    """Exam items as they are looked for: about 16 bytes a character of theirs, see `nbytes`.

    `names` has the `benchmark` and `item` of each, in the order of their numbers; `left_out` those
    of items that are too short, or too much like others, to be told.
    """

    seeds: Seeds
    items: Items
    names: pl.DataFrame
    left_out: pl.DataFrame

    @property
    def nbytes(self) -> int:
        """Size in memory, in bytes."""
        arrays = sum(part.nbytes for part in (*self.seeds, *self.items))
        return arrays + int(self.names.estimated_size() + self.left_out.estimated_size())

    @property
    def grams(self) -> int:
        """How many seeds there are."""
        return int(self.seeds.at.size)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What it consists of but for the names, each under its name."""
        return self.seeds._asdict() | self.items._asdict()


def of_arrays(
    arrays: dict[str, npt.NDArray[Any]], names: pl.DataFrame, left_out: pl.DataFrame
) -> Index:
    """The index that consists of these: the reverse of `Index.arrays`."""
    own = {name: _read_only(value) for name, value in arrays.items()}
    seeds = Seeds(**{name: own[name] for name in Seeds._fields})
    items = Items(**{name: own[name] for name in Items._fields})
    return Index(seeds, items, names, left_out)


def index(items: pl.DataFrame, allow: Iterable[str] = ()) -> Index:
    """Index `items` (`ITEMS`); what stands in the texts of `allow` does not count.

    Left out are items with fewer than 13 characters that count or 6 of their own, and those that
    have no run of 8 characters which at most 64 items hold.
    """
    parts = marked_parts(items, Allowed.of(allow))
    counted = np.array([sum(int((one & FREE == 0).sum()) for one in of) for of in parts], np.int32)
    own = np.array([sum(int((one & OWN != 0).sum()) for one in of) for of in parts], np.int32)
    tellable = (counted >= LEAST_COMMON) & (own >= LEAST_OWN)
    numbers = np.flatnonzero(tellable)
    hashes, at, owner, starts = _grams([parts[i] for i in numbers])
    rare = _rare(hashes, owner)
    hashes, at, owner = hashes[rare], at[rare], owner[rare]
    sizes = np.array([sum(map(len, parts[i])) for i in numbers], np.int64)
    seeded = np.bincount(owner, minlength=numbers.size) >= np.maximum(1, sizes // LEAST_SEEDS)
    # Items without a seed stay where they are, so that places stay right; nothing points to them.
    tellable[numbers] = seeded
    order = np.argsort(hashes, kind="stable")
    flat = [one for i in numbers for one in parts[i]]
    per_item = [len(parts[i]) for i in numbers]
    packed = Items(
        points=np.concatenate([np.empty(0, np.uint32), *flat]),
        parts=starts,
        items=np.concatenate([[0], np.cumsum(per_item, dtype=np.int64)]),
        counted=counted[numbers],
        own=own[numbers],
    )
    names = items.select(pl.col(name).cast(kind) for name, kind in NAMES.items())
    seeds = seeds_of(hashes[order], at[order])
    return of_arrays(
        seeds._asdict() | packed._asdict(),
        names[numbers],
        names.filter(pl.Series(~tellable, dtype=pl.Boolean)),
    )


def _grams(
    parts: list[list[npt.NDArray[np.uint32]]],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.int64]]:
    """The hash of each seed of the parts of items, its place, its item; and where parts begin."""
    flat = [(number, one) for number, of in enumerate(parts) for one in of]
    starts = np.concatenate([[0], np.cumsum([one.size for _, one in flat], dtype=np.int64)])
    hashes, places, owners = [np.empty(0, np.uint64)], [np.empty(0, int)], [np.empty(0, int)]
    for (number, part), start in zip(flat, starts[:-1], strict=True):
        if part.size >= SEED:
            own = np.empty(part.size, np.uint64)
            own = own[: ngram_hashes(part & np.uint32((1 << 21) - 1), part.size, SEED, own)]
            hashes.append(own)
            places.append(np.arange(start, start + own.size))
            owners.append(np.full(own.size, number))
    return (
        np.concatenate(hashes),
        np.concatenate(places).astype(np.uint32),
        np.concatenate(owners),
        starts,
    )


def _rare(hashes: npt.NDArray[np.uint64], owner: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which grams few items hold."""
    pairs = pl.DataFrame({"hash": hashes, "owner": owner})
    holders = pl.col("owner").n_unique().over("hash")
    return pairs.select(holders <= MOST_HOLDERS).to_series().to_numpy()


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, always of one Numba type, mapped from a file or not."""
    view = np.asarray(array).view(np.ndarray)
    view.flags.writeable = False
    return view
