"""Industries of held-out texts: `python -m tests.benchmarks.industry DATA_FOLDER` (a minute).

Passages that were read, documents of sets that are about one industry by themselves, how many
documents have the same industry in both scripts, and megabytes a CPU second.
"""

import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from opencc import OpenCC

from quality.kernels.arrow import Strings, strings
from quality.scoring.industry import industry, model
from quality.scoring.industry.books import BOOKS
from quality.scoring.industry.statutes import subjects
from quality.scoring.linear import chances
from quality.scoring.linear.judging import accuracy, calibration_error, macro_f1
from schemas.scores import INDUSTRIES
from tests.quality.scoring.read import labelled
from tests.quality.scoring.sets import documents

NAMES = tuple(INDUSTRIES)

MOST = 1500
"""Documents of a set, the first of them."""

TECH = frozenset(
    {
        "programming_code",
        "computer_communication",
        "ai_ml",
        "other_information_services_information_security",
    }
)
SETS: dict[str, frozenset[str]] = {
    "text-medical-zh-hans": frozenset({"medicine_health_psychology_tcm"}),
    "text-tcm-gbk-files": frozenset({"medicine_health_psychology_tcm"}),
    "text-finance-zh-hans": frozenset({"finance_economics"}),
    "text-novel-classical-zh-hans": frozenset({"literature_emotion"}),
    "text-poetry-lzh": frozenset({"literature_emotion"}),
    "text-tech-docs-zh-hans": TECH,
    "text-tech-docs-zh-hant": TECH,
    "html-md-react": frozenset({"programming_code"}),
    "html-md-webpack": frozenset({"programming_code"}),
    "html-md-istio-handbook": frozenset({"computer_communication"}),
    "bench-gaokao": frozenset({"subject_education"}),
}
"""What the documents of a set are about."""


def told(texts: Sequence[str]) -> list[str]:
    """The industry of each text."""
    places = industry(_strings(texts)).industry
    return [NAMES[place] if place >= 0 else "" for place in places]


def right(data: Path, name: str) -> tuple[int, float]:
    """How many documents of a set were judged, and the share with an industry of the set's."""
    found = [(id_, read()) for id_, read in islice(documents(data, name), MOST)]
    wanted = _wanted(name, found)
    judged = [
        guess in ones
        for guess, ones in zip(told([text for _, text in found]), wanted, strict=True)
        if ones
    ]
    return len(judged), float(np.mean(judged))


def _wanted(name: str, found: Sequence[tuple[str, str]]) -> list[frozenset[str]]:
    if name.startswith("text-law-"):
        governed = subjects([id_ for id_, _ in found], [text for _, text in found])
        return [frozenset({subject, "law_judiciary"}) for subject in governed]
    if name in SETS:
        return [SETS[name]] * len(found)
    books = [BOOKS.get(id_.partition(":")[2].split("/")[1]) for id_, _ in found]
    return [frozenset({book} if book else ()) for book in books]


def on_read(data: Path) -> dict[str, float]:
    """Figures on the held-out passages that were read."""
    found = list(labelled(data))
    truth = np.array([NAMES.index(label.industry) for label, _ in found])
    second = np.array([NAMES.index(label.second.industry) for label, _ in found])
    agreed = second == truth
    said = chances(_strings([text for _, text in found]), model())
    return {
        "passages": truth.size,
        "accuracy": accuracy(said, truth),
        "second": float((np.argsort(-said, axis=1)[:, :2] == truth[:, None]).any(axis=1).mean()),
        "macro F1": macro_f1(said, truth),
        "ECE": calibration_error(said, truth),
        "of two readers": float(agreed.mean()),
        "accuracy by the second": accuracy(said, second),
        "accuracy where they agree": accuracy(said[agreed], truth[agreed]),
        **_sure(said, truth),
        **_by_set([label.set for label, _ in found], said, truth),
    }


def _by_set(
    sets: Sequence[str], said: npt.NDArray[np.float32], truth: npt.NDArray[np.int64]
) -> dict[str, float]:
    where = np.array(sets)
    right = said.argmax(axis=1) == truth
    return {
        f"{name}, {np.sum(where == name)} read": float(right[where == name].mean())
        for name in sorted(set(sets))
    }


def _sure(said: npt.NDArray[np.float32], truth: npt.NDArray[np.int64]) -> dict[str, float]:
    figures = {}
    for least in (0.5, 0.7, 0.9):
        sure = said.max(axis=1) >= least
        figures[f"share >= {least}"] = float(sure.mean())
        figures[f"accuracy >= {least}"] = float((said.argmax(axis=1) == truth)[sure].mean())
    return figures


def both_scripts(texts: Sequence[str]) -> float:
    """The share of texts that have the same industry in the other script."""
    other = OpenCC("s2t")
    return float(np.mean(np.equal(told(texts), told([other.convert(text) for text in texts]))))


def speed(texts: Sequence[str]) -> float:
    """Megabytes a CPU second."""
    read = _strings(texts)
    industry(read)
    start = time.process_time()
    industry(read)
    return read.data.size / 1e6 / (time.process_time() - start)


def _strings(texts: Sequence[str]) -> Strings:
    return strings(pl.Series(texts, dtype=pl.String))


def _print(data: Path) -> None:
    for name, value in on_read(data).items():
        _say(f"{name:40}{value:8.3f}")
    books = ("text-classical-lzh", "text-modern-translation-zh-hans")
    for name in (*SETS, "text-law-zh-hans", "text-law-zh-hant", *books):
        count, share = right(data, name)
        _say(f"{name:34}{count:6}{share:8.3f}")
    texts = [
        read()
        for name in ("text-news-zh-hans", "text-law-zh-hans", "text-tech-docs-zh-hans")
        for _, read in islice(documents(data, name), 100)
    ]
    _say(f"same in both scripts {both_scripts(texts):.3f}, {speed(texts):.0f} MB a CPU second")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    _print(Path(sys.argv[1]))
