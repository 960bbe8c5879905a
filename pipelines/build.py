"""A build: the five phases, each doing only what is not done yet.

The command line, the UI's job and the schedule all call `build`. Batches run side by side in
worker processes; a killed build leaves whole files, and the next one goes on from them.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import dagster as dg

from assets.discretion import told
from assets.raw import BATCHES
from assets.settings import shares
from pipelines.batching import assign
from pipelines.graph import STAGES, asset_specs
from pipelines.lake import Lake
from pipelines.lineage.events import Events, events_of
from pipelines.plan import MIXTURE, Plan
from pipelines.withdrawal.forgetting import certify, take_off
from pipelines.withdrawal.sweep import mark_sources, report, withdraw
from pipelines.workers import (
    Failure,
    Run,
    Task,
    at_once,
    close_orphans,
    exclusive,
    workers,
)
from schemas.batches import Batch
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError, InfeasibleError, IntegrityError
from schemas.located import nearest


@dataclass
class Outcome:
    """What a build did."""

    new_batches: int = 0
    made: list[Task] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    infeasible: dict[str, str] = field(default_factory=dict)
    """Of the failures the mixtures whose recipe asks for too much, and what is short."""
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        """Runs by phase, and how many of all failed."""
        stages = [task.stage for task in self.made]
        runs = {f"{stage}_runs": stages.count(stage) for stage in dict.fromkeys(stages)}
        return {"new_batches": self.new_batches, **runs, "failed": len(self.failures)}

    def raise_failures(self) -> None:
        """Raise what went wrong, if anything did."""
        if self.failures:
            lines = [f"{label}: {why}" for label, why in self.failures.items()]
            raise IntegrityError("\n".join(["the build is not complete:", *lines]))


class Progress:
    """Told how a build goes; does nothing unless a front overrides it."""

    def phase(self, stage: str, tasks: Sequence[Task]) -> None:
        """A phase begins with these tasks."""

    def done(self, task: Task, why: str | None) -> None:
        """A task is over; `why` it failed, or null."""

    def warn(self, what: str) -> None:
        """Something does not work that the build can do without."""


class Logged(Progress):
    """Says in a log what is being done."""

    def __init__(self, log: Any) -> None:
        self.log = log

    def phase(self, stage: str, tasks: Sequence[Task]) -> None:
        """Says how much there is to do."""
        self.log.info(f"{stage}: {len(tasks)} to do")

    def done(self, task: Task, why: str | None) -> None:
        """Says what is done."""
        if why:
            self.log.error(f"{task.label}: {why}")
        else:
            self.log.info(f"{task.label}: done")

    def warn(self, what: str) -> None:
        """Says it."""
        self.log.warning(what)


def build(
    path: Path,
    instance: dg.DagsterInstance,
    *,
    source: str | None = None,
    mixture: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Bring the corpus of the file `path` up to date.

    With `source`, only that source's batches are annotated and the build stops before the steps
    that need the others; with `mixture`, only that mixture is made.

    Raises:
        BusyError: another build holds the lake.
        ConfigError: corpus.yaml is wrong or a recipe cannot be met.
    """
    corpus = load_corpus(path)
    for name, known in ((source, corpus.sources), (mixture, corpus.mixtures)):
        if name is not None and name not in known:
            raise ConfigError(f"{path} names no {name!r}; {nearest(name, known)}")
    lake = Lake(corpus.home)
    started, outcome, progress = time.monotonic(), Outcome(), progress or Progress()
    with exclusive(lake), events_of(corpus, progress.warn) as events:
        lake.sweep()
        lake.reindex()
        lake.keep_only("pairs", shares(corpus.dedup))
        close_orphans(instance)
        new = assign(corpus, lake)
        outcome.new_batches = len(new)
        announce(instance, new)
        mark_sources(lake)
        with workers(path, corpus, instance) as run:
            for stage in list(STAGES)[: 1 if source else None]:
                plan = Plan(corpus, lake, asset_specs(corpus))
                register(instance, plan)
                tasks = [
                    task for task in to_do(plan, stage) if _wanted(task, plan, source, mixture)
                ]
                _Phase(plan, run, outcome, progress, events).run_all(tasks)
                if stage == "mix":
                    _take_off(corpus, lake, outcome, progress)
                if outcome.failures:
                    break
                if stage == "annotate":
                    changed = withdraw(corpus, lake, events)
                    announce(instance, changed)
                    report(corpus, lake, instance, changed)
        broken = len(outcome.failures) > len(outcome.infeasible)
        if not (broken or source or mixture):
            certify(corpus, lake)
    outcome.seconds = time.monotonic() - started
    return outcome


