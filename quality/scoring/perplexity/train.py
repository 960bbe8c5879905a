"""Trains `perplexity.npz`: `python -m quality.scoring.perplexity.train DATA_FOLDER`.

Reads the shared data sets. Nothing is drawn by chance: the same data give the same model.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quality.scoring.perplexity.estimating import SYMBOL_BITS, count, estimate, joined
from quality.scoring.perplexity.packing import RARE, packed, shared
from quality.scoring.perplexity.pruning import pruned
from quality.scoring.perplexity.reading import HAN, Points
from quality.scoring.perplexity.sets import texts, trained_on

ORDER = 4
BUDGET = 2_600_000
"""N-grams of two symbols or more; with them the file has less than 6 MB."""

EVENNESS = 0.5
"""How far small sets have as many of the kept n-grams as large ones: 0 by size, 1 all the same."""

LETTERS = 8000
"""Han characters that are told apart, the most frequent ones."""


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
    return packed(shared(pruned(estimate(grams), grams, budget), rare), alphabet)


def letters(symbols: Points) -> tuple[Points, int]:
    """The most frequent Han characters, in order, and how many others there are."""
    known, counts = np.unique(symbols[symbols > HAN], return_counts=True)
    frequent = known[np.argsort(-counts, kind="stable")[:LETTERS]]
    return frequent, known.size - frequent.size


def train(data: Path, path: Path) -> None:
    """Writes the model that the data give to `path`."""
    documents: list[Points] = []
    weights: list[float] = []
    for name, some in texts(data).items():
        read = trained_on(name, some)
        documents += read
        weights += [sum(map(len, read)) ** -EVENNESS] * len(read)
    arrays: dict[str, Any] = learned(documents, weights)
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).parent / "perplexity.npz")
