"""The fastText model that tells varieties written in Han characters apart."""

from functools import cache
from importlib import resources
from typing import Any, cast

import fasttext
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quality.kernels.arrow import Strings
from quality.language.kernels import han_tokens
from quality.language.scripts import fold_table, space_table

ROWS = 4096
"""Texts tokenised at a time: at most 8 MB of tokens in memory."""


@cache
def model() -> Any:
    """The packaged model, read once a process."""
    with resources.as_file(resources.files(__package__).joinpath("lid.ftz")) as path:
        return fasttext.load_model(str(path))


def lines(texts: Strings, rows: npt.NDArray[np.int64]) -> list[str]:
    """What the model reads of each text of `rows`: its sampled Han characters, and a new line."""
    tokens, ends = han_tokens(texts.data, texts.offsets, rows, fold_table(), space_table())
    array = pa.LargeStringArray.from_buffers(rows.size, pa.py_buffer(ends), pa.py_buffer(tokens))
    return cast("list[str]", array.to_pylist())


def vote(
    texts: Strings, rows: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.float64]]:
    """The two likeliest of zh, yue, nan, lzh and ja for each text of `rows`, and how likely."""
    tags, chances = [np.empty((0, 2), "U3")], [np.empty((0, 2))]
    for start in range(0, rows.size, ROWS):
        labels, scores = model().f.multilinePredict(
            lines(texts, rows[start : start + ROWS]), 2, 0.0, "strict"
        )
        tags.append(np.char.replace(np.array(labels), "__label__", ""))
        chances.append(np.array(scores))
    return np.concatenate(tags), np.minimum(np.concatenate(chances), 1)
