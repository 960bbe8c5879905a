"""The Dagster instance of a corpus: where its runs and events are kept, and its limits."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import yaml

from pipelines.lake import private, publish_text
from schemas.corpus import Corpus
from schemas.errors import ConfigError

POSTGRES = "postgresql+psycopg2://"
"""Dagster speaks to PostgreSQL through this driver; SQLAlchemy 2.1 would take another one."""


def dagster_home(corpus: Corpus) -> Path:
    """The folder of the instance, with a `dagster.yaml` that says what corpus.yaml says."""
    home = private(Path(corpus.home) / ".dagster")
    text = yaml.safe_dump(dagster_yaml(corpus), sort_keys=False)
    file = home / "dagster.yaml"
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        publish_text(file, text)
    return home


@contextmanager
def instance_of(corpus: Corpus) -> Iterator[dg.DagsterInstance]:
    """The open instance of a corpus."""
    with dg.DagsterInstance.from_config(str(dagster_home(corpus))) as instance:
        yield instance


def dagster_yaml(corpus: Corpus) -> Mapping[str, Any]:
    """Dagster's own settings: no telemetry, one whole build at a time, a run a core."""
    settings: dict[str, Any] = {
        "telemetry": {"enabled": False},
        "nux": {"enabled": False},
        "concurrency": {
            "runs": {
                "max_concurrent_runs": corpus.concurrency or os.cpu_count() or 1,
                "tag_concurrency_limits": [{"key": "wenyuan/build", "value": "whole", "limit": 1}],
            }
        },
        "run_monitoring": {"enabled": True, "start_timeout_seconds": 300},
        "run_retries": {
            "enabled": True,
            "max_retries": 1,
            "retry_on_asset_or_op_failure": False,
        },
    }
    if corpus.storage.postgres_url_env:
        settings["storage"] = {"postgres": {"postgres_url": {"env": _set(corpus)}}}
    return settings


def _set(corpus: Corpus) -> str:
    name = corpus.storage.postgres_url_env or ""
    url = os.environ.get(name, "")
    if not url.startswith(POSTGRES):
        state = "does not hold such a URL" if url else "is not set"
        raise ConfigError(
            f"storage.postgres_url_env names the variable {name}, which {state}: "
            f"set it to {POSTGRES}user:password@host/database"
        )
    return name
