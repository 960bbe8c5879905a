"""The per-document steps on records from anywhere, without storage, duplicates or Dagster.

The same chain of functions that the assets run. The objects it yields are a documented, stable
contract (docs/inspect.md); what is said of a document never depends on its neighbours.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl
from polars import selectors as cs

from assets.exams import exam_index
from assets.languages import language_model
from assets.scorers import scorers
from assets.settings import source_rules
from assets.sources import read
from pipelines.inputs import STDIN, Place, arriving, decompressed, line_chunks, places, record_of
from quality.alignment import side_by_side
from quality.contamination import contamination, uncut_share
from quality.language import language
from quality.policy import decide, own_scores
from quality.privacy import densities, privacy, redact
from quality.scoring import scores, signals
from quality.text import convert
from schemas.batches import Batch, RawFile
from schemas.corpus import Contamination, Corpus
from schemas.errors import ConfigError
from schemas.policies import UNCUT, without
from schemas.recipes import Recipe
from schemas.scores import SCORE_UNITS
from schemas.signals import SIGNAL_UNITS
from schemas.sources import MEDIA_TYPES, Format, Source
from schemas.tables import RECORDS

Object = dict[str, Any]

DIGITS = 7
"""Significant digits of a measured number: all that a Float32 holds."""

OF_THE_CORPUS = ("duplicate", "cluster_size", "common_ratio")
"""The rules that ask about a document's place among the others."""

_SAID = ("title", "author", "published_at", "text", "charset", "charset_confidence", "ai_label")
_TOLD = (*_SAID, "stage", "reason")
_SIGNALS = ("han_ratio", *SIGNAL_UNITS)
_SCORES = (*SCORE_UNITS, "industry", "industry_confidence")
_VERDICT = ("kept", "rule", "value", "threshold")
_FINDING = ("kind", "start", "end", "rule")

_NO_SECRET = b""
"""Inspecting knows no lake: its stand-ins show their form, and are not those of a build."""


