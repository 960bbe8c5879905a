"""Runs that Dagster starts from its own pages, told as a build tells its tasks."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.graph import STAGES, asset_specs
from pipelines.lake import Lake
from pipelines.lineage.events import Events, configured, events_of
from pipelines.plan import Plan
from pipelines.workers import MADE_BY, Task, failure_of
from schemas.corpus import Corpus

ELSEWHERE = "materialize"
"""The job of a run that is none of the five phases: assets chosen by hand."""


def telling(executor: dg.ExecutorDefinition, corpus: Corpus) -> dg.ExecutorDefinition:
    """The same executor, whose runs are told to OpenLineage where that is set up."""
    create = executor.executor_creation_fn
    if create is None:
        return executor
    schema: Any = executor.config_schema
    return dg.ExecutorDefinition(
        name=executor.name,
        config_schema=schema,
        requirements=executor.get_requirements,
        executor_creation_fn=lambda context: _Telling(create(context), corpus),
        description=executor.description,
    )


class _Telling(dg.Executor):
    """Executes as another executor does.

    The events of all steps come by here, in one process, wherever the steps themselves run.
    """

    def __init__(self, executor: dg.Executor, corpus: Corpus) -> None:
        self.executor, self.corpus = executor, corpus

    @property
    def retries(self) -> Any:
        return self.executor.retries

    @property
    def step_dependency_config(self) -> Any:
        return self.executor.step_dependency_config

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[dg.DagsterEvent]:
        run = plan_context.dagster_run
        happened = self.executor.execute(plan_context, execution_plan)
        if not configured() or _of_build(run):
            yield from happened
            return
        job = run.job_name if run.job_name in STAGES else ELSEWHERE
        with events_of(self.corpus, plan_context.log.warning, job, run.run_id) as events:
            partition = run.tags.get("dagster/partition")
            steps = _Steps(self.corpus, events, execution_plan, partition)
            for event in happened:
                steps.see(event)
                yield event


def _of_build(run: dg.DagsterRun) -> bool:
    """Whether a build started the run, and tells of it; runs made again by Dagster keep its tag."""
    return MADE_BY.items() <= run.tags.items() and not run.parent_run_id


class _Steps:
    """The steps of one run, each a task."""

    def __init__(
        self, corpus: Corpus, events: Events, execution_plan: Any, partition: str | None
    ) -> None:
        self.corpus, self.events = corpus, events
        self.execution_plan, self.partition = execution_plan, partition
        self._tasks: dict[str, Task] = {}

    def see(self, event: dg.DagsterEvent) -> None:
        """Tell what this event says; a step that is tried again does not begin again."""
        step = event.step_key or ""
        if event.is_step_start:
            self._start(step)
        elif event.is_step_success:
            self.events.over(self._tasks.pop(step), None)
        elif event.is_step_failure and step in self._tasks:
            self.events.over(self._tasks.pop(step), failure_of(event))

    def _start(self, step: str) -> None:
        plan = Plan(self.corpus, Lake(self.corpus.home), asset_specs(self.corpus))
        assets = self._assets(step)
        group = plan.specs[assets[0]].group_name
        stage = next(stage for stage, groups in STAGES.items() if group in groups)
        self._tasks[step] = task = Task(stage, assets, self.partition)
        self.events.started(task, plan)

    def _assets(self, step: str) -> tuple[str, ...]:
        made = self.execution_plan.get_step_by_key(step).step_outputs
        keys = [one.properties.asset_key for one in made if one.properties.asset_key]
        return tuple(key.path[-1] for key in keys)
