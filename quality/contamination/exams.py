"""Benchmark files as exam items."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from schemas.errors import ConfigError

ITEMS = pl.Schema({"benchmark": pl.String, "item": pl.String, "text": pl.String})

NOTES = frozenset(
    {"id", "analysis", "explanation", "other", "source", "year", "category", "keywords", "split"}
)
"""Fields about an item, as GAOKAO-Bench, AGIEval and C-Eval name them: no candidate reads them."""


def exam_items(payload: bytes, benchmark: str) -> pl.DataFrame:
    r"""The items of a benchmark file: `benchmark`, `item` and `text`, in the order of the file.

    `payload` is UTF-8: a JSON array of objects, a JSON object that holds one (GAOKAO-Bench's
    `example`), or JSON lines. `item` is the object's `id`, else its place from 0; `text` joins
    all its strings (passage, stem, options, answers) except `NOTES`. Raises `ConfigError` for
    anything else.

    >>> exam_items('[{"question": "问", "options": ["甲", "乙"]}]'.encode(), "demo").rows()
    [('demo', '0', '问\n甲\n乙')]
    """
    rows = [
        (benchmark, str(entry.get("id", place)), "\n".join(_strings(entry)))
        for place, entry in enumerate(_entries(payload, benchmark))
    ]
    return pl.DataFrame(rows, schema=ITEMS, orient="row")


def _entries(payload: bytes, benchmark: str) -> list[dict[str, Any]]:
    """The objects of the file, whichever of the three forms it has."""
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"benchmark {benchmark!r} is not UTF-8 (byte {error.start}): convert the file"
        raise ConfigError(message) from None
    try:
        entries = json.loads(text)
    except json.JSONDecodeError:
        entries = [_line(line, number, benchmark) for number, line in _lines(text)]
    if isinstance(entries, dict):
        lists = [value for value in entries.values() if _are_objects(value)]
        entries = lists[0] if lists else [entries]
    if not _are_objects(entries):
        message = f"benchmark {benchmark!r} holds no list of objects, but {type(entries).__name__}"
        raise ConfigError(message)
    return list(entries)


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The non-empty lines, numbered from 1; only a line feed ends a line."""
    lines = enumerate(text.split("\n"), start=1)
    return ((number, line) for number, line in lines if line.strip())


def _line(line: str, number: int, benchmark: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        message = f"benchmark {benchmark!r}, line {number}: not JSON ({error.msg})"
        raise ConfigError(message) from None


def _strings(value: object) -> Iterator[str]:
    """Every string inside `value`, in order, those under `NOTES` left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOTES:
                yield from _strings(part)
