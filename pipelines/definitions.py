"""Everything Dagster sees: assets, jobs, the schedule, the sensor, and what they run with."""

import os
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import dagster as dg

from assets.raw import raw
from assets.settings import settings
from pipelines.automation import build_job, build_schedule, new_files_sensor
from pipelines.executors import executor_of
from pipelines.graph import STAGES, asset_specs, assets
from pipelines.io import LakeIOManager
from pipelines.lake import Lake, digest
from pipelines.memory import LakeMemory
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError

CORPUS_VARIABLE = "WENYUAN_CORPUS"


def definitions(path: Path, corpus: Corpus) -> dg.Definitions:
    """The Dagster definitions of the corpus that the file `path` describes."""
    # Dagster warns of a parameter of its own sensors that nobody here gives.
    warnings.filterwarnings("ignore", "Parameter `owners`", dg.BetaWarning)
    runs_with = executor_of(corpus)
    lake, specs = Lake(corpus.home), asset_specs(corpus)
    jobs = [
        dg.define_asset_job(
            name,
            selection=dg.AssetSelection.groups(*groups),
            description=f"Phase {number} of a build: {', '.join(groups)}.",
            executor_def=runs_with,
        )
        for number, (name, groups) in enumerate(STAGES.items(), 1)
    ]
    build = build_job(path)

    def versioned(spec: dg.AssetSpec) -> dg.AssetSpec:
        """The code version with the settings, so that a changed corpus.yaml shows as stale."""
        if spec.code_version is None:
            return spec
        name = spec.key.path[-1]
        version = f"{spec.code_version}-{digest(settings(name, corpus))[:8]}"
        return spec.replace_attributes(code_version=version)

    return dg.Definitions(
        assets=[raw, *(asset.map_asset_specs(versioned) for asset in assets(corpus))],
        jobs=[*jobs, build],
        schedules=[build_schedule(build, corpus)],
        sensors=[new_files_sensor(build, path)],
        executor=runs_with,
        resources={
            "io_manager": LakeIOManager(corpus, lake, specs),
            "corpus_yaml": corpus,
            "memory": LakeMemory(corpus, lake, specs),
        },
    )


def stage_job(of: Sequence[str]) -> dg.JobDefinition:
    """One phase of one corpus as a job: `of` is the path of corpus.yaml and the phase's name.

    Processes that run steps load it by the name of this function; each does so several times a
    run, and lives no longer than its build.
    """
    path, name = of
    return _stage_job(path, name)


@lru_cache(maxsize=len(STAGES))
def _stage_job(path: str, name: str) -> dg.JobDefinition:
    return definitions(Path(path), load_corpus(path)).resolve_job_def(name)


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster` and `dg` load; WENYUAN_CORPUS names the corpus.yaml."""
    path = os.environ.get(CORPUS_VARIABLE)
    if not path:
        raise ConfigError(
            f"{CORPUS_VARIABLE} is not set: start the UI with 'wenyuan ui -c corpus.yaml', "
            f"or set {CORPUS_VARIABLE} to the path of your corpus.yaml"
        )
    return definitions(Path(path).resolve(), load_corpus(path))
