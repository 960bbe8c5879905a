"""The documents of the sets that passages are read from, as a classifier would meet them."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from quality.text.conversion import convert
from quality.text.gold import gold_pages
from schemas.tables import RECORDS

FEWEST_HAN = 30
"""Han characters of a crawled page that counts as Chinese."""

Documents = Iterator[tuple[str, Callable[[], str]]]
"""The id of each document of a set, and what gives its text."""


def documents(data: Path, name: str) -> Documents:
    """The documents of a set that passages are drawn from, in order."""
    return _READERS.get(name, _packed)(data / name)


def _packed(folder: Path) -> Documents:
    for row in _rows(folder / "docs.jsonl.zst"):
        yield row["id"], partial(str, row["text"])


def _feeds(folder: Path) -> Documents:
    """Articles as feeds give them, a part of them with tags."""
    for row in _rows(folder / "docs.jsonl.zst"):
        yield row["id"], partial(_untagged, row["text"])


def _untagged(text: str) -> str:
    return _converted(text.encode(), "utf-8") if "</" in text else text


def _harm(folder: Path) -> Documents:
    for number, row in enumerate(_rows(folder / "bench.jsonl.zst")):
        if _even(row["文本"]):
            yield str(number), partial(str, row["文本"])


def _cold(folder: Path) -> Documents:
    with (folder / "dev.csv").open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            if _even(row["TEXT"]):
                yield str(number), partial(str, row["TEXT"])


def _sentences(folder: Path) -> Documents:
    for number, row in enumerate(_rows(folder / "lid.jsonl.zst")):
        if row["lang"] == "zh" and row["unit"] == "sentences":
            yield str(number), partial(str, row["text"])


def _books(folder: Path) -> Documents:
    for file in sorted(folder.glob("*.txt")):
        yield file.name, partial(_book, file)


def _book(file: Path) -> str:
    return file.read_bytes().decode("gb18030", errors="replace")


def _texts(folder: Path) -> Documents:
    for file in sorted(folder.glob("zh.*.txt")):
        yield file.name, partial(file.read_text, encoding="utf-8")


def _gold(folder: Path) -> Documents:
    for page in gold_pages(folder.parent, folder.name):
        yield page.file.stem, partial(str, page.text)


def _pages(folder: Path) -> Documents:
    for file in sorted(folder.rglob("*.html")):
        if "expected" not in file.name:
            yield str(file.relative_to(folder)), partial(_page, file)


def _crawl(folder: Path) -> Documents:
    for file in sorted(folder.rglob("*.warc*")):
        if file.suffix != ".gz" or not file.with_suffix("").exists():
            where = file.relative_to(folder)
            for number, payload in enumerate(_payloads(file)):
                text = _converted(payload)
                if len(re.findall("[一-鿿]", text)) >= FEWEST_HAN:
                    yield f"{where}#{number}", partial(str, text)


def _payloads(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                yield record.reader.read()
        except (OSError, ValueError):
            return


def _exams(folder: Path) -> Documents:
    for file in sorted(folder.rglob("*.json")):
        for row in json.loads(file.read_text(encoding="utf-8"))["example"]:
            text = f"{row['question']}\n{row.get('analysis', '')}"
            yield f"{file.name}#{row['index']}", partial(str, text)


def _page(file: Path) -> str:
    return _converted(file.read_bytes())


def _converted(payload: bytes, charset: str | None = None) -> str:
    """The text of a page, or none."""
    record = {"payload": payload, "media_type": "text/html", "charset": charset}
    return convert(pl.DataFrame([record], schema=RECORDS))["text"].item() or ""


def _even(text: str) -> bool:
    """Half of a set; the other half is for training."""
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % 2 == 0


def _rows(file: Path) -> list[dict[str, Any]]:
    content = zstandard.ZstdDecompressor().decompressobj().decompress(file.read_bytes())
    return [json.loads(line) for line in content.decode().split("\n") if line]


_READERS: dict[str, Callable[[Path], Documents]] = {
    "bench-gaokao": _exams,
    "html-163-gbk": _pages,
    "html-cwce": _gold,
    "html-magic-html": _gold,
    "html-md-istio-handbook": _gold,
    "html-md-react": _gold,
    "html-md-webpack": _gold,
    "html-readability": _pages,
    "html-trafilatura": _pages,
    "lid-langid-docs": _texts,
    "lid-lingua": _sentences,
    "quality-chineseharm": _harm,
    "quality-cold": _cold,
    "text-finance-zh-hans": _feeds,
    "text-news-zh-hans": _feeds,
    "text-tcm-gbk-files": _books,
    "warc-cc-zh-spam": _crawl,
    "warc-samples": _crawl,
}
"""How each set is read; the others are JSON lines with `id` and `text`."""
