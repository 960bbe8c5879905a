"""Learns a model file from texts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.scoring.perplexity.estimating import SYMBOL_BITS, count, estimate, joined
from quality.scoring.perplexity.packing import RARE, packed, shared
from quality.scoring.perplexity.pruning import pruned
from quality.scoring.perplexity.reading import HAN, Points, read

ORDER = 4
BUDGET = 2_600_000
"""N-grams of two symbols or more; with them the file has just under 6 MB."""

LETTERS = 8000
"""Han characters that are told apart, the most frequent ones.

A model that has met fewer divides the chance of a new one among those that are missing. Were each
as likely as all of them, a model of little text would seem better than it is.
"""


def learned_from(texts: pl.Series) -> dict[str, npt.NDArray[Any]]:
    """The file of the model of these texts, as `scorer` takes it and `numpy.savez` writes it.

    Raises `ValueError` where no text has Chinese in it.
    """
    symbols, ends = read(strings(texts))
    if not symbols.size:
        raise ValueError("there is no Chinese text to learn from")
    return learned(np.split(symbols, ends[:-1]))


def learned(
    documents: Sequence[Points],
    weights: Sequence[float] | None = None,
    order: int = ORDER,
    budget: int = BUDGET,
) -> dict[str, npt.NDArray[Any]]:
    """The file of the model of documents, each as `reading.read` gives them.

    A document's weight counts where n-grams compete for a place in the file, and not in their
    chances.
    """
    symbols = joined(documents)
    alphabet, rare = letters(symbols)
    places = np.full(1 << SYMBOL_BITS, RARE, np.uint32)
    places[:HAN] = np.arange(HAN)
    places[alphabet] = RARE + 1 + np.arange(alphabet.size, dtype=np.uint32)
    sizes = [document.size + 1 for document in documents]
    each = None if weights is None else np.repeat(weights, sizes).astype(np.float32)
    grams = count(places[symbols], order, None if each is None else np.append(each[:1], each))
    model = shared(pruned(estimate(grams), grams, budget), rare)
    return packed(model, alphabet, unseen=LETTERS - alphabet.size)


def letters(symbols: Points) -> tuple[Points, int]:
    """The most frequent Han characters, in order, and how many others there are."""
    known, counts = np.unique(symbols[symbols > HAN], return_counts=True)
    frequent = known[np.argsort(-counts, kind="stable")[:LETTERS]]
    return frequent, known.size - frequent.size
