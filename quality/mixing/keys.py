"""Keyed hashes of documents, which decide what is chosen, in what order, and in which shard."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.errors import IntegrityError

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]


class Purpose(IntEnum):
    """What a key is for. They differ, or what is chosen last would lie at the start."""

    CHOICE = 1
    ORDER = 2
    HELD_OUT = 3


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
    doc_ids: pl.Series, seed: int, purpose: Purpose, times: npt.NDArray[np.uint8] | None = None
) -> U64:
    """A 64-bit hash of (`seed`, `purpose`, document, `times`) for each of `doc_ids`.

    `times` tells apart the repetitions of a document.
    """
    high, low = halves(doc_ids)
    state = _mix(np.full(len(high), seed, dtype=np.uint64)) ^ np.uint64(purpose)
    for word in (high, low, np.uint64(0) if times is None else times.astype(np.uint64)):
        state = _mix(_mix(state) ^ word)
    return state


def _mix(state: U64) -> U64:
    """One step of SplitMix64 (Steele, Lea and Flood 2014; constants of their public code)."""
    state = state + np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


def shard_count(total: int, shard_bytes: int) -> int:
    """Into how many shards `total` bytes go: 1, 2, 3, 4, 6, 8, 12, 16, 24 and so on.

    The fewest of these that hold `shard_bytes` or less on average. Shards being ranges of the
    key, a corpus that changes a little changes the shards of what changed and no other, unless
    the number changes; so it seldom does.

    >>> [shard_count(total, 10) for total in (0, 10, 11, 41, 61)]
    [1, 1, 2, 6, 8]
    """
    wanted = max(1, -(-total // shard_bytes))
    power = 1 << (wanted - 1).bit_length()
    return power // 4 * 3 if power >= 4 and power // 4 * 3 >= wanted else power


def shard_numbers(keys: U64, count: int) -> I64:
    """The shard of each key, 0 to `count` - 1: equal ranges of the 32 highest bits.

    >>> shard_numbers(np.array([0, 2**63, 2**64 - 1], dtype=np.uint64), 3).tolist()
    [0, 1, 2]
    """
    return (((keys >> np.uint64(32)) * np.uint64(count)) >> np.uint64(32)).astype(np.int64)


@dataclass(frozen=True)
class Places:
    """Where each chosen document stands in the mixture, looked up by the halves of its number."""

    high: U64
    low: U64
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
