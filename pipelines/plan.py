"""What has to be made: assets whose file was made from something else than there is now."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import dagster as dg

from assets.settings import settings
from pipelines.batching import current_batches
from pipelines.lake import Lake, digest
from pipelines.parquet import Origin, Receipt
from schemas.batches import Batch
from schemas.corpus import Corpus
from schemas.manifest import Ingredients

CORPUS_WIDE = "duplicates"
MIXTURE = "mixture_"
MISSING = "missing"


class Plan:
    """The state of a lake at one moment. Make a new one after anything has been written."""

    def __init__(self, corpus: Corpus, lake: Lake, specs: Sequence[dg.AssetSpec]) -> None:
        self.corpus, self.lake = corpus, lake
        self.specs = {spec.key.path[-1]: spec for spec in specs}
        self._receipts: dict[tuple[str, str], Receipt | None] = {}
        self._settings: dict[tuple[str, str | None], str] = {}

    @cached_property
    def batches(self) -> Mapping[str, Batch]:
        """The batches of this corpus, in order."""
        return current_batches(self.corpus, self.lake)

    def stale(self, groups: Sequence[str], batch: str) -> list[str]:
        """The assets of these groups that have to be made for `batch`, upstream first.

        They are made together, so what follows from one of them has to follow at once.
        """
        names = self.members(*groups)
        stale: list[str] = []
        for name in names:
            upstream = {dep.asset_key.path[-1] for dep in self.specs[name].deps}
            if not self.fresh(name, batch) or upstream.intersection(stale):
                stale.append(name)
        # One step reads both, and after it everything may have changed.
        return names if {"documents", "rejects"}.intersection(stale) else stale

    def members(self, *groups: str) -> list[str]:
        """The assets of these groups, upstream first."""
        return [name for name, spec in self.specs.items() if spec.group_name in groups]

    def fresh(self, asset: str, batch: str | None) -> bool:
        """Whether the file of `asset` (for `batch`) is what a run now would write."""
        origin = self.origin(asset, batch)
        if MISSING in origin.inputs.values():
            return False
        if asset == CORPUS_WIDE:
            whole = self.lake.clusters()
            return whole == origin and all(self._receipt(asset, name) for name in self.batches)
        if batch is None:
            return self._fresh_mixture(asset)
        receipt = self._receipt(asset, batch)
        return receipt is not None and receipt.origin == origin

    def ingredients(self, asset: str) -> Ingredients:
        """What the mixture that `asset` stands for is made from now, besides its recipe."""
        origin = self.origin(asset, None)
        return Ingredients(
            name=asset.removeprefix(MIXTURE),
            inputs=tuple(f"{name}:{value}" for name, value in origin.inputs.items()),
            code_version=origin.code_version,
            policy_version=self._settings_digest("verdicts", None),
        )

    def _fresh_mixture(self, asset: str) -> bool:
        name = asset.removeprefix(MIXTURE)
        manifest = self.lake.manifest(name)
        if manifest is None or manifest.recipe != self.corpus.mixtures[name]:
            return False
        folder = self.lake.mixture(name)
        if not all((folder / shard.path).is_file() for shard in manifest.shards):
            return False
        wanted = self.ingredients(asset)
        return Ingredients(**manifest.model_dump(include=set(Ingredients.model_fields))) == wanted

    def origin(self, asset: str, batch: str | None) -> Origin:
        """What `asset` (for `batch`, or corpus-wide) is made from now."""
        spec = self.specs[asset]
        source = self.batches[batch].source if batch else None
        return Origin(
            code_version=spec.code_version or "",
            settings=self._settings_digest(asset, source),
            inputs=dict(
                item for dep in spec.deps for item in self._inputs(dep.asset_key.path[-1], batch)
            ),
        )

    def _inputs(self, upstream: str, batch: str | None) -> list[tuple[str, str]]:
        if batch is None:
            return [(f"{upstream}/{one}", self._digest(upstream, one)) for one in self.batches]
        return [(upstream, self._digest(upstream, batch))]

    def _digest(self, asset: str, batch: str) -> str:
        if asset == "raw":
            return digest(self.batches[batch].model_dump(mode="json"))
        receipt = self._receipt(asset, batch)
        return receipt.digest if receipt else MISSING

    def _settings_digest(self, asset: str, source: str | None) -> str:
        if (asset, source) not in self._settings:
            self._settings[asset, source] = digest(settings(asset, self.corpus, source))
        return self._settings[asset, source]

    def _receipt(self, asset: str, batch: str) -> Receipt | None:
        if (asset, batch) not in self._receipts:
            self._receipts[asset, batch] = self.lake.receipt(asset, batch)
        return self._receipts[asset, batch]
