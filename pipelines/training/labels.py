"""A file of labels: texts, or ids of documents, and the label of each."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from pipelines.lake import Lake
from schemas.corpus import Corpus
from schemas.errors import ConfigError
from schemas.located import nearest

COLUMNS = ("text", "doc_id", "label")

MOST_TOLD = 5


class Labelled(NamedTuple):
    """A text and its label."""

    text: str
    label: str


class _Row(NamedTuple):
    where: str
    fields: Mapping[str, Any]


def labelled(path: Path, corpus: Corpus | None = None) -> list[Labelled]:
    """The labelled texts of a JSONL, CSV or Parquet file, in its order.

    A row has a `label`, and a `text` or the `doc_id` of a document of `corpus`.

    Raises:
        ConfigError: the file is not there or of another kind, or a row lacks something; it names
            the line, and what is wrong with it.
    """
    rows = [_checked(row) for row in _rows(path)]
    if not rows:
        raise ConfigError(f"{path} is empty: a row is a text (or doc_id) and its label")
    asked = {row.where: row.fields["doc_id"] for row in rows if _text(row) is None}
    texts = _documents(asked, corpus) if asked else {}
    return [
        Labelled(_text(row) or texts[row.fields["doc_id"]], label_of(row.fields["label"]))
        for row in rows
    ]


def label_of(value: Any) -> str:
    """A label as a word: 3, 3.0 and "3" are the same.

    >>> label_of(3.0), label_of(" good "), label_of(True)
    ('3', 'good', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _rows(path: Path) -> Iterator[_Row]:
    readers = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv, ".parquet": _parquet}
    reader = readers.get(path.suffix)
    if reader is None:
        raise ConfigError(f"{path}: labels are a file {', '.join(readers)}")
    try:
        yield from reader(path)
    except FileNotFoundError:
        raise ConfigError(f"{path} is not there") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8") from None
    except (OSError, pl.exceptions.PolarsError, csv.Error) as error:
        raise ConfigError(f"{path} cannot be read ({type(error).__name__})") from None


def _json_lines(path: Path) -> Iterator[_Row]:
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError:
            raise ConfigError(f"{path}:{number}: not JSON") from None
        if not isinstance(fields, dict):
            raise ConfigError(f"{path}:{number}: not a JSON object")
        yield _Row(f"{path}:{number}", fields)


def _csv(path: Path) -> Iterator[_Row]:
    csv.field_size_limit(2**31 - 1)  # the whole process's, and 128 KiB if never set
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for fields in reader:
            yield _Row(f"{path}:{reader.line_num}", fields)


def _parquet(path: Path) -> Iterator[_Row]:
    names = pl.read_parquet_schema(path)
    some = pl.read_parquet(path, columns=[name for name in COLUMNS if name in names])
    for number, fields in enumerate(some.iter_rows(named=True), 1):
        yield _Row(f"{path}: row {number}", fields)


def _checked(row: _Row) -> _Row:
    label, doc_id = row.fields.get("label"), row.fields.get("doc_id")
    if label is None or not label_of(label):
        there = [name for name in row.fields if name]
        hint = nearest("label", there) if "label" not in row.fields and there else "it is empty"
        raise ConfigError(f"{row.where}: no label; {hint}")
    if isinstance(label, list | dict):
        raise ConfigError(f"{row.where}: the label is no word and no number")
    if _text(row) is None and not (isinstance(doc_id, str) and doc_id):
        raise ConfigError(f"{row.where}: no text and no doc_id, or they are empty")
    return row


def _text(row: _Row) -> str | None:
    text = row.fields.get("text")
    return text if isinstance(text, str) and text.strip() else None


def _documents(asked: Mapping[str, str], corpus: Corpus | None) -> Mapping[str, str]:
    """The texts of the documents that rows ask for by their ids."""
    where = next(iter(asked))
    if corpus is None:
        raise ConfigError(f"{where}: a doc_id is looked up in a corpus: name its file with -c")
    lake = Lake(corpus.home)
    batches = [
        name for name in lake.batches_of(corpus.sources) if lake.path("documents", name).is_file()
    ]
    found = _scan(lake, batches, set(asked.values()))
    if missing := [place for place, doc_id in asked.items() if doc_id not in found]:
        raise ConfigError(
            f"{missing[0]}: no document of {corpus.home} has this doc_id"
            + (f" ({len(missing)} such rows)" if len(missing) > 1 else "")
        )
    return found


def _scan(lake: Lake, batches: Iterable[str], ids: set[str]) -> dict[str, str]:
    rows = lake.scan("documents", batches).filter(pl.col("doc_id").is_in(list(ids)))
    return dict(rows.select("doc_id", "text").collect().iter_rows())
