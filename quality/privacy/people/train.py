"""Trains `mention.npz`: `python -m quality.privacy.people.train DATA_FOLDER`.

Reads marked text and bulk text of the shared data; one thread and fixed seeds, so the same data
give the same model. Settings and calibration are chosen by a first model that has not seen the
part of the marked text called `dev`, and its figures are printed; the model that is kept has seen
it, and has the same settings. What is called `test`, nobody has seen.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quality.privacy.people.fitting import Known, examples, fit, packed
from quality.privacy.people.labelled import Labelled, marked, resumes, windows
from quality.privacy.people.reading import LENGTHS, Model, names, readings
from quality.privacy.people.silver import ROUNDS, Silver, replaced, words

HERE = Path(__file__).parent

OF_RESUMES, OF_WINDOWS, OF_SILVER, OF_MADE_UP = 2.0, 8.0, 0.5, 0.8
"""Weights of an example by where it is from."""

THRESHOLDS = np.arange(0.2, 0.8, 0.05)


def train(data: Path, told: list[Labelled], without: set[str]) -> Model:
    """A model learned from marked texts and from bulk text but some documents."""
    silver = Silver(data, without)
    marks, contexts = [], []
    for one in told:
        weight, times = (OF_RESUMES, 3) if one.key.startswith("cner") else (OF_WINDOWS, 12)
        view, known, lengths = marked([one])
        marks.append((examples(view, Known(known, lengths), silver.usual), weight))
        contexts += [
            (one.text[max(0, a - 12) : a], one.text[a:b], one.text[b : b + 12])
            for a, b in one.names
            for _ in range(times)
        ]
    given = [c for name in sorted(words("known.txt")) for c in name[1:]]
    given += [c for _, name, _ in contexts for c in name[1:] if len(name) < 4]
    made_up = replaced(contexts, given, silver.dice, silver.usual)
    weights = fit([*marks, *silver.seeds(), (made_up, OF_MADE_UP)])
    for sure in ROUNDS:
        seen, places = silver.read(weights, sure)
        more = [c for _, name, _ in places for c in name[1:] if len(name) < 4]
        made_up = replaced([*places, *contexts], [*given, *more], silver.dice, silver.usual)
        weights = fit([*marks, (seen, OF_SILVER), (made_up, OF_MADE_UP)])
    return packed(weights, silver.usual)


def calibrated(model: Model, told: list[Labelled]) -> Model:
    """The model with the probabilities and the threshold that suit marked texts best."""
    view, known, lengths = marked(told)
    raw = readings(view, model._replace(calibration=np.array([0, 1, 0], np.float32)))
    boosted = readings(view, model._replace(calibration=np.array([0, 1, 1], np.float32)))
    sizes = LENGTHS[raw.numbers]
    right = (lengths[raw.places] == sizes).astype(np.float64)
    sure = (known[raw.places] == 1) & (raw.odds > -12)
    columns = np.stack([np.ones(len(right)), raw.odds, boosted.odds - raw.odds], axis=1)[sure]
    model = model._replace(calibration=_logistic(columns, right[sure]).astype(np.float32))
    mixed = [one for one in told if not one.key.startswith("cner")]
    found = [(figures(model._replace(threshold=np.float32(t)), mixed)[2], t) for t in THRESHOLDS]
    return model._replace(threshold=np.float32(max(found)[1]))


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
    first = calibrated(train(data, seen, {one.key for one in dev}), dev)
    parts = {
        "résumés, test": [one for one in told if one.part == "test"],
        "résumés, dev": [one for one in dev if one.key.startswith("cner")],
        "windows, dev": [one for one in dev if not one.key.startswith("cner")],
    }
    sys.stdout.write(f"calibration {first.calibration} threshold {first.threshold:.2f}\n")
    for name, texts in parts.items():
        precision, recall, f1, total = figures(first, texts)
        sys.stdout.write(f"{name}\t{total}\t{precision:.3f}\t{recall:.3f}\t{f1:.3f}\n")
    kept = train(data, [*seen, *dev], set())
    kept = kept._replace(calibration=first.calibration, threshold=first.threshold)
    sys.stdout.write(f"kept: résumés, test {figures(kept, parts['résumés, test'])}\n")
    np.savez_compressed(HERE / "mention.npz", **kept._asdict())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
