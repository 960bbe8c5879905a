"""The passages that readers labelled and the texts written with labels, and folds of them."""

import hashlib
import json
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from quality.scoring import labels
from quality.scoring.labels.authored import authored


class Example(NamedTuple):
    """A labelled passage."""

    text: str
    set: str
    document: str
    education: int
    volatility: int
    industry: str


def examples(data: Path, most: int | None = None) -> list[Example]:
    """The passages of all files of labels and the texts written with theirs, or `most` of each.

    Of a passage read twice the first reading counts.

    Those of the rows of one article of an encyclopedia have one document.
    """
    rows = {_place(row): row for row in reversed(list(_rows()))}
    places = sorted(rows, key=_order)[:most]
    texts = labels.found(data, places)
    read = [
        Example(texts[place], place.set, _document(place), *_grades(rows[place]))
        for place in places
    ]
    written = [
        Example(one.text, "authored", one.text, one.education, one.volatility, one.industry)
        for one in authored()[:most]
    ]
    return read + written


def fold(example: Example, folds: int) -> int:
    """The fold of a passage, the same for all of its document.

    It is drawn by another digest than the samples were, whose shares are one reader's each.
    """
    key = f"{example.set}\n{example.document}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % folds


def _rows() -> Iterable[dict[str, Any]]:
    folder = resources.files(labels.__package__ or "")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".jsonl"):
            yield from (json.loads(line) for line in file.read_text("utf-8").split("\n") if line)


def _grades(row: dict[str, Any]) -> tuple[int, int, str]:
    return row["education"], row["volatility"], row["industry"]


def _place(row: dict[str, Any]) -> labels.Passage:
    return labels.Passage(row["set"], row["id"], row["start"], row["end"])


def _order(place: labels.Passage) -> str:
    key = f"{place.set}\n{place.id}\n{place.start}"
    return hashlib.sha256(key.encode()).hexdigest()


def _document(place: labels.Passage) -> str:
    """The document of a row: `x.json#12-3-4` is a paragraph of article 12.

    >>> _document(labels.Passage("wiki_zh", "x.json#12-3-4", 0, 9))
    'x.json#12'
    """
    return re.sub(r"#(\w+)-.*", r"#\1", place.id)