class Inspector:
    """The per-document steps under the rules of one kind of source."""

    def __init__(self, kind: str, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or _no_corpus(kind)
        self.source = Source(kind=kind, format="text", path=STDIN)
        self.rules = without(source_rules(self.corpus, self.source), *OF_THE_CORPUS)
        self.privacy = self.corpus.treatments(kind)
        self.exams = exam_index(self.corpus.contamination)
        self.model = language_model(self.corpus.language)
        self.scorers = scorers(self.corpus)

    def objects(self, records: pl.DataFrame, paths: list[str], ids: list[Any]) -> list[Object]:
        """One object a record (RECORDS), in order."""
        converted = (
            convert(records)
            .with_row_index("at")
            .with_columns(pl.col("at").cast(pl.String).alias("doc_id"))
        )
        measured = iter(self._measured(converted).iter_rows(named=True))
        rows = converted.select(_TOLD).iter_rows(named=True)
        return [
            {"path": path, "id": of}
            | (_inspected(row, next(measured)) if row["reason"] is None else _rejected(row))
            for path, of, row in zip(paths, ids, rows, strict=True)
        ]

    def _measured(self, converted: pl.DataFrame) -> pl.DataFrame:
        documents = converted.filter(pl.col("reason").is_null()).lazy()
        rows = side_by_side(
            documents.select("doc_id", "text"),
            language(documents, self.model),
            signals(documents),
            scores(documents, self.scorers),
            contamination(documents, self.exams),
            privacy(documents),
        )
        beside = rows.with_columns(
            uncut_share(), **densities(self.privacy), **own_scores(self.corpus.own)
        ).collect()
        verdicts = decide(beside.lazy(), self.rules, "").collect().drop("doc_id")
        redacted = redact(beside["text"], beside["findings"], self.privacy, key=_NO_SECRET)
        numbers = cs.float().cast(pl.Float64).round_sig_figs(DIGITS)
        return beside.drop("text", UNCUT).with_columns(
            numbers, redacted.alias("redacted"), *verdicts
        )


def inspect_paths(paths: Sequence[str], form: str, inspector: Inspector) -> Iterator[list[Object]]:
    """Inspect files, folders and standard input (`-`), in their order, a chunk at a time.

    Raises:
        NotFoundError, ConfigError: as `places` says, before anything is inspected.
    """
    for (chosen, piped), found in groupby(places(paths, form), _reader):
        files = [place.path for place in found]
        if chosen == "jsonl":
            for file in files:
                yield from _json_lines(file, inspector)
        elif piped:
            yield _whole_input(chosen, inspector)
        else:
            yield from _records(files, chosen, inspector)


def _reader(place: Place) -> tuple[Format, bool]:
    """What neighbouring places have in common that are read together."""
    return place.form, place.path == STDIN


def _records(paths: list[str], form: Format, inspector: Inspector) -> Iterator[list[Object]]:
    source = inspector.source.model_copy(update={"format": form})
    given = {str(Path(path).absolute()): path for path in paths}
    files = tuple(RawFile(path=path, size=0, version="") for path in given)
    for records in read(Batch(name="inspect-00000", source="inspect", files=files), source):
        told = [
            (given[raw], uri and uri.replace(raw, given[raw], 1))
            for raw, uri in records.select("raw_path", "uri").iter_rows()
        ]
        yield inspector.objects(records, [path for path, _ in told], [uri for _, uri in told])


def _whole_input(form: Format, inspector: Inspector) -> list[Object]:
    """Standard input as one page, text, PDF or Word document."""
    if form not in MEDIA_TYPES:
        raise ConfigError(
            f"standard input cannot be {form}; it is jsonl or one of {', '.join(MEDIA_TYPES)}"
        )
    record = {"payload": sys.stdin.buffer.read(), "media_type": MEDIA_TYPES[form]}
    return inspector.objects(_frame([record]), [STDIN], [None])


def _json_lines(path: str, inspector: Inspector) -> Iterator[list[Object]]:
    pieces: Iterable[bytes | str]
    pieces = arriving(sys.stdin.buffer) if path == STDIN else decompressed(path)
    for lines in line_chunks(pieces):
        records = [record_of(line) for line in lines]
        ids = [record.get("id") for record in records]
        yield inspector.objects(_frame(records), [path] * len(ids), ids)


def _frame(records: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        {name: [record.get(name) for record in records] for name in RECORDS}, schema=RECORDS
    )


def _inspected(row: dict[str, Any], measured: dict[str, Any]) -> Object:
    return {
        **{name: row[name] for name in _SAID},
        "published_at": row["published_at"] and row["published_at"].isoformat(),
        "charset_confidence": _rounded(row["charset_confidence"]),
        "language": measured["language"],
        "confidence": measured["confidence"],
        "languages": {one["language"]: round(one["share"], DIGITS) for one in measured["shares"]},
        "signals": {name: measured[name] for name in _SIGNALS},
        "scores": _scores(measured),
        "findings": [_found(one) for one in measured["findings"]],
        "redacted": measured["redacted"],
        "verdict": {key: measured[key] for key in _VERDICT},
        "rejected": None,
    }


def _scores(measured: dict[str, Any]) -> dict[str, Any]:
    own = {one["name"]: _rounded(one["score"]) for one in measured["own"]}
    return {name: measured[name] for name in _SCORES} | own


def _found(finding: dict[str, Any]) -> Object:
    told = {key: finding[key] for key in _FINDING}
    return told | {"confidence": _rounded(finding["confidence"])}


def _rounded(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.{DIGITS}g}")


def _rejected(row: dict[str, Any]) -> Object:
    return {
        **dict.fromkeys((*_SAID, "language", "confidence")),
        "languages": {},
        "signals": {},
        "scores": {},
        "findings": [],
        "redacted": None,
        "verdict": dict.fromkeys(_VERDICT) | {"kept": False},
        "rejected": {"stage": row["stage"], "reason": row["reason"]},
    }


def _no_corpus(kind: str) -> Corpus:
    """The documented defaults, as if a corpus.yaml had said nothing."""
    return Corpus(
        name="inspect",
        sources={"inspect": Source(kind=kind, format="text", path=STDIN)},
        contamination=Contamination(),
        mixtures={"none": Recipe()},
    )
