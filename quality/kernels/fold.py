"""Folding: the form of a text in which copies are compared.

Compatibility forms, case, width, script (Traditional to Simplified, character by character, by
OpenCC's t2s table), marks, punctuation, symbols and white space are all folded away; letters,
Han, kana, hangul and digits stay. For matching only: no text is ever rewritten with it.

Korean typed as separate jamo is not composed, and the CJK radicals that have no compatibility
mapping are dropped as the symbols they are.
"""

from functools import lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from quality.kernels.arrow import Strings, strings

EXPANDS = 0x110000
"""Table values from here on number an expansion; smaller ones are code points, 0 is nothing."""

LONGEST = 15
"""Code points in the longest expansion, that of U+FDFA."""

BLOCK = 4096
"""Folded code points a kernel works on at a time: hot in the cache, whatever the text's length."""


class FoldTable(NamedTuple):
    """`points[c]` is what code point `c` folds to.

    Expansion `k` is `letters[starts[k]:starts[k + 1]]`.
    """

    points: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int64]
    letters: npt.NDArray[np.uint32]


@lru_cache(maxsize=1)
def fold_table() -> FoldTable:
    """The folding table of the package, 4.5 MB, read once."""
    with as_file(files("quality.kernels") / "fold.npz") as path, np.load(path) as stored:
        points = np.zeros(0x110000, np.uint32)
        for first, last in stored["kept"]:
            points[first:last] = np.arange(first, last, dtype=np.uint32)
        points[stored["points"]] = stored["targets"]
        points[stored["expanded"]] = EXPANDS + np.arange(stored["expanded"].size)
        starts = np.concatenate([[0], np.cumsum(stored["lengths"], dtype=np.int64)])
        return FoldTable(points, starts, stored["letters"])


def fold(text: str) -> str:
    """The folded form of one text; for many, `fold_all`, or a kernel that calls `fold_block`.

    >>> fold("《臺灣》：Ｗｉｋｉ　１２３！")
    '台湾wiki123'
    """
    return fold_all(pl.Series([text]))[0]


def fold_all(texts: pl.Series) -> list[str]:
    """The folded form of each text; null counts as empty.

    >>> fold_all(pl.Series(["臺灣", None, "Ｗ 1"]))
    ['台湾', '', 'w1']
    """
    points, ends = _fold_each(strings(texts), fold_table())
    whole = points.tobytes().decode("utf-32-le")
    return [whole[start:end] for start, end in pairwise([0, *ends.tolist()])]


@njit(cache=True, nogil=True)
def _fold_each(
    texts: Strings, table: FoldTable
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """The folded code points of all texts, and where each text's end."""
    ends = np.zeros(texts.valid.size, np.int64)
    block = np.empty(BLOCK, np.uint32)
    folded = np.empty(texts.data.size + BLOCK, np.uint32)
    size = 0
    for row in range(ends.size):
        stop = texts.offsets[row + 1] if texts.valid[row] else texts.offsets[row]
        text = texts.data[texts.offsets[row] : stop]
        position = 0
        while position < text.size:
            position, count = fold_block(text, position, table, block, 0)
            if size + count > folded.size:  # expansions
                folded = np.concatenate((folded, np.empty(folded.size, np.uint32)))
            folded[size : size + count] = block[:count]
            size += count
        ends[row] = size
    return folded[:size], ends


@njit(cache=True, nogil=True)
def fold_block(
    data: npt.NDArray[np.uint8],
    position: int,
    table: FoldTable,
    block: npt.NDArray[np.uint32],
    count: int,
) -> tuple[int, int]:
    """Fold UTF-8 `data` from byte `position` on into `block`, which already holds `count`.

    Stops at the end of `data` or where the next code point might not fit; returns the new
    position (bytes) and count (code points). `data` must be whole, valid UTF-8.
    """
    points = table.points
    size = data.size
    limit = block.size - LONGEST
    while position < size and count <= limit:
        lead = np.int64(data[position])
        if lead < 0x80:
            point = lead
            position += 1
        elif lead < 0xE0:
            point = (lead & 0x1F) << 6 | data[position + 1] & 0x3F
            position += 2
        elif lead < 0xF0:
            tail = np.int64(data[position + 1] & 0x3F) << 6 | data[position + 2] & 0x3F
            point = (lead & 0x0F) << 12 | tail
            position += 3
        else:
            middle = np.int64(data[position + 1] & 0x3F) << 6 | data[position + 2] & 0x3F
            point = (lead & 0x07) << 18 | middle << 6 | data[position + 3] & 0x3F
            position += 4
        folded = points[point]
        if folded < EXPANDS:
            # Written always and kept only if it is something: cheaper than a branch.
            block[count] = folded
            count += folded != 0
        else:
            expansion = np.int64(folded) - EXPANDS
            for k in range(table.starts[expansion], table.starts[expansion + 1]):
                block[count] = table.letters[k]
                count += 1
    return position, count
