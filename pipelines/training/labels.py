"""A file of labels: texts, or ids of documents, and the label of each."""

from pathlib import Path
from typing import Any, NamedTuple

from pipelines.training.tables import Row, documents, rows_of
from schemas.corpus import Corpus
from schemas.errors import ConfigError

COLUMNS = ("text", "doc_id", "label")


class Labelled(NamedTuple):
    """A text and its label."""

    text: str
    label: str


def labelled(path: Path, corpus: Corpus | None = None) -> list[Labelled]:
    """The labelled texts of a JSONL, CSV or Parquet file, in its order.

    A row has a `label`, and a `text` or the `doc_id` of a document of `corpus`.

    Raises:
        ConfigError: the file is not there or of another kind, or a row lacks something; it names
            the line, and what is wrong with it.
    """
    rows = [_checked(row) for row in rows_of(path, COLUMNS)]
    if not rows:
        raise ConfigError(f"{path} is empty: a row is a text (or doc_id) and its label")
    asked: dict[str, str] = {}
    for row in rows:
        if row.text is None and row.doc_id is not None:
            asked.setdefault(row.doc_id, row.where)
    texts = dict(documents(asked, corpus, "documents")) if asked else {}
    return [
        Labelled(row.text or texts[str(row.doc_id)], label_of(row.fields["label"])) for row in rows
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


def _checked(row: Row) -> Row:
    label = row.fields.get("label")
    if label is None or not label_of(label):
        hint = row.instead_of("label") if "label" not in row.fields else "it is empty"
        raise ConfigError(f"{row.where}: no label; {hint}")
    if isinstance(label, list | dict):
        raise ConfigError(f"{row.where}: the label is no word and no number")
    if row.text is None and row.doc_id is None:
        raise ConfigError(f"{row.where}: no text and no doc_id, or they are empty")
    return row
