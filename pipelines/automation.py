"""When work happens without anyone asking: the build job, its schedule, and the sensor."""

from pathlib import Path

import dagster as dg

from assets.discretion import discretion
from assets.raw import BATCHES
from pipelines.batching import new_batches
from pipelines.build import Logged, build
from pipelines.lake import Lake, digest
from schemas.corpus import Corpus, load_corpus


def build_job(path: Path) -> dg.JobDefinition:
    """A whole build as one job; each phase and batch shows as a run of its own."""

    @dg.op(name="build_everything", out=dg.Out(dg.Nothing))
    def everything(context: dg.OpExecutionContext) -> None:
        """Find new files, then go through the phases; do only what is not done yet."""
        with discretion("build"):
            outcome = build(path, context.instance, progress=Logged(context.log))
            context.log.info(f"built in {outcome.seconds:.1f} s: {outcome.counts()}")
            outcome.raise_failures()

    @dg.job(
        name="build",
        executor_def=dg.in_process_executor,
        tags={"wenyuan/build": "whole"},
        description="Bring the whole corpus up to date: the same as 'wenyuan build'.",
    )
    def job() -> None:
        everything()

    return job


def build_schedule(job: dg.JobDefinition, corpus: Corpus) -> dg.ScheduleDefinition:
    """The scheduled build; switch it on in the UI."""
    return dg.ScheduleDefinition(
        name="scheduled_build",
        job=job,
        cron_schedule=corpus.schedule,
        description="Builds what is new; the time is 'schedule' in corpus.yaml.",
    )


def new_files_sensor(job: dg.JobDefinition, path: Path) -> dg.SensorDefinition:
    """Watches the sources and starts a build when files are new or changed."""

    @dg.sensor(
        name="new_files",
        job=job,
        minimum_interval_seconds=60,
        description="Finds new and changed raw files, makes batches of them, starts a build.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        with discretion("looking for new files"):
            corpus = load_corpus(path)
            lake = Lake(corpus.home)
            batches = new_batches(corpus, lake)
            for batch in batches:
                lake.put_batch(batch)
        if not batches:
            return dg.SkipReason("no new or changed files")
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=digest([b.model_dump() for b in batches]))],
            dynamic_partitions_requests=[BATCHES.build_add_request([b.name for b in batches])],
        )

    return sensor
