"""Withdrawn content told again: texts alike a known one, and texts that contain a passage."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.arrow import Strings
from quality.kernels.buckets import Band, Integers, Keys, Sketches
from quality.kernels.fold import BLOCK, FoldTable, fold_block
from quality.kernels.ngrams import mix


class Known(NamedTuple):
    """Known sketches in one band: in order of key and, where keys are equal, of place."""

    texts: Sketches
    band: Band


@njit(cache=True, nogil=True)
def meet_known(texts: Sketches, keys: Keys, known: Known, least: int, found: Integers) -> None:
    """Lower `found[i]` to the first known sketch that text `i` meets in the band and is alike.

    `keys` are the texts' own keys in it. Alike are two of which `least` bytes agree. Start with
    `found` full of the number of known sketches: none.
    """
    band, order, sketches = known.band.keys, known.band.order, known.texts
    for i in range(keys.size):
        low, high = 0, order.size
        while low < high:
            middle = (low + high) // 2
            if band[order[middle]] < keys[i]:
                low = middle + 1
            else:
                high = middle
        text = texts.sketch[texts.rows[i]]
        while low < order.size and band[order[low]] == keys[i] and order[low] < found[i]:
            other = sketches.sketch[sketches.rows[order[low]]]
            equal = 0
            for k in range(text.size):
                equal += text[k] == other[k]
            if equal >= least:
                found[i] = order[low]
            low += 1


@njit(cache=True, nogil=True)
def rolled(points: npt.NDArray[np.uint32], base: np.uint64) -> np.uint64:
    """The hash of `points`: their polynomial in `base`, modulo 2**64, stirred."""
    value = uint64(0)
    for point in points:
        value = value * base + uint64(point)
    return mix(value)


@njit(cache=True, nogil=True)
def passage_ends(
    texts: Strings, table: FoldTable, chars: int, base: np.uint64, wanted: np.uint64
) -> Integers:
    """Where the first run of `chars` folded characters whose hash is `wanted` ends in each text.

    In folded characters from the beginning; 0 where there is none. Memory: about 8 bytes a
    character of the passage.
    """
    ends = np.zeros(texts.valid.size, np.int64)
    block = np.empty(2 * chars + BLOCK, np.uint32)
    top = uint64(1)
    for _ in range(chars - 1):
        top *= base
    for row in range(ends.size):
        stop = texts.offsets[row + 1] if texts.valid[row] else texts.offsets[row]
        text = texts.data[texts.offsets[row] : stop]
        position = carried = before = 0
        while position < text.size and not ends[row]:
            position, count = fold_block(text, position, table, block, carried)
            end = _first(block[:count], chars, base, top, wanted)
            ends[row] = before + end if end else 0
            kept = min(count, chars - 1)
            before += count - kept
            carried = kept
            for i in range(kept):
                block[i] = block[count - kept + i]
    return ends


@njit(cache=True, nogil=True)
def _first(
    points: npt.NDArray[np.uint32], chars: int, base: np.uint64, top: np.uint64, wanted: np.uint64
) -> int:
    value = uint64(0)
    for i in range(points.size):
        value = value * base + uint64(points[i])
        if i >= chars - 1:
            if mix(value) == wanted:
                return i + 1
            value -= uint64(points[i - chars + 1]) * top
    return 0
