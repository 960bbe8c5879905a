"""The index of exam items: what of each counts, and where its seeds are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.contamination.fitting import FREE, OWN, POINT, Items
from quality.contamination.marking import Allowed, Marked, marked_parts
from quality.contamination.searching import needed
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

    Left out are items with fewer than 13 characters that count or 6 of their own, and those with
    too few runs of 8 characters (`needed`) which at most 64 items hold.
    """
    parts = marked_parts(items, Allowed.of(allow))
    numbers = np.flatnonzero([_tellable(of) for of in parts])
    *_, owner, _ = _seeds([parts[i] for i in numbers])
    lengths = [sum(map(len, parts[i])) for i in numbers]
    most = np.bincount(owner, minlength=numbers.size) if numbers.size else owner
    enough = [held >= needed(size) for held, size in zip(most, lengths, strict=True)]
    numbers = numbers[np.array(enough, bool)]
    chosen = [parts[i] for i in numbers]
    hashes, at, _, starts = _seeds(chosen)
    packed = Items(
        points=np.concatenate([np.empty(0, np.uint32), *(one for of in chosen for one in of)]),
        parts=starts,
        items=np.concatenate([[0], np.cumsum([len(of) for of in chosen], dtype=np.int64)]),
        counted=np.array([_count(of, FREE, 0) for of in chosen], np.int32),
        own=np.array([_count(of, OWN, OWN) for of in chosen], np.int32),
    )
    names = items.select(pl.col(name).cast(kind) for name, kind in NAMES.items())
    told = pl.Series(np.isin(np.arange(items.height), numbers), dtype=pl.Boolean)
    arrays = seeds_of(hashes, at)._asdict() | packed._asdict()
    return of_arrays(arrays, names.filter(told), names.filter(~told))


def _tellable(parts: list[Marked]) -> bool:
    return _count(parts, FREE, 0) >= LEAST_COMMON and _count(parts, OWN, OWN) >= LEAST_OWN


def _count(parts: list[Marked], mark: int, value: int) -> int:
    """How many characters have this value of a mark."""
    return sum(int((part & np.uint32(mark) == value).sum()) for part in parts)


def _seeds(
    parts: list[list[Marked]],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.int64]]:
    """The hash, place and item of each gram that few items hold, by hash; where parts begin."""
    hashes, at, owner, starts = _grams(parts)
    rare = _rare(hashes, owner)
    order = np.flatnonzero(rare)[np.argsort(hashes[rare], kind="stable")]
    return hashes[order], at[order], owner[order], starts


def _grams(
    parts: list[list[Marked]],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.int64]]:
    """The hash of each seed of the parts of items, its place, its item; and where parts begin."""
    flat = [(number, one) for number, of in enumerate(parts) for one in of]
    starts = np.concatenate([[0], np.cumsum([one.size for _, one in flat], dtype=np.int64)])
    hashes, places, owners = [np.empty(0, np.uint64)], [np.empty(0, int)], [np.empty(0, int)]
    for (number, part), start in zip(flat, starts[:-1], strict=True):
        if part.size >= SEED:
            own = np.empty(part.size, np.uint64)
            own = own[: ngram_hashes(part & np.uint32(POINT), part.size, SEED, own)]
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
    """Which grams few items hold, and of those the first in each item.

    A gram that stands often in an item would come up as often wherever it stands in a text.
    """
    pairs = pl.DataFrame({"hash": hashes, "owner": owner})
    few = pl.col("owner").n_unique().over("hash") <= MOST_HOLDERS
    first = pl.struct("hash", "owner").is_first_distinct()
    return pairs.select(few & first).to_series().to_numpy()


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, always of one Numba type, mapped from a file or not."""
    view = np.asarray(array).view(np.ndarray)
    view.flags.writeable = False
    return view
