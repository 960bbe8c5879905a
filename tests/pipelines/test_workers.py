"""One build at a time, and no worker that outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest

from pipelines import workers
from pipelines.instance import instance_of
from pipelines.lake import Lake
from pipelines.workers import MADE_BY, close_orphans, exclusive
from schemas.corpus import load_corpus
from schemas.errors import BusyError
from tests.pipelines import small

BEGINS = """
import os, sys, time
from pipelines.workers import _begin
parent, home = os.getpid(), sys.argv[1]
if os.fork() == 0:
    _begin("corpus.yaml", home, home, parent)
    print(os.getpid(), flush=True)
time.sleep(60)
"""


def test_the_lake_is_held_by_one_build(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    with exclusive(lake), pytest.raises(BusyError, match="another build"), exclusive(lake):
        pass
    with exclusive(lake):
        pass


def test_a_failing_build_lets_the_lake_go(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    with pytest.raises(OSError, match="disk full"), exclusive(lake):
        raise OSError("disk full")
    with exclusive(lake):
        pass


def test_a_build_waits_for_workers_left_behind_and_then_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.3)
    lake = Lake(str(tmp_path))
    started = time.monotonic()
    left_behind = workers._locked(tmp_path / "workers.lock", 0.0)
    with left_behind, pytest.raises(BusyError), exclusive(lake):
        pass
    assert time.monotonic() - started >= 0.3


def test_a_worker_ends_when_its_build_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEGINS, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=small.environment(),
        text=True,
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        with pytest.raises(BusyError), workers._locked(tmp_path / "workers.lock", 0.0):
            pass
        os.kill(parent.pid, signal.SIGKILL)
    with workers._locked(tmp_path / "workers.lock", 5.0):
        pass
    assert not running(worker)


def running(pid: int) -> bool:
    """Whether the process still runs; one that only waits to be collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    for _ in range(20):
        if not stat.is_file() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_polars_uses_one_thread_in_each_of_several_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    with workers._environment("POLARS_MAX_THREADS", "1"):
        assert os.environ["POLARS_MAX_THREADS"] == "1"
    assert "POLARS_MAX_THREADS" not in os.environ
    monkeypatch.setenv("POLARS_MAX_THREADS", "3")
    with workers._environment("POLARS_MAX_THREADS", "1"):
        assert os.environ["POLARS_MAX_THREADS"] == "3"
    assert os.environ["POLARS_MAX_THREADS"] == "3"


def test_runs_of_a_killed_build_are_closed_and_others_left_alone(tmp_path: Path) -> None:
    @dg.job
    def nothing() -> None:
        pass

    with instance_of(load_corpus(small.lay(tmp_path))) as instance:
        orphan = instance.create_run_for_job(nothing, tags=MADE_BY)
        stranger = instance.create_run_for_job(nothing)
        close_orphans(instance)
        states = {run.run_id: run.status for run in instance.get_runs()}
    assert states[orphan.run_id] == dg.DagsterRunStatus.FAILURE
    assert states[stranger.run_id] == dg.DagsterRunStatus.NOT_STARTED
