"""What a build has to make again after something changed, and what it must leave alone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.batching import assign
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.town import (
    ANNOTATED,
    CLUSTERED,
    COMPARED,
    DECIDED,
    EVERYTHING,
    MIXED,
    READ,
    Town,
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A corpus that is up to date."""
    new = Town(small.lay(tmp_path))
    assert new.build() == EVERYTHING
    yield new
    assert new.build() == {}, "what has been made should be fresh"


def test_at_first_everything_is_to_be_made(tmp_path: Path) -> None:
    town = Town(small.lay(tmp_path))
    assert town.build() == EVERYTHING


def test_then_nothing_is(town: Town) -> None:
    assert town.build() == {}


def test_a_changed_file_is_read_again_and_what_follows_is_made(town: Town) -> None:
    small.notice(town.folder, "water", "停水的时间改到了周日，请大家相互转告。")
    assert town.build() == {
        "annotate notices-00000": ANNOTATED,
        **COMPARED,
        **CLUSTERED,
        "decide notices-00000": DECIDED,
        **MIXED,
    }


def test_measurements_outlive_a_touched_file(town: Town) -> None:
    os.utime(town.folder / "notices/water.txt", (1, 1))
    assign(load_corpus(town.path), town.plan().lake)
    assert [name for name in ANNOTATED if not town.plan().fresh(name, "notices-00000")] == READ
    done = town.build()
    assert not done.keys() & {*COMPARED, *CLUSTERED}
    assert not done.keys() & MIXED.keys()


def test_a_threshold_re_runs_the_decision_and_not_the_measuring(town: Town) -> None:
    small.configure(town.folder, policies={"web": {"chars": {"min": 90}}})
    before = small.shard_digests(town.path)
    assert town.build() == {
        "decide news-00000": DECIDED,
        "decide news-00001": DECIDED,
        **MIXED,
    }
    assert small.shard_digests(town.path) != before


def test_a_threshold_that_drops_nothing_else_leaves_the_bytes(town: Town) -> None:
    before = small.shard_digests(town.path)
    small.configure(town.folder, policies={"web": {"chars": {"min": 41}}})
    done = town.build()
    assert done.keys() - MIXED.keys() == {"decide news-00000", "decide news-00001"}
    assert small.shard_digests(town.path) == before


def test_a_policy_of_no_importance_to_a_kind_changes_nothing_there(town: Town) -> None:
    policies = {**small.SETTINGS["policies"], "default": {"chars": {"min": 6}}}
    small.configure(town.folder, policies=policies)
    assert town.build().keys() - MIXED.keys() == {"decide notices-00000"}


KEEP = {"action": "keep", "reason": "a test"}


def test_another_privacy_action_makes_the_corpus_and_the_mixtures_again(town: Town) -> None:
    small.configure(town.folder, privacy={"government": KEEP})
    assert town.build() == {"decide notices-00000": ["corpus", "inventory"], **MIXED}


def test_a_recipe_concerns_its_mixture_alone(town: Town) -> None:
    general = {**small.SETTINGS["mixtures"], "general": {"max_epochs": 1, "seed": 7}}
    small.configure(town.folder, mixtures=general)
    assert town.build() == {"mix mixture_general": ["mixture_general"]}


def test_a_new_mixture_needs_nothing_else(town: Town) -> None:
    more = {**small.SETTINGS["mixtures"], "more": {"components": {"news": 1}}}
    small.configure(town.folder, mixtures=more)
    assert town.build() == {"mix mixture_more": ["mixture_more"]}


def test_another_similarity_compares_and_clusters_again(town: Town) -> None:
    small.configure(town.folder, dedup={"threshold": 0.8})
    assert town.build() == {**COMPARED, **CLUSTERED}


def test_other_bands_compare_again(town: Town) -> None:
    small.configure(town.folder, dedup={"bands": 20, "rows": 6})
    assert town.build() == COMPARED


def test_other_shares_compare_again_and_give_the_same(town: Town) -> None:
    small.configure(town.folder, dedup={"shares": 3})
    shares = {f"compare {number}-of-3": ["pairs"] for number in (1, 2, 3)}
    assert town.build() == {**shares, **CLUSTERED}


def test_how_many_make_a_line_common_concerns_boilerplate_alone(town: Town) -> None:
    small.configure(town.folder, dedup={"common": 7})
    assert town.build() == {"deduplicate boilerplate": ["boilerplate"]}


def test_another_exam_measures_contamination_again(town: Town) -> None:
    exam = small.put(town.folder / "exam.jsonl", json.dumps({"question": "桥有几个洞？"}))
    small.configure(town.folder, contamination={"benchmarks": {"bridges": str(exam)}})
    assert town.build() == {f"annotate {batch}": ["contamination"] for batch in small.BATCHES}
    small.put(exam, json.dumps({"question": "桥上刻着什么？"}))
    assert town.build() == {f"annotate {batch}": ["contamination"] for batch in small.BATCHES}


def test_what_does_not_decide_bytes_makes_nothing_again(town: Town) -> None:
    news = {**small.SETTINGS["sources"]["news"], "confidential": True}
    sources = {**small.SETTINGS["sources"], "news": news}
    small.configure(town.folder, sources=sources, concurrency=3, schedule="0 5 * * *")
    assert town.build() == {}


