"""Events of OpenLineage in a file, and runs that Dagster starts by itself."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines import definitions
from pipelines.instance import instance_of
from schemas.corpus import load_corpus

Event = dict[str, Any]
ENDS = {"COMPLETE", "FAIL", "ABORT"}


def into(file: Path, patch: pytest.MonkeyPatch) -> None:
    """Send events into `file` from now on."""
    patch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "file")
    patch.setenv("OPENLINEAGE__TRANSPORT__LOG_FILE_PATH", str(file))
    patch.setenv("OPENLINEAGE__TRANSPORT__APPEND", "true")


def read(file: Path) -> list[Event]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def of(told: Iterable[Event], job: str, state: str = "COMPLETE") -> list[Event]:
    return [one for one in told if one["job"]["name"] == job and one["eventType"] == state]


def by_run(told: Iterable[Event]) -> dict[tuple[str, str], list[str]]:
    """Run and job to the states it went through."""
    runs = defaultdict(list)
    for one in told:
        runs[one["run"]["runId"], one["job"]["name"]].append(one["eventType"])
    return runs


def facets_of(event: Event) -> Iterator[tuple[str, Event]]:
    """Every facet of an event, and its name."""
    yield from event["run"].get("facets", {}).items()
    yield from event["job"].get("facets", {}).items()
    for dataset in (*event.get("inputs", []), *event.get("outputs", [])):
        for kind in ("facets", "inputFacets", "outputFacets"):
            yield from dataset.get(kind, {}).items()


@contextmanager
def by_hand(
    path: Path,
    stage: str,
    assets: Sequence[str] = (),
    partition: str | None = None,
    tags: Mapping[str, str] | None = None,
    again: str | None = None,
) -> Iterator[tuple[dg.DagsterInstance, dg.JobExecutionResult]]:
    """What a run worker does with a run that was started from Dagster's pages.

    `again` is the run that it makes again, as those that Dagster tries again do.
    """
    definitions._stage_job.cache_clear()
    job = dg.build_reconstructable_job(
        "pipelines.definitions", "stage_job", reconstructable_args=((str(path), stage),)
    )
    with instance_of(load_corpus(path)) as instance:
        result = dg.execute_job(
            job,
            instance,
            tags={**({"dagster/partition": partition} if partition else {}), **(tags or {})},
            asset_selection=[dg.AssetKey(name) for name in assets] or None,
            reexecution_options=dg.ReexecutionOptions(again) if again else None,
        )
        yield instance, result
