"""Real documents to ask filters about: the same ones each time, cut in two halves.

Kept as they are, but for the longest: pages, statutes, news, manuals, books, verse, dialogues and
reviews, in both scripts and several varieties. What is chosen with the half `calibration` is
reported on the half `report`.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from quality.text.charset import decode
from quality.text.pages import read_pages

DOCUMENTS = 5_000
LONGEST = 50_000
"""Characters; a few books are longer, and slower than all the rest together."""
LEAST = 20
"""Characters of a page's main text below which nothing was found in it."""
PAGES = (
    "html-163-gbk/RawHtml",
    "html-cwce/original",
    "html-magic-html/pages",
    "html-md-istio-handbook/pages",
    "html-md-react/pages",
    "html-md-webpack/pages",
    "html-readability",
    "html-trafilatura/pages",
)
"""Folders of single pages; all of them are taken."""
CRAWL = "warc-cc-zh-spam/warcfile-part.warc.gz"
BULK_PAGES = "html_mdn_zh"
BULK = {
    BULK_PAGES: 900,
    "tw_web_zh_hant": 400,
    "news_zh_hans": 350,
    "tech_docs_zh_hans": 350,
    "tech_docs_zh_hant": 250,
    "wiki_zh": 300,
    "law_zh_hans": 250,
    "law_zh_hant": 250,
    "medical_zh_hans": 200,
    "modern_translation_zh_hans": 150,
    "novel_classical_zh_hans": 150,
    "classical_lzh": 100,
    "cantonese_yue": 60,
}
"""How many of each Parquet file, pages and what is closest to them most."""
TEXTS = {
    "text-finance-zh-hans": 250,
    "text-medical-zh-hans": 150,
    "text-social-zh-hans": 150,
    "text-law-zh-hans": 100,
    "text-law-zh-hant": 100,
    "text-news-zh-hans": 100,
    "text-tech-docs-zh-hans": 100,
    "text-tech-docs-zh-hant": 100,
    "text-modern-translation-zh-hans": 60,
    "text-novel-classical-zh-hans": 60,
    "text-classical-lzh": 60,
    "text-poetry-lzh": 60,
}


class Draft(NamedTuple):
    """A document and its name within its set."""

    set: str
    name: str
    text: str


def draw(data: Path, documents: int = DOCUMENTS) -> pl.DataFrame:
    """So many documents: `doc_id`, `set`, `half`, `text`, in the order of `doc_id`.

    All single pages are in; what is left is shared among the other sets as `BULK` and `TEXTS`
    say, with the last places going to the first of them.
    """
    pages = list(_pages(data))
    shares = BULK | TEXTS
    part = (documents - len(pages)) / sum(shares.values())
    drafts = list(pages)
    for name, share in shares.items():
        chosen = _bulk if name in BULK else _text
        drafts += chosen(data, name, share * part)
    drafts += _more(data, {draft[:2] for draft in drafts}, documents - len(drafts))
    rows = [
        {"doc_id": _mark(one), "set": one.set, "half": _half(one), "text": one.text}
        for one in drafts[:documents]
    ]
    return pl.DataFrame(rows).sort("doc_id")


def _mark(draft: Draft) -> str:
    return hashlib.sha256(f"{draft.set}/{draft.name}".encode()).hexdigest()[:32]


def _half(draft: Draft) -> str:
    digest = hashlib.sha256(f"half/{draft.set}/{draft.name}".encode()).digest()
    return "calibration" if digest[0] % 2 else "report"


def _chosen(drafts: Iterator[Draft], wanted: float) -> list[Draft]:
    """The first in the order of their marks, of the lengths that are asked about."""
    fit = (one for one in drafts if 0 < len(one.text) <= LONGEST)
    return sorted(fit, key=_mark)[: round(wanted)]


def _more(data: Path, taken: set[tuple[str, str]], wanted: int) -> list[Draft]:
    """Documents of `tech_docs_zh_hans` for what other sets had too few of, or rounding left."""
    if wanted <= 0:
        return []
    all_of_them = _bulk(data, "tech_docs_zh_hans", float("1e9"))
    return [one for one in all_of_them if one[:2] not in taken][:wanted]


def _bulk(data: Path, name: str, wanted: float) -> list[Draft]:
    column = "html" if name == BULK_PAGES else "text"
    rows = pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["id", column])
    if column == "text":
        return _chosen((Draft(name, str(one), text) for one, text in rows.iter_rows()), wanted)
    first = sorted(rows.iter_rows(), key=lambda row: _mark(Draft(name, str(row[0]), "")))
    named = [(str(one), html) for one, html in first[: round(1.2 * wanted)]]
    return _chosen(iter(_read(name, named)), wanted)


def _text(data: Path, name: str, wanted: float) -> list[Draft]:
    packed = (data / name / "docs.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode().split("\n")
    rows = [json.loads(line) for line in lines if line]
    return _chosen((Draft(name, str(row["id"]), row["text"]) for row in rows), wanted)


def _pages(data: Path) -> Iterator[Draft]:
    for folder in PAGES:
        files = sorted((data / folder).rglob("*"))
        single = [file for file in files if _is_page(file)]
        named = [(str(file.relative_to(data / folder)), file.read_bytes()) for file in single]
        yield from _read(folder.partition("/")[0], named)
    with (data / CRAWL).open("rb") as file:
        records = ArchiveIterator(file, record_types=WarcRecordType.response)
        named = [(str(record.record_id), record.reader.read()) for record in records]
    yield from _read(CRAWL.partition("/")[0], named)


def _is_page(file: Path) -> bool:
    listed = {"LICENSES", "expected.html"} & set(file.parts)
    return file.is_file() and file.suffix.lower() in {".html", ".htm"} and not listed


def _read(name: str, pages: list[tuple[str, bytes]]) -> list[Draft]:
    """The main texts of pages, where there is one."""
    found = [(one, decode(html, html=True)) for one, html in pages]
    named = [(one, known.text) for one, known in found if known is not None]
    texts = read_pages(pl.Series([text for _, text in named], dtype=pl.String))["text"]
    drafts = [Draft(name, one, text or "") for (one, _), text in zip(named, texts, strict=True)]
    return [one for one in drafts if LEAST <= len(one.text) <= LONGEST]
