"""A classifier as it is stored and used."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.scoring.linear import kernels
from quality.scoring.linear.tokens import token_table

Numbers = npt.NDArray[np.float32]

ROWS = 4096
"""Texts judged at a time."""

FORMAT = "wenyuan-linear-1"

_STORED = ("about", "gaps", "weights", "unit", "biases", "slope", "offsets")


@dataclass(frozen=True)
class Reading:
    """What of a text is read.

    A text is cut into equal windows of at most `window` bytes; of one that has more than `windows`
    of them, so many are read that begin at even distances. A text is judged as a whole, by the mean
    of what its windows say, where `share` is 1. Where it is less, and only with two classes, some
    passages are enough: the chance of the second class is the mean of its highest chances in that
    share of the windows (of at least one).
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
    found = [np.empty((0, len(model.classes)), np.float32)]
    for lines, first in _lines(texts, model):
        if model.reading.share == 1:
            found.append(_calibrated(kernels.pooled(lines, first, 1.0), model))
            continue
        each = np.ascontiguousarray(_calibrated(lines, model)[:, 1:])
        highest = kernels.pooled(each, first, model.reading.share)
        found.append(np.hstack([1 - highest, highest]))
    return np.concatenate(found)


def logits(texts: Strings, model: Linear) -> Numbers:
    """What the model says of each text before it is calibrated: texts by classes but the first.

    Of a model that looks for passages, that of the highest window.
    """
    share = 1.0 if model.reading.share == 1 else 0.0
    found = [kernels.pooled(lines, first, share) for lines, first in _lines(texts, model)]
    return np.concatenate([np.empty((0, len(model.classes) - 1), np.float32), *found])


def _lines(texts: Strings, model: Linear) -> Iterator[tuple[Numbers, kernels.Offsets]]:
    """The logits of the windows of some texts, and the first window of each of them."""
    read = model.reading
    known = kernels.Grams(token_table(), model.slots, model.weights, read.orders)
    starts = texts.offsets[:-1]
    stops = np.where(texts.valid, texts.offsets[1:], starts)
    for row in range(0, starts.size, ROWS):
        some = slice(row, row + ROWS)
        places, first = kernels.spans(
            texts.data, starts[some], stops[some], read.window, read.windows
        )
        totals, counts = kernels.sums(texts.data, places, known)
        units = model.unit / np.sqrt(np.maximum(1, counts))
        lines = (totals * units[:, None] + model.biases).astype(np.float32)
        lines[counts == 0] = np.nan
        yield lines, first


def _calibrated(raw: Numbers, model: Linear) -> Numbers:
    return softmax(model.slope * raw + model.offsets)


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
    return np.asarray(weighted(chances, range(chances.shape[1])), np.float32)


def weighted(
    numbers: npt.NDArray[np.floating], weights: Iterable[float]
) -> npt.NDArray[np.floating]:
    """The sum of the columns of `numbers`, each times its weight.

    Column by column: a product of matrices rounds a row otherwise the more rows there are, and
    what is said of a text must not depend on its neighbours.

    >>> weighted(np.array([[1.0, 2.0], [0.0, 4.0]]), [3, 0.5]).tolist()
    [4.0, 2.0]
    """
    total: npt.NDArray[np.floating] = np.zeros(len(numbers))
    for column, weight in zip(numbers.T, weights, strict=True):
        total += column * weight
    return total


def save(model: Linear, file: IO[bytes] | str) -> None:
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


def load(file: IO[bytes] | str) -> Linear:
    """The model that `save` wrote.

    Raises:
        ValueError: the file is no such model.
    """
    try:
        with np.load(file, allow_pickle=False) as found:
            stored = {name: found[name] for name in _STORED}
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile) as error:
        raise ValueError("it is no classifier of Wenyuan's") from error
    about = json.loads(str(stored["about"]))
    if about["format"] != FORMAT:
        raise ValueError(f"it is of the form {about['format']!r}, not {FORMAT!r}")
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
