"""From labelled texts to a calibrated classifier, and how well it judges what it has not seen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from pydantic import BaseModel

from pipelines.training.labels import Labelled
from pipelines.training.parts import HELD_OUT, keys_of, place_of
from quality.kernels.arrow import strings
from quality.scoring.linear import Linear, Settings, calibrate, chances, fit, judging
from quality.scoring.linear.model import Numbers
from schemas.errors import ConfigError

LEAST = 30
"""Texts a label needs. About 4 of them are calibrated on and 4 held out."""

MOST_LABELS = 100

CALIBRATED = 70
"""Of 100 places, those from here on to `HELD_OUT` are calibrated on."""

PARTS = ("learned", "calibrated", "held_out")
SEED = 20250104

NUMBERS = 1_200_000
"""Numbers a model may store: n-grams times labels, some 1 to 2 MB."""

CANDIDATES = tuple(Settings(least=2, epochs=8, decay=decay) for decay in (1e-5, 1e-4, 1e-3))
"""The settings of which the likeliest on the texts calibrated on is taken."""


class Trained(BaseModel):
    """What came of it; figures are of the held-out texts."""

    classes: tuple[str, ...]
    numeric: bool
    counts: dict[str, dict[str, int]]
    accuracy: float
    commonest: float
    macro_f1: float
    calibration_error: float
    auc: float | None = None
    spearman: float | None = None
    mean_error: float | None = None
    twice: int = 0


def trained(rows: Sequence[Labelled]) -> tuple[Linear, Trained]:
    """The classifier of these texts, and its figures.

    A text is learned from, calibrated on or held out by the hash of what it folds to: 70, 15 and
    15 of 100. So copies are on one side, and stay there when labels are added. A text that is
    there twice counts once, with its last label.

    Raises:
        ConfigError: there is one label only, a label has too few texts, or there are too many.
    """
    known = _distinct(rows)
    classes = tuple(sorted({row.label for row in known.values()}, key=_order))
    parts = {part: [row for key, row in known.items() if _part(key) == part] for part in PARTS}
    counts = {part: Counter(row.label for row in some) for part, some in parts.items()}
    _require_enough(classes, counts)
    model = _likeliest(parts, classes)
    told = _figures(model, parts["held_out"])
    each = {label: {part: counts[part][label] for part in PARTS} for label in classes}
    return model, told.model_copy(update={"counts": each, "twice": len(rows) - len(known)})


def _distinct(rows: Sequence[Labelled]) -> dict[bytes, Labelled]:
    return dict(zip(keys_of([row.text for row in rows]), rows, strict=True))


def _part(key: bytes) -> str:
    place = place_of(key)
    return PARTS[(place >= CALIBRATED) + (place >= HELD_OUT)]


def _order(label: str) -> tuple[bool, float, str]:
    """Numbers in their order, before words."""
    number = number_of(label)
    return number is None, number or 0.0, label


def number_of(label: str) -> float | None:
    """The number that a label is; null where it is a word.

    >>> number_of("3"), number_of("good"), number_of("nan")
    (3.0, None, None)
    """
    try:
        number = float(label)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _require_enough(classes: Sequence[str], counts: dict[str, Counter[str]]) -> None:
    if len(classes) < 2:
        raise ConfigError(f"all texts have the label {classes[0]!r}: there must be two at least")
    if len(classes) > MOST_LABELS:
        raise ConfigError(
            f"{len(classes)} labels are more than {MOST_LABELS}; is 'label' the right column?"
        )
    whole = {label: sum(some[label] for some in counts.values()) for label in classes}
    if few := {label: count for label, count in whole.items() if count < LEAST}:
        told = ", ".join(f"{label} has {count}" for label, count in few.items())
        raise ConfigError(
            f"a label needs {LEAST} different texts at least: {told}; label more, or join labels"
        )
    for part, some in counts.items():
        if lacking := [label for label in classes if not some[label]]:
            raise ConfigError(
                f"no text of {', '.join(lacking)} is {part.replace('_', ' ')}: label some more"
            )


def _likeliest(parts: dict[str, list[Labelled]], classes: Sequence[str]) -> Linear:
    """The model, of those of `CANDIDATES`, under which the texts calibrated on are likeliest."""
    texts, labels = zip(*parts["learned"], strict=True)
    others, their_labels = zip(*parts["calibrated"], strict=True)
    truth = _places(classes, their_labels)
    best: tuple[float, Linear] | None = None
    for settings in CANDIDATES:
        kept = min(settings.kept, NUMBERS // (len(classes) - 1))
        chosen = replace(settings, kept=kept)
        model = calibrate(
            fit(texts, labels, classes, seed=SEED, settings=chosen), others, their_labels
        )
        likely = _of(model, others)[np.arange(truth.size), truth]
        loss = float(-np.log(np.maximum(np.nan_to_num(likely), 1e-9)).mean())
        if best is None or loss < best[0]:
            best = loss, model
    if best is None:
        raise AssertionError("there are no settings")
    return best[1]


def _of(model: Linear, texts: Iterable[str]) -> Numbers:
    return chances(strings(pl.Series(list(texts), dtype=pl.String)), model)


def _places(
    classes: Sequence[str], labels: Iterable[str]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([classes.index(label) for label in labels], np.int64)


def _figures(model: Linear, rows: Sequence[Labelled]) -> Trained:
    found = np.nan_to_num(_of(model, (row.text for row in rows)), nan=1 / len(model.classes))
    truth = _places(model.classes, (row.label for row in rows))
    numbers = [number_of(label) for label in model.classes]
    told = Trained(
        classes=model.classes,
        numeric=None not in numbers,
        counts={},
        accuracy=judging.accuracy(found, truth),
        commonest=float(np.bincount(truth).max() / truth.size),
        macro_f1=judging.macro_f1(found, truth),
        calibration_error=judging.calibration_error(found, truth),
    )
    if len(model.classes) == 2:
        return told.model_copy(update={"auc": judging.auc(found[:, 1], truth == 1)})
    if None in numbers:
        each = [judging.auc(found[:, kind], truth == kind) for kind in range(len(numbers))]
        return told.model_copy(update={"auc": float(np.mean(each))})
    grades = np.array(numbers, np.float64)
    expected = found @ grades
    return told.model_copy(
        update={
            "spearman": judging.spearman(expected, grades[truth]),
            "mean_error": float(np.abs(expected - grades[truth]).mean()),
        }
    )
