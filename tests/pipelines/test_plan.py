"""What a build has to make again after something changed, and what it must leave alone.

The steps are replaced by quick ones that keep lines and compare them, so that only the planning
is on trial; what they return goes into a real lake by the real way.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from hashlib import md5
from pathlib import Path
from typing import Any, NamedTuple, cast

import dagster as dg
import polars as pl
import pytest

from pipelines.batching import assign, placed
from pipelines.build import to_do
from pipelines.graph import STAGES, asset_specs
from pipelines.io import LakeIOManager
from pipelines.lake import TABLES, Lake
from pipelines.plan import Plan
from quality.mixing import Mixture, plan, sizes
from schemas.corpus import Corpus, load_corpus
from tests.pipelines import small

READ = ["documents", "rejects"]
MEASURED = ["language", "signals", "privacy", "signatures", "contamination"]
ANNOTATED = [*READ, *MEASURED]
DECIDED = ["verdicts", "corpus"]
MIXED = {f"mix mixture_{name}": [f"mixture_{name}"] for name in small.SETTINGS["mixtures"]}
EVERYTHING = (
    {f"annotate {batch}": ANNOTATED for batch in small.BATCHES}
    | {"deduplicate duplicates": ["duplicates"]}
    | {f"decide {batch}": DECIDED for batch in small.BATCHES}
    | MIXED
)


def table(name: str, ids: list[str], **columns: Any) -> pl.LazyFrame:
    """Rows of a table: these columns, and nothing in the others."""
    given = {"doc_id": ids, **columns}
    return pl.DataFrame(
        {column: given.get(column, [None] * len(ids)) for column in TABLES[name]},
        schema=TABLES[name],
    ).lazy()


class Context(NamedTuple):
    """What an IO manager is told; Dagster's own costs a database each."""

    asset_key: dg.AssetKey
    partition_key: str | None

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Nobody looks."""


class Steps:
    """Quick stand-ins for the assets: a document is a line, its id the digest of the line."""

    def __init__(self, corpus: Corpus, lake: Lake) -> None:
        self.corpus, self.lake = corpus, lake
        self.batches = Plan(corpus, lake, asset_specs(corpus)).batches

    def lines(self, batch: str) -> list[str]:
        return list(self.lake.scan("documents", [batch]).collect()["text"])

    def ids(self, batch: str) -> list[str]:
        return list(self.lake.scan("documents", [batch]).collect()["doc_id"])

    def documents(self, batch: str) -> pl.LazyFrame:
        files = placed(self.corpus, self.batches[batch]).files
        texts = [Path(file.path).read_text() for file in files]
        lines = [line for text in texts for line in text.splitlines()]
        return table("documents", [md5(line.encode()).hexdigest() for line in lines], text=lines)

    def rejects(self, batch: str) -> pl.LazyFrame:
        return pl.LazyFrame(schema=TABLES["rejects"])

    def duplicates(self) -> pl.LazyFrame:
        first: dict[str, str] = {}
        rows: dict[str, list[Any]] = {"doc_id": [], "batch": [], "kept": [], "twin": []}
        for batch in self.batches:
            for one in self.ids(batch):
                twin = first.setdefault(one, batch)
                values = (one, batch, twin == batch, None if twin == batch else twin)
                for column, value in zip(rows, values, strict=True):
                    rows[column].append(value)
        return table("duplicates", rows.pop("doc_id"), **rows)

    def verdicts(self, batch: str) -> pl.LazyFrame:
        policy = self.corpus.policies.get(self.corpus.sources[self.batches[batch].source].kind)
        least = policy.chars.min or 0 if policy and policy.chars else 0
        unique = self.lake.scan("duplicates", [batch]).collect()["kept"]
        long = [len(line) >= least for line in self.lines(batch)]
        kept = [a and b for a, b in zip(unique, long, strict=True)]
        return table(
            "verdicts", self.ids(batch), kept=kept, policy_version=[str(least)] * len(kept)
        )

    def corpus_(self, batch: str) -> pl.LazyFrame:
        kind = self.corpus.sources[self.batches[batch].source].kind
        action = self.corpus.actions(kind)["mobile"]
        lines = [line.replace(small.MOBILE, action) for line in self.lines(batch)]
        names = [self.batches[batch].source] * len(lines)
        kept = self.lake.scan("verdicts", [batch]).collect()["kept"]
        rows = table("corpus", self.ids(batch), text=lines, source=names).collect()
        return rows.filter(kept).lazy()

    def mixture(self, name: str) -> Mixture:
        recipe = self.corpus.mixtures[name]
        rows = self.lake.scan("corpus", self.batches)
        return Mixture(name, recipe, rows, plan(sizes(rows, recipe.tokenizer).collect(), recipe))

    def make(self, asset: str, batch: str | None) -> Any:
        if asset.startswith("mixture_"):
            return self.mixture(asset.removeprefix("mixture_"))
        if batch is None:
            return self.duplicates()
        if asset in MEASURED:
            return table(asset, self.ids(batch))
        step: Callable[[str], pl.LazyFrame] = getattr(self, {"corpus": "corpus_"}.get(asset, asset))
        return step(batch)


class Town:
    """The small corpus, and builds of it in milliseconds."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent
        self.versions: dict[str, str] = {}

    def plan(self) -> Plan:
        corpus = load_corpus(self.path)
        return Plan(corpus, Lake(corpus.home), self.specs(corpus))

    def specs(self, corpus: Corpus) -> list[dg.AssetSpec]:
        return [
            spec.replace_attributes(
                code_version=self.versions.get(spec.key.path[-1], spec.code_version)
            )
            for spec in asset_specs(corpus)
        ]

    def build(self) -> dict[str, list[str]]:
        """Do what a build does; what was made, by phase and batch."""
        corpus = load_corpus(self.path)
        lake = Lake(corpus.home)
        assign(corpus, lake)
        steps, specs = Steps(corpus, lake), self.specs(corpus)
        keeper = LakeIOManager(corpus, lake, specs)
        done = {}
        for stage in STAGES:
            for task in to_do(Plan(corpus, lake, specs), stage):
                for asset in task.assets:
                    context = cast("dg.OutputContext", Context(dg.AssetKey(asset), task.batch))
                    keeper.handle_output(context, steps.make(asset, task.batch))
                done[f"{stage} {task.label}"] = list(task.assets)
        return done


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
        "deduplicate duplicates": ["duplicates"],
        "decide notices-00000": DECIDED,
        **MIXED,
    }


