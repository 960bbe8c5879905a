"""What is told of runs to whoever has set OpenLineage up; nothing by itself.

How events are sent is OpenLineage's own configuration: OPENLINEAGE_URL, OPENLINEAGE_CONFIG, the
variables that begin with OPENLINEAGE__TRANSPORT, or a file openlineage.yml in the working folder or
in ~/.openlineage. Without any of them nothing is imported and nothing is sent.
"""

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

from pipelines.plan import Plan
from pipelines.workers import Failure, Task
from schemas.corpus import Corpus

FILE = "openlineage.yml"
SIMPLE = ("OPENLINEAGE_URL", "OPENLINEAGE_CONFIG")
TRANSPORT = "OPENLINEAGE__TRANSPORT"
BUILD = "build"
MISSING = (
    "OpenLineage is set up, and openlineage-python is not installed, so no events are sent: "
    "pip install -e '.[openlineage]'"
)

Warn = Callable[[str], None]


class Events:
    """Told how the tasks of a build, or of a run of Dagster, go; tells nobody."""

    def __enter__(self) -> Self:
        """The build or run begins."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """It is over."""

    def started(self, task: Task, plan: Plan) -> None:
        """A task begins; `plan` is the state of the lake before it."""

    def over(self, task: Task, failure: Failure | None) -> None:
        """A task is done, or has failed."""


def events_of(corpus: Corpus, warn: Warn, job: str = BUILD, run: str | None = None) -> Events:
    """Where to tell how a run of `job` goes; `warn` is told once that it does not work.

    `run` is its UUID where it has one already.
    """
    if not configured():
        return Events()
    try:
        sending = importlib.import_module("pipelines.lineage.sending")
    except ModuleNotFoundError:
        warn(MISSING)
        return Events()
    events: Events = sending.OpenLineage(corpus, warn, job, run)
    return events


def configured() -> bool:
    """Whether OpenLineage is set up, and not switched off."""
    if os.environ.get("OPENLINEAGE_DISABLED", "").strip().lower() == "true":
        return False
    if any(os.environ.get(name) for name in SIMPLE):
        return True
    files = (Path(FILE), Path.home() / ".openlineage" / FILE)
    return any(name.startswith(TRANSPORT) for name in os.environ) or any(map(Path.is_file, files))
