"""A classifier as it is stored and used."""

import json
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.scoring.linear import kernels
from quality.scoring.linear.tokens import token_table

Numbers = npt.NDArray[np.float32]

ROWS = 4096
"""Texts judged at a time."""

FORMAT = "wenyuan-linear-1"


@dataclass(frozen=True)
class Reading:
    """What of a text is read.

    A text is cut into equal windows of at most `window` bytes; of one that has more than `windows`
    of them, so many are read that begin at even distances. What is said of a text is the mean of
    the highest `share` of its windows: 1 for what a text is as a whole, less for what some
    passage of it is enough for (for two classes only).
    """

    orders: int = 3
    window: int = 1536
    windows: int = 32
    share: float = 1.0


@dataclass(frozen=True, eq=False)
class Linear:
    """What each n-gram says for every class but the first, for which it says 0.

    `keys` are the n-grams' fingerprints, sorted; `weights` what they say, in `unit`s. The logits
    of a window are `biases` and the sum over its n-grams by the root of their number. Those of a
    text are pooled, and calibrated by `slope` and `offsets`. `about` says what it was made of.
    """

    classes: tuple[str, ...]
    reading: Reading
    keys: kernels.Points
    weights: kernels.Weights
    unit: float
    biases: Numbers
    slope: float
    offsets: Numbers
    about: dict[str, Any] = field(default_factory=dict)
    slots: kernels.Slots = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slots", kernels.hashed(self.keys))


def chances(texts: Strings, model: Linear) -> Numbers:
    """How likely each class is for each text: texts by classes, NaN where nothing counts."""
    raw = logits(texts, model)
    return softmax(model.slope * raw + model.offsets)


def logits(texts: Strings, model: Linear) -> Numbers:
    """What the model says of each text before it is calibrated: texts by classes but the first."""
    found = [np.empty((0, len(model.classes) - 1), np.float32)]
    starts = texts.offsets[:-1]
    ends = np.where(texts.valid, texts.offsets[1:], starts)
    for start in range(0, starts.size, ROWS):
        stop = min(start + ROWS, starts.size)
        found.append(_logits(texts.data, starts[start:stop], ends[start:stop], model))
    return np.concatenate(found)


def _logits(
    data: kernels.Bytes, starts: kernels.Offsets, ends: kernels.Offsets, model: Linear
) -> Numbers:
    read = model.reading
    places, first = kernels.spans(data, starts, ends, read.window, read.windows)
    known = kernels.Grams(token_table(), model.slots, model.weights, read.orders)
    totals, counts = kernels.sums(data, places, known)
    with np.errstate(invalid="ignore", divide="ignore"):
        lines = totals * (model.unit / np.sqrt(counts))[:, None] + model.biases
    lines[counts == 0] = np.nan
    return kernels.pooled(lines.astype(np.float32), first, read.share)


def softmax(above: npt.NDArray[np.floating]) -> Numbers:
    """Chances of all classes from logits of all but the first.

    >>> softmax(np.array([[0.0]])).tolist()
    [[0.5, 0.5]]
    """
    full = np.pad(above, ((0, 0), (1, 0)))
    powers = np.exp(full - full.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def expected(chances: Numbers) -> Numbers:
    """The expected grade where the classes are the grades 0, 1, 2 and so on.

    >>> expected(np.array([[0.5, 0.0, 0.5]], np.float32)).tolist()
    [1.0]
    """
    return np.asarray(chances @ np.arange(chances.shape[1]), np.float32)


def save(model: Linear, file: BinaryIO | str) -> None:
    """Write the model as an npz file, the same bytes for the same model."""
    about = {
        "format": FORMAT,
        "classes": list(model.classes),
        "reading": vars(model.reading),
        "about": model.about,
    }
    np.savez_compressed(
        file,
        about=np.array(json.dumps(about, ensure_ascii=False, sort_keys=True)),
        gaps=np.diff(model.keys, prepend=np.uint32(0)),
        weights=np.ascontiguousarray(model.weights.T),
        unit=np.array(model.unit),
        biases=model.biases,
        slope=np.array(model.slope),
        offsets=model.offsets,
    )


def load(file: BinaryIO | str) -> Linear:
    """The model that `save` wrote.

    Raises:
        ValueError: the file is no such model.
    """
    with np.load(file, allow_pickle=False) as stored:
        if "about" not in stored:
            raise ValueError("it is no classifier of Wenyuan's")
        about = json.loads(str(stored["about"]))
        if about.get("format") != FORMAT:
            raise ValueError(f"it is of the form {about.get('format')!r}, not {FORMAT!r}")
        return Linear(
            classes=tuple(about["classes"]),
            reading=Reading(**about["reading"]),
            keys=np.cumsum(stored["gaps"], dtype=np.uint32),
            weights=np.ascontiguousarray(stored["weights"].T),
            unit=float(stored["unit"]),
            biases=stored["biases"],
            slope=float(stored["slope"]),
            offsets=stored["offsets"],
            about=about["about"],
        )


def calibrated(model: Linear, slope: float, offsets: Numbers) -> Linear:
    """The same model with another calibration."""
    return replace(model, slope=slope, offsets=offsets)