def test_measurements_outlive_a_touched_file(town: Town) -> None:
    os.utime(town.folder / "notices/water.txt", (1, 1))
    assign(load_corpus(town.path), town.plan().lake)
    assert [name for name in ANNOTATED if not town.plan().fresh(name, "notices-00000")] == READ
    done = town.build()
    assert "deduplicate duplicates" not in done
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


def test_another_privacy_action_makes_the_corpus_and_the_mixtures_again(town: Town) -> None:
    small.configure(town.folder, privacy={"default": "mask", "government": "keep"})
    assert town.build() == {"decide notices-00000": ["corpus"], **MIXED}


def test_a_recipe_concerns_its_mixture_alone(town: Town) -> None:
    general = {**small.SETTINGS["mixtures"], "general": {"max_epochs": 1, "seed": 7}}
    small.configure(town.folder, mixtures=general)
    assert town.build() == {"mix mixture_general": ["mixture_general"]}


def test_a_new_mixture_needs_nothing_else(town: Town) -> None:
    more = {**small.SETTINGS["mixtures"], "more": {"components": {"news": 1}}}
    small.configure(town.folder, mixtures=more)
    assert town.build() == {"mix mixture_more": ["mixture_more"]}


def test_another_similarity_clusters_again(town: Town) -> None:
    small.configure(town.folder, dedup={"threshold": 0.8})
    assert town.build() == {"deduplicate duplicates": ["duplicates"]}


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
        ("duplicates", {"deduplicate duplicates": ["duplicates"]}),
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


def test_clusters_whose_writing_was_killed_are_made_again(town: Town) -> None:
    (town.plan().lake.home / "duplicates" / "receipt.json").unlink()
    assert town.build() == {"deduplicate duplicates": ["duplicates"]}


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
        "deduplicate duplicates": ["duplicates"],
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
        "deduplicate duplicates": ["duplicates"],
        "mix mixture_general": ["mixture_general"],
    }


def test_a_missing_upstream_is_never_fresh(tmp_path: Path) -> None:
    town = Town(small.lay(tmp_path))
    assign(load_corpus(town.path), town.plan().lake)
    assert not any(town.plan().fresh(name, "news-00000") for name in (*ANNOTATED, *DECIDED))
    assert not town.plan().fresh("duplicates", None)
    assert not town.plan().fresh("mixture_general", None)
