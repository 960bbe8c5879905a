"""Passages that two readers labelled, to judge classifiers by; nothing is trained on them.

`read.jsonl` beside this file says where each passage lies and what it is; the text stays in the
shared data. A label is the set, the document's id in it, `start` and `end` (code points), the first
twelve hex digits of the passage's SHA-1, and what the first reader gave:

- `education`: 0 (nothing) to 5 (excellent teaching), how much lasting knowledge or skill a reader
  can take from it;
- `industry`: one of `INDUSTRIES`, by subject and not by source;
- `volatility`: 0 lasting, 1 dated but of record, 2 bound to its moment;
- `spam`, `toxic`: 0 or 1.

How it was labelled: `sample` draws passages, cut where a line or sentence ends, and short documents
whole, by the SHA-1 of the set's name, the id and the start. Of the passages 143 were drawn, in the
same order, from those with words of industries that the draw had left thin, and 48 from books and
manuals, 36 of them where half the characters are Han; for the others there was no such choice. The
reader was a language model that read each passage, one by one; no rule, word list or classifier
took part. Another language model's reading, likewise one by one, without sight of the first, nor of
where the passages come from, is the `second`; the first is the truth that classifiers are judged
by, and the second says how far readers agree: on the industry in 88%, the exact grade of education
in 74% (kappa .87), volatility in 72% (kappa .75), spam in 965 passages and insults in 957.

Conventions where the scales leave room: a statute is lasting, and has the industry it governs where
the passage shows that, else law; history and fiction of old are lasting; a release or a version
makes documentation dated; chatter and abuse are dated, and an advertisement is of its moment.

The text the offsets count is the field of a set of text (a news or finance item with tags is
converted as a page), the gold text of the sets that have one for whole pages, and what
`quality.text.conversion.convert` gives for other pages. Where that text has moved since, the
passage is looked for by its digest.

Counts of the 968 passages: education 0: 103, 1: 200, 2: 353, 3: 259, 4: 49, 5: 4; volatility 0:
459, 1: 283, 2: 226; spam 69; toxic 36; industry other 158,
current_affairs_government_administration 102, finance_economics 98, literature_emotion 76,
programming_code 69, medicine_health_psychology_tcm 62, subject_education 45, ai_ml 43,
computer_communication 36, film_entertainment 34, law_judiciary 30, tourism_geography 27,
transportation 19, game 16, technology_scientific_research 16, other_manufacturing 14,
accommodation_catering_hotel 11, agriculture_forestry_animal_husbandry_fishery 11, automobile 11,
sports 11, electric_power_energy 10, fire_safety_food_safety 10,
other_information_services_information_security 10, aerospace 9, real_estate_construction 9,
water_resources_ocean 8, mining 6, biomedicine 5, mathematics_statistics 5, news_media 4,
petrochemical 3.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.quality.scoring.sets import documents

LABELS = Path(__file__).with_name("read.jsonl")

SHORTEST, LONGEST, TAIL = 300, 600, 100
"""Characters: no passage ends before, none after, and a shorter rest stays with the one before."""

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


class Second(NamedTuple):
    """What another reader gave a passage."""

    education: int
    industry: str
    volatility: int
    spam: int
    toxic: int


class Label(NamedTuple):
    """Where a passage lies and what two readers gave it."""

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
    second: Second


class Passage(NamedTuple):
    """A passage without labels."""

    set: str
    id: str
    start: int
    text: str


def labels() -> list[Label]:
    """All labels, in the order of the file."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Label(**{**row, "second": Second(**row["second"])}) for row in rows]


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


def _order(passage: Passage) -> str:
    key = f"{passage.set}{passage.id}{passage.start}"
    return hashlib.sha1(key.encode()).hexdigest()
