"""The ways of cleaning, each as the documents it keeps of the pool, with the text it keeps."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from pipelines.lake import Lake
from schemas.corpus import load_corpus
from tests.benchmarks.quality import asking, originals
from tests.shared import ROOT

PRESETS = ("fineweb2_zh", "map_cc", "chinese_webtext", "c4_zh", "web_zh")
"""Policies of ours; web_zh is what a crawl has if nothing is said."""
PEERS = {"datatrove": "fineweb2_zh", "data-juicer": "data_juicer"}
"""Tool -> what it is called among the originals. Each with near-duplicates as it finds them."""
CHOSEN: Mapping[str, Any] = {
    "preset": "web_zh",
    "education": {"min": 1.5},
    "perplexity": {"max": 1500},
}
"""What a team would ask beyond the preset, before looking at any result."""


def arms(pool: pl.DataFrame, data: Path, work: Path) -> dict[str, pl.DataFrame]:
    """Name -> `doc_id`, `text` of what is kept, in the order of the pool."""
    work.mkdir(parents=True, exist_ok=True)
    documents = work / "documents.parquet"
    pool.write_parquet(documents)
    kept = {"raw": pool.select("doc_id", "text"), **_built(pool, work)}
    asking.write_words(data, work / "words")
    for tool, name in PEERS.items():
        if (ids := _of_peer(tool, name, documents, work)) is not None:
            kept[tool] = pool.filter(pl.col("doc_id").is_in(ids)).select("doc_id", "text")
    return kept


def _built(pool: pl.DataFrame, work: Path) -> dict[str, pl.DataFrame]:
    """What a build of ours keeps: under each policy, on one and the same measuring."""
    home = work / "wenyuan"
    home.mkdir(exist_ok=True)
    lines = (
        json.dumps({"id": one, "text": text}, ensure_ascii=False)
        for one, text in pool.select("doc_id", "text").iter_rows()
    )
    (home / "pool.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    policies: dict[str, Mapping[str, Any]] = {name: {"preset": name} for name in PRESETS}
    kept = {}
    for name, policy in {**policies, "web_zh and scores": CHOSEN}.items():
        path = _corpus(home, policy)
        command: list[str | Path] = [Path(sys.executable).with_name("wenyuan"), "build", "-c", path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        kept[name] = _of_lake(load_corpus(path).home)
    return kept


def _corpus(home: Path, policy: Mapping[str, Any]) -> Path:
    settings = {
        "name": "proof",
        "sources": {
            "pool": {"kind": "web", "format": "jsonl", "path": "pool.jsonl", "fields": {"id": "id"}}
        },
        "policies": {"web": dict(policy)},
        "mixtures": {"all": {"max_epochs": 1, "tokenizer": "characters"}},
        "batch_bytes": "64M",
    }
    path = home / "corpus.yaml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


def _of_lake(home: str) -> pl.DataFrame:
    """The corpus as it was written, redacted and all, by the ids of the pool."""
    lake = Lake(home)
    names = lake.batches()
    rows = lake.scan("corpus", names).select("doc_id", "text")
    uris = lake.scan("documents", names).select("doc_id", "uri")
    named = rows.join(uris, on="doc_id", how="left").collect()
    of_pool = pl.col("uri").str.extract(r"([0-9a-f]{32})$")
    return named.select(doc_id=of_pool, text="text").sort("doc_id")


def _of_peer(tool: str, name: str, documents: Path, work: Path) -> list[str] | None:
    """The ids a tool keeps: one of each cluster, then by its filters; null without the tool."""
    python = work.parents[1] / "quality" / originals.ORIGINALS[name][0] / "bin" / "python"
    if not python.exists():
        print(f"{tool}: left out, python -m tests.benchmarks.quality.originals installs it")
        return None
    out = work / f"{name}.parquet"
    if not out.exists():
        command: list[str | Path] = [
            python,
            "-m",
            "tests.benchmarks.proof.peer",
            name,
            documents,
            work,
            out,
        ]
        subprocess.run(command, check=True, cwd=ROOT)
    return pl.read_parquet(out)["doc_id"].to_list()
