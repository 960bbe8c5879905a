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

VARIETIES = ("zh", "yue", "nan", "lzh", "ja")
"""What the model can answer; zh is split by script afterwards."""

ROWS = 4096
"""Texts tokenised at a time: at most 5 MB of tokens in memory."""


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
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The two likeliest of `VARIETIES` for each text of `rows`, as indices, and how likely."""
    codes = {f"__label__{name}": code for code, name in enumerate(VARIETIES)}
    chosen: list[int] = []
    chances = [np.empty(0)]
    for start in range(0, rows.size, ROWS):
        labels, scores = model().f.multilinePredict(
            lines(texts, rows[start : start + ROWS]), 2, 0.0, "strict"
        )
        chosen += [codes[label] for pair in labels for label in pair]
        chances += scores
    shape = (rows.size, 2)
    return np.array(chosen, np.int64).reshape(shape), np.minimum(
        np.concatenate(chances).reshape(shape), 1
    )
