"""Corpora to withdraw from, and requests, without the cost of worker processes."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import record
from pipelines.withdrawal.ledger import Ledger
from quality.withdrawal import snippet_of, subjects_of
from schemas.corpus import load_corpus
from schemas.withdrawals import Entry, Request
from tests.pipelines import small
from tests.pipelines.light import Light

PAGES = {
    "https://a.cn/market": small.MARKET,
    "https://a.cn/ferry": small.FERRY,
    "https://b.cn/library": small.LIBRARY,
    "https://b.cn/market": small.MARKET_AGAIN,
}


def pages(folder: Path, name: str, rows: dict[str, str]) -> Path:
    """A file of the crawl: addresses and texts."""
    lines = [
        json.dumps({"url": url, "text": text}, ensure_ascii=False) for url, text in rows.items()
    ]
    return small.put(folder / "crawl" / f"{name}.jsonl", "\n".join([*lines, ""]))


def describe(folder: Path, **changes: Any) -> Path:
    """corpus.yaml: a crawl with addresses, and notices that lie in files of their own."""
    crawl = {"kind": "web", "format": "jsonl", "path": "crawl/*.jsonl", "fields": {"url": "url"}}
    sources = {"crawl": crawl, "notices": small.SETTINGS["sources"]["notices"]}
    settings = {"sources": sources, "mixtures": {"general": {"max_epochs": 1}}, "batch_bytes": 1}
    return small.configure(folder, **settings | changes)


def lay(folder: Path) -> Light:
    """Two files of pages and two notices, each a batch; not built yet."""
    pages(folder, "1", dict(list(PAGES.items())[:2]))
    pages(folder, "2", dict(list(PAGES.items())[2:]))
    small.notice(folder, "clinic", small.CLINIC)
    small.notice(folder, "water", small.WATER)
    return Light(describe(folder))


def forget(
    light: Light, *, contains: str | None = None, values: tuple[str, ...] = (), **named: Any
) -> Entry:
    """Write a request into the ledger; the next build does it."""
    corpus = load_corpus(light.path)
    lake = Lake(corpus.home)
    if contains:
        named["snippets"] = (snippet_of(contains, Ledger(lake).key()),)
    if values:
        named["subjects"] = tuple(subjects_of(values, Ledger(lake).key()))
    return record(corpus, lake, Request(reason="权利人要求", **named))


def texts(light: Light, table: str = "corpus") -> list[str]:
    """The texts of a table, in order of batch."""
    lake = small.lake_of(light.path)
    there = [name for name in lake.batches() if lake.receipt(table, name)]
    return list(lake.scan(table, there).collect()["text"])


def mixed(light: Light) -> list[str]:
    """The texts of the mixture, in no order."""
    lake = small.lake_of(light.path)
    manifest = lake.manifest("general")
    assert manifest
    files = [lake.mixture("general") / shard.path for shard in manifest.shards]
    return sorted(text for file in files for text in pl.read_parquet(file)["text"])


def state(light: Light) -> dict[str, str]:
    """The receipts of every table file, whole: what it was made from and the digest of the data."""
    lake = small.lake_of(light.path)
    files = [file for file in lake.home.glob("*/*.parquet") if file.parent.name != "withdrawals"]
    return {
        f"{file.parent.name}/{file.stem}": receipt.model_dump_json()
        for file in sorted(files)
        if (receipt := lake.receipt(file.parent.name, file.stem))
    }
