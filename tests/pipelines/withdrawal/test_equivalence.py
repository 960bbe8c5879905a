"""After any sequence of arrivals, requests and builds: as if the withdrawn had never been there."""

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from quality.kernels.fold import fold
from quality.withdrawal import subjects_of
from schemas.corpus import load_corpus
from schemas.errors import IntegrityError
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.test_incremental import FOOTER, TEXTS, revised
from tests.pipelines.withdrawal.making import describe, forget

SITES = ("https://a.cn/", "https://b.cn/news/", "https://c.cn/")
SOURCES = ("crawl", "books", "mirror")
SETTINGS: dict[str, Any] = {
    "sources": {
        name: {"kind": kind, "format": "jsonl", "path": f"{name}/*.jsonl", "fields": {"url": "url"}}
        for name, kind in zip(SOURCES, ("web", "law", "web"), strict=True)
    },
    "dedup": {"common": 4},
    "policies": {"default": {"trim_common": True}},
    "mixtures": {"general": {"max_epochs": 1}, "half": {"tokens": 40, "max_epochs": 1}},
}
PHONES = {
    "13812345678": ("13812345678", "１３８１２３４５６７８", "+86 138-1234-5678"),
    "13912345678": ("13912345678", "139 1234 5678"),
}
"""Numbers, and how pages write them."""

Page = dict[str, str]


