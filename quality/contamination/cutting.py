"""Exam passages taken out of documents."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl

from schemas.policies import UNCUT, Exams
from schemas.tables import CONTAMINATION

Hit = Mapping[str, Any]

WORDS = re.compile(r"[^\W\d_]{2}")
"""Two letters or Han that stand together: numbers of questions and letters of options are none."""


def beyond(hits: Iterable[Hit], asked: Exams) -> list[Hit]:
    """The hits with a share that the policy does not allow."""
    most = np.inf if asked.max is None else np.float32(asked.max)
    return [hit for hit in hits if np.float32(hit["share"]) > most]


def without_passages(text: str, hits: Iterable[Hit]) -> str:
    r"""`text` without what stands in the hits; their line feeds stay, so that lines keep numbers.

    >>> without_passages("新闻。\n题目\nA．甲", [{"start": 4, "end": 9}])
    '新闻。\n\n甲'
    """
    made, done = [], 0
    for start, end in sorted((hit["start"], hit["end"]) for hit in hits):
        if end > done:
            first = max(start, done)
            made += [text[done:first], "\n" * text.count("\n", first, end)]
            done = end
    return "".join([*made, text[done:]])


def uncut(asked: Exams | None) -> dict[str, pl.Expr]:
    """The column that the rule of `action: cut` asks about, from `text`, `hits` and `share`.

    It is the share of documents of which no two letters together would be left, and 0 for others:
    those are exams and nothing else, so there is nothing to cut them out of. No column where
    nothing is cut.
    """
    if asked is None or asked.action != "cut":
        return {}

    def left(rows: pl.Series) -> pl.Series:
        shares = [
            row["share"]
            if (hits := beyond(row["hits"], asked))
            and not WORDS.search(without_passages(row["text"], hits))
            else 0.0
            for row in rows
        ]
        return pl.Series(rows.name, shares, dtype=CONTAMINATION["share"])

    many = pl.col("share") > pl.lit(asked.max, dtype=CONTAMINATION["share"])
    text = pl.when(many).then("text")
    hits = pl.when(many).then("hits").otherwise(pl.lit([], dtype=CONTAMINATION["hits"]))
    rows = pl.struct(text.alias("text"), hits.alias("hits"), "share")
    kind = CONTAMINATION["share"]
    return {UNCUT: rows.map_batches(left, return_dtype=kind, is_elementwise=True)}
