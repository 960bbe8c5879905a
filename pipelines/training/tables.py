"""Tables to learn from: JSONL, CSV or Parquet, whose rows are texts or name documents."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.lake import Lake
from schemas.corpus import Corpus
from schemas.errors import ConfigError
from schemas.located import nearest

ROWS = 4096
"""Rows of Parquet held at a time."""


class Row(NamedTuple):
    """Where a row stands, what it holds of the columns asked for, and the names of all columns."""

    where: str
    fields: Mapping[str, Any]
    names: Sequence[str]

    @property
    def text(self) -> str | None:
        """The text, null where there is none or it is blank; half a surrogate pair is a ?."""
        text = self.fields.get("text")
        if not isinstance(text, str) or not text.strip():
            return None
        return text.encode(errors="replace").decode()

    @property
    def doc_id(self) -> str | None:
        """The id of a document, null where there is none."""
        doc_id = self.fields.get("doc_id")
        return doc_id if isinstance(doc_id, str) and doc_id else None

    def instead_of(self, column: str) -> str:
        """A hint for a column that is missing.

        Where a CSV has no header its first row would be names; such are not told.

        >>> Row("", {}, ["body", "lable"]).instead_of("label")
        "did you mean 'lable'?"
        >>> Row("", {}, ["王小明", "13812345678"]).instead_of("text")
        'columns need a name, in a CSV in its first line'
        """
        names = [name for name in self.names if name and name.isascii() and name.isidentifier()]
        return (
            nearest(column, names) if names else "columns need a name, in a CSV in its first line"
        )


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table in its order, one after the other.

    Raises:
        ConfigError: the file is not there, of another kind, or cannot be read; it names the line.
    """
    readers = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv, ".parquet": _parquet}
    reader = readers.get(path.suffix)
    if reader is None:
        raise ConfigError(f"{path} is none of {', '.join(readers)}: write the rows as one of these")
    try:
        yield from reader(path, columns)
    except FileNotFoundError:
        raise ConfigError(f"{path} is not there") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8") from None
    except (OSError, pa.ArrowException, csv.Error) as error:
        raise ConfigError(f"{path} cannot be read ({type(error).__name__})") from None


def _json_lines(path: Path, _columns: Sequence[str]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                fields = json.loads(line)
            except ValueError:
                raise ConfigError(f"{path}:{number}: not JSON") from None
            if not isinstance(fields, dict):
                raise ConfigError(f"{path}:{number}: not a JSON object")
            yield Row(f"{path}:{number}", fields, list(fields))


def _csv(path: Path, _columns: Sequence[str]) -> Iterator[Row]:
    csv.field_size_limit(2**31 - 1)  # the whole process's, and 128 KiB if never set
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for fields in reader:
            yield Row(f"{path}:{reader.line_num}", fields, list(reader.fieldnames or ()))


def _parquet(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        wanted = [name for name in columns if name in names]
        number = 0
        for batch in file.iter_batches(ROWS, columns=wanted):
            rows = batch.to_pylist() if wanted else [{}] * batch.num_rows
            for fields in rows:
                number += 1
                yield Row(f"{path}: row {number}", fields, names)


def documents(
    asked: Mapping[str, str], corpus: Corpus | None, table: Literal["documents", "corpus"]
) -> Iterator[tuple[str, str]]:
    """The id and the text of each document in `table`, those of one batch held at a time.

    `asked` says of each id where it is asked for.

    Raises:
        ConfigError: there is no corpus, or at the end, a document was not in it.
    """
    where = next(iter(asked.values()))
    if corpus is None:
        raise ConfigError(f"{where}: a doc_id is looked up in a corpus: name its file with -c")
    lake = Lake(corpus.home)
    missing = dict(asked)
    for name in lake.batches_of(corpus.sources):
        if lake.path(table, name).is_file():
            rows = lake.scan(table, [name]).filter(pl.col("doc_id").is_in(list(asked)))
            for doc_id, text in rows.select("doc_id", "text").collect().iter_rows():
                missing.pop(doc_id, None)
                yield doc_id, text
    if missing:
        what = "document" if table == "documents" else "kept document"
        more = f" ({len(missing)} such rows)" if len(missing) > 1 else ""
        raise ConfigError(
            f"{next(iter(missing.values()))}: no {what} of {corpus.home} has this doc_id{more}; "
            "'wenyuan why DOC_ID' says what is known of one"
        )
