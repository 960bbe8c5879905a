"""Band keys of sketches, and the texts that share one.

A sketch keeps a byte of each of the 128 minima of a signature. Two bytes agree when the minima do,
and by chance once in 256.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.ngrams import BASE

CROWD = 32
"""The largest bucket in which every text is compared with every other. In a larger one each is
compared with at most so many leaders, so that a bucket of n costs at most 32n comparisons."""

Integers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.uint32]


class Sketches(NamedTuple):
    """Text `i` has the sketch `sketch[rows[i]]`; `sketch` is n × 128."""

    sketch: Bytes
    rows: Integers


class Band(NamedTuple):
    """The key of every text in one band; `order` names some texts, those of one key together."""

    keys: Keys
    order: Integers


class Met(NamedTuple):
    """Pairs of texts that met in a bucket, and how many of their 128 bytes agree."""

    left: npt.NDArray[np.uint32]
    right: npt.NDArray[np.uint32]
    equal: Bytes


@njit(cache=True, nogil=True)
def band_keys(texts: Sketches, first: int, bands: int, width: int) -> Keys:
    """A 32-bit hash of each of some bands of the sketch of each text: bands × texts.

    Band `b` is the columns from `b * width` on; `first` is the first band wanted. Two unequal bands
    have one key once in 2**32, which costs a comparison.
    """
    keys = np.empty((bands, texts.rows.size), np.uint32)
    words = texts.sketch.view(np.uint64)
    for i in range(texts.rows.size):
        row = words[texts.rows[i]]
        for band in range(bands):
            key = uint64(width)
            at, stop = (first + band) * width, (first + band + 1) * width
            while at < stop:
                taken = min(8 - at % 8, stop - at)
                piece = row[at // 8] >> uint64(8 * (at % 8)) << uint64(64 - 8 * taken)
                key = (key ^ piece ^ (key >> uint64(31))) * BASE
                at += taken
            keys[band, i] = (key ^ (key >> uint64(29))) * BASE >> uint64(32)
    return keys


@njit(cache=True, nogil=True)
def shared(keys: Keys, fresh: npt.NDArray[np.bool_]) -> Integers:
    """The texts whose key a fresh text may share; few others come along.

    The keys are counted in two tables of bits, 16 and more a fresh text, so that the one key of
    most texts costs neither a dictionary nor a sort.
    """
    bits = 1 << 10
    while bits < 16 * fresh.sum():
        bits *= 2
    mask = np.int64(bits - 1)
    once = np.zeros(bits // 8, np.uint8)
    more = np.zeros(bits // 8, np.uint8)
    fresh_ones = np.flatnonzero(fresh)
    for one in fresh_ones:
        at = np.int64(keys[one]) & mask
        bit = np.uint8(1 << (at & 7))
        more[at >> 3] |= once[at >> 3] & bit
        once[at >> 3] |= bit
    found = np.empty(keys.size, np.int64)
    count = 0
    for i in range(keys.size):
        at = np.int64(keys[i]) & mask
        bit = np.uint8(1 << (at & 7))
        if once[at >> 3] & bit and not fresh[i]:
            more[at >> 3] |= bit
            found[count] = i
            count += 1
    for one in fresh_ones:
        at = np.int64(keys[one]) & mask
        if more[at >> 3] & np.uint8(1 << (at & 7)):
            found[count] = one
            count += 1
    return found[:count].copy()


@njit(cache=True, nogil=True)
def agreement(texts: Sketches, left: int, right: int) -> int:
    """How many of the 128 bytes of two texts agree."""
    one, other = texts.sketch[texts.rows[left]], texts.sketch[texts.rows[right]]
    equal = 0
    for k in range(one.size):
        equal += one[k] == other[k]
    return equal


@njit(cache=True, nogil=True)
def meet_all(
    texts: Sketches,
    band: Band,
    fresh: npt.NDArray[np.bool_],
    least: int,
    crowd: npt.NDArray[np.bool_],
) -> Met:
    """The pairs, one of them fresh, in buckets of `CROWD` or fewer that agree in `least` bytes.

    The texts of larger buckets that hold a fresh one are marked in `crowd` instead.
    """
    order = band.order
    met = _nothing()
    count = 0
    start = 0
    while start < order.size:
        stop = _end_of_bucket(band, start)
        if stop - start > CROWD:
            if fresh[order[start:stop]].any():
                for i in range(start, stop):
                    crowd[order[i]] = True
        else:
            for i in range(start + 1, stop):
                for j in range(start, i):
                    a, b = order[j], order[i]
                    if fresh[a] or fresh[b]:
                        equal = agreement(texts, a, b)
                        if equal >= least:
                            met, count = _add(met, count, a, b, equal)
        start = stop
    return _cut(met, count)


@njit(cache=True, nogil=True)
def meet_leaders(texts: Sketches, band: Band, least: int, enough: Bytes) -> Met:
    """The pairs of text and leader in buckets of more than `CROWD` that agree in `least` bytes.

    The order of a bucket is that of preference. A text follows the first leader that agrees with
    it in as many bytes as are `enough` for it; where none does it becomes a leader itself, unless
    there are `CROWD` already.
    """
    order = band.order
    met = _nothing()
    count = 0
    leaders = np.empty(CROWD, np.int64)
    start = 0
    while start < order.size:
        stop = _end_of_bucket(band, start)
        led = 0
        for i in range(start, stop if stop - start > CROWD else start):
            follows = False
            for k in range(led):
                equal = agreement(texts, leaders[k], order[i])
                if equal >= least:
                    met, count = _add(met, count, leaders[k], order[i], equal)
                if equal >= enough[order[i]]:
                    follows = True
                    break
            if not follows and led < CROWD:
                leaders[led] = order[i]
                led += 1
        start = stop
    return _cut(met, count)


@njit(cache=True, nogil=True)
def _end_of_bucket(band: Band, start: int) -> int:
    keys, order = band
    stop = start + 1
    while stop < order.size and keys[order[stop]] == keys[order[start]]:
        stop += 1
    return stop


@njit(cache=True, nogil=True)
def _nothing() -> Met:
    return Met(np.empty(64, np.uint32), np.empty(64, np.uint32), np.empty(64, np.uint8))


@njit(cache=True, nogil=True)
def _add(met: Met, count: int, a: Any, b: Any, equal: int) -> tuple[Met, int]:
    if count == met.left.size:
        room = np.empty(count, np.uint32)
        met = Met(
            np.append(met.left, room),
            np.append(met.right, room),
            np.append(met.equal, room.astype(np.uint8)),
        )
    met.left[count] = min(a, b)
    met.right[count] = max(a, b)
    met.equal[count] = equal
    return met, count + 1


@njit(cache=True, nogil=True)
def _cut(met: Met, count: int) -> Met:
    return Met(met.left[:count].copy(), met.right[:count].copy(), met.equal[:count].copy())
