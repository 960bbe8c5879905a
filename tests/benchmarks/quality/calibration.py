"""The thresholds at which our rules drop as many documents as the originals' rules do."""

from typing import Literal

import numpy as np
import polars as pl

from tests.benchmarks.quality.asking import Asked
from tests.benchmarks.quality.pairs import PAIRS

FEWEST = 5
"""Documents an original has to drop for a threshold to be told from it."""
LEAST = ("chars", "sentences", "punctuation_ratio", "terminal_line_ratio", "distinct_ratio")
LEAST_TOO = ("entropy", "stop_words", "han_ratio", "complete_lines")
"""The columns whose threshold is a least value; the others have a largest."""
VARIANT = "described"
"""Where an original can be read in two ways, its thresholds are told from what it says it does."""


def calibrate(asked: Asked) -> None:
    """Print the thresholds of each rule, and at which value the verdicts agree best."""
    calibration = asked.documents.filter(half="calibration").select("doc_id")
    for preset, verdicts in asked.verdicts.items():
        known = set(verdicts["variant"].unique())
        told = verdicts.filter(variant=VARIANT if VARIANT in known else "published")
        print(f"\n{preset}: {calibration.height} documents")
        print("column\tend\tdropped\tequal share\tdrops\tkappa\tbest kappa at\tkappa")
        for column, names in PAIRS[preset].items():
            if column in asked.measured.columns and column != "language":
                for name in names:
                    dropped = told.filter(rule=name).select("doc_id", dropped=~pl.col("passed"))
                    values = asked.measured.select("doc_id", column)
                    both = calibration.join(dropped, on="doc_id").join(values, on="doc_id")
                    _print_threshold(column, name, both["dropped"].to_numpy(), both[column])


def _print_threshold(column: str, name: str, dropped: np.ndarray, values: pl.Series) -> None:
    end: Literal["min", "max"] = "min" if column in LEAST + LEAST_TOO else "max"
    if name.startswith("most_"):
        end = "max"
    count = int(dropped.sum())
    line = f"{column}\t{end}\t{name} {count}"
    if count < FEWEST:
        print(f"{line}\ttoo few")
        return
    numbers = values.to_numpy().astype(float) * (1 if end == "max" else -1)
    equal = float(np.sort(numbers)[::-1][count])
    candidates = np.unique(numbers)
    scores = [_kappa(dropped, numbers > one) for one in candidates]
    best = float(candidates[int(np.argmax(scores))])
    shown = [abs(one) for one in (equal, best)]
    ours = numbers > equal
    print(
        f"{line}\t{shown[0]:.4g}\t{int(ours.sum())}\t{_kappa(dropped, ours):.3f}"
        f"\t{shown[1]:.4g}\t{max(scores):.3f}"
    )


def _kappa(theirs: np.ndarray, ours: np.ndarray) -> float:
    same = float((theirs == ours).mean())
    they, we = float(theirs.mean()), float(ours.mean())
    chance = they * we + (1 - they) * (1 - we)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)
