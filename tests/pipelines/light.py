"""Builds by the real assets, without Dagster around them: what each run costs is the work."""

from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple, cast

import dagster as dg

from pipelines.batching import assign
from pipelines.build import to_do
from pipelines.graph import STAGES, asset_specs, assets
from pipelines.io import LakeIOManager
from pipelines.lake import Lake
from pipelines.lineage.events import Events
from pipelines.memory import LakeMemory
from pipelines.plan import MIXTURE, Plan
from pipelines.withdrawal.forgetting import certify, take_off
from pipelines.withdrawal.sweep import mark_sources, withdraw
from schemas.corpus import load_corpus
from schemas.errors import InfeasibleError


class Context(NamedTuple):
    """What assets and IO managers are told of a run."""

    asset_key: dg.AssetKey
    partition_key: str | None

    @property
    def has_partition_key(self) -> bool:
        return self.partition_key is not None

    def add_output_metadata(self, metadata: object) -> None:
        """Nobody looks."""


class Light:
    """Builds of the corpus that `path` describes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, frozenset[str]] = {}
        """Share -> the batches that its last comparing took over."""

    def build(self) -> list[str]:
        """Do what a build does; what was made, as asset and partition."""
        self.corpus = load_corpus(self.path)
        self.lake, self.specs = Lake(self.corpus.home), asset_specs(self.corpus)
        assign(self.corpus, self.lake)
        mark_sources(self.lake)
        self.steps = {key.path[-1]: step for step in assets(self.corpus) for key in step.keys}
        self.keeper = LakeIOManager(self.corpus, self.lake, self.specs)
        made = [*self._phase("annotate")]
        withdraw(self.corpus, self.lake, Events())
        self.infeasible: dict[str, InfeasibleError] = {}
        made += [one for stage in list(STAGES)[1:] for one in self._phase(stage)]
        short = {name: str(error) for name, error in self.infeasible.items()}
        self.taken_off = take_off(self.corpus, self.lake, short)
        certify(self.corpus, self.lake)
        for error in self.infeasible.values():
            raise error
        return made

    def _phase(self, stage: str) -> Iterator[str]:
        for task in to_do(Plan(self.corpus, self.lake, self.specs), stage):
            for name in task.assets:
                try:
                    if name != "rejects":  # made with documents
                        self._make(self.steps[name], name, task.partition)
                except InfeasibleError as error:
                    self.infeasible[name.removeprefix(MIXTURE)] = error
                    continue
                yield " ".join((name, task.partition or "")).strip()

    def _make(self, step: dg.AssetsDefinition, name: str, partition: str | None) -> None:
        work = cast("Any", step.op.compute_fn).decorated_fn
        made = work(**self._given(step, partition))
        for result in made if isinstance(made, Iterator) else [dg.Output(made)]:
            if isinstance(result, dg.AssetCheckResult):
                assert result.passed, (name, result.check_name)
                continue
            output = name if result.output_name == "result" else result.output_name
            context = Context(dg.AssetKey(output), partition)
            self.keeper.handle_output(cast("dg.OutputContext", context), result.value)

    def _given(self, step: dg.AssetsDefinition, partition: str | None) -> dict[str, Any]:
        upstream = {name: Context(key, partition) for name, key in step.keys_by_input_name.items()}
        rows = {
            name: self.keeper.load_input(cast("dg.InputContext", context))
            for name, context in upstream.items()
        }
        resources: dict[str, Any] = {"corpus_yaml": self.corpus}
        if "memory" in step.required_resource_keys:
            memory = LakeMemory(self.corpus, self.lake, self.specs)
            resources |= {"memory": memory}
            if "context" in signature(cast("Any", step.op.compute_fn).decorated_fn).parameters:
                resources |= {"context": Context(step.key, partition)}
                self.known[partition or ""] = memory.known(partition or "").batches
        wanted = {*step.required_resource_keys, "context"}
        return rows | {name: one for name, one in resources.items() if name in wanted}
