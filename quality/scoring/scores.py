"""What models think of documents: the table of scores."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import Strings, strings
from schemas.scores import INDUSTRIES, OWN, SCORE_UNITS, SCORES

Numbers = npt.NDArray[np.float32]

Scorer = Callable[[Strings], Numbers]
"""One number a text; NaN where there is nothing to judge."""


class Guess(NamedTuple):
    """The industry of each text, as a place in `schemas.scores.INDUSTRIES`, and how sure it is."""

    industry: npt.NDArray[np.int64]
    confidence: Numbers


class Scorers(NamedTuple):
    """What gives each column: `numbers` those of `SCORE_UNITS`, by name; `own` all others."""

    numbers: Mapping[str, Scorer]
    industry: Callable[[Strings], Guess]
    own: Mapping[str, Scorer]


_VALUES = pl.Struct({name: kind for name, kind in SCORES.items() if name != "doc_id"})


def scores(documents: pl.LazyFrame, scorers: Scorers) -> pl.LazyFrame:
    """The scores of each document, in the order of `documents`."""

    def judged(texts: pl.Series) -> pl.Series:
        read = strings(texts)
        numbers = {name: _column(scorers.numbers[name](read)) for name in SCORE_UNITS}
        guess = scorers.industry(read)
        return pl.DataFrame(
            {
                **numbers,
                "industry": _named(guess),
                "industry_confidence": _column(guess.confidence),
                "own": _own(read, scorers.own),
            },
            schema=_VALUES.to_schema(),
        ).to_struct(texts.name)

    measured = pl.col("text").map_batches(judged, return_dtype=_VALUES, is_elementwise=True)
    return documents.select("doc_id", measured.alias("scores")).unnest("scores")


def _column(numbers: Numbers) -> pl.Series:
    return pl.Series(numbers, dtype=pl.Float32).fill_nan(None)


def _named(guess: Guess) -> pl.Series:
    names = pl.Series(list(INDUSTRIES), dtype=pl.String)
    known = pl.Series(guess.industry)
    return names.gather(known.set(known < 0, None))


def _own(texts: Strings, scorers: Mapping[str, Scorer]) -> pl.Series:
    """For each text, the name and the score of each scorer of one's own, by name."""
    columns = [
        pl.struct(name=pl.lit(name), score=pl.lit(_column(scorers[name](texts))))
        for name in sorted(scorers)
    ]
    if not columns:
        return pl.Series([[]], dtype=OWN).new_from_index(0, texts.valid.size)
    return pl.select(pl.concat_list(columns)).to_series().cast(OWN)
