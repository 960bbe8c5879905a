"""A build told as runs of OpenLineage: one for the whole, and below it one for each asset made."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

from openlineage.client.client import OpenLineageClient
from openlineage.client.event_v2 import (
    InputDataset,
    Job,
    OutputDataset,
    Run,
    RunEvent,
    RunState,
    set_producer,
)
from openlineage.client.facet_v2 import RunFacet, parent_run
from openlineage.client.generated.error_message_run import ErrorMessageRunFacet
from openlineage.client.generated.nominal_time_run import NominalTimeRunFacet
from openlineage.client.uuid import generate_new_uuid

from pipelines.lineage.datasets import inputs, outputs
from pipelines.lineage.events import Events, Warn
from pipelines.plan import Plan
from pipelines.workers import Failure, Task
from schemas.corpus import Corpus

PRODUCER = "urn:wenyuan"
BUILD = "build"
NOT_SENT = "an event could not be sent to OpenLineage ({}); no more are tried, the build goes on"


class OpenLineage(Events):
    """Sends the events of one build; after the first that cannot be sent, none.

    A run's job is `<phase>.<asset>` in the namespace of the corpus, and its parent the job `build`.
    Of an error the kind is told, no more.
    """

    def __init__(self, corpus: Corpus, warn: Warn) -> None:
        self.corpus, self.warn = corpus, warn
        self.begun = _now()
        self.build = str(generate_new_uuid())
        self.failed: str | None = None
        self._runs: dict[tuple[Task, str], str] = {}
        self._plans: dict[Task, Plan] = {}
        set_producer(PRODUCER)
        # Each of its retries would be a warning of its own.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
        self._client: OpenLineageClient | None = None
        with self._surviving():
            self._client = OpenLineageClient()

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """Whatever is wrong with the endpoint, the build goes on; only the kind of it is told."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - any transport; messages may hold a password
            self._client = None
            self.warn(NOT_SENT.format(type(error).__name__))

    def __enter__(self) -> Self:
        """The build begins."""
        self._tell(RunState.START, self._run(self.build), BUILD)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """The build is over: failed if it raised, or one of its tasks failed."""
        for (task, asset), run in self._runs.items():  # begun, and given up
            self._tell(RunState.ABORT, self._run(run, parent=self.build), _job(task, asset))
        failed = kind.__name__ if kind else self.failed
        state = RunState.FAIL if failed else RunState.COMPLETE
        self._tell(state, self._run(self.build, error=failed), BUILD)

    def started(self, task: Task, plan: Plan) -> None:
        """Tells that every asset of the task begins to be made."""
        self._plans[task] = plan
        for asset in task.assets:
            run = self._runs[task, asset] = str(generate_new_uuid())
            given = inputs(plan, asset, task.partition)
            made = outputs(plan, asset, task.partition)
            told = self._run(run, parent=self.build)
            self._tell(RunState.START, told, _job(task, asset), given, made)

    def over(self, task: Task, failure: Failure | None) -> None:
        """Tells of every asset of the task that it is made, or not."""
        before = self._plans.pop(task)
        plan = Plan(self.corpus, before.lake, list(before.specs.values()), before.batches)
        self.failed = self.failed or (failure.kind if failure else None)
        for asset in task.assets:
            there = failure is None or plan.fresh(asset, task.partition)
            error = None if there or failure is None else failure.kind
            given = inputs(plan, asset, task.partition)
            made = outputs(plan, asset, task.partition, made=there)
            state = RunState.COMPLETE if there else RunState.FAIL
            run = self._run(self._runs.pop((task, asset)), parent=self.build, error=error)
            self._tell(state, run, _job(task, asset), given, made)

    def _run(self, run: str, *, parent: str | None = None, error: str | None = None) -> Run:
        facets: dict[str, RunFacet] = {"nominalTime": NominalTimeRunFacet(self.begun)}
        if parent:
            name = self.corpus.name
            facets["parent"] = parent_run.ParentRunFacet(
                parent_run.Run(parent), parent_run.Job(name, BUILD)
            )
        if error:
            facets["errorMessage"] = ErrorMessageRunFacet(error, "Python")
        return Run(run, facets)

    def _tell(
        self,
        state: RunState,
        run: Run,
        job: str,
        given: Sequence[InputDataset] = (),
        made: Sequence[OutputDataset] = (),
    ) -> None:
        if self._client is None:
            return
        event = RunEvent(
            eventType=state,
            eventTime=_now(),
            run=run,
            job=Job(self.corpus.name, job),
            inputs=list(given),
            outputs=list(made),
        )
        with self._surviving():
            self._client.emit(event)


def _job(task: Task, asset: str) -> str:
    return f"{task.stage}.{asset}"


def _now() -> str:
    return datetime.now(UTC).isoformat()
