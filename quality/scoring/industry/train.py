"""Trains `model.npz`: `python -m quality.scoring.industry.train DATA_FOLDER`.

Reads the labels and the shared data sets; one thread and fixed seeds, so the same data give the
same model. How sure it is, is fitted to what models say of kinds of text that they know nothing of,
since such are most of the texts that it will judge.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.draws import dice_of
from quality.kernels.arrow import strings
from quality.scoring.industry.material import Example, known, lists, paragraphs, questions
from quality.scoring.labels.examples import examples
from quality.scoring.linear import Linear, Settings, fit, logits, save
from quality.scoring.linear.calibration import likeliest
from quality.scoring.linear.judging import accuracy, calibration_error, macro_f1
from quality.scoring.linear.model import Numbers, calibrated, softmax
from schemas.scores import INDUSTRIES

NAMES = tuple(INDUSTRIES)

SETTINGS = Settings(known=600_000, kept=180_000, epochs=4, decay=2e-3)

LISTS, PARAGRAPHS = 6_000, 1_500
"""Lists of terms and paragraphs of sentences of each industry."""

KNOWN, QUESTIONS = 300, 1_200
"""Parts of each kind of books, sets and posts that are about one industry, and passages set as an
exam sets them."""

COPIES = 3
"""How often a labelled passage is learned from: whole, and else a random part of it."""

KINDS = (
    ("wiki_zh", "medical_zh_hans", "cantonese_yue", "hokkien_nan", "quality-"),
    ("tw_web_zh_hant", "tech_docs_zh_", "html_mdn_zh"),
    ("news_zh_hans", "law_zh_", "classical_lzh", "modern_translation_", "novel_classical_"),
    ("authored",),
)
"""The sets by what they are like. Of the texts of one kind a model says what it learned of the
others."""

SEED = 20250105


def train(data: Path, folder: Path, most: int | None = None) -> None:
    """Writes the model into `folder` that all labelled passages give, or `most` of each sort."""
    labelled = [Example(one.text, one.set, one.industry) for one in examples(data, most)]
    dice = dice_of(SEED)
    others = known(data, KNOWN, dice)
    raw, truth = apart(labelled, others)
    slope, offsets = likeliest(raw.astype(np.float64), truth)
    save(
        calibrated(learned(labelled, others), slope, offsets.astype(np.float32)),
        str(folder / "model.npz"),
    )
    found = softmax(slope * raw + offsets)
    kinds = np.array([_kind(one) for one in labelled])
    for kind, sets in enumerate(KINDS):
        _report(", ".join(sets), found[kinds == kind], truth[kinds == kind])
    _report("all", found, truth)


def learned(labelled: Sequence[Example], others: Sequence[Example]) -> Linear:
    """The model of labelled passages and of others that are known, uncalibrated."""
    dice = dice_of(SEED)
    chosen = [*lists(LISTS, dice), *paragraphs(PARAGRAPHS, dice), *others]
    chosen += questions(labelled, QUESTIONS, dice)
    for one in labelled:
        chosen.append(one)
        chosen += (one._replace(text=_part(one.text, dice)) for _ in range(COPIES - 1))
    labels = [one.industry for one in chosen]
    return fit([one.text for one in chosen], labels, NAMES, seed=SEED, settings=SETTINGS)


def _part(text: str, dice: random.Random) -> str:
    """A seventh of a text or more."""
    length = round(len(text) * (0.15 + 0.85 * dice.random()))
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def apart(
    labelled: Sequence[Example], others: Sequence[Example]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """The logits of each labelled passage by a model that knows nothing of its kind; the truth."""
    found = np.empty((len(labelled), len(NAMES) - 1), np.float32)
    kinds = np.array([_kind(one) for one in labelled])
    for kind in np.unique(kinds):
        model = learned(
            *([one for one in some if _kind(one) != kind] for some in (labelled, others))
        )
        rows = kinds == kind
        texts = [one.text for one, here in zip(labelled, rows, strict=True) if here]
        found[rows] = logits(strings(pl.Series(texts, dtype=pl.String)), model)
    return found, np.array([NAMES.index(one.industry) for one in labelled])


def _kind(one: Example) -> int:
    return next(place for place, sets in enumerate(KINDS) if one.set.startswith(sets))


def _report(of: str, found: Numbers, truth: npt.NDArray[np.int64]) -> None:
    figures = {
        "accuracy": accuracy(found, truth),
        "macro F1": macro_f1(found, truth),
        "ECE": calibration_error(found, truth),
    }
    said = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
    sys.stdout.write(f"{truth.size} of {of}, by models of other kinds: {said}\n")


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).parent)
