"""Trains `mention.npz`: `python -m quality.privacy.people.train DATA_FOLDER`.

Reads marked text and bulk text of the shared data, and contexts of our own; one thread and fixed
seeds, so the same data give the same model. Settings and calibration are chosen by a first model
that has not seen what is called `dev` of the marked text and of the contexts, and its figures are
printed; the model that is kept has seen it, and has the same settings. What is called `test`,
nobody has seen.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quality.privacy.people.contexts import filled
from quality.privacy.people.fitting import Examples, Known, Usual, examples, fit, packed
from quality.privacy.people.labelled import Labelled, marked, resumes, windows
from quality.privacy.people.reading import LENGTHS, Model, names, readings
from quality.privacy.people.silver import ROUNDS, Silver, replaced, words

HERE = Path(__file__).parent

OF_RESUMES, OF_WINDOWS, OF_SILVER, OF_MADE_UP, OF_CONTEXTS = 2.0, 12.0, 0.8, 0.8, 0.15
OF_NAMELESS = 2.5
"""Weights of an example by where it is from: the last, of texts that name next to nobody."""

DEV_TIMES = 6
"""How often a context is filled to choose settings."""

NEXT_TO_BEST = 0.012
"""F1 given up for a higher threshold, which text that names nobody is the better for."""

THRESHOLDS = np.arange(0.2, 0.8, 0.05)


def train(data: Path, told: list[Labelled], without: set[str], parts: set[str]) -> Model:
    """A model learned from marked texts, from some parts of our contexts, and from bulk text.

    Bulk documents `without` are not read.
    """
    silver = Silver(data, without)
    marks, contexts = _marks(told, silver.usual)
    given = [c for name in sorted(words("known.txt")) for c in name[1:]]
    given += [c for _, name, _ in contexts for c in name[1:] if len(name) < 4]
    ours = [one for one in filled(silver.dice, given) if one.part in parts]
    marks.append((_examples(ours, silver.usual), OF_CONTEXTS))
    made_up = replaced(contexts, given, silver.dice, silver.usual)
    weights = fit([*marks, *silver.seeds(), (made_up, OF_MADE_UP)])
    for sure in ROUNDS:
        seen, nameless, places = silver.read(weights, sure)
        more = [c for _, name, _ in places for c in name[1:] if len(name) < 4]
        made_up = replaced([*places, *contexts], [*given, *more], silver.dice, silver.usual)
        weights = fit([*marks, (seen, OF_SILVER), (nameless, OF_NAMELESS), (made_up, OF_MADE_UP)])
    return packed(weights, silver.usual)


def _marks(
    told: list[Labelled], usual: Usual
) -> tuple[list[tuple[Examples, float]], list[tuple[str, ...]]]:
    """The examples of marked texts with their weights, and (left, name, right) of their names."""
    marks: list[tuple[Examples, float]] = []
    contexts: list[tuple[str, ...]] = []
    for one in told:
        weight, times = (OF_RESUMES, 3) if one.key.startswith("cner") else (OF_WINDOWS, 12)
        marks.append((_examples([one], usual), weight))
        contexts += [
            (one.text[max(0, a - 12) : a], one.text[a:b], one.text[b : b + 12])
            for a, b in one.names
            for _ in range(times)
        ]
    return marks, contexts


def _examples(told: list[Labelled], usual: Usual) -> Examples:
    view, known, lengths = marked(told)
    return examples(view, Known(known, lengths), usual)


def calibrated(model: Model, told: list[Labelled]) -> Model:
    """The model with the probabilities that suit marked texts, and a threshold.

    It is the highest that is next to the best F1, of windows and of contexts on average.
    """
    view, known, lengths = marked(told)
    raw = readings(view, model._replace(calibration=np.array([0, 1, 0], np.float32)))
    boosted = readings(view, model._replace(calibration=np.array([0, 1, 1], np.float32)))
    sizes = LENGTHS[raw.numbers]
    right = (lengths[raw.places] == sizes).astype(np.float64)
    sure = (known[raw.places] == 1) & (raw.odds > -12)
    columns = np.stack([np.ones(len(right)), raw.odds, boosted.odds - raw.odds], axis=1)[sure]
    model = model._replace(calibration=_logistic(columns, right[sure]).astype(np.float32))
    sorts = [[one for one in told if one.key.startswith(sort)] for sort in ("bulk", "context")]
    found = [
        (sum(figures(model._replace(threshold=np.float32(t)), sort)[2] for sort in sorts), t)
        for t in THRESHOLDS
    ]
    good = max(found)[0] - 2 * NEXT_TO_BEST
    return model._replace(threshold=np.float32(max(t for f1, t in found if f1 >= good)))


def _logistic(
    columns: npt.NDArray[np.float64], right: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The factors of a logistic regression, by Newton's steps, pulled a little towards 0."""
    factors = np.zeros(columns.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-columns @ factors))
        slope = columns.T @ (right - chance) - 0.01 * factors
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns
        factors += np.linalg.solve(bend + 0.01 * np.eye(len(factors)), slope)
    return factors


def figures(model: Model, told: list[Labelled]) -> tuple[float, float, float, int]:
    """Precision, recall and F1 of exact spans, and how many names were marked.

    What overlaps a doubtful stretch and is no name counts neither way.
    """
    view, known, lengths = marked(told)
    begin, end, _ = names(view, model)
    exact = lengths[begin] == end - begin
    doubtful = np.array(
        [bool((known[a:b] == 2).any()) for a, b in zip(begin, end, strict=True)], np.bool_
    )
    total = int(np.count_nonzero(lengths))
    hits, wrong = int(exact.sum()), int((~exact & ~doubtful).sum())
    precision, recall = hits / max(hits + wrong, 1), hits / max(total, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return precision, recall, f1, total


def main(data: Path) -> None:
    """Choose the settings without `dev`, print figures, train again with it and save."""
    told = [*resumes(data), *windows(data)]
    dev = [one for one in told if one.part == "dev"]
    seen = [one for one in told if one.part == "train"]
    first = train(data, seen, {one.key for one in dev}, {"train"})
    given = [c for name in sorted(words("known.txt")) for c in name[1:]]
    dice = np.random.default_rng(7)
    dev += [one for one in filled(dice, given, DEV_TIMES) if one.part == "dev"]
    first = calibrated(first, dev)
    parts = {
        "résumés, test": [one for one in told if one.part == "test"],
        "résumés, dev": [one for one in dev if one.key.startswith("cner")],
        "windows, dev": [one for one in dev if one.key.startswith("bulk")],
        "contexts, dev": [one for one in dev if one.key.startswith("context")],
    }
    sys.stdout.write(f"calibration {first.calibration} threshold {first.threshold:.2f}\n")
    for name, texts in parts.items():
        precision, recall, f1, total = figures(first, texts)
        sys.stdout.write(f"{name}\t{total}\t{precision:.3f}\t{recall:.3f}\t{f1:.3f}\n")
    told = [one for one in told if one.part != "test"]
    kept = train(data, told, set(), {"train", "dev"})
    kept = kept._replace(calibration=first.calibration, threshold=first.threshold)
    sys.stdout.write(f"kept: résumés, test {figures(kept, parts['résumés, test'])}\n")
    np.savez_compressed(HERE / "mention.npz", **kept._asdict())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
