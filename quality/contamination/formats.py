"""Benchmark files as records: what stands in the file, one value an entry."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from schemas.errors import ConfigError

ENDINGS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
"""The files that a folder of exams is searched for."""


def records(payload: bytes, where: str, ending: str) -> Iterator[tuple[str, Any]]:
    """Each entry of a file, and its place in it: "entry 3", "line 3", "row 3", from 1.

    `ending` tells tables (.csv, .tsv, .parquet) from JSON, where it is told by the content whether
    a whole file is one value or each line.

    Raises:
        ConfigError: the content is not what the ending says; with `where` and the place.
    """
    if ending == ".parquet":
        return _parquet(payload, where)
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{where} is not UTF-8 (byte {error.start}): convert the file"
        raise ConfigError(message) from None
    if ending in {".csv", ".tsv"}:
        return _table(text, where, "\t" if ending == ".tsv" else ",")
    return _json(text, where)


def _parquet(payload: bytes, where: str) -> Iterator[tuple[str, Any]]:
    try:
        rows = pl.read_parquet(io.BytesIO(payload))
    except (pl.exceptions.PolarsError, OSError):
        raise ConfigError(f"{where} is not a Parquet file, or not a whole one") from None
    return ((f"row {n}", row) for n, row in enumerate(rows.iter_rows(named=True), start=1))


def _table(text: str, where: str, separator: str) -> Iterator[tuple[str, Any]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] | None = None
    try:
        for row in reader:
            if names is None:
                names = row
            elif row and len(row) != len(names):
                raise ConfigError(
                    f"{where}, line {reader.line_num}: {len(row)} values under {len(names)} names"
                )
            elif row:
                yield f"line {reader.line_num}", dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise ConfigError(f"{where}, line {reader.line_num}: {error}") from None


def _json(text: str, where: str) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return _lines(text, where)
    entries = _listed(whole)
    if entries is None or not all(isinstance(one, dict | list) for one in entries):
        raise ConfigError(f"{where} holds no list of objects, but {type(whole).__name__}")
    return ((f"entry {n}", one) for n, one in enumerate(entries, start=1))


def _listed(whole: Any) -> list[Any] | None:
    """The entries of a JSON value: its own, or those of the first list of objects in it."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        return None
    lists = (value for value in whole.values() if isinstance(value, list) and value)
    inside = (value for value in lists if all(isinstance(one, dict) for one in value))
    return next(inside, None) if not _is_entry(whole) else [whole]


def _is_entry(whole: dict[str, Any]) -> bool:
    """Whether an object is itself an entry: what holds a list of entries has none of these."""
    return any(name in whole for name in ("question", "qas", "questions", "candidates", "choices"))


def _lines(text: str, where: str) -> Iterator[tuple[str, Any]]:
    """JSON lines; only a line feed ends one."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"{where}, line {number}: not JSON ({error.msg})"
            raise ConfigError(message) from None
        if not isinstance(entry, dict | list):
            message = f"{where}, line {number}: no object, but {type(entry).__name__}"
            raise ConfigError(message)
        yield f"line {number}", entry
