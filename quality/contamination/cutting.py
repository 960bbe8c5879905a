"""Exam passages taken out of documents."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl

from schemas.policies import UNCUT, Exams
from schemas.tables import CONTAMINATION

Hit = Mapping[str, Any]


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


def uncut_share() -> pl.Expr:
    """The column `UNCUT`, which the rule of `action: cut` asks about, from `hits` and `chars`.

    It is the share at which a document becomes an exam paper: the passages of the items of which
    so much stands in it, or more, are half of its characters. Cutting would leave nothing of
    an exam but its numbers, so such a document goes as a whole; 0 for all others.

    >>> hits = [{"benchmark": "a", "item": "1", "share": 0.5, "start": 0, "end": 60}]
    >>> rows = pl.DataFrame({"hits": [hits, hits, []], "chars": [100, 200, 9]})
    >>> rows.select(uncut_share()).to_series().to_list()
    [0.5, 0.0, 0.0]
    """
    kind = CONTAMINATION["share"]
    rows = pl.struct("hits", "chars")
    return rows.map_batches(_papers, return_dtype=kind, is_elementwise=True).alias(UNCUT)


def _papers(rows: pl.Series) -> pl.Series:
    shares = np.zeros(rows.len(), np.float32)
    some = rows.struct.field("hits").list.len().fill_null(0) > 0
    for at in some.arg_true():
        shares[at] = _paper(rows[int(at)]["hits"], rows[int(at)]["chars"])
    return pl.Series(rows.name, shares)


def _paper(hits: list[Hit], chars: int) -> float:
    """The share at which the passages of `hits`, the fullest first, come to half of `chars`."""
    held = np.zeros(chars, bool)
    for hit in sorted(hits, key=lambda hit: -hit["share"]):
        held[hit["start"] : hit["end"]] = True
        if 2 * np.count_nonzero(held) >= chars:
            return float(hit["share"])
    return 0.0
