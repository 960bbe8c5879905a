"""Whole builds of a small corpus: what they make, what they count, and what Dagster knows."""

import os
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from assets.raw import BATCHES
from pipelines.build import Outcome, build, to_do
from pipelines.graph import STAGES, asset_specs
from pipelines.instance import instance_of
from pipelines.lake import Lake
from pipelines.plan import Plan
from schemas.corpus import load_corpus
from schemas.errors import ConfigError, IntegrityError
from tests.pipelines import small

ANNOTATED = [
    "documents",
    "rejects",
    "language",
    "signals",
    "scores",
    "privacy",
    "signatures",
    "lines",
    "contamination",
]


def rows(path: Path, table: str) -> pl.DataFrame:
    return small.lake_of(path).scan(table, small.BATCHES).collect()


def ids(path: Path, *texts: str) -> list[str]:
    documents = rows(path, "documents")
    return [documents.filter(pl.col("text") == text)["doc_id"].item() for text in texts]


def test_every_record_is_a_document_or_a_reject(built: Path) -> None:
    records = len(small.FIRST) + 1 + len(small.SECOND) + len(small.NOTICES)
    assert rows(built, "documents").height + rows(built, "rejects").height == records
    assert rows(built, "rejects").select("stage", "reason").rows() == [("read", "bad_json")]


def test_every_document_is_kept_or_dropped_for_a_reason(built: Path) -> None:
    verdicts = rows(built, "verdicts")
    assert verdicts["doc_id"].to_list() == rows(built, "documents")["doc_id"].to_list()
    kept, dropped = verdicts.filter("kept"), verdicts.filter(~pl.col("kept"))
    assert kept["doc_id"].to_list() == rows(built, "corpus")["doc_id"].to_list()
    assert dropped["rule"].null_count() == 0
    short, english, again = ids(built, small.SHORT, small.ENGLISH, small.MARKET_AGAIN)
    assert dict(dropped.select("doc_id", "rule").rows()) == {
        short: "chars",
        english: "language",
        again: "duplicate",
    }


def test_a_duplicate_names_the_twin_that_is_kept(built: Path) -> None:
    again, twin = ids(built, small.MARKET_AGAIN, small.MARKET)
    verdict = rows(built, "verdicts").row(by_predicate=pl.col("doc_id") == again, named=True)
    assert verdict["twin"] == twin


def test_the_corpus_is_redacted(built: Path) -> None:
    texts = "\n".join(rows(built, "corpus")["text"])
    assert small.MOBILE not in texts
    assert "电话〔手机号〕，志愿者" in texts


def test_personal_data_is_in_no_file_but_documents(built: Path) -> None:
    home = small.lake_of(built).home
    for file in home.rglob("*"):
        if file.is_file() and file.parent.name != "documents":
            assert small.MOBILE.encode() not in file.read_bytes(), file


def test_mixtures_hold_kept_documents_only(built: Path) -> None:
    kept = set(rows(built, "corpus")["doc_id"])
    for name in small.SETTINGS["mixtures"]:
        folder = small.lake_of(built).mixture(name)
        mixed = pl.read_parquet(folder / "*/*/*.parquet")
        assert set(mixed["doc_id"]) <= kept
        assert name != "general" or mixed.height == len(kept)
        assert small.MOBILE not in "".join(mixed["text"])


def test_nothing_is_left_half_written(built: Path) -> None:
    assert small.leftovers(built) == []


