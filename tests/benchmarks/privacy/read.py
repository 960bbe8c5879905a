"""How far findings agree with 300 passages of real text that were read and labelled by hand.

    python -m tests.benchmarks.privacy.read DATA [tune|final]

`tests/quality/privacy/read.json` holds places alone: file and row of the shared data, characters,
and the kind of each span. Half of the documents, by a hash of their key, are held out (`final`).

Names are asked for as a person's: with family name and given name, in Han characters, whoever it is
(`name.private`, `.byline`, `.citation`, `.mention`). Given names, titles and nicknames alone
(`name.partial`) and transliterated names (`name.foreign`) are neither asked for nor wrong, and so
are values of the public (`phone.public`, `other`).
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from quality.language.sets import rows_of
from quality.privacy.agreement import agreement
from quality.text.gold import gold_pages
from tests.benchmarks.privacy.agreement import print_table, wenyuan
from tests.benchmarks.privacy.sets import Finder, Found, rows

LABELS = Path(__file__).parents[2] / "quality" / "privacy" / "read.json"
ASKED = frozenset({"name.private", "name.byline", "name.citation", "name.mention"})
DOUBTFUL = frozenset({"name.partial", "name.foreign", "phone.public", "other"})


class Passage(NamedTuple):
    """A passage, its personal data, and stretches that may be found or not."""

    key: str
    text: str
    truth: list[Found]
    doubtful: list[tuple[int, int]]


def main(data: Path, half: str) -> None:
    """Print the table, and the false findings in 100,000 characters."""
    chosen = [one for one in passages(data) if half_of(one.key) == half]
    characters = sum(len(one.text) for one in chosen)
    table, false = measured(wenyuan, chosen)
    print(f"{half}: {len(chosen)} passages, {characters:,} characters")
    print_table(table)
    print(f"{false * 100_000 / characters:.1f} false findings in 100,000 characters")


def half_of(key: str) -> str:
    """Which half a document is in.

    >>> half_of("a"), half_of("e")
    ('tune', 'final')
    """
    return ("tune", "final")[hashlib.sha256(key.encode()).digest()[0] % 2]


def passages(data: Path) -> Iterator[Passage]:
    """The passages, in the order of the file.

    Raises:
        ValueError: the shared data are not those that were labelled.
    """
    for one in json.loads(LABELS.read_text("utf-8")):
        text = _document(data, one["key"])[one["start"] : one["end"]]
        if hashlib.sha256(text.encode()).hexdigest()[:8] != one["sha256"]:
            raise ValueError(f"{one['key']} is not the text that was labelled")
        asked = [
            (start, end, "name" if kind in ASKED else kind)
            for start, end, kind in one["spans"]
            if kind not in DOUBTFUL
        ]
        doubtful = [(start, end) for start, end, kind in one["spans"] if kind in DOUBTFUL]
        yield Passage(one["key"], text, asked, doubtful)


def measured(finder: Finder, some: list[Passage]) -> tuple[pl.DataFrame, int]:
    """The agreement, and how many findings touch nothing that is personal."""
    found = [
        [one for one in of if not _touches(one, passage.doubtful)]
        for passage, of in zip(some, finder([one.text for one in some]), strict=True)
    ]
    false = sum(
        not _touches(one, [(start, end) for start, end, _ in passage.truth])
        for passage, of in zip(some, found, strict=True)
        for one in of
    )
    return agreement(rows([one.truth for one in some]), rows(found)), false


def _touches(found: Found, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(found[0] < end and found[1] > start for start, end in stretches)


def _document(data: Path, key: str) -> str:
    file, _, row = key.partition("#")
    if row:
        return str(_rows(data / file)[int(row)])
    return _pages(data, file.partition("/")[0])[file]


@cache
def _rows(file: Path) -> list[Any]:
    if file.suffix == ".parquet":
        return pl.read_parquet(file, columns=["text"])["text"].to_list()
    if file.suffix == ".csv":
        return pl.read_csv(file)["TEXT"].to_list()
    return [row["text"] for row in rows_of(file)]


@cache
def _pages(data: Path, name: str) -> Mapping[str, str]:
    return {str(page.file.relative_to(data)): page.text for page in gold_pages(data, name)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "tune")
