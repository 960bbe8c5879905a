"""Worker processes: each runs whole phases of whole batches, and none outlives its build."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.lake import Lake
from schemas import errors
from schemas.corpus import Corpus
from schemas.errors import BusyError

PATIENCE = 10.0
"""Seconds to wait for the workers of a killed build to notice that it is gone."""

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""The runs are in the UI and the failures in the outcome; the terminal shows progress."""

MADE_BY = {"wenyuan/build": "part"}


@dataclass(frozen=True)
class Task:
    """Assets of one phase made in one run: for a batch (of `size` raw bytes), a share, or all.

    Where there are `requests`, nothing is made: rows that these numbers of the ledger name are
    taken out.
    """

    stage: str
    assets: tuple[str, ...]
    partition: str | None = None
    size: int = 0
    requests: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """How progress and failures name it."""
        return self.partition or ", ".join(self.assets)


@dataclass(frozen=True)
class Failure:
    """Why a task failed, in words, and the kind of its first error."""

    why: str
    kind: str


Run = Callable[[Task], "Future[Failure | None]"]
"""Starts a task; the future gives null, or why the task failed."""


def at_once(corpus: Corpus) -> int:
    """How many tasks run side by side."""
    return corpus.concurrency or os.cpu_count() or 1


@contextmanager
def exclusive(lake: Lake) -> Iterator[None]:
    """Hold the lake for one build.

    Raises:
        BusyError: another build, or a worker it left behind, holds it.
    """
    lake.home.mkdir(parents=True, exist_ok=True)
    with _locked(lake.home / "build.lock", 0.0):
        with _locked(lake.home / "workers.lock", PATIENCE):
            pass
        yield


@contextmanager
def _locked(file: Path, patience: float) -> Iterator[None]:
    until = time.monotonic() + patience
    with file.open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise BusyError(
                        f"another build is at work in {file.parent}; wait for it to end, "
                        "or stop it (what it has finished is kept)"
                    ) from None
                time.sleep(0.1)
        yield


@contextmanager
def workers(path: Path, corpus: Corpus, instance: dg.DagsterInstance) -> Iterator[Run]:
    """Processes that run tasks; they start with the first one."""
    count = at_once(corpus)
    with ExitStack() as stack:
        if count > 1:
            # With a worker a core, more threads only wait. Polars reads this when it is imported.
            stack.enter_context(_environment("POLARS_MAX_THREADS", "1"))
        pool = ProcessPoolExecutor(
            count,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(str(path), corpus.home, str(instance.root_directory), os.getpid()),
        )
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        yield lambda task: pool.submit(_run, task)


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = before or value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]


def close_orphans(instance: dg.DagsterInstance) -> None:
    """Mark the runs that a killed build left open as failed; the caller holds the lake."""
    unfinished = dg.RunsFilter(
        tags=MADE_BY,
        statuses=[
            dg.DagsterRunStatus.NOT_STARTED,
            dg.DagsterRunStatus.STARTING,
            dg.DagsterRunStatus.STARTED,
        ],
    )
    for run in instance.get_runs(filters=unfinished):
        instance.report_run_failed(run, "the build that ran it was killed")


_state: dict[str, str] = {}


def _begin(path: str, home: str, root: str, parent: int) -> None:
    """Set a worker up to share the lake's lock and to end when the build does."""
    os.environ["DAGSTER_HOME"] = root
    _state["path"] = path
    lock = (Path(home) / "workers.lock").open("a")
    fcntl.flock(lock, fcntl.LOCK_SH)
    threading.Thread(target=_die_with, args=(parent, lock), daemon=True).start()


def _die_with(parent: int, _lock: object) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def _run(task: Task) -> Failure | None:
    """Make the assets of `task` in one Dagster run; why it failed, or null."""
    job = dg.build_reconstructable_job(
        "pipelines.definitions", "stage_job", reconstructable_args=((_state["path"], task.stage),)
    )
    tags = dict(MADE_BY)
    if task.partition:
        tags["dagster/partition"] = task.partition
    with dg.DagsterInstance.get() as instance:
        result = dg.execute_job(
            job,
            instance,
            tags=tags,
            run_config=QUIET,
            asset_selection=[dg.AssetKey(name) for name in task.assets],
        )
    if result.success:
        return None
    failures = [failure_of(event) for event in result.all_events if event.is_step_failure]
    if not failures:
        return Failure("the run failed before its first step", "failure")
    return Failure("; ".join(one.why for one in failures), failures[0].kind)


def failure_of(event: dg.DagsterEvent) -> Failure:
    """Why the step of this event failed."""
    return Failure(_why(event), _kind(event))


def _why(event: dg.DagsterEvent) -> str:
    """What failed and why; of an error that is not ours only the kind, lest it quote the data."""
    cause = _cause(event)
    if cause and cause.cls_name in vars(errors):
        return f"{event.step_key}: {cause.message.strip()}"
    return f"{event.step_key}: {_kind(event)}; the run's page in 'wenyuan ui' has the whole of it"


def _kind(event: dg.DagsterEvent) -> str:
    cause = _cause(event)
    return (cause and cause.cls_name) or "failure"


def _cause(event: dg.DagsterEvent) -> Any:
    error = event.step_failure_data.error
    return error.cause if error and error.cause else error
