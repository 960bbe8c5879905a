"""Runs that Dagster starts are told as a build's tasks are, below the run that made them."""

import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from pipelines import definitions
from pipelines.instance import dagster_home, instance_of
from pipelines.lineage.steps import telling
from pipelines.workers import MADE_BY
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.lineage.telling import Event, by_hand, by_run, into, of, read
from tests.pipelines.running import moved

pytest.importorskip("openlineage.client")
pytestmark = pytest.mark.usefixtures("nothing_set_up")


def test_steps_begin_and_end_one_by_one_within_their_run(
    started_by_hand: tuple[Path, list[Event]],
) -> None:
    [first, *_] = by_run(started_by_hand[1])
    told = [one for one in started_by_hand[1] if _run_of(one) == first[0]]
    assert [(one["job"]["name"], one["eventType"]) for one in told] == [
        ("annotate", "START"),
        ("annotate.documents", "START"),
        ("annotate.rejects", "START"),
        ("annotate.documents", "COMPLETE"),
        ("annotate.rejects", "COMPLETE"),
        ("annotate.language", "START"),
        ("annotate.language", "COMPLETE"),
        ("annotate", "COMPLETE"),
    ]
    for one in told[1:-1]:
        assert one["run"]["facets"]["parent"]["job"]["name"] == "annotate"


def test_the_parent_is_the_run_of_dagster(started_by_hand: tuple[Path, list[Event]]) -> None:
    path, told = started_by_hand
    with by_hand(path, "mix", ("mixture_services",)) as (instance, _):
        runs = {run.run_id: run.job_name for run in instance.get_runs()}
    for one in told:
        assert runs[_run_of(one)] == one["job"]["name"].partition(".")[0]


def test_what_is_made_is_told_as_by_a_build(
    told: tuple[Path, list[Event]], started_by_hand: tuple[Path, list[Event]]
) -> None:
    [here] = of(started_by_hand[1], "annotate.language")
    [there] = [one for one in of(told[1], "annotate.language") if "news-00000" in str(one)]
    for side in ("inputs", "outputs"):
        names = [[one["name"] for one in event[side]] for event in (here, there)]
        assert names[0] == names[1] != []
    [made], [made_there] = here["outputs"], there["outputs"]
    assert made["outputFacets"] == made_there["outputFacets"]
    assert made["facets"]["schema"] == made_there["facets"]["schema"]
    [mixed] = of(started_by_hand[1], "mix.mixture_general")
    assert [one["name"] for one in mixed["outputs"]] == ["mixtures/general"]


def test_a_step_that_fails_is_told_with_the_kind_of_its_error(
    started_by_hand: tuple[Path, list[Event]],
) -> None:
    failed = [one for one in started_by_hand[1] if one["eventType"] == "FAIL"]
    assert [one["job"]["name"] for one in failed] == ["decide.verdicts", "decide"]
    for one in failed:
        assert one["run"]["facets"]["errorMessage"]["message"] == "NotFoundError"
    assert not [one for one in started_by_hand[1] if one["job"]["name"] == "decide.corpus"]


def test_without_the_address_answering_a_run_goes_on_and_warns_once(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "http")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__URL", "http://someone:secret@127.0.0.1:9")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__RETRY", json.dumps({"total": 1}))
    with by_hand(moved(told[0], tmp_path), "mix", ("mixture_general",)) as (instance, result):
        assert result.success
        log = "\n".join(one.user_message for one in instance.all_logs(result.run_id))
    assert log.count("OpenLineage") == 1
    assert "secret" not in log


def test_assets_chosen_in_dagster_itself_are_told(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one of our jobs, and loaded as `dagster` loads everything: by the module."""
    path = moved(told[0], tmp_path)
    into(tmp_path / "events.jsonl", monkeypatch)
    asked = ["--select", "language,signals", "--partition", small.BATCHES[0]]
    module = ["-m", "pipelines.definitions"]
    home = str(dagster_home(load_corpus(path)).resolve())
    subprocess.run(
        [sys.executable, "-m", "dagster", "asset", "materialize", *module, *asked],
        env=small.environment(WENYUAN_CORPUS=str(path), DAGSTER_HOME=home),
        check=True,
        capture_output=True,
    )
    states = {job: states for (_, job), states in by_run(read(tmp_path / "events.jsonl")).items()}
    jobs = ("materialize", "annotate.language", "annotate.signals")
    assert states == {job: ["START", "COMPLETE"] for job in jobs}


def test_a_run_of_a_build_that_is_made_again_in_dagster_is_told(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = moved(told[0], tmp_path)
    into(tmp_path / "events.jsonl", monkeypatch)
    with instance_of(load_corpus(path)) as instance:
        [before] = instance.get_runs(dg.RunsFilter(job_name="compare"))
    with by_hand(path, "compare", tags=before.tags, again=before.run_id) as (_, result):
        assert result.success
    assert MADE_BY.items() <= before.tags.items()
    states = {job: states for (_, job), states in by_run(read(tmp_path / "events.jsonl")).items()}
    assert states == {job: ["START", "COMPLETE"] for job in ("compare", "compare.pairs")}


def test_steps_in_processes_of_their_own_are_told_by_the_one_that_starts_them(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Ray, the executor is configured, and sees no more of its steps than their events."""
    path = moved(told[0], tmp_path)
    into(tmp_path / "events.jsonl", monkeypatch)
    apart = telling(dg.multiprocess_executor, load_corpus(path))
    configured = apart.configured({"max_concurrent": 1}, name="apart")
    monkeypatch.setattr(definitions, "executor_of", lambda _: configured)
    with by_hand(path, "annotate", ("language", "signals"), small.BATCHES[0]) as (_, result):
        assert result.success
    states = {job: states for (_, job), states in by_run(read(tmp_path / "events.jsonl")).items()}
    jobs = ("annotate", "annotate.language", "annotate.signals")
    assert states == {job: ["START", "COMPLETE"] for job in jobs}


def _run_of(event: Event) -> str:
    """The run of Dagster that an event is about."""
    parent = event["run"]["facets"].get("parent", event)
    return str(parent["run"]["runId"])
