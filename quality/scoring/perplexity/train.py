"""Trains `perplexity.npz`: `python -m quality.scoring.perplexity.train DATA_FOLDER`.

Reads the shared data sets. Nothing is drawn by chance: the same data give the same model.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from quality.scoring.perplexity.learning import learned
from quality.scoring.perplexity.reading import Points
from quality.scoring.perplexity.sets import texts, trained_on

EVENNESS = 0.5
"""How far small sets have as many of the kept n-grams as large ones: 0 by size, 1 all the same."""


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
