"""Passages of real documents to be read and labelled, and the text of a label found again.

A set is `bulk/<set>.parquet`, `<set>/*.jsonl.zst` or `<set>/*.csv` under the folder of the data. A
row without an id is called `#n`, its number in its set from 0. The text of an HTML page, which is
UTF-8, is what resiliparse extracts as its main content; front matter, the lines between two `---`
at the top of a page, is no part of it. Offsets count code points.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha1
from heapq import nsmallest
from pathlib import Path
from typing import Any

import polars as pl
import zstandard
from resiliparse.extract.html2text import extract_plain_text

SHORTEST, LONGEST = 300, 600  # characters of a passage of a long document
_TEXTS = ("text", "文本", "TEXT")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_STOP = re.compile(r"[。！？!?；;]+[”’」』）)\"]*|\n+|(?<=[a-z])\.(?=\s)")


@dataclass(frozen=True)
class Wanted:
    """`count` passages of a set, from the documents whose `key` is `remainder` modulo `modulus`."""

    set: str
    count: int
    modulus: int = 4
    remainder: int = 0


@dataclass(frozen=True)
class Passage:
    """Characters `start` to `end` of the document `id` of `set`."""

    set: str
    id: str
    start: int
    end: int


def key(set_: str, id_: str) -> int:
    """The number that decides a document's share and its place in the sample."""
    return int(sha1((set_ + id_).encode(), usedforsecurity=False).hexdigest(), 16)


def passages(folder: Path, wanted: Iterable[Wanted]) -> Iterator[tuple[Passage, str]]:
    """One passage and its text from each chosen document, in the order of `key`, set by set.

    A sample of fewer passages is the beginning of a larger one. Fewer are given where the share
    has fewer documents with any text.
    """
    for want in wanted:
        share = (
            (key(want.set, id_), id_, text)
            for id_, text in documents(folder, want.set)
            if text.strip() and key(want.set, id_) % want.modulus == want.remainder
        )
        for number, id_, text in nsmallest(want.count, share):
            start, end = place(text, number >> 8)
            yield Passage(want.set, id_, start, end), text[start:end]


def found(folder: Path, where: Iterable[Passage]) -> dict[Passage, str]:
    """The text of each passage, with each set read once.

    Raises:
        KeyError: a document is not in its set, or is shorter than the passage says.
    """
    sought: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in where:
        sought[passage.set][passage.id].append(passage)
    texts: dict[Passage, str] = {}
    for set_, ids in sought.items():
        for id_, text in documents(folder, set_):
            for passage in ids.pop(id_, ()):
                texts[passage] = text[passage.start : passage.end]
                if len(texts[passage]) != passage.end - passage.start:
                    raise KeyError(f"{set_} {id_} has {len(text)} characters, not {passage.end}")
        if ids:
            raise KeyError(f"{set_} has no document {min(ids)}: is it the data that was labelled?")
    return texts


def place(text: str, seed: int) -> tuple[int, int]:
    """Where a passage of `text` starts and ends: the whole of a short text, else a part by `seed`.

    It starts after a stop or the end of a line and ends with one where there is one in reach, so
    it has `SHORTEST` to `LONGEST` characters.

    >>> place("短文。", 7)
    (0, 3)
    """
    if len(text) <= LONGEST:
        return 0, len(text)
    start = seed % (len(text) - SHORTEST + 1)
    if start:
        stop = _STOP.search(text, start - 1, min(start + SHORTEST, len(text) - SHORTEST))
        start = stop.end() if stop else start
    reach = min(start + LONGEST, len(text))
    stops = [stop.end() for stop in _STOP.finditer(text, start + SHORTEST - 1, reach)]
    return start, stops[-1] if stops else reach


def documents(folder: Path, set_: str) -> Iterator[tuple[str, str]]:
    """The id and the text of each document of a set, in the order of its files.

    Raises:
        FileNotFoundError: the folder holds no such set.
    """
    for number, row in enumerate(_rows(folder, set_)):
        yield str(row.get("id") or f"#{number}"), _text(row)


def _rows(folder: Path, set_: str) -> Iterator[dict[str, Any]]:
    table = folder / "bulk" / f"{set_}.parquet"
    packed, sheets = (
        sorted((folder / set_).glob("*.jsonl.zst")),
        sorted(folder.glob(f"{set_}/*.csv")),
    )
    if table.exists():
        yield from pl.read_parquet(table).iter_rows(named=True)
    elif not packed and not sheets:
        raise FileNotFoundError(f"no set {set_}: neither {table} nor rows in {folder / set_}")
    for path in packed:
        with path.open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            # Only "\n" ends a row: these texts hold U+2028.
            for line in io.TextIOWrapper(stream, "utf-8", newline="\n"):
                yield json.loads(line)
    for path in sheets:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


def _text(row: dict[str, Any]) -> str:
    """The text of a row, whatever its set calls it; of a page, its main content."""
    if "html" not in row:
        return str(next(row[name] for name in _TEXTS if row.get(name) is not None))
    page = row["html"].decode("utf-8", "replace").replace("\r\n", "\n")
    return str(extract_plain_text(_FRONT_MATTER.sub("", page, count=1), main_content=True))
