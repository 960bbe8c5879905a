"""What Dagster sees of a corpus: the graph, the jobs, and what starts by itself."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from assets.raw import BATCHES
from pipelines.batching import assign
from pipelines.build import build
from pipelines.definitions import definitions
from pipelines.executors import executor_of
from pipelines.graph import STAGES
from pipelines.lake import Lake
from schemas.corpus import load_corpus
from schemas.errors import ConfigError
from tests.pipelines import small


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.lay(tmp_path_factory.mktemp("defined"))


@pytest.fixture(scope="module")
def defs(path: Path) -> dg.Definitions:
    return defined(path)


def defined(path: Path) -> dg.Definitions:
    return definitions(path, load_corpus(path))


def versions(of: dg.Definitions) -> dict[str, str | None]:
    return {spec.key.path[-1]: spec.code_version for spec in of.resolve_all_asset_specs()}


def test_the_definitions_load(defs: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(defs)


def test_every_asset_says_what_it_is_and_where_it_belongs(defs: dg.Definitions) -> None:
    groups = {"raw", *(group for groups in STAGES.values() for group in groups)}
    for spec in defs.resolve_all_asset_specs():
        assert spec.description, spec.key
        assert spec.group_name in groups, spec.key
        assert spec.code_version or spec.key == dg.AssetKey("raw"), spec.key


def test_every_mixture_is_a_node_of_its_own(defs: dg.Definitions) -> None:
    mixed = {
        spec.key.path[-1] for spec in defs.resolve_all_asset_specs() if spec.group_name == "mix"
    }
    assert mixed == {"mixture_general", "mixture_services"}


def test_every_table_is_an_asset_upstream_of_the_mixtures(defs: dg.Definitions) -> None:
    above = dg.AssetSelection.assets("mixture_general").upstream(include_self=False)
    tables = {"documents", "language", "signals", "scores", "privacy", "signatures", "lines"}
    found = {key.path[-1] for key in above.resolve(defs.resolve_asset_graph())}
    decided = {"pairs", "duplicates", "boilerplate", "verdicts", "corpus", "inventory"}
    assert found == {*tables, "contamination", *decided}


def test_every_phase_and_the_whole_build_are_jobs(defs: dg.Definitions) -> None:
    names = {job.name for job in defs.resolve_all_job_defs()}
    assert names >= {*STAGES, "build"}


def test_the_schedule_is_the_one_of_corpus_yaml(path: Path, tmp_path: Path) -> None:
    for of, when in (
        (path, "0 2 * * *"),
        (small.configure(tmp_path, schedule="30 4 * * 1"), "30 4 * * 1"),
    ):
        [schedule] = defined(of).schedules or []
        assert isinstance(schedule, dg.ScheduleDefinition)
        assert schedule.cron_schedule == when


def test_a_threshold_changes_the_version_of_verdicts_alone(path: Path, tmp_path: Path) -> None:
    before = versions(defined(path))
    after = versions(defined(small.configure(tmp_path, policies={"web": {"chars": {"min": 99}}})))
    assert [name for name in before if before[name] != after[name]] == ["verdicts"]


def test_a_recipe_changes_the_version_of_its_mixture_alone(path: Path, tmp_path: Path) -> None:
    before = versions(defined(path))
    recipes = {**small.SETTINGS["mixtures"], "general": {"seed": 5}}
    after = versions(defined(small.configure(tmp_path, mixtures=recipes)))
    assert [name for name in before if before[name] != after[name]] == ["mixture_general"]


class TestSensor:
    """New files start a build."""

    def evaluate(self, path: Path, instance: dg.DagsterInstance) -> dg.SensorResult | dg.SkipReason:
        [sensor] = defined(path).sensors or []
        result = sensor(dg.build_sensor_context(instance=instance))
        assert isinstance(result, dg.SensorResult | dg.SkipReason)
        return result

    def test_a_new_file_makes_a_partition_and_starts_a_build(self, tmp_path: Path) -> None:
        path = small.lay(tmp_path)
        with dg.DagsterInstance.ephemeral() as instance:
            first = self.evaluate(path, instance)
            assert isinstance(first, dg.SensorResult)
            assert len(first.run_requests or []) == 1
            [added] = first.dynamic_partitions_requests or []
            assert added.partitions_def_name == BATCHES.name
            assert sorted(added.partition_keys) == small.BATCHES
            assert isinstance(self.evaluate(path, instance), dg.SkipReason)

    def test_a_changed_file_starts_another_build(self, tmp_path: Path) -> None:
        path = small.lay(tmp_path)
        with dg.DagsterInstance.ephemeral() as instance:
            first = self.evaluate(path, instance)
            small.notice(tmp_path, "water", "停水的时间改到了周日。")
            second = self.evaluate(path, instance)
        assert isinstance(first, dg.SensorResult)
        assert isinstance(second, dg.SensorResult)
        [before], [after] = first.run_requests or [], second.run_requests or []
        assert before.run_key != after.run_key
        [added] = second.dynamic_partitions_requests or []
        assert added.partition_keys == ["notices-00000"]

    def test_files_that_a_build_has_seen_are_not_new(self, tmp_path: Path) -> None:
        path = small.lay(tmp_path)
        corpus = load_corpus(path)
        assign(corpus, Lake(corpus.home))
        with dg.DagsterInstance.ephemeral() as instance:
            assert isinstance(self.evaluate(path, instance), dg.SkipReason)


def test_the_build_job_does_what_the_command_does(built: Path) -> None:
    job = defined(built).resolve_job_def("build")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance)
        assert result.success
        assert build(built, instance).counts() == {"new_batches": 0, "failed": 0}
        assert instance.get_dynamic_partitions(BATCHES.name or "") == small.BATCHES


def loaded(**variables: str) -> "subprocess.CompletedProcess[str]":
    code = "import pipelines.definitions as d; print('imported', flush=True); d.defs()"
    alone = {"PYTHONPATH": str(Path.cwd()), **variables}
    return subprocess.run(
        [sys.executable, "-c", code], env=alone, capture_output=True, text=True, check=False
    )


def test_importing_needs_no_environment_and_loading_says_what_it_needs() -> None:
    result = loaded()
    assert result.stdout == "imported\n"
    assert "ConfigError" in result.stderr
    assert "WENYUAN_CORPUS is not set" in result.stderr


def test_loading_finds_the_corpus_in_the_environment(path: Path) -> None:
    result = loaded(WENYUAN_CORPUS=str(path))
    assert (result.returncode, result.stdout) == (0, "imported\n"), result.stderr


def test_ray_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dagster_ray", None)
    path = small.configure(tmp_path, executor="ray")
    with pytest.raises(ConfigError, match=r"\[ray\]"):
        executor_of(load_corpus(path))


def test_steps_of_a_batch_share_a_process_however_they_are_started(
    path: Path, defs: dg.Definitions
) -> None:
    """Those of our jobs, and those of assets that somebody chooses in the UI."""
    assert executor_of(load_corpus(path)).name == dg.in_process_executor.name
    jobs = [*map(defs.resolve_job_def, STAGES), defs.resolve_implicit_global_asset_job_def()]
    assert {job.executor_def.name for job in jobs} == {dg.in_process_executor.name}