def test_a_field_of_a_source_reads_that_source_again(town: Town) -> None:
    notices = {**small.SETTINGS["sources"]["notices"], "licence": "public-domain"}
    small.configure(town.folder, sources={**small.SETTINGS["sources"], "notices": notices})
    annotated = [name for name in town.build() if name.startswith("annotate")]
    assert annotated == ["annotate notices-00000"]


@pytest.mark.parametrize(
    ("asset", "again"),
    [
        ("documents", {f"annotate {batch}": ANNOTATED for batch in small.BATCHES}),
        ("language", {f"annotate {batch}": ["language"] for batch in small.BATCHES}),
        ("pairs", COMPARED),
        ("duplicates", CLUSTERED),
        ("boilerplate", {"deduplicate boilerplate": ["boilerplate"]}),
        ("verdicts", {f"decide {batch}": DECIDED for batch in small.BATCHES}),
        ("mixture_general", {"mix mixture_general": ["mixture_general"]}),
    ],
)
def test_raised_code_makes_its_asset_again_and_stops_at_equal_bytes(
    town: Town, asset: str, again: dict[str, list[str]]
) -> None:
    town.versions[asset] = "raised"
    assert town.build() == again


def test_a_run_killed_between_documents_and_rejects_reads_again(town: Town) -> None:
    town.plan().lake.path("rejects", "news-00001").unlink()
    assert town.build() == {"annotate news-00001": ANNOTATED}


def test_half_a_file_is_made_again(town: Town) -> None:
    file = town.plan().lake.path("signals", "news-00001")
    file.write_bytes(file.read_bytes()[:-9])
    assert town.build() == {"annotate news-00001": ["signals"]}


def test_half_a_share_is_compared_again(town: Town) -> None:
    file = town.plan().lake.path("pairs", "1-of-1")
    file.write_bytes(file.read_bytes()[:-9])
    assert town.build() == COMPARED


@pytest.mark.parametrize(
    ("table", "again"),
    [("duplicates", CLUSTERED), ("boilerplate", {"deduplicate boilerplate": ["boilerplate"]})],
)
@pytest.mark.parametrize("gone", ["receipt.json", "news-00001.parquet"])
def test_a_table_whose_writing_was_killed_is_made_again(
    town: Town, table: str, gone: str, again: dict[str, list[str]]
) -> None:
    (town.plan().lake.home / table / gone).unlink()
    assert town.build() == again


def test_files_of_batches_whose_rows_stay_are_not_touched(town: Town) -> None:
    def files() -> dict[Path, tuple[int, int]]:
        places = [(town.folder / "corpus" / name).glob("*.parquet") for name in WHOLE]
        found = [(path, path.stat()) for place in places for path in place]
        return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found}

    before = files()
    small.put(town.folder / "news/2024-03.jsonl", small.WATER + "\n")
    town.build()
    after = files()
    touched = {
        path.relative_to(town.folder / "corpus").as_posix()
        for path, stat in after.items()
        if before.get(path) != stat
    }
    assert touched == {
        "duplicates/notices-00000.parquet",
        "duplicates/news-00002.parquet",
        "boilerplate/news-00002.parquet",
    }


WHOLE = ("duplicates", "boilerplate")


def test_a_shard_that_is_gone_is_made_again(town: Town) -> None:
    folder = town.plan().lake.mixture("services")
    manifest = town.plan().lake.manifest("services")
    assert manifest is not None
    (folder / manifest.shards[-1].path).unlink()
    assert town.build() == {"mix mixture_services": ["mixture_services"]}


def test_a_new_batch_leaves_other_decisions_alone(town: Town) -> None:
    small.news(town.folder, "2024-03", ["这一篇和别的都不一样，写的是山那边的铁路。" * 3])
    assert town.build() == {
        "annotate news-00002": ANNOTATED,
        **COMPARED,
        **CLUSTERED,
        "decide news-00002": DECIDED,
        **MIXED,
    }


def test_a_new_batch_that_brings_a_twin_decides_again_where_the_twin_lies(town: Town) -> None:
    small.put(town.folder / "news/2024-03.jsonl", small.WATER + "\n")
    done = town.build()
    decided = {name for name in done if name.startswith("decide")}
    assert decided == {"decide news-00002", "decide notices-00000"}


def test_a_source_taken_out_leaves_the_clusters_and_the_mixtures(town: Town) -> None:
    news = {"news": small.SETTINGS["sources"]["news"]}
    small.configure(town.folder, sources=news, mixtures={"general": {"max_epochs": 1}})
    assert town.build() == {
        **COMPARED,
        **CLUSTERED,
        "mix mixture_general": ["mixture_general"],
    }


def test_a_missing_upstream_is_never_fresh(tmp_path: Path) -> None:
    town = Town(small.lay(tmp_path))
    assign(load_corpus(town.path), town.plan().lake)
    assert not any(town.plan().fresh(name, "news-00000") for name in (*ANNOTATED, *DECIDED))
    assert not town.plan().fresh("pairs", "1-of-1")
    assert not town.plan().fresh("duplicates", None)
    assert not town.plan().fresh("boilerplate", None)
    assert not town.plan().fresh("mixture_general", None)