class TestDagster:
    """What the UI shows of a build."""

    def test_every_batch_is_a_partition(self, built: Path) -> None:
        with instance_of(load_corpus(built)) as instance:
            assert sorted(instance.get_dynamic_partitions(BATCHES.name or "")) == small.BATCHES

    def test_every_run_is_recorded_and_succeeded(self, built: Path) -> None:
        with instance_of(load_corpus(built)) as instance:
            runs = instance.get_runs()
        assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
        counts = {stage: sum(run.job_name == stage for run in runs) for stage in STAGES}
        assert counts == {"annotate": 3, "compare": 1, "deduplicate": 1, "decide": 3, "mix": 2}
        partitions = {run.tags.get("dagster/partition") for run in runs}
        assert partitions == {*small.BATCHES, "1-of-1", None}

    def test_every_asset_is_materialized_for_every_batch(self, built: Path) -> None:
        with instance_of(load_corpus(built)) as instance:
            for asset in (*ANNOTATED, "verdicts", "corpus", "inventory"):
                key = dg.AssetKey(asset)
                assert sorted(instance.get_materialized_partitions(key)) == small.BATCHES

    def test_materializations_tell_how_many_rows(self, built: Path) -> None:
        with instance_of(load_corpus(built)) as instance:
            told = {name: metadata(instance, name) for name in ("duplicates", "mixture_general")}
            batch = metadata(instance, "documents", "news-00001")
        assert told["duplicates"]["rows"] == rows(built, "documents").height
        assert told["mixture_general"]["rows"] == rows(built, "corpus").height
        assert batch["rows"] == batch["dagster/partition_row_count"] == len(small.SECOND)

    def test_metadata_quotes_no_document(self, built: Path) -> None:
        with instance_of(load_corpus(built)) as instance:
            told = str([metadata(instance, name, "news-00000") for name in ANNOTATED])
        assert "城南" not in told

    def test_every_check_was_evaluated_and_passed(self, built: Path) -> None:
        checks = {
            ("rejects", "accounted"): 3,
            ("duplicates", "one_kept"): 1,
            ("verdicts", "aligned"): 3,
            ("corpus", "accounted"): 3,
            ("corpus", "redacted"): 3,
        }
        with instance_of(load_corpus(built)) as instance:
            for (asset, check), count in checks.items():
                key = dg.AssetCheckKey(dg.AssetKey(asset), check)
                found = instance.event_log_storage.get_asset_check_execution_history(key, 10)
                assert [str(one.status.value) for one in found] == ["SUCCEEDED"] * count, key


def metadata(instance: dg.DagsterInstance, asset: str, batch: str | None = None) -> dict[str, Any]:
    """The metadata of the last materialization."""
    wanted = dg.AssetRecordsFilter(
        asset_key=dg.AssetKey(asset), asset_partitions=[batch] if batch else None
    )
    [record] = instance.fetch_materializations(wanted, limit=1).records
    assert record.asset_materialization is not None
    return {k: v.value for k, v in record.asset_materialization.metadata.items()}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The life of one corpus, by one worker after the other: what each build made."""
    path = small.lay(tmp_path_factory.mktemp("history"))
    later = path.parent / "news/2024-02.jsonl"
    text = later.read_text()
    later.unlink()
    lived: dict[str, Any] = {"path": path}
    lived["only news"] = small.made(small.build_here(path, source="news"))
    small.put(later, text)
    lived["only general"] = small.made(small.build_here(path, mixture="general"))
    lived["the rest"] = small.made(small.build_here(path))
    lived["digests"] = small.shard_digests(path)
    lived["again"] = small.made(small.build_here(path))
    os.utime(path.parent / "notices/water.txt", (1, 1))
    lived["touched"] = small.made(small.build_here(path))
    small.configure(path.parent, policies={"web": {"chars": {"min": 70}}})
    lived["threshold"] = small.made(small.build_here(path))
    lived["after the threshold"] = small.made(small.build_here(path))
    small.news(path.parent, "2024-03", [small.KITE.replace("老师傅", "小师傅")])
    small.lake_of(path).path("pairs", "2-of-2").touch()
    lived["arrived"] = small.made(small.build_here(path))
    return lived


def test_one_source_is_only_read_and_measured(history: dict[str, Any]) -> None:
    assert history["only news"] == {"annotate news-00000": ANNOTATED}


def test_of_the_mixtures_only_the_one_asked_for_is_made(history: dict[str, Any]) -> None:
    made = history["only general"]
    assert [name for name in made if name.startswith("mix")] == ["mix mixture_general"]
    annotated = [name for name in made if name.startswith("annotate")]
    assert sorted(annotated) == ["annotate news-00001", "annotate notices-00000"]


def test_the_next_build_makes_what_is_missing(history: dict[str, Any]) -> None:
    assert history["the rest"] == {"mix mixture_services": ["mixture_services"]}


def test_files_in_two_steps_give_the_bytes_of_all_at_once_and_so_do_two_workers(
    history: dict[str, Any], built: Path
) -> None:
    assert history["digests"] == small.shard_digests(built)


def test_a_second_build_does_nothing(history: dict[str, Any]) -> None:
    assert history["again"] == {}


def test_a_touched_file_is_read_again_and_changes_nothing(history: dict[str, Any]) -> None:
    assert history["touched"] == {
        "annotate notices-00000": ANNOTATED,
        "decide notices-00000": ["verdicts", "corpus", "inventory"],
    }


def test_a_threshold_measures_nothing_again(history: dict[str, Any]) -> None:
    made = history["threshold"]
    assert {name.split()[0] for name in made} == {"decide", "mix"}
    assert "decide notices-00000" not in made
    assert small.shard_digests(history["path"]) != history["digests"]


def test_one_build_is_enough(history: dict[str, Any]) -> None:
    assert history["after the threshold"] == {}


def test_a_new_file_is_compared_with_what_is_there(history: dict[str, Any]) -> None:
    """Dagster gives a share all batches, and the lake what was found before."""
    made = history["arrived"]
    assert {name for name in made if not name.startswith("mix")} == {
        "annotate news-00002",
        "compare 1-of-1",
        "deduplicate duplicates boilerplate",
        "decide news-00001",
        "decide news-00002",
    }
    with instance_of(load_corpus(history["path"])) as instance:
        told = metadata(instance, "pairs", "1-of-1")
    assert told["batches compared before"] == 3
    batches = ["news-00001", "news-00002"]
    found = small.lake_of(history["path"]).scan("duplicates", batches).collect()
    [dropped] = found.filter(~pl.col("kept")).to_dicts()
    assert sorted((dropped["batch"], dropped["twin_batch"])) == batches


def test_shares_that_corpus_yaml_no_longer_asks_for_are_gone(history: dict[str, Any]) -> None:
    pairs = small.lake_of(history["path"]).home / "pairs"
    assert [file.name for file in pairs.iterdir()] == ["1-of-1.parquet"]


def test_every_row_is_accounted_for_after_all_that(history: dict[str, Any]) -> None:
    path = history["path"]
    kept = rows(path, "verdicts").filter("kept")["doc_id"].to_list()
    assert kept == rows(path, "corpus")["doc_id"].to_list()


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A corpus one of whose sources names a field that is not there, and its build."""
    path = small.lay(tmp_path_factory.mktemp("failing"))
    pl.DataFrame({"body": [small.BRIDGE]}).write_parquet(path.parent / "laws.parquet")
    outcome = small.build_here(with_laws(path, "text"))
    return path, outcome


