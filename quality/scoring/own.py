"""Scorers of one's own: Wenyuan's classifiers and character models, fastText's, and ONNX models."""

import re
from collections.abc import Sequence
from pathlib import Path

import fasttext
import numpy as np

from quality.kernels.arrow import Strings
from quality.scoring import perplexity
from quality.scoring.linear import Linear, chances, load
from quality.scoring.linear.model import weighted
from quality.scoring.onnx import onnx_scorer
from quality.scoring.parts import in_parts
from quality.scoring.scores import Numbers, Scorer
from schemas.located import nearest
from schemas.scorers import Scorer as Asked

_PREFIX = "__label__"
_NEVER = 1e-9
_BLANK = re.compile(r"\s+")


def load_scorer(asked: Asked) -> Scorer:
    """The scorer in the file that corpus.yaml names; NaN for a text without a character.

    Raises:
        ValueError: the file is no such model, lacks the label, or its labels are no numbers and
            none is named.
        OSError: it cannot be read.
        ModuleNotFoundError: ONNX models need the extra `onnx`.
    """
    kind = Path(asked.model).suffix
    if kind == ".npz":
        return _character_model(asked) or _linear_scorer(load(asked.model), asked.label)
    if kind == ".onnx":
        return onnx_scorer(asked)
    return _fasttext_scorer(asked)


def weights_of(labels: Sequence[str], label: str | None) -> Numbers:
    """What each label's chance counts: 1 for `label` alone, or the number that each label is.

    >>> weights_of(["bad", "good"], "good").tolist(), weights_of(["0", "5"], None).tolist()
    ([0.0, 1.0], [0.0, 5.0])
    """
    if label is not None:
        if label not in labels:
            raise ValueError(f"it has no label {label!r}; {nearest(label, labels)}")
        return np.array([one == label for one in labels], np.float32)
    try:
        return np.array([float(one) for one in labels], np.float32)
    except ValueError:
        some = ", ".join(sorted(labels)[:12])
        raise ValueError(f"its labels are no numbers: name the one asked for ({some})") from None


def _character_model(asked: Asked) -> Scorer | None:
    """The scorer that gives perplexity; None where the file is of another kind."""
    found = perplexity.load(asked.model)
    if found is not None and asked.label is not None:
        raise ValueError("it gives perplexity and has no labels: take label out")
    return found


def _linear_scorer(model: Linear, label: str | None) -> Scorer:
    weights = weights_of(model.classes, label)

    def score(texts: Strings) -> Numbers:
        return np.asarray(weighted(chances(texts, model), weights), np.float32)

    return score


def _fasttext_scorer(asked: Asked) -> Scorer:
    """Reads a text whole, in one line; every label's chance is asked for."""
    try:
        classifier = fasttext.load_model(asked.model)
        labels = [label.removeprefix(_PREFIX) for label in classifier.get_labels()]
    except (ValueError, RuntimeError, MemoryError) as error:
        raise ValueError("it is no fastText model") from error
    weights = dict(zip(labels, weights_of(labels, asked.label).tolist(), strict=True))
    apart, named = asked.segmented == "characters", asked.label is not None

    def score(texts: Strings) -> Numbers:
        found = np.full(texts.valid.size, np.nan, np.float32)
        for rows, some in in_parts(texts):
            lines = [_line(text, apart=apart) + "\n" for text in some]
            told = classifier.f.multilinePredict(lines, len(labels), 0.0, "strict")
            for row, names, sure in zip(rows, *told, strict=True):
                # Chances of one-vs-all models do not add up to 1.
                whole = 1.0 if named else max(float(np.sum(sure)), _NEVER)
                told_of = (weights[name.removeprefix(_PREFIX)] for name in names)
                found[row] = np.dot(np.fromiter(told_of, float), np.minimum(sure, 1.0)) / whole
        return found

    return score


def _line(text: str, *, apart: bool) -> str:
    """A text as fastText reads it: in one line, with a space between all characters if `apart`."""
    return " ".join(_BLANK.sub("", text)) if apart else _BLANK.sub(" ", text)
