"""All that is measured of the documents of a source, side by side: what its rules are asked of."""

from collections.abc import Mapping

import polars as pl

from quality.alignment import side_by_side
from quality.contamination import uncut_share
from quality.policy import own_scores
from quality.privacy import densities
from schemas.corpus import Corpus
from schemas.sources import Source

MEASUREMENTS = (
    *("language", "signals", "scores", "contamination"),
    *("privacy", "duplicates", "boilerplate"),
)
"""The tables a decision reads."""


def measured(tables: Mapping[str, pl.LazyFrame], corpus: Corpus, source: Source) -> pl.LazyFrame:
    """`tables`, as many of `MEASUREMENTS` as there are, as `quality.policy.decide` takes them."""
    named = {"duplicates": {"kept": "duplicate_kept"}}
    there = [tables[name].rename(named.get(name, {})) for name in MEASUREMENTS if name in tables]
    own = own_scores(corpus.own) if "scores" in tables else {}
    papers = [uncut_share()] if {"contamination", "signals"} <= set(tables) else []
    of_kind = densities(corpus.treatments(source.kind))
    return side_by_side(*there).with_columns(*papers, **of_kind, **own)
