"""Folding: the form of a text in which copies are compared.

Compatibility forms, case, width, script (Traditional to Simplified, character by character, by
OpenCC's t2s table), marks, punctuation, symbols and white space are all folded away; letters,
Han, kana, hangul and digits stay. For matching only: no text is ever rewritten with it.

Korean typed as separate jamo is not composed, and the CJK radicals that have no compatibility
mapping are dropped as the symbols they are.
"""

from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from quality.kernels.arrow import strings

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
    """The folded form of one text; for many, let a kernel call `fold_block`.

    >>> fold("《臺灣》：Ｗｉｋｉ　１２３！")
    '台湾wiki123'
    """
    data = strings(pl.Series([text])).data
    block = np.empty(BLOCK, np.uint32)
    folded = []
    position = 0
    while position < data.size:
        position, count = fold_block(data, position, fold_table(), block, 0)
        folded.append("".join(map(chr, block[:count])))
    return "".join(folded)


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
