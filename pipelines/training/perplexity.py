"""From clean texts to a character model, and how surprised it is by texts it has not seen."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import BaseModel

from pipelines.training.drawing import Drawn, Text, drawn
from pipelines.training.parts import HELD_OUT, place_of
from pipelines.training.tables import documents, rows_of
from quality.kernels.arrow import Strings, strings
from quality.scoring.perplexity.kernels import Hashed
from quality.scoring.perplexity.learning import learned_from
from quality.scoring.perplexity.model import LEAST, bundled, judged, of_all
from quality.scoring.perplexity.packing import grams_of, unpacked
from schemas.corpus import Corpus
from schemas.errors import ConfigError

COLUMNS = ("text", "doc_id")

LEAST_TEXTS = 100
"""Different texts that are needed; about 15 of them are held out."""

MOST = 40_000_000
"""Symbols read, of the texts learned from and of those held out: at 170 bytes each of the former
(`quality.scoring.perplexity.estimating`) they take at most 6 GB. More would change little: a file
has room for 2.6 million n-grams."""

Arrays = dict[str, npt.NDArray[Any]]


class Amount(BaseModel):
    """Some texts, and the Han characters in them."""

    texts: int
    characters: int


class Surprise(BaseModel):
    """Perplexities: of all texts as one; below which half, and 95 of 100 of the texts lie."""

    whole: float
    median: float
    p95: float


class Learned(BaseModel):
    """What came of it; perplexities are of the held-out texts.

    `short` counts the rows with too few Han characters; `left` tells whether there was more text
    than is read.
    """

    rows: int
    short: int
    left: bool
    learned: Amount
    held_out: Amount
    ngrams: int
    own: Surprise
    bundled: Surprise


def texts_of(path: Path, corpus: Corpus | None = None) -> Iterator[str]:
    """The texts of a JSONL, CSV or Parquet file, one after the other.

    A row has a `text`, or the `doc_id` of a document that `corpus` has kept, whose text is then
    taken as it is in the corpus: cleaned and redacted. Blank texts are texts.

    Raises:
        ConfigError: as `rows_of` and `documents`, or a row has neither column; it names the line.
    """
    asked: dict[str, str] = {}
    empty = True
    for row in rows_of(path, COLUMNS):
        empty = False
        if not row.fields.keys() & set(COLUMNS):
            raise ConfigError(f"{row.where}: no text and no doc_id; {row.instead_of('text')}")
        if row.text is None and row.doc_id is not None:
            asked.setdefault(row.doc_id, row.where)
        else:
            yield row.text or ""
    if empty:
        raise ConfigError(f"{path} is empty: a row is a text, or the doc_id of a document")
    if asked:
        yield from (text for _, text in documents(asked, corpus, "corpus"))


def learned(path: Path, corpus: Corpus | None = None, most: int = MOST) -> tuple[Arrays, Learned]:
    """The file of the model of these texts, and its figures.

    A text is held out by the hash of what it folds to, 15 of 100, the same ones that are held out
    of labelled texts.

    Raises:
        ConfigError: as `texts_of`, or there are too few texts.
    """
    read = drawn(texts_of(path, corpus), LEAST, most)
    _require_enough(path, read)
    kept = [text for key, text in read.texts.items() if place_of(key) < HELD_OUT]
    held = [text for key, text in read.texts.items() if place_of(key) >= HELD_OUT]
    if not held or not kept:
        raise ConfigError(f"{path}: no text is held out, or all are: add some")
    arrays = learned_from(_column(kept))
    unseen = strings(_column(held))
    return arrays, Learned(
        rows=read.rows,
        short=read.short,
        left=read.left,
        learned=_amount(kept),
        held_out=_amount(held),
        ngrams=grams_of(arrays),
        own=_surprise(unseen, unpacked(arrays)),
        bundled=_surprise(unseen, bundled()),
    )


def _require_enough(path: Path, read: Drawn) -> None:
    if len(read.texts) < LEAST_TEXTS:
        raise ConfigError(
            f"{path} has {len(read.texts):,} different texts of {LEAST} Han characters or more "
            f"({read.short:,} of {read.rows:,} rows have fewer): {LEAST_TEXTS} are needed. Add "
            "texts, or cut long ones into chapters"
        )


def _column(texts: Sequence[Text]) -> pl.Series:
    return pl.Series([text.text for text in texts])


def _amount(texts: Sequence[Text]) -> Amount:
    return Amount(texts=len(texts), characters=sum(text.han for text in texts))


def _surprise(texts: Strings, model: Hashed) -> Surprise:
    median, p95 = np.quantile(judged(texts, model), [0.5, 0.95])
    return Surprise(whole=of_all(texts, model), median=float(median), p95=float(p95))
