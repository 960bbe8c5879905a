"""The thresholds at which our rules drop as many documents as the originals' rules do."""

import numpy as np
import polars as pl

from tests.benchmarks.quality.asking import Asked
from tests.benchmarks.quality.pairs import AMONG, PAIRS

FEWEST = 5
"""Documents an original has to drop for a threshold to be told from it."""
LEAST = frozenset(
    {
        *("chars", "sentences", "complete_lines", "stop_words", "entropy"),
        *("han_ratio", "punctuation_ratio", "stop_line_ratio", "distinct_ratio"),
    }
)
"""The columns whose threshold is a least value; the others have a largest."""
STEPS = 1000
"""Values that are tried for the best agreement."""
MEASURED = " measured"
VARIANT = "described"
"""Where an original can be read in two ways, its thresholds are told from what it says it does."""


def calibrate(asked: Asked) -> None:
    """Print the thresholds of each rule, and at which value the verdicts agree best."""
    calibration = asked.documents.filter(half="calibration").select("doc_id")
    for preset, verdicts in asked.verdicts.items():
        known = set(verdicts["variant"])
        told = verdicts.filter(variant=VARIANT if VARIANT in known else "published")
        wide = told.pivot("rule", index="doc_id", values="passed")
        both = calibration.join(wide, on="doc_id").join(
            asked.measured, on="doc_id", suffix=MEASURED, maintain_order="left"
        )
        print(f"\n{preset}: {calibration.height} documents")
        print("column\tend\tdropped\tequal share at\tdrops\tkappa\tbest kappa at\tkappa")
        for column, names in PAIRS[preset].items():
            if column in asked.measured.columns and column != "language":
                _calibrate_one(preset, column, names, both)


def _calibrate_one(
    preset: str, column: str, names: tuple[str, ...], documents: pl.DataFrame
) -> None:
    begins, needed = AMONG.get(preset, ("", ""))
    if needed and column.startswith(begins):
        documents = documents.filter(needed)
    measured = column if column not in names else f"{column}{MEASURED}"
    ends = {"max": [name for name in names if name.startswith("most_")]}
    ends["min" if column in LEAST else "max"] = [n for n in names if not n.startswith("most_")]
    for end, of in ends.items():
        if of:
            dropped = documents.select(pl.any_horizontal(~pl.col(of))).to_series().to_numpy()
            numbers = documents[measured].to_numpy().astype(float)
            _print_threshold(f"{column}\t{end}\t{int(dropped.sum())}", end, dropped, numbers)


def _print_threshold(line: str, end: str, dropped: np.ndarray, numbers: np.ndarray) -> None:
    count = int(dropped.sum())
    if count < FEWEST:
        print(f"{line}\ttoo few")
        return
    numbers = numbers if end == "max" else -numbers
    equal = float(np.sort(numbers)[::-1][count])
    candidates = np.unique(np.quantile(numbers, np.linspace(0, 1, STEPS)))
    scores = [_kappa(dropped, numbers > one) for one in candidates]
    best = float(candidates[int(np.argmax(scores))])
    ours = numbers > equal
    print(
        f"{line}\t{abs(equal):.4g}\t{int(ours.sum())}\t{_kappa(dropped, ours):.3f}"
        f"\t{abs(best):.4g}\t{max(scores):.3f}"
    )


def _kappa(theirs: np.ndarray, ours: np.ndarray) -> float:
    same = float((theirs == ours).mean())
    they, we = float(theirs.mean()), float(ours.mean())
    chance = they * we + (1 - they) * (1 - we)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)
