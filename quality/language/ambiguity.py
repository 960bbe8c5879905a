"""Which lines truly belong to two varieties: told by the data and by OpenCC, never by our answer.

A line is *shared* if each of its clauses (Han characters between two others or the ends of a line,
folded to Simplified) also stands as a clause in a text of another variety, in any shared set. It is
*unscripted* if it is Mandarin and OpenCC changes nothing in it on the way to the other script.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import opencc
import polars as pl

from quality.kernels.arrow import strings
from quality.language.heldout import Labelled, spaceless
from quality.language.kernels import Offsets, clauses
from quality.language.scripts import fold_table, space_table
from quality.language.sets import CLASSICAL_AT_MOST, bulk, japanese, rows_of, vernacular

MANDARIN = (
    "law_zh_hans",
    "law_zh_hant",
    "medical_zh_hans",
    "modern_translation_zh_hans",
    "news_zh_hans",
    "tech_docs_zh_hans",
    "tech_docs_zh_hant",
    "tw_web_zh_hant",
    "wiki_zh",
)
MIXED_SETS = ("its vernacular novels",)
"""Sets whose label says nothing of a single clause."""

Hashes = npt.NDArray[np.uint64]


def known_clauses(data: Path, sets: list[Labelled]) -> dict[str, Hashes]:
    """The sorted hashes of the clauses of each variety (zh in both scripts), of all shared data."""
    texts: dict[str, list[str]] = {}
    for variety, some in _texts(data, sets):
        texts.setdefault(variety, []).extend(some)
    return {variety: np.unique(_clauses(some)[0]) for variety, some in texts.items()}


def _texts(data: Path, sets: list[Labelled]) -> Iterator[tuple[str, list[str]]]:
    for name in MANDARIN:
        yield "zh", bulk(data, name)["text"].to_list()
    yield "lzh", classical(bulk(data, "classical_lzh")["text"].to_list())
    yield "yue", bulk(data, "cantonese_yue")["text"].to_list()
    yield "yue", [spaceless(r["text"]) for r in rows_of(data / "lid-hkcancor" / "lid.jsonl.zst")]
    hokkien = bulk(data, "hokkien_nan")
    for variety, file in (("nan", "改漢字.txt"), ("zh", "原始華語.txt")):
        yield variety, hokkien.filter(pl.col("source").str.ends_with(file))["text"].to_list()
    yield "ja", japanese(data, test=False)
    for name, expected, keyed in sets:
        texts = [text for _, text in keyed]
        if name not in MIXED_SETS and _variety(expected) in {"zh", "yue", "lzh", "nan", "ja"}:
            yield _variety(expected), classical(texts) if name == "text-classical-lzh" else texts


def classical(texts: list[str]) -> list[str]:
    """Those of the old books that are surely not in the vernacular."""
    return [text for text in texts if vernacular(text) <= CLASSICAL_AT_MOST]


def _variety(tag: str) -> str:
    """The tag without its script."""
    return tag.partition("-")[0]


def _clauses(texts: list[str]) -> tuple[Hashes, Offsets]:
    data, offsets, _ = strings(pl.Series(texts, dtype=pl.String))
    return clauses(data, offsets, fold_table(), space_table())


def ambiguity(lines: pl.DataFrame, known: dict[str, Hashes]) -> pl.DataFrame:
    """`lines` (of `text` and `expected`) with the columns `shared` and `unscripted`."""
    hashes, rows = _clauses(lines["text"].to_list())
    clauses_of = np.bincount(rows, minlength=len(lines))
    expected = lines["expected"].str.split("-").list.first().to_numpy()
    shared = np.zeros(len(lines), np.bool_)
    for variety, theirs in known.items():
        places = np.searchsorted(theirs, hashes).clip(0, len(theirs) - 1)
        found = np.bincount(rows, theirs[places] == hashes, len(lines))
        shared |= (found == clauses_of) & (clauses_of > 0) & (expected != variety)
    convert = {"zh-Hans": opencc.OpenCC("s2t").convert, "zh-Hant": opencc.OpenCC("t2s").convert}
    unscripted = [
        tag in convert and convert[tag](text) == text
        for tag, text in lines.select("expected", "text").iter_rows()
    ]
    return lines.with_columns(
        shared=pl.Series(shared & np.isin(expected, list(known))),
        unscripted=pl.Series(unscripted, dtype=pl.Boolean),
    )
