"""Examples of readings, and the log-linear model fitted to them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.people.characters import characters
from quality.privacy.people.features import (
    BITS,
    FEATURES,
    READINGS,
    Desk,
    begins,
    count_bonds,
    count_pairs,
    describe_far,
    describe_near,
    fits,
    look,
    new_desk,
    reading,
    sight,
)
from quality.privacy.people.reading import Model
from quality.privacy.view import Codes, Positions, View

Usual = npt.NDArray[np.uint8]
Weights = npt.NDArray[np.float32]

STEPS = 31
"""Steps that a weight can be from 0: finer ones change no figure, and make the file larger."""

RATE, DECAY, PULL = 0.08, 0.3, 0.002
"""The step of AdaGrad, how it falls from pass to pass, and the pull of weights towards 0."""


BONDS = np.array([2, 5, 12, 30, 80, 250, 1000])
"""How many times oftener than by chance neighbours meet, from step to step."""


class Examples(NamedTuple):
    """Places where names may begin.

    Example `i` has the rows `starts[i]` to `starts[i + 1]` of `features`, one a reading; `right`
    is which of them is the name, or -1 if none is.
    """

    features: npt.NDArray[np.int32]
    starts: Positions
    right: Positions


class Known(NamedTuple):
    """What is known of each character of a view, and the length of the name that begins there.

    `known` is 0 for nothing, 1 for all, 2 where a length of 0 does not say that there is no name.
    """

    known: npt.NDArray[np.uint8]
    lengths: Positions


def _gather(
    codes: Codes, starts: Positions, desk: Desk, known: Known, out: Examples
) -> tuple[int, int]:
    """Write the examples of what is known; how many rows and how many examples."""
    places = np.empty(codes.size, np.int64)
    row, count = 0, 0
    for document in range(starts.size - 1):
        found = sight(codes, starts[document], starts[document + 1] - 1, desk, places)
        for at in places[:found]:
            length = known.lengths[at]
            if known.known[at] == 0 or (known.known[at] == 2 and length == 0):
                continue
            kind, room, first, right = begins(codes, desk.of, at), look(codes, at, desk), row, -1
            for number in range(READINGS):
                if fits(kind, number, room):
                    describe_near(desk, number)
                    describe_far(desk, number)
                    out.features[row, :] = desk.features
                    if reading(number)[1] == length:
                        right = row - first
                    row += 1
            if length and right < 0:
                row = first
            elif row > first:
                out.starts[count], out.right[count] = first, right
                count += 1
    out.starts[count] = row
    return row, count


class Fitted(NamedTuple):
    """Weights, and the squares of the slopes that each has seen."""

    weights: Weights
    seen: Weights


def _pass(examples: Examples, order: Positions, weight: float, rate: float, fitted: Fitted) -> None:
    """One pass of AdaGrad over examples."""
    scores = np.empty(READINGS)
    of, seen = fitted
    for example in order:
        first, last = examples.starts[example], examples.starts[example + 1]
        top = 0.0
        for row in range(first, last):
            total = 0.0
            for feature in examples.features[row]:
                total += of[feature]
            scores[row - first] = total
            top = max(top, total)
        whole = np.exp(-top)
        for row in range(first, last):
            whole += np.exp(scores[row - first] - top)
        for row in range(first, last):
            error = np.exp(scores[row - first] - top) / whole
            if row - first == examples.right[example]:
                error -= 1.0
            if abs(error * weight) > 1e-4:
                for feature in examples.features[row]:
                    slope = error * weight + PULL * of[feature]
                    seen[feature] += slope * slope
                    of[feature] -= rate * slope / np.sqrt(seen[feature])


gather = compiled(_gather)
one_pass = compiled(_pass)


def examples(view: View, known: Known, usual: Usual) -> Examples:
    """The examples of what is known of a view."""
    room = min(READINGS * int(np.count_nonzero(known.known)), view.codes.size) + READINGS
    out = Examples(
        np.empty((room, FEATURES), np.int32), np.empty(room + 1, np.int64), np.empty(room, np.int64)
    )
    rows, count = gather(view.codes, view.starts, new_desk(usual), known, out)
    return Examples(out.features[:rows].copy(), out.starts[: count + 1].copy(), out.right[:count])


def usual_pairs(view: View) -> Usual:
    """How usual neighbours are in a text, and how much oftener they meet than by chance.

    The low 3 bits: 0 below 2 times, a step more at each fourfold, up to 7. The others: 0 below
    `BONDS[0]` times oftener than by chance, and so on; 0 for what is seen less than twice.
    """
    of, counts = characters(), np.zeros(1 << BITS, np.int64)
    count_pairs(view.codes, of, counts)
    codes = np.where(view.codes < 0x10000, of.same[view.codes & 0xFFFF], view.codes)
    singles = np.bincount(codes & 0xFFFF, minlength=0x10000)
    bonds = np.zeros(1 << BITS, np.int64)
    count_bonds(view.codes, of, counts, singles, bonds)
    steps = np.array([2 * 4**step for step in range(7)])
    bond = np.where(counts < 2, 0, np.searchsorted(BONDS, bonds, side="right"))
    usual = np.searchsorted(steps, counts, side="right")
    return np.asarray(usual + 8 * bond, np.uint8)


def fit(parts: Sequence[tuple[Examples, float]], passes: int = 6) -> Weights:
    """Weights fitted to examples of several sources, those of each with a weight."""
    fitted = Fitted(np.zeros(1 << BITS, np.float32), np.full(1 << BITS, 0.1, np.float32))
    dice = np.random.default_rng(1)
    slices = [
        (part, weight, chunk)
        for part, weight in parts
        for chunk in np.array_split(dice.permutation(len(part.right)), 1 + len(part.right) // 2000)
    ]
    for turn in range(passes):
        for at in dice.permutation(len(slices)):
            part, weight, chunk = slices[at]
            rate = RATE / (1 + DECAY * turn)
            one_pass(part, dice.permutation(chunk), weight, rate, fitted)
    return fitted.weights


def packed(weights: Weights, usual: Usual) -> Model:
    """A model of the weights in steps of one byte, not calibrated."""
    step = np.float32(np.quantile(np.abs(weights[weights != 0]), 0.9999) / STEPS)
    steps = np.clip(np.round(weights / step), -STEPS, STEPS).astype(np.int8)
    return Model(steps, usual, step, np.array([0, 1, 0], np.float32), np.float32(0.5))
