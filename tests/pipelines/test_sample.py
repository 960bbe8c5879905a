"""The main job on the bundled sample, end to end, held against its truth file."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from examples.city.generate import generate
from pipelines.lake import Lake
from pipelines.shards import load
from schemas.corpus import load_corpus
from tests.shared import ROOT

Row = dict[str, Any]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("city")
    generate(folder)
    shutil.copy(ROOT / "examples" / "city" / "corpus.yaml", folder)
    command = "from pipelines.cli import main; main()"
    built = subprocess.run(
        [sys.executable, "-c", command, "build", "-c", str(folder / "corpus.yaml"), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def truth(city: Path) -> list[Row]:
    lines = (city / "truth.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def lake(city: Path) -> Lake:
    return Lake(load_corpus(city / "corpus.yaml").home)


def table(lake: Lake, name: str) -> pl.DataFrame:
    return lake.scan(name, lake.batches()).collect()


@pytest.fixture(scope="module")
def decided(lake: Lake) -> dict[str, Row]:
    """What became of each document, by its address."""
    documents = table(lake, "documents").select("doc_id", "uri", "text")
    joined = documents.hstack(
        table(lake, "verdicts").drop("doc_id", "twin"),
    ).hstack(table(lake, "duplicates").select("cluster", "twin", "similarity"))
    joined = joined.hstack(table(lake, "language").select("language"))
    return {row["uri"]: row for row in joined.to_dicts()}


def test_every_record_is_accounted_for(lake: Lake, truth: list[Row]) -> None:
    documents, rejects = table(lake, "documents"), table(lake, "rejects")
    verdicts, corpus = table(lake, "verdicts"), table(lake, "corpus")
    assert documents.height + rejects.height == len(truth)
    assert verdicts.height == documents.height
    assert corpus.height == verdicts["kept"].sum()
    dropped = verdicts.filter(~pl.col("kept"))
    assert dropped["rule"].null_count() == dropped["threshold"].null_count() == 0


def test_unreadable_records_are_rejects_with_their_reason(lake: Lake, truth: list[Row]) -> None:
    places = {"raw/hotline.sqlite": "sql"}  # a query names no file
    wanted = Counter(
        (places.get(row["file"], row["file"]), row["reject"]) for row in truth if row["reject"]
    )
    rejects = table(lake, "rejects")
    found = Counter(
        (row["raw_path"], f"{row['stage']}/{row['reason']}") for row in rejects.to_dicts()
    )
    assert found == wanted


def test_the_language_of_each_document_is_right(decided: dict[str, Row], truth: list[Row]) -> None:
    # What a mojibake page is written in cannot be told from its text.
    told = [row for row in truth if row["text"] and row["defect"] not in ("mojibake", "spam")]
    wrong = [row["uri"] for row in told if decided[row["uri"]]["language"] != row["language"]]
    assert len(wrong) <= 0.01 * len(told), wrong


@pytest.mark.parametrize("defect", ["spam", "short", "repetition", "contaminated"])
def test_planted_defects_are_dropped(
    decided: dict[str, Row], truth: list[Row], defect: str
) -> None:
    planted = [row["uri"] for row in truth if row["defect"] == defect]
    kept = [uri for uri in planted if decided[uri]["kept"]]
    assert planted
    assert len(kept) <= 0.1 * len(planted), kept


def test_mojibake_is_repaired_where_it_proves_itself_and_else_dropped(
    decided: dict[str, Row], truth: list[Row]
) -> None:
    planted = {row["uri"]: row["text"] for row in truth if row["defect"] == "mojibake"}
    repaired = [uri for uri in planted if decided[uri]["kept"]]
    for uri in repaired:
        assert all(line in decided[uri]["text"] for line in planted[uri].split("\n"))
    assert repaired
    assert {decided[uri]["rule"] for uri in planted if uri not in repaired} == {"garbled_ratio"}


def test_leaked_exam_questions_are_named(decided: dict[str, Row], truth: list[Row]) -> None:
    leaks = [row["uri"] for row in truth if row["defect"] == "contaminated"]
    assert {decided[uri]["rule"] for uri in leaks} == {"contamination"}


@pytest.mark.parametrize("defect", ["near_duplicate", "exact_duplicate"])
def test_of_two_that_say_the_same_one_is_kept_and_the_other_names_it(
    decided: dict[str, Row], truth: list[Row], defect: str
) -> None:
    pairs = [(row["uri"], row["twin"]) for row in truth if row["defect"] == defect]
    apart = [uri for uri, twin in pairs if decided[uri]["cluster"] != decided[twin]["cluster"]]
    assert len(apart) <= 0.05 * len(pairs), apart
    ids = {row["doc_id"] for row in decided.values() if row["twin"] is None}
    for uri, twin in pairs:
        if uri not in apart:
            assert decided[uri]["twin"] or decided[twin]["twin"]
            assert {decided[uri]["twin"], decided[twin]["twin"]} - {None} <= ids


def test_good_chinese_documents_are_kept(decided: dict[str, Row], truth: list[Row]) -> None:
    chinese = ("zh-Hans", "zh-Hant", "yue", "lzh")
    good = [row["uri"] for row in truth if row["language"] in chinese and row["defect"] is None]
    lost = [uri for uri in good if not decided[uri]["kept"] and decided[uri]["rule"] != "duplicate"]
    assert len(lost) <= 0.01 * len(good), lost
    for uri in good:
        if decided[uri]["rule"] == "duplicate":
            assert decided[uri]["similarity"] >= 0.7


def test_personal_data_does_not_reach_the_corpus(
    city: Path, lake: Lake, truth: list[Row], decided: dict[str, Row]
) -> None:
    texts = "\n".join(table(lake, "corpus")["text"])
    planted = {
        (one["kind"], one["value"])
        for row in truth
        if not row["reject"] and decided[row["uri"]]["kept"]
        for one in row["pii"]
        if one["kind"] != "name"  # names without a cue need a model, which there is not yet
    }
    assert len(planted) > 50
    assert [kind for kind, value in planted if value in texts] == []


def test_a_mixture_holds_the_corpus_and_says_what_it_is_made_of(lake: Lake) -> None:
    manifest = load(lake.mixture("general"))
    assert manifest.rows == table(lake, "corpus").height
    shards = [pq.read_table(lake.mixture("general") / one.path) for one in manifest.shards]
    ids = [one for shard in shards for one in shard["doc_id"].to_pylist()]
    assert sorted(ids) == sorted(table(lake, "corpus")["doc_id"])
    assert ids != sorted(ids), "not shuffled"
    for name in ("corpus", "inventory"):
        receipts = [lake.receipt(name, batch) for batch in lake.batches()]
        digests = {receipt.digest for receipt in receipts if receipt}
        of_table = [one for one in manifest.inputs if one.startswith(f"{name}/")]
        assert {one.rpartition(":")[2] for one in of_table} == digests


def test_budgets_are_met(lake: Lake) -> None:
    manifest = load(lake.mixture("services_l2"))
    assert manifest.recipe.tokens is not None
    assert manifest.tokens >= manifest.recipe.tokens
    assert manifest.components["crawl"].weight == pytest.approx(0.5)
    assert all(part.epochs <= manifest.recipe.max_epochs for part in manifest.components.values())


def test_no_temporary_file_is_left(lake: Lake) -> None:
    assert list(lake.home.rglob("*.tmp*")) == []
