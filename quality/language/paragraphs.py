"""A text by paragraphs: the blocks that are judged alone, and the share of each language."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from quality.kernels.arrow import Strings
from quality.language.alphabets import DEFAULTS
from quality.language.kernels import blocks
from quality.language.scripts import CLASS, CLASSES, class_table
from schemas.tables import LANGUAGE

HAN_WEIGHT = 6
"""Letters of an alphabet that say as much as one Han character or Hangul syllable."""

ENOUGH = 30 * HAN_WEIGHT
"""Weight at which a block of lines ends: some 30 Han characters or 180 letters."""

LEAST = 10 * HAN_WEIGHT
"""Weight below which a block is of its document's language."""

Tags = npt.NDArray[np.str_]
Numbers = npt.NDArray[np.int64]


def _scripts() -> npt.NDArray[np.uint8]:
    """The script of each class, 0 for none, and what one of its characters weighs."""
    order = ["other", "han", *DEFAULTS]
    like = {"vietnamese": "latin"} | dict.fromkeys(CLASSES[CLASS["kana"] :], "han")
    names = [like.get(name, name) for name in CLASSES]
    heavy = {"other": 0, "han": HAN_WEIGHT, "hangul": HAN_WEIGHT}
    return np.array([(order.index(name), heavy.get(name, 1)) for name in names], np.uint8)


SCRIPTS = _scripts()
"""By class: script and weight."""


def cut(texts: Strings) -> tuple[Strings, Numbers]:
    """The blocks of all texts, and the first block of each text: see `kernels.blocks`."""
    begins, first = blocks(texts.data, texts.offsets, class_table(), SCRIPTS, ENOUGH)
    return Strings(texts.data, begins, np.ones(begins.size - 1, np.bool_)), first


def told(counts: Numbers, first: Numbers) -> Numbers:
    """The blocks that are judged alone: heavy enough, and not the only one of their text."""
    lonely = np.repeat(np.diff(first) == 1, np.diff(first))
    weight = counts @ SCRIPTS[:, 1].astype(np.int64)
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
        [pa.array(names[codes], pa.large_string()), pa.array(amounts[order] / whole[rows])],
        ["language", "share"],
    )
    ends = np.concatenate([[0], np.bincount(rows, minlength=first.size - 1).cumsum()])
    lists = pa.LargeListArray.from_arrays(pa.array(ends, pa.int64()), found)
    return pl.Series("shares", lists).cast(LANGUAGE["shares"])
