"""The per-document steps on records from anywhere: a file, a folder, standard input.

The same chain of functions that the assets run, without storage, duplicates or Dagster. The
objects it yields are a documented, stable contract (docs/inspect.md).
"""

import base64
import binascii
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from assets.exams import exam_index
from assets.settings import source_rules
from assets.sources import discover, read
from quality.alignment import side_by_side
from quality.contamination import contamination
from quality.language import language
from quality.policy import decide
from quality.privacy import privacy, redact
from quality.scoring import signals
from quality.text import convert
from schemas.batches import Batch
from schemas.corpus import Contamination, Corpus
from schemas.errors import ConfigError, NotFoundError
from schemas.policies import without
from schemas.recipes import Recipe
from schemas.sources import Format, Source
from schemas.tables import RECORDS, SIGNAL_UNITS

CHUNK_ROWS, CHUNK_BYTES = 2_000, 8 * 2**20

SUFFIXES: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".md": "text",
    ".pdf": "pdf",
    ".docx": "docx",
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
}
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))


class Inspector:
    """The per-document steps under the rules of one kind of source."""

    def __init__(self, kind: str, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or _no_corpus(kind)
        self.source = Source(kind=kind, format="text", path="-")
        self.rules = without(source_rules(self.corpus, self.source), "duplicate")
        self.exams = exam_index(self.corpus.contamination)

    def objects(self, records: pl.DataFrame, path: str, ids: list[Any]) -> Iterator[dict[str, Any]]:
        """One object a record, in order."""
        converted = (
            convert(records)
            .with_row_index("at")
            .with_columns(pl.col("at").cast(pl.String).alias("doc_id"))
        )
        measured = {row["at"]: row for row in self._measured(converted).iter_rows(named=True)}
        for row in converted.iter_rows(named=True):
            known = {"path": path, "id": ids[row["at"]]}
            if row["reason"] is not None:
                yield known | _rejected(row["stage"], row["reason"])
            else:
                yield known | _inspected(row, measured[row["at"]])

    def _measured(self, converted: pl.DataFrame) -> pl.DataFrame:
        documents = converted.filter(pl.col("reason").is_null()).lazy()
        beside = side_by_side(
            documents.select("doc_id", "at", "text"),
            language(documents),
            signals(documents),
            contamination(documents, self.exams),
            privacy(documents),
        ).collect()
        verdicts = decide(beside.lazy(), self.rules, "").collect().drop("doc_id")
        redacted = redact(beside["text"], beside["findings"], self.corpus.actions(self.source.kind))
        return beside.drop("text").with_columns(redacted.alias("redacted"), *verdicts)


def inspect_path(path: str, form: str, inspector: Inspector) -> Iterator[dict[str, Any]]:
    """Inspect what lies at `path`: a file, every known file of a folder, or `-`.

    Raises:
        NotFoundError: nothing is there.
        ConfigError: the format cannot be told.
    """
    if path == "-":
        yield from _json_lines(sys.stdin.buffer, path, inspector)
    elif Path(path).is_dir():
        for file in sorted(Path(path).rglob("*")):
            if file.is_file() and (form != "auto" or _format(file)):
                yield from inspect_path(str(file), form, inspector)
    elif not Path(path).is_file():
        raise NotFoundError(f"{path} is not there")
    else:
        chosen = form if form != "auto" else _format(Path(path))
        if chosen is None:
            raise ConfigError(f"{path}: cannot tell the format; say it with --format")
        if chosen == "jsonl" and Path(path).suffix not in (".gz", ".zst"):
            with Path(path).open("rb") as lines:
                yield from _json_lines(lines, path, inspector)
        else:
            yield from _file(path, chosen, inspector)


def _file(path: str, form: str, inspector: Inspector) -> Iterator[dict[str, Any]]:
    source = Source.model_validate(
        {"kind": inspector.source.kind, "format": form, "path": str(Path(path).absolute())}
    )
    batch = Batch(name="inspect-00000", source="inspect", files=tuple(discover(source, "")))
    for records in read(batch, source):
        yield from inspector.objects(records, path, records["uri"].to_list())


def _json_lines(lines: BinaryIO, path: str, inspector: Inspector) -> Iterator[dict[str, Any]]:
    for chunk in _chunks(lines):
        rows = [_record(line) for line in chunk]
        ids = [row.pop("id") for row in rows]
        yield from inspector.objects(pl.DataFrame(rows, schema=RECORDS), path, ids)


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        if line.strip():
            chunk.append(line)
            size += len(line)
        if len(chunk) >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _record(line: bytes) -> dict[str, Any]:
    """The row of RECORDS (and `id`) that one line of JSON stands for."""
    row: dict[str, Any] = dict.fromkeys(RECORDS) | {"id": None}
    try:
        given = json.loads(line)
    except UnicodeDecodeError:
        return row | _bad("bad_utf8")
    except ValueError:
        return row | _bad("bad_json")
    if not isinstance(given, dict):
        return row | _bad("not_an_object")
    return row | {"id": given.get("id")} | _content(given)


def _content(given: dict[str, Any]) -> dict[str, Any]:
    page = {"media_type": "text/html"}
    try:
        if "html_b64" in given:
            return page | {"payload": base64.b64decode(given["html_b64"], validate=True)}
        if isinstance(given.get("html"), str):
            return page | {"payload": given["html"].encode(), "charset": "utf-8"}
        if isinstance(given.get("text"), str):
            # A lone surrogate is no text: it has no bytes.
            return {"text": given["text"].encode().decode(), "media_type": "text/plain"}
    except (binascii.Error, TypeError, ValueError):
        return _bad("bad_encoding")
    return _bad("no_field")


def _bad(reason: str) -> dict[str, Any]:
    return {"stage": "read", "reason": reason}


def _inspected(row: dict[str, Any], measured: dict[str, Any]) -> dict[str, Any]:
    findings = [{key: one[key] for key in ("kind", "start", "end")} for one in measured["findings"]]
    return {
        "title": row["title"],
        "text": row["text"],
        "charset": row["charset"],
        "language": measured["language"],
        "confidence": measured["confidence"],
        "signals": {name: measured[name] for name in ("han_ratio", *SIGNAL_UNITS)},
        "findings": findings,
        "redacted": measured["redacted"],
        "verdict": {key: measured[key] for key in ("kept", "rule", "value", "threshold")},
        "rejected": None,
    }


def _rejected(stage: str, reason: str) -> dict[str, Any]:
    empty = dict.fromkeys(("title", "text", "charset", "language", "confidence"))
    return empty | {
        "signals": {},
        "findings": [],
        "redacted": None,
        "verdict": dict.fromkeys(("kept", "rule", "value", "threshold")) | {"kept": False},
        "rejected": {"stage": stage, "reason": reason},
    }


def _format(file: Path) -> Format | None:
    suffixes = [suffix for suffix in file.suffixes if suffix not in (".gz", ".zst")]
    return SUFFIXES.get(suffixes[-1].lower()) if suffixes else None


def _no_corpus(kind: str) -> Corpus:
    """The documented defaults, as if a corpus.yaml had said nothing."""
    source = Source.model_validate({"kind": kind, "format": "text", "path": "-"})
    return Corpus(
        name="inspect",
        sources={"inspect": source},
        contamination=Contamination(),
        mixtures={"none": Recipe.model_validate({})},
    )
