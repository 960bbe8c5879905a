"""Education and volatility beside readers: `python -m tests.benchmarks.grades DATA_FOLDER`.

On the held-out passages, beside what needs no classifier of grades: for education the share of
prose, how surprised the character model is, and the length; for volatility the words of the
moment. And megabytes a CPU second.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

import quality.scoring.education as graded_education
import quality.scoring.volatility as graded_volatility
from quality.kernels.arrow import Strings, strings
from quality.scoring import signals
from quality.scoring.linear.judging import auc, spearman
from quality.scoring.ordinal import Grader, judging, load, reached
from quality.scoring.ordinal.measures import MEASURES, measures
from quality.scoring.perplexity import perplexity
from tests.quality.scoring.read import labelled

Numbers = npt.NDArray[Any]

LEAST = 20
"""Passages of a set within which ranks are compared."""

MOMENTS = (
    "今天|今日|昨天|昨日|明天|明日|今晚|今早|日前|近日|目前|截至|截止|即日起|本[周週月]|[上下][周週]"
    "|收[盘盤]|[开開][盘盤]|[涨漲]停|跌停|[盘盤]中|[报報]名[时時][间間]|[气氣][温溫]|[阵陣]雨|多云|多雲"
    r"|促[销銷]|限[时時]|秒[杀殺]|[0-9]{1,2}月[0-9]{1,2}[日号號]|[0-9]{1,2}:[0-9]{2}"
)
"""The words of the moment that an earlier measure counted."""


def packaged(package: Any) -> Grader:
    """The classifier of a package."""
    return load(Path(package.__file__).parent)


def alone(scores: Numbers, grades: Numbers, asked: tuple[int, ...]) -> str:
    """How well a bare number ranks passages."""
    rho = spearman(scores, grades.astype(float))
    areas = " ".join(f"auc_{one} {auc(scores, grades >= one):.3f}" for one in asked)
    return f"rho {rho:.3f} {areas}"


def readers(one: Numbers, other: Numbers, asked: int) -> dict[str, float]:
    """How far two readers agree, and how many passages each gave the grade asked, or a higher."""
    return {
        "rho": spearman(one.astype(float), other.astype(float)),
        "kappa": judging.kappa(one, other, int(max(one.max(), other.max()))),
        "exact": float((one == other).mean()),
        "share_one": float((one >= asked).mean()),
        "share_other": float((other >= asked).mean()),
    }


def speed(scorer: Callable[[Strings], Numbers], texts: Strings) -> float:
    """Megabytes a CPU second, the best of three."""
    scorer(texts)
    took = []
    for _ in range(3):
        start = time.process_time()
        scorer(texts)
        took.append(time.process_time() - start)
    return float(texts.data.size / 1e6 / min(took))


def main(data: Path) -> None:
    """Prints all figures."""
    pairs = list(labelled(data))
    series = pl.Series([text for _, text in pairs])
    texts, sets = strings(series), [label.set for label, _ in pairs]
    found = signals(pl.LazyFrame({"doc_id": "", "text": series})).collect()
    words = series.str.count_matches(MOMENTS) / series.str.len_chars()
    phrases = measures(texts, packaged(graded_volatility).grams.reading)
    beside: dict[str, dict[str, Numbers]] = {
        "education": {
            "prose_ratio": found["prose_ratio"].to_numpy(),
            "length": found["chars"].to_numpy(),
            "perplexity": -np.nan_to_num(perplexity(texts), nan=1e9),
        },
        "volatility": {
            "words of the moment": words.to_numpy(),
            "moments.txt": phrases[:, list(MEASURES).index("moments")],
        },
    }
    for name, package, asked in (
        ("education", graded_education, (1, 2, 3)),
        ("volatility", graded_volatility, (1, 2)),
    ):
        grades = np.array([getattr(label, name) for label, _ in pairs])
        told = np.nan_to_num(reached(texts, packaged(package)))
        print(name, judging.line(judging.figures(told, grades, asked)))
        second = np.array([getattr(label.second, name) for label, _ in pairs])
        print("  by the second reader:", judging.line(judging.figures(told, second, asked)))
        print("  two readers:", judging.line(readers(grades, second, asked[-1])))
        for other, scores in beside[name].items():
            print(f"  {other}: {alone(scores, grades, asked)}")
        print("  within:", judging.line(judging.within(told.sum(axis=1), grades, sets, LEAST)))
    long = strings(pl.read_parquet(data / "bulk" / "news_zh_hans.parquet")["text"].head(400))
    for scorer in (graded_education.education, graded_volatility.volatility):
        print(f"{scorer.__name__}: {speed(scorer, long):.0f} MB a CPU second on news")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
