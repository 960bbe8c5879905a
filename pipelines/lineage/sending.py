"""Runs told to OpenLineage: one for the whole, and below it one for each asset of its tasks."""

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
from openlineage.client.facet_v2 import RunFacet, parent_run, tags_run
from openlineage.client.generated.error_message_run import ErrorMessageRunFacet
from openlineage.client.generated.nominal_time_run import NominalTimeRunFacet
from openlineage.client.uuid import generate_new_uuid

from pipelines.lineage.datasets import before, inputs, outputs
from pipelines.lineage.events import Events, Warn
from pipelines.plan import Plan
from pipelines.workers import Failure, Task
from schemas.corpus import Corpus

PRODUCER = "urn:wenyuan"
REQUEST = "withdrawal_request"
NOT_SENT = "an event could not be sent to OpenLineage ({}); no more are tried, the work goes on"


class OpenLineage(Events):
    """Sends the events of one build, or one run of Dagster; after the first that fails, none.

    A task's job is `<phase>.<asset>` in the namespace of the corpus, and its parent `job`. Of an
    error the kind is told, no more; of a withdrawal the numbers of the requests.
    """

    def __init__(self, corpus: Corpus, warn: Warn, job: str, run: str | None = None) -> None:
        self.corpus, self.warn, self.job = corpus, warn, job
        self.begun = _now()
        self.run = run or str(generate_new_uuid())
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
        """Whatever goes wrong in telling, the work goes on; only the kind of it is told."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - any transport; messages may hold a password
            self._client = None
            self.warn(NOT_SENT.format(type(error).__name__))

    def __enter__(self) -> Self:
        """The whole begins."""
        self._tell(RunState.START, Run(self.run, self._facets(None)), self.job)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """The whole is over: failed if it raised or one of its tasks failed, or interrupted."""
        for (task, asset), run in self._runs.items():  # begun, and given up
            self._tell(RunState.ABORT, Run(run, self._facets(None, task)), _job(task, asset))
        failed = kind.__name__ if kind else self.failed
        state = RunState.FAIL if failed else RunState.COMPLETE
        if kind and not issubclass(kind, Exception):
            state = RunState.ABORT
        self._tell(state, Run(self.run, self._facets(failed)), self.job)

    def started(self, task: Task, plan: Plan) -> None:
        """Tells that every asset of the task begins to be made."""
        self._plans[task] = plan
        with self._surviving():
            for asset in task.assets:
                self._runs[task, asset] = str(generate_new_uuid())
                self._tell_of(RunState.START, task, asset, plan)

    def over(self, task: Task, failure: Failure | None) -> None:
        """Tells of every asset of the task that it is made, or not."""
        self.failed = self.failed or (failure.kind if failure else None)
        then = self._plans.pop(task)
        with self._surviving():
            plan = Plan(self.corpus, then.lake, list(then.specs.values()), then.batches)
            for asset in task.assets:
                state, error = RunState.COMPLETE, None
                if failure and not plan.fresh(asset, task.partition):
                    state, error = RunState.FAIL, failure.kind
                self._tell_of(state, task, asset, plan, error)
                del self._runs[task, asset]

    def _tell_of(
        self, state: RunState, task: Task, asset: str, plan: Plan, error: str | None = None
    ) -> None:
        if self._client is None:
            return
        given = (before if task.requests else inputs)(plan, asset, task.partition)
        made = outputs(plan, asset, task.partition, made=state == RunState.COMPLETE)
        run = Run(self._runs[task, asset], self._facets(error, task))
        self._tell(state, run, _job(task, asset), given, made)

    def _facets(self, error: str | None, task: Task | None = None) -> dict[str, RunFacet]:
        """What is told of a run: of the whole, or of a `task` below it."""
        facets: dict[str, RunFacet] = {"nominalTime": NominalTimeRunFacet(self.begun)}
        if task:
            parent = parent_run.Run(self.run), parent_run.Job(self.corpus.name, self.job)
            facets["parent"] = parent_run.ParentRunFacet(*parent)
        if task and task.requests:
            field = tags_run.TagsRunFacetFields
            tags = [field(REQUEST, str(number), "WENYUAN") for number in task.requests]
            facets["tags"] = tags_run.TagsRunFacet(tags)
        if error:
            facets["errorMessage"] = ErrorMessageRunFacet(error, "Python")
        return facets

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
