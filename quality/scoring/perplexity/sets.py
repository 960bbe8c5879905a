"""The clean text that the bundled model is trained on."""

from pathlib import Path

import numpy as np
import polars as pl

from quality.kernels.arrow import strings
from quality.language.sets import cantonese, digest, documents, held_out, hokkien
from quality.scoring.perplexity.reading import Points, read

SYMBOLS = {
    "law_zh_hans": 2_000_000,
    "law_zh_hant": 2_000_000,
    "news_zh_hans": 3_000_000,
    "medical_zh_hans": 9_000_000,
    "modern_translation_zh_hans": 9_000_000,
    "novel_classical_zh_hans": 9_000_000,
    "classical_lzh": 9_000_000,
    "tech_docs_zh_hans": 3_000_000,
    "tech_docs_zh_hant": 2_000_000,
    "tw_web_zh_hant": 9_000_000,
    "wiki_zh": 9_000_000,
    "cantonese": 9_000_000,
    "hokkien": 1_000_000,
}
"""Symbols read of each set at most: fewer of those that are all alike, so that the model does not
learn their phrases by heart and has room for the others."""

TUNING = 40
"""One document in so many is left out of training; settings are chosen on these."""

HOKKIEN = ("改漢字.txt", "原始華語.txt")


def texts(data: Path) -> dict[str, list[str]]:
    """The documents of each set, those of the evaluation sets left out, in order of a hash."""
    barred = held_out(data)
    found = {
        name: documents(data, name, barred)
        for name in SYMBOLS
        if name not in {"cantonese", "hokkien"}
    }
    found["cantonese"] = cantonese(data, test=False)
    found["hokkien"] = [text for file in HOKKIEN for _, text in hokkien(data, file, test=False)]
    return {name: sorted(some, key=digest) for name, some in found.items()}


def tuned_on(documents: list[str]) -> list[str]:
    """Those of `texts` left out of training."""
    return documents[: max(20, len(documents) // TUNING)]


def trained_on(name: str, documents: list[str]) -> list[Points]:
    """What is read of the others, whole documents until they are enough."""
    symbols, ends = read(strings(pl.Series(documents[len(tuned_on(documents)) :])))
    ends = ends[: np.searchsorted(ends, SYMBOLS[name]) + 1]
    return np.split(symbols[: ends[-1]], ends[:-1])