def with_laws(path: Path, field: str) -> Path:
    laws = {"format": "parquet", "path": "laws.parquet", "fields": {"text": field}}
    return small.configure(path.parent, sources={**small.SETTINGS["sources"], "laws": laws})


def test_a_failing_batch_is_named_with_the_reason(failing: tuple[Path, Outcome]) -> None:
    _, outcome = failing
    assert list(outcome.failures) == ["laws-00000"]
    assert "text" in outcome.failures["laws-00000"]
    assert "body" in outcome.failures["laws-00000"]
    with pytest.raises(IntegrityError, match="laws-00000"):
        outcome.raise_failures()


def test_other_batches_are_made_and_later_phases_wait(failing: tuple[Path, Outcome]) -> None:
    _, outcome = failing
    assert sorted(task.label for task in outcome.made) == small.BATCHES
    assert outcome.counts() == {"new_batches": 4, "annotate_runs": 3, "failed": 1}


def test_the_build_after_the_repair_goes_on(failing: tuple[Path, Outcome]) -> None:
    corpus = load_corpus(with_laws(failing[0], "body"))
    plan = Plan(corpus, Lake(corpus.home), asset_specs(corpus))
    assert [task.label for task in to_do(plan, "annotate")] == ["laws-00000"]
    made = small.made(small.build_here(failing[0], source="laws"))
    assert made == {"annotate laws-00000": ANNOTATED}


@pytest.mark.parametrize(
    ("source", "mixture", "right"), [("newz", None, "news"), (None, "generel", "general")]
)
def test_a_wrong_name_has_a_hint(
    built: Path, source: str | None, mixture: str | None, right: str
) -> None:
    with (
        instance_of(load_corpus(built)) as instance,
        pytest.raises(ConfigError, match=f"did you mean '{right}'"),
    ):
        build(built, instance, source=source, mixture=mixture)
