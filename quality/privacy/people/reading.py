"""How likely each stretch that may be a name is one, and which of those that overlap is taken."""

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.people.features import (
    NEAR,
    READINGS,
    Desk,
    begins,
    describe_far,
    describe_near,
    fits,
    look,
    new_desk,
    reading,
    sight,
    slot,
    string_key,
)
from quality.privacy.view import Codes, Positions, View

LENGTHS: Positions = np.array([2, 3, 3, 4, 5], np.int64)
"""The characters of each reading."""

HOPELESS = -3.0
"""The score of what is near from which what is far is not looked at."""

SURE = 4.0
"""Log odds above which it makes no difference how sure the model is elsewhere in a document."""

Scores = npt.NDArray[np.float32]


class Model(NamedTuple):
    """Weights of the features in steps, how usual neighbours are, and how odds become probability.

    `calibration` has a constant, the factor of the log odds at a place, and that of how far the
    same string does better elsewhere in the document; `threshold` is a probability.
    """

    weights: npt.NDArray[np.int8]
    usual: npt.NDArray[np.uint8]
    step: np.float32
    calibration: npt.NDArray[np.float32]
    threshold: np.float32


class Readings(NamedTuple):
    """Where names may begin, the best reading there, and its log odds against all others."""

    places: Positions
    numbers: npt.NDArray[np.int8]
    odds: Scores


@cache
def model() -> Model:
    """The model of the package, made by `quality.privacy.people.train`."""
    with as_file(files("quality.privacy.people") / "mention.npz") as path, np.load(path) as stored:
        step, threshold = np.float32(stored["step"]), np.float32(stored["threshold"])
        return Model(stored["weights"], stored["usual"], step, stored["calibration"], threshold)


def _score(codes: Codes, at: int, desk: Desk, model: Model, scores: Scores) -> int:
    """The score of each reading at `at`, of none 0; how many there can be."""
    kind = begins(codes, desk.of, at)
    room = look(codes, at, desk)
    count = 0
    for number in range(READINGS):
        scores[number] = -100.0
        if fits(kind, number, room):
            describe_near(desk, number)
            total = np.int64(0)
            for feature in desk.features[:NEAR]:
                total += model.weights[feature]
            if total * model.step > HOPELESS:
                describe_far(desk, number)
                for feature in desk.features[NEAR:]:
                    total += model.weights[feature]
            scores[number] = total * model.step
            count += 1
    return count


def _best(scores: Scores) -> tuple[int, float]:
    """The best reading and its log odds against the others and none."""
    best = 0
    for number in range(1, READINGS):
        if scores[number] > scores[best]:
            best = number
    top = max(scores[best], np.float32(0.0))
    others = np.exp(-top)
    for number in range(READINGS):
        if number != best:
            others += np.exp(scores[number] - top)
    return best, scores[best] - top - np.log(others)


def _read(codes: Codes, starts: Positions, desk: Desk, model: Model, out: Readings) -> int:
    """The best reading wherever one begins, document by document; how many.

    The odds are calibrated: those of a place rise where the same string does better elsewhere.
    """
    scores = np.empty(READINGS, np.float32)
    counts, constant = desk.counts, model.calibration[0]
    total = 0
    for document in range(starts.size - 1):
        found = sight(codes, starts[document], starts[document + 1] - 1, desk, out.places[total:])
        rows = np.full(found, -1, np.int32)
        for i in range(found):
            score(codes, out.places[total + i], desk, model, scores)
            number, odds = best(scores)
            out.numbers[total + i], out.odds[total + i] = number, odds
            rows[i] = slot(counts, string_key(desk.window, reading(number)[1]), False)
            if rows[i] >= 0:
                counts.best[rows[i]] = max(counts.best[rows[i]], np.float32(odds))
        for i in range(found):
            odds = out.odds[total + i]
            elsewhere = counts.best[rows[i]] if rows[i] >= 0 else np.float32(odds)
            more = min(max(elsewhere, 0.0), SURE) - min(max(odds, 0.0), SURE)
            out.odds[total + i] = (
                constant + model.calibration[1] * odds + model.calibration[2] * more
            )
        total += found
    return total


def _choose(readings: Readings, least: float, chosen: Positions) -> int:
    """The readings whose odds are `least` or more and better than what they overlap; how many."""
    count = 0
    reach = np.int64(-1)
    for row in range(readings.places.size):
        if readings.odds[row] < least:
            continue
        if readings.places[row] < reach:
            if readings.odds[row] <= readings.odds[chosen[count - 1]]:
                continue
            count -= 1
        chosen[count] = row
        count += 1
        reach = readings.places[row] + reading(readings.numbers[row])[1]
    return count


score, best = compiled(_score), compiled(_best)
read, choose = compiled(_read), compiled(_choose)


def readings(view: View, by: Model) -> Readings:
    """The best reading wherever a name may begin in `view`."""
    room = view.codes.size
    out = Readings(np.empty(room, np.int64), np.empty(room, np.int8), np.empty(room, np.float32))
    count = read(view.codes, view.starts, new_desk(by.usual), by, out)
    return Readings(out.places[:count], out.numbers[:count], out.odds[:count])


def names(view: View, by: Model) -> tuple[Positions, Positions, Scores]:
    """Where the names in `view` begin and end, and how probable each is."""
    found = readings(view, by)
    chosen = np.empty(found.places.size, np.int64)
    least = float(np.log(by.threshold / (1 - by.threshold)))
    rows = chosen[: choose(found, least, chosen)]
    begin = found.places[rows]
    end = np.asarray(begin + LENGTHS[found.numbers[rows]])
    return begin, end, np.asarray(1 / (1 + np.exp(-found.odds[rows])), np.float32)
