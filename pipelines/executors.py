"""Where the steps of a run are executed."""

import dagster as dg

from schemas.corpus import Corpus
from schemas.errors import ConfigError


def executor_of(corpus: Corpus) -> dg.ExecutorDefinition:
    """The executor that corpus.yaml asks for.

    `local` runs the steps of a batch in one process (60 ms a step instead of a second) and gets
    its speed from running as many batches at once as there are cores.

    Raises:
        ConfigError: Ray is asked for and not installed.
    """
    if corpus.executor == "local":
        return dg.in_process_executor
    try:
        from dagster_ray import ray_executor  # noqa: PLC0415 - an extra, loaded where asked for
    except ImportError:
        raise ConfigError(
            "executor: ray needs the extra 'ray': pip install 'wenyuan[ray]'"
        ) from None
    executor: dg.ExecutorDefinition = ray_executor
    return executor
