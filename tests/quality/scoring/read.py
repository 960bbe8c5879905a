"""Passages that a reader labelled, to judge classifiers by; nothing is trained or tuned on them.

`read.jsonl` beside this file says where each passage lies and what it is; the text stays in the
shared data. A label is the set, the document's id in it, `start` and `end` (code points), the first
twelve hex digits of the passage's SHA-1, and what the reader gave:

- `education`: 0 (nothing) to 5 (excellent teaching), how much lasting knowledge or skill a reader
  can take from it;
- `industry`: one of `INDUSTRIES`, by subject and not by source;
- `volatility`: 0 lasting, 1 dated but of record, 2 bound to its moment;
- `spam`, `toxic`: 0 or 1.

How it was labelled: `sample` draws passages, cut where a line or sentence ends, and short documents
whole, by the SHA-1 of the set's name, the id and the start. 140 of the passages were drawn, in the
same order, from those with words of industries that the draw had left thin, and 12 from one
textbook. One reader read each passage once and labelled it; no rule, word list or model took part.
Conventions where the scales leave room: a statute is lasting, and has the industry it governs where
the passage shows that, else law; history and fiction of old are lasting; a release or a version
makes documentation dated; chatter and abuse are dated, and an advertisement is of its moment.

The text the offsets count is the field of a set of text (a news or finance item with tags is
converted as a page), the gold text of the sets that have one for whole pages, and what
`quality.text.conversion.convert` gives for other pages. Where that text has moved since, the
passage is looked for by its digest.

Counts, of the COUNT passages: COUNTS
"""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from quality.text.conversion import convert
from quality.text.gold import gold_pages
from schemas.tables import RECORDS

LABELS = Path(__file__).with_name("read.jsonl")

SHORTEST, LONGEST, TAIL = 300, 600, 100
"""Characters: no passage ends before, none after, and a shorter rest stays with the one before."""

FEWEST_HAN = 30
"""Han characters of a crawled page that counts as Chinese."""

Documents = Iterator[tuple[str, Callable[[], str]]]
"""The id of each document of a set, and what gives its text."""

INDUSTRIES = (
    "accommodation_catering_hotel",
    "aerospace",
    "agriculture_forestry_animal_husbandry_fishery",
    "ai_ml",
    "automobile",
    "biomedicine",
    "computer_communication",
    "programming_code",
    "current_affairs_government_administration",
    "electric_power_energy",
    "film_entertainment",
    "finance_economics",
    "fire_safety_food_safety",
    "game",
    "law_judiciary",
    "literature_emotion",
    "mathematics_statistics",
    "medicine_health_psychology_tcm",
    "mining",
    "news_media",
    "other_information_services_information_security",
    "other_manufacturing",
    "petrochemical",
    "real_estate_construction",
    "sports",
    "subject_education",
    "technology_scientific_research",
    "tourism_geography",
    "transportation",
    "water_resources_ocean",
    "other",
)


class Label(NamedTuple):
    """Where a passage lies and what a reader gave it."""

    set: str
    id: str
    start: int
    end: int
    digest: str
    education: int
    industry: str
    volatility: int
    spam: int
    toxic: int


class Passage(NamedTuple):
    """A passage without labels."""

    set: str
    id: str
    start: int
    text: str


def labels() -> list[Label]:
    """All labels, in the order of the file."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [Label(**json.loads(line)) for line in lines]


def labelled(data: Path, some: list[Label] | None = None) -> Iterator[tuple[Label, str]]:
    """Each label, or each of `some`, and its passage, set by set, in the data folder.

    Raises LookupError where a passage or its document is gone.
    """
    by_set: dict[str, dict[str, list[Label]]] = {}
    for label in labels() if some is None else some:
        by_set.setdefault(label.set, {}).setdefault(label.id, []).append(label)
    for name, by_id in by_set.items():
        for key, read in documents(data, name):
            if wanted := by_id.pop(key, []):
                text = read()
                yield from ((label, find(label, text)) for label in wanted)
        if by_id:
            raise LookupError(f"{name}: {len(by_id)} labelled documents are not in the set")


def find(label: Label, text: str) -> str:
    """The passage of a label in its document; raises LookupError where it is not there."""
    length = label.end - label.start
    for start in (label.start, *range(len(text) - length + 1)):
        passage = text[start : start + length]
        if digest(passage) == label.digest:
            return passage
    raise LookupError(f"{label.set}: the passage at {label.start} of {label.id} is gone")


def digest(passage: str) -> str:
    """The first twelve hex digits of the SHA-1 of a passage."""
    return hashlib.sha1(passage.encode()).hexdigest()[:12]


def sample(data: Path, name: str, count: int, per_document: int = 1) -> list[Passage]:
    """`count` passages of a set or fewer, `per_document` of each document at most."""
    drawn: list[Passage] = []
    for key, read in documents(data, name):
        text = read()
        cuts = [Passage(name, key, start, text[start:end]) for start, end in cut(text)]
        drawn += sorted(cuts, key=_order)[:per_document]
    return sorted(drawn, key=_order)[:count]


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the passages of a text start and end, one after another.

    >>> list(cut("字" * 200))
    [(0, 200)]
    >>> list(cut("字" * 399 + "。" + "字" * 350))
    [(0, 400), (400, 750)]
    """
    start = 0
    while start < len(text):
        end = start + LONGEST
        if len(text) - start > LONGEST:
            stop = re.compile(r"\n|[。！？!?]”?").search(text, start + SHORTEST, end)
            end = stop.end() if stop else end
        if len(text) - end < TAIL:
            end = len(text)
        if text[start:end].strip():
            yield start, end
        start = end


def documents(data: Path, name: str) -> Documents:
    """The documents of a set that passages are drawn from, in order."""
    return _READERS.get(name, _packed)(data / name)


def _order(passage: Passage) -> str:
    key = f"{passage.set}{passage.id}{passage.start}"
    return hashlib.sha1(key.encode()).hexdigest()


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
