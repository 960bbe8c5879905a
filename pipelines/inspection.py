"""The per-document steps on records from anywhere, without storage, duplicates or Dagster.

The same chain of functions that the assets run. The objects it yields are a documented, stable
contract (docs/inspect.md); what a document's object says never depends on its neighbours.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from polars import selectors as cs

from assets.exams import exam_index
from assets.settings import source_rules
from assets.sources import read
from assets.sources.streams import open_raw
from pipelines.jsonlines import arriving, decompressed, records_of
from pipelines.paths import Place
from quality.alignment import side_by_side
from quality.contamination import contamination
from quality.language import language
from quality.policy import decide
from quality.privacy import privacy, redact
from quality.scoring import signals
from quality.text import convert
from schemas.batches import Batch, RawFile
from schemas.corpus import Contamination, Corpus
from schemas.errors import ConfigError
from schemas.policies import without
from schemas.recipes import Recipe
from schemas.sources import MEDIA_TYPES, Source
from schemas.tables import RECORDS, SIGNAL_UNITS

Object = dict[str, Any]
DIGITS = 7
"""Significant digits of a measured number: all that a Float32 holds."""


class Inspector:
    """The per-document steps under the rules of one kind of source."""

    def __init__(self, kind: str, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or _no_corpus(kind)
        self.source = Source(kind=kind, format="text", path="-")
        self.rules = without(source_rules(self.corpus, self.source), "duplicate")
        self.actions = self.corpus.actions(kind)
        self.exams = exam_index(self.corpus.contamination)

    def objects(self, records: pl.DataFrame, paths: list[str], ids: list[Any]) -> list[Object]:
        """One object a record (RECORDS), in order."""
        converted = (
            convert(records)
            .with_row_index("at")
            .with_columns(pl.col("at").cast(pl.String).alias("doc_id"))
        )
        measured = iter(self._measured(converted).iter_rows(named=True))
        shown = converted.select("title", "text", "charset", "stage", "reason")
        return [
            {"path": path, "id": id_}
            | (_inspected(row, next(measured)) if row["reason"] is None else _rejected(row))
            for path, id_, row in zip(paths, ids, shown.iter_rows(named=True), strict=True)
        ]

    def _measured(self, converted: pl.DataFrame) -> pl.DataFrame:
        documents = converted.filter(pl.col("reason").is_null()).lazy()
        beside = side_by_side(
            documents.select("doc_id", "text"),
            language(documents),
            signals(documents),
            contamination(documents, self.exams),
            privacy(documents),
        ).collect()
        verdicts = decide(beside.lazy(), self.rules, "").collect().drop("doc_id")
        redacted = redact(beside["text"], beside["findings"], self.actions)
        return beside.select(
            "language",
            cs.float().cast(pl.Float64).round_sig_figs(DIGITS),
            cs.unsigned_integer(),
            pl.col("findings").list.eval(pl.element().struct.field("kind", "start", "end"))
            if False
            else pl.col("findings"),
            redacted.alias("redacted"),
            *verdicts,
        )
