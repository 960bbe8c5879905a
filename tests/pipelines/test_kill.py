"""A build may be killed at any moment: the next one ends where an undisturbed one would have."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.instance import instance_of
from schemas.corpus import load_corpus
from tests.pipelines import small

COMMAND = "from pipelines.cli import main; main()"
PHASES = ["annotate", "compare", "deduplicate", "decide"]
"""A kill strikes soon after the first run of each of these phases has started."""


def start(path: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "build", "-c", str(path)],
        env=small.environment(NUMBA_NUM_THREADS="1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(path: Path, phase: str, running: "subprocess.Popen[bytes]") -> None:
    """Until a run of `phase` is at work."""
    while not started(path, phase):
        assert running.poll() is None, f"the build ended before it came to {phase}"
        time.sleep(0.01)


def started(path: Path, phase: str) -> bool:
    file = small.lake_of(path).home / ".dagster/history/runs.db"
    query = "select 1 from runs where pipeline_name = ? and status = 'STARTED'"
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as runs:
            return runs.execute(query, (phase,)).fetchone() is not None
    except sqlite3.OperationalError:
        return False


@pytest.fixture(scope="module")
def survivor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A corpus whose build was killed in all PHASES, then left alone; what a second one said."""
    chance = random.Random(20240501)
    path = small.lay(tmp_path_factory.mktemp("killed"))
    refused = []
    for phase in PHASES:
        running = start(path)
        wait_for(path, phase, running)
        if phase == "annotate":
            refused.append(CliRunner().invoke(main, ["build", "-c", str(path)]).exit_code)
        time.sleep(chance.uniform(0, 0.3))
        # The main process alone: its workers have to notice by themselves.
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    assert not small.build_apart(path).failures
    return path, refused


def test_the_mixtures_are_those_of_an_undisturbed_build(
    survivor: tuple[Path, list[int]], built: Path
) -> None:
    assert small.shard_digests(survivor[0]) == small.shard_digests(built)


def test_nothing_half_written_is_left(survivor: tuple[Path, list[int]]) -> None:
    assert small.leftovers(survivor[0]) == []


def test_no_run_is_left_open(survivor: tuple[Path, list[int]]) -> None:
    with instance_of(load_corpus(survivor[0])) as instance:
        states = {run.status for run in instance.get_runs()}
    assert states <= {dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE}


def test_a_second_build_is_refused_while_one_is_at_work(
    survivor: tuple[Path, list[int]],
) -> None:
    assert survivor[1] == [5]