def to_do(plan: Plan, stage: str) -> Iterator[Task]:
    """The runs that a phase still needs."""
    names = plan.members(*STAGES[stage])
    if not plan.batches:
        return
    if stage == "mix":
        yield from (Task(stage, (name,)) for name in names if not plan.fresh(name, None))
        return
    partitions: list[str | None] = [*plan.partitions(names[0])] or [None]
    for partition in partitions:
        if stale := plan.stale(STAGES[stage], partition):
            yield Task(stage, tuple(stale), partition, _size(plan, partition))


def _take_off(corpus: Corpus, lake: Lake, outcome: Outcome, progress: Progress) -> None:
    """Withdrawn documents go, whether or not the mixtures that hold them can be made without."""
    for name, what in take_off(corpus, lake, outcome.infeasible).items():
        if name in outcome.infeasible:
            outcome.failures[f"{MIXTURE}{name}"] = what
        else:
            progress.warn(what)


def _size(plan: Plan, partition: str | None) -> int:
    batch = plan.batches.get(partition or "")
    return sum(file.size for file in batch.files) if batch else 0


def announce(instance: dg.DagsterInstance, batches: Sequence[Batch]) -> None:
    """Show new and changed batches of raw files in the UI."""
    for batch in batches:
        size = sum(file.size for file in batch.files)
        event = dg.AssetMaterialization(
            "raw", partition=batch.name, metadata={"files": len(batch.files), "bytes": size}
        )
        instance.report_runless_asset_event(event)


def register(instance: dg.DagsterInstance, plan: Plan) -> None:
    """Make the batches of the lake known to Dagster as partitions."""
    known = set(instance.get_dynamic_partitions(BATCHES.name or ""))
    if new := [name for name in plan.batches if name not in known]:
        instance.add_dynamic_partitions(BATCHES.name or "", new)


def _wanted(task: Task, plan: Plan, source: str | None, mixture: str | None) -> bool:
    if source is not None:
        return task.partition is not None and plan.batches[task.partition].source == source
    return mixture is None or task.stage != "mix" or task.assets == (f"mixture_{mixture}",)


@dataclass
class _Phase:
    """The tasks of a phase, as many at once as there are workers."""

    plan: Plan
    run: Run
    outcome: Outcome
    progress: Progress
    events: Events
    running: dict["Future[Failure | None]", Task] = field(default_factory=dict)

    def run_all(self, tasks: Sequence[Task]) -> None:
        if not tasks:
            return
        self.progress.phase(tasks[0].stage, tasks)
        # The biggest first, so that the last one running is a small one.
        waiting = iter(sorted(tasks, key=lambda task: -task.size))
        self._start(islice(waiting, at_once(self.plan.corpus)))
        while self.running:
            for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                self._over(self.running.pop(future), _failure(future))
                self._start(islice(waiting, 1))

    def _start(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self.events.started(task, self.plan)
            self.running[self.run(task)] = task

    def _over(self, task: Task, failure: Failure | None) -> None:
        if failure:
            self.outcome.failures[task.label] = failure.why
            if failure.kind == InfeasibleError.__name__:
                short = failure.why.removeprefix(f"{task.label}: ")
                self.outcome.infeasible[task.label.removeprefix(MIXTURE)] = short
        else:
            self.outcome.made.append(task)
        self.events.over(task, failure)
        self.progress.done(task, failure.why if failure else None)


def _failure(future: "Future[Failure | None]") -> Failure | None:
    error = future.exception()
    if error is None:
        return future.result()
    return Failure(str(told(error, "worker")), type(error).__name__)
