"""A text by paragraphs: the blocks that are judged alone, and the share of each language."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from quality.kernels.arrow import Strings
from quality.language.alphabets import DEFAULTS
from quality.language.kernels import blocks
from quality.language.scripts import CLASSES, class_table
from schemas.tables import LANGUAGE

HAN_WEIGHT = 6
"""Letters of an alphabet that say as much as one Han character or Hangul syllable."""

ENOUGH = 60 * HAN_WEIGHT
"""Weight at which a block of lines ends: some 60 Han characters or 360 letters."""

LEAST = 10 * HAN_WEIGHT
"""Weight below which a block is of its document's language."""

Tags = npt.NDArray[np.str_]
Numbers = npt.NDArray[np.int64]


def _scripts() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The script of each class, 0 for none, and the weight of one of its characters."""
    kinds = {"vietnamese": "latin", "kana": "han", "hangul": "hangul"}
    names = [kinds.get(name, name if name in DEFAULTS else "han") for name in CLASSES]
    order = ["other", "han", *DEFAULTS]
    heavy = {"han": HAN_WEIGHT, "hangul": HAN_WEIGHT}
    groups = [0 if name == "other" else order.index(of) for name, of in zip(CLASSES, names)]
    return np.array(groups, np.uint8), np.array([heavy.get(of, 1) for of in names], np.uint8)


GROUPS, WEIGHTS = _scripts()


def cut(texts: Strings) -> tuple[Strings, Numbers]:
    """The blocks of all texts, and the first block of each text: see `kernels.blocks`."""
    begins, first = blocks(texts.data, texts.offsets, class_table(), GROUPS, WEIGHTS, ENOUGH)
    return Strings(texts.data, begins, np.ones(begins.size - 1, np.bool_)), first


def told(counts: Numbers, first: Numbers) -> Numbers:
    """The blocks that are judged alone: heavy enough, and not the only one of their text."""
    lonely = np.repeat(np.diff(first) == 1, np.diff(first))
    weight = counts @ np.where(GROUPS > 0, WEIGHTS, 0).astype(np.int64)
    return np.flatnonzero((weight >= LEAST) & ~lonely)


def shares(tags: Tags, sizes: Numbers, first: Numbers) -> pl.Series:
    """The languages of each text and their share of its characters, the largest first.

    `tags` and `sizes` are the language and the characters of each block. A text without characters
    has none; of equal shares the tag that is first in the alphabet comes first.
    """
    names, codes = np.unique(tags, return_inverse=True)
    rows = np.repeat(np.arange(first.size - 1), np.diff(first))
    keys, places = np.unique(rows * max(1, names.size) + codes, return_inverse=True)
    amounts = np.bincount(places, sizes, keys.size)
    rows, codes = np.divmod(keys, max(1, names.size))
    whole = np.bincount(rows, amounts, first.size - 1)
    order = np.lexsort((codes, -amounts, rows))
    order = order[amounts[order] > 0]
    rows, codes = rows[order], codes[order]
    found = pa.StructArray.from_arrays(
        [pa.array(names[codes], pa.large_string()), pa.array((amounts[order] / whole[rows]))],
        ["language", "share"],
    )
    ends = np.concatenate([[0], np.bincount(rows, minlength=first.size - 1).cumsum()])
    lists = pa.LargeListArray.from_arrays(pa.array(ends, pa.int64()), found)
    return pl.Series("shares", lists).cast(LANGUAGE["shares"])
