"""Where the steps of a run are executed."""

import os
import sys
from pathlib import Path

import dagster as dg

from pipelines.lineage.steps import telling
from schemas.corpus import Corpus
from schemas.errors import ConfigError


def executor_of(corpus: Corpus) -> dg.ExecutorDefinition:
    """The executor that corpus.yaml asks for.

    `local` runs the steps of a batch in one process (60 ms a step instead of a second) and gets
    its speed from running as many batches at once as there are cores. `ray` submits each step to
    the cluster that RAY_ADDRESS names, whose machines must share this installation and the lake.
    Either tells OpenLineage what its runs make.

    Raises:
        ConfigError: Ray is asked for and not installed.
    """
    if corpus.executor == "local":
        return telling(dg.in_process_executor, corpus)
    try:
        from dagster_ray import ray_executor  # noqa: PLC0415 - an extra, loaded where asked for
    except ImportError:
        raise ConfigError(
            "executor: ray needs the extra 'ray': run pip install -e '.[ray]' in the project"
        ) from None
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    shared = ["DAGSTER_HOME", "POLARS_MAX_THREADS=1", f"PATH={programs}"]
    return telling(ray_executor, corpus).configured(
        {"ray": {"env_vars": shared, "num_cpus": 1}}, name="ray"
    )
