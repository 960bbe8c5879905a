"""Fitting a classifier: which n-grams it knows, and what each of them says."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings, strings
from quality.scoring.linear import kernels
from quality.scoring.linear.model import Linear, Reading
from quality.scoring.linear.tokens import token_table

WIDEST = 0.9999
"""Quantile of the weights that the largest 8-bit number stands for; those beyond are clipped."""

STARTED = 1e-4
"""What the sums of squared gradients start with, so that no first step is boundless."""


@dataclass(frozen=True)
class Settings:
    """How a classifier is fitted.

    N-grams seen fewer than `least` times are not learned; of the others the `known` commonest are.
    The `kept` that tell most are stored. `balanced` makes the classes weigh the same, whatever
    their number of texts: 0 leaves them, 1 makes them equal, .5 is between.
    """

    reading: Reading = field(default_factory=Reading)
    least: int = 3
    known: int = 1_000_000
    kept: int = 150_000
    epochs: int = 6
    rate: float = 0.3
    decay: float = 1e-5
    balanced: float = 0.0


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    classes: Sequence[str],
    *,
    seed: int,
    settings: Settings | None = None,
) -> Linear:
    """The classifier of these texts, uncalibrated; the same for the same input and seed.

    Raises:
        ValueError: a label is not among `classes`, or a class has no text.
    """
    chosen = settings or Settings()
    targets = _targets(labels, classes)
    read = _read(strings(pl.Series(texts, dtype=pl.String)), chosen)
    windows = np.diff(read.first)
    each = _importance(targets, chosen.balanced) / np.sqrt(np.maximum(1, windows))
    found = kernels.Examples(
        read.numbers,
        read.ends,
        (1 / np.sqrt(np.maximum(1, read.counts))).astype(np.float32),
        np.repeat(targets, windows),
        np.repeat(each, windows).astype(np.float32),
    )
    state = _descended(found, (read.keys.size, len(classes)), seed, chosen)
    return _stored(read, state, classes, chosen, _digest(texts, labels))


def _importance(targets: npt.NDArray[np.int64], balanced: float) -> npt.NDArray[np.float64]:
    """How much each text weighs: the rarer its class the more, as far as `balanced` says."""
    counts = np.bincount(targets)
    return np.asarray((targets.size / counts.size / counts)[targets] ** balanced, np.float64)


@dataclass(frozen=True, eq=False)
class _Read:
    """The n-grams of windows as numbers of `keys`, how often each is seen, how many there are."""

    keys: kernels.Points
    seen: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int32]
    ends: kernels.Offsets
    counts: npt.NDArray[np.int64]
    first: kernels.Offsets


def _targets(labels: Sequence[str], classes: Sequence[str]) -> npt.NDArray[np.int64]:
    places = {name: place for place, name in enumerate(classes)}
    if unknown := sorted(set(labels) - set(places)):
        raise ValueError(f"labels that are no class: {', '.join(unknown[:5])}")
    if missing := sorted(set(places) - set(labels)):
        raise ValueError(f"classes without a text: {', '.join(missing[:5])}")
    return np.array([places[label] for label in labels], np.int64)


def _read(texts: Strings, settings: Settings) -> _Read:
    reading = settings.reading
    places, first = kernels.spans(
        texts.data, texts.offsets[:-1], texts.offsets[1:], reading.window, reading.windows
    )
    found, ends = kernels.fingerprints(texts.data, places, token_table(), reading.orders)
    keys, seen = np.unique(found, return_counts=True)
    often = np.flatnonzero(seen >= settings.least)
    often = np.sort(often[np.argsort(-seen[often], kind="stable")[: settings.known]])
    keys, seen = keys[often], seen[often]
    numbers = kernels.numbered(found, kernels.hashed(keys))
    known = numbers >= 0
    kept = np.concatenate([[0], np.cumsum(known)])[ends]
    return _Read(keys, seen, numbers[known], kept, np.diff(ends), first)


def _descended(
    found: kernels.Examples, shape: tuple[int, int], seed: int, settings: Settings
) -> kernels.State:
    state = kernels.State(
        np.zeros(shape, np.float32),
        np.full(shape, STARTED, np.float32),
        np.zeros(shape[1], np.float32),
        np.full(shape[1], STARTED, np.float32),
    )
    dice = np.random.default_rng(seed)
    for _ in range(settings.epochs):
        order = dice.permutation(found.targets.size)
        kernels.descend(found, order, state, settings.rate, settings.decay)
    return state


def _stored(
    read: _Read, state: kernels.State, classes: Sequence[str], settings: Settings, digest: str
) -> Linear:
    """The n-grams that tell most: by how far they set classes apart, and how often they occur."""
    tells = np.ptp(state.weights, axis=1) * np.log1p(read.seen)
    kept = np.sort(np.argsort(-tells, kind="stable")[: settings.kept])
    above = (state.weights - state.weights[:, :1])[kept, 1:]
    unit = float(np.quantile(np.abs(above), WIDEST)) / 127 if above.size else 1.0
    return Linear(
        classes=tuple(classes),
        reading=settings.reading,
        keys=read.keys[kept],
        weights=np.clip(np.rint(above / (unit or 1.0)), -127, 127).astype(np.int8),
        unit=unit,
        biases=(state.biases - state.biases[0])[1:],
        slope=1.0,
        offsets=np.zeros(len(classes) - 1, np.float32),
        about={"settings": asdict(settings), "data": digest},
    )


def _digest(texts: Sequence[str], labels: Sequence[str]) -> str:
    whole = hashlib.sha256()
    for text, label in zip(texts, labels, strict=True):
        whole.update(hashlib.sha256(text.encode()).digest() + label.encode() + b"\n")
    return whole.hexdigest()