class Story:
    """One random history of a corpus. Every file is a batch, in order of arrival.

    With `people`, pages have telephone numbers, and most requests are for one of them.
    """

    def __init__(self, folder: Path, seed: int, *, people: bool = False) -> None:
        self.chance, self.folder, self.people = random.Random(seed), folder, people
        self.light = Light(describe(folder, **SETTINGS))
        self.pages: list[Page] = []
        for source in SOURCES:
            self.arrive(source)
        self.build()

    def arrive(self, source: str) -> None:
        """A new file: revisions of a few texts at some addresses, or pages that came before."""
        rows = [self.page() for _ in range(self.chance.randrange(3, 9))]
        self.pages += rows
        number = len(list((self.folder / source).glob("*")))
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        small.put(self.folder / source / f"{number:03}.jsonl", "\n".join([*lines, ""]))

    def page(self) -> Page:
        chance = self.chance
        if self.pages and chance.random() < 0.3:
            return chance.choice(self.pages)
        text = revised(chance.choice(TEXTS), chance)
        if chance.random() < 0.4:
            text += f"\n{FOOTER}"
        if self.people and chance.random() < 0.3:
            text += f"\n联系电话：{chance.choice(chance.choice(list(PHONES.values())))}"
        return {"url": f"{chance.choice(SITES)}{chance.randrange(12)}", "text": text}

    def request(self) -> None:
        """Ask for one page, its address, its site, its source, a passage of it, or a person."""
        chance, lake = self.chance, Lake(load_corpus(self.light.path).home)
        documents = lake.scan("documents", lake.batches()).collect()
        if documents.height < 8:
            return
        row = documents.row(chance.randrange(documents.height), named=True)
        ways = {"docs": 5, "urls": 4, "prefixes": 1, "contains": 2, "sources": 1}
        if self.people:
            ways["values"] = 12
        [way] = chance.choices(list(ways), list(ways.values()))
        named: dict[str, Any] = {
            "docs": {"docs": (row["doc_id"],)},
            "urls": {"urls": (row["uri"],)},
            "prefixes": {"prefixes": (row["uri"][:-1],)},
            "contains": {"contains": row["text"][:24]},
            "sources": {"sources": ("mirror",)},
            "values": {"values": (chance.choice(list(PHONES)),)} if self.people else {},
        }[way]
        forget(self.light, twins=chance.random() < 0.5, **named)

    def go_on(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            if self.chance.random() < 0.5:
                self.arrive(self.chance.choice(SOURCES))
            else:
                self.request()
        self.build()

    def build(self) -> None:
        """A build, and what it asks for: a text may be a copy only once its footer is cut off."""
        try:
            self.light.build()
        except IntegrityError as error:
            told = str(error).splitlines()[1:]
            assert all("redacted and trimmed" in line for line in told), told
            forget(self.light, docs=tuple(re.findall(r"\b[0-9a-f]{32}\b", str(error))))
            self.build()


def without(story: Story, folder: Path) -> Light:
    """The same raw files less the withdrawn records, in a lake that never saw them."""
    for source in SOURCES:
        shutil.copytree(story.folder / source, folder / source)
    lake = small.lake_of(story.light.path)
    rejects = lake.scan("rejects", lake.batches()).filter(pl.col("stage") == "withdraw").collect()
    places = ("raw_path", "raw_offset", "raw_length")
    for path, offset, length in rejects.select(places).iter_rows():
        raw = (story.folder / path).read_bytes()
        record = raw[offset : offset + length].strip()
        lines = (folder / path).read_bytes().splitlines(keepends=True)
        # A record that a file repeats is one document.
        rest = b"".join(one for one in lines if one.strip() != record)
        (folder / path).write_bytes(rest or b"\n")
    return Light(describe(folder, **SETTINGS))


def outputs(light: Light) -> dict[str, Any]:
    """The bytes of everything that is given out."""
    lake = small.lake_of(light.path)
    receipts = {name: lake.receipt("corpus", name) for name in lake.batches()}
    tables = {name: (one.digest, one.rows) for name, one in receipts.items() if one}
    manifests = {name: lake.manifest(name) for name in SETTINGS["mixtures"]}
    return tables | {name: one.to_json() for name, one in manifests.items() if one}


def check_content(light: Light) -> None:
    """What every request names, told again in the slow and obvious way, is not there."""
    lake = small.lake_of(light.path)
    rows = lake.scan("documents", lake.batches()).collect().to_dicts()
    signed = lake.scan("signatures", lake.batches()).collect()
    ledger = Ledger(lake)
    for entry in ledger.entries:
        asked = entry.request
        people = [one for one in PHONES if subjects_of([one], ledger.key())[0] in asked.subjects]
        gone = set(ledger.read(entry, "documents")["doc_id"])
        for row in rows:
            assert row["doc_id"] not in gone
            assert row["uri"] not in asked.urls
            assert not row["uri"].startswith(asked.prefixes or ("\0",))
            assert row["source"] not in asked.sources
            assert not any(one in fold(row["text"]) for one in people)
        if asked.twins:
            assert not set(signed["exact"]).intersection(ledger.read(entry, "texts")["exact"])


@pytest.mark.parametrize(
    ("seed", "people"),
    [*((seed, False) for seed in (*range(7), 113)), (12, True), (16, True), (19, True)],
)
def test_nothing_is_left_and_everything_else_is_as_if_it_had_never_been(
    tmp_path: Path, seed: int, *, people: bool
) -> None:
    story = Story(tmp_path / "story", seed, people=people)
    for _ in range(3):
        story.go_on()
    check_content(story.light)
    fresh = without(story, tmp_path / "fresh")
    fresh.build()
    assert outputs(story.light) == outputs(fresh)
    entries = Ledger(small.lake_of(story.light.path)).entries
    if people:
        assert any(entry.request.subjects and entry.found for entry in entries)
    if entries:
        verify(load_corpus(story.light.path), small.lake_of(story.light.path))


def test_the_stories_have_withdrawals(tmp_path: Path) -> None:
    """Else the test above would prove little."""
    story = Story(tmp_path, 1)
    while len(Ledger(small.lake_of(story.light.path)).entries) < 3:
        story.go_on()
    lake = small.lake_of(story.light.path)
    rejects = lake.scan("rejects", lake.batches()).collect()
    assert (rejects["stage"] == "withdraw").sum() > 3
    assert len({fold(text) for text in TEXTS}) == len(TEXTS)
