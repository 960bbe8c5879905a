"""Clean text of every domain that no model has seen, and real spam."""

from pathlib import Path

import polars as pl
from fastwarc.warc import ArchiveIterator, WarcRecordType

from quality.language.sets import cantonese, digest, hokkien, rows_of
from quality.scoring.perplexity.sets import texts, tuned_on
from quality.text.charset import decode
from quality.text.gold import SETS, gold_pages
from quality.text.pages import read_pages

EACH = 400
"""Documents of a set at most, in order of a hash."""

TEXTS = (
    *("law-zh-hans", "law-zh-hant", "news-zh-hans", "finance-zh-hans", "medical-zh-hans"),
    *("social-zh-hans", "tech-docs-zh-hans", "tech-docs-zh-hant", "modern-translation-zh-hans"),
    *("novel-classical-zh-hans", "classical-lzh", "poetry-lzh"),
)

LEFT_OUT = {"tw_web_zh_hant": "Taiwan web", "wiki_zh": "encyclopedia"}
"""Sets of which only documents that settings were chosen on are left."""


def clean(data: Path) -> dict[str, list[str]]:
    """Documents by set: no evaluation set was trained on or looked at."""
    found = {name: _few(_rows(data / f"text-{name}")) for name in TEXTS}
    found["tcm-lzh"] = [
        decoded.text
        for file in sorted((data / "text-tcm-gbk-files").glob("*.txt"))
        if (decoded := decode(file.read_bytes()))
    ]
    found["cantonese"] = _few(cantonese(data, test=True))
    found["hokkien"] = _few([text for _, text in hokkien(data, "改漢字.txt", test=True)])
    known = texts(data)
    found |= {title: _few(tuned_on(known[name])) for name, title in LEFT_OUT.items()}
    for name in SETS:
        pages = pl.Series([gold.page for gold in gold_pages(data, name)][:EACH])
        found[name] = read_pages(pages)["text"].drop_nulls().to_list()
    return found


def _rows(folder: Path) -> list[str]:
    return [row["text"] for row in rows_of(folder / "docs.jsonl.zst")]


def _few(texts: list[str]) -> list[str]:
    return sorted(texts, key=digest)[:EACH]


def spam(data: Path) -> list[str]:
    """The text of the pages of a crawl that is nearly all gambling and adult spam."""
    pages = []
    with (data / "warc-cc-zh-spam" / "warcfile-part.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            declared = record.http_charset
            decoded = decode(record.reader.read(), declared, html=True)
            if decoded:
                pages.append(decoded.text)
    return read_pages(pl.Series(pages))["text"].drop_nulls().to_list()
