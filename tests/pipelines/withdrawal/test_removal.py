"""Taking rows out of a batch gives the files that reading it again would give."""

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.lake import Lake
from pipelines.plan import Plan
from pipelines.withdrawal.removal import remove
from schemas.batches import EVERYTHING, Batch
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.withdrawal.making import state

ANNOTATED = tuple(
    f"{table}/"
    for table in (
        *("documents", "rejects", "language", "signals", "scores"),
        *("privacy", "signatures", "lines", "contamination"),
    )
)
LONG = [text * 1500 for text in (small.FERRY, small.KITE, small.BRIDGE)]
"""Texts of some 300 kB: with them the tables have several row groups, whose borders move."""

TEXTS = [*small.FIRST, *LONG, *small.SECOND, small.CLINIC]


def lay(folder: Path) -> None:
    for month in range(2):
        lines = [f"{text}\n第{month}年" for text in TEXTS] + ["", "\n"]
        small.news(folder, f"2024-0{month}", lines, more=["{坏", small.MARKET])
    small.notice(folder, "clinic", small.CLINIC)


def corpus_in(folder: Path, home: str) -> Light:
    settings = {"mixtures": {"general": {"max_epochs": 1}}, "policies": {}, "batch_bytes": "1GiB"}
    return Light(small.configure(folder, home=home, **settings))


def annotated(light: Light) -> dict[str, str]:
    """Everything read from the news, receipts and all."""
    return {
        name: one
        for name, one in state(light).items()
        if name.startswith(ANNOTATED) and name.endswith("news-00000")
    }


def read_again(folder: Path, batch: Batch) -> dict[str, str]:
    light = corpus_in(folder, "again")
    Lake(load_corpus(light.path).home).put_batch(batch)
    light.build()
    return annotated(light)


def ids(lake: Lake, batch: str) -> list[str]:
    return list(lake.scan("documents", [batch]).collect()["doc_id"])


@pytest.mark.parametrize("seed", range(4))
def test_the_files_are_those_of_reading_again(tmp_path: Path, seed: int) -> None:
    """However many steps the withdrawing took, and in whatever order."""
    chance = random.Random(seed)
    lay(tmp_path)
    light = corpus_in(tmp_path, "removed")
    light.build()
    for number in range(1, 4):
        some = chance.sample(ids(light.lake, "news-00000"), chance.randrange(1, 6))
        batch = light.lake.batch("news-00000").less(dict.fromkeys(some, number))
        remove(Plan(light.corpus, light.lake, light.specs), batch)
    wanted = read_again(tmp_path, batch)
    assert pq.read_metadata(light.lake.path("documents", "news-00000")).num_row_groups > 1
    assert len(wanted) == len(ANNOTATED)
    assert annotated(light) == wanted


def test_a_batch_may_lose_everything(tmp_path: Path) -> None:
    lay(tmp_path)
    light = corpus_in(tmp_path, "removed")
    light.build()
    batch = light.lake.batch("news-00000").less({EVERYTHING: 1})
    remove(Plan(light.corpus, light.lake, light.specs), batch)
    assert ids(light.lake, "news-00000") == []
    assert annotated(light) == read_again(tmp_path, batch)


def test_files_of_before_there_were_requests_stay_fresh(tmp_path: Path) -> None:
    small.lay(tmp_path)
    batch = Light(tmp_path / "corpus.yaml")
    batch.build()
    for name in batch.lake.batches():
        assert "withdrawn" not in batch.lake.batch(name).model_dump_json()
        assert set(batch.lake.batch(name).model_dump(mode="json")) == {"name", "source", "files"}
