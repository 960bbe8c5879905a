"""What has to be made: assets whose file was made from something else than there is now."""

from collections.abc import Collection, Mapping, Sequence

import dagster as dg

from assets.raw import BATCHES
from assets.settings import settings
from pipelines.batching import current_batches
from pipelines.lake import Lake, digest
from pipelines.parquet import Origin, Receipt
from schemas.batches import Batch
from schemas.corpus import Corpus
from schemas.manifest import Ingredients

CORPUS_WIDE = ("duplicates", "boilerplate")
"""Tables made whole and written batch by batch."""

MIXTURE = "mixture_"
MISSING = "missing"


class Plan:
    """The state of a lake at one moment. Make a new one after anything has been written."""

    def __init__(
        self,
        corpus: Corpus,
        lake: Lake,
        specs: Sequence[dg.AssetSpec],
        batches: Mapping[str, Batch] | None = None,
    ) -> None:
        self.corpus, self.lake = corpus, lake
        self.specs = {spec.key.path[-1]: spec for spec in specs}
        self.batches = current_batches(corpus, lake) if batches is None else batches
        """The batches of this corpus, in order."""
        self._receipts: dict[tuple[str, str], Receipt | None] = {}
        self._settings: dict[tuple[str, str | None], str] = {}

    def among(self, batches: Collection[str]) -> "Plan":
        """The plan as it would be if only `batches` were there, and their sources."""
        left = {name: batch for name, batch in self.batches.items() if name in batches}
        return Plan(self.corpus, self.lake, list(self.specs.values()), left)

    def stale(self, groups: Sequence[str], partition: str | None) -> list[str]:
        """The assets of these groups that have to be made for `partition`, upstream first.

        They are made together, so what follows from one of them has to follow at once.
        """
        names = self.members(*groups)
        stale: list[str] = []
        for name in names:
            upstream = {dep.asset_key.path[-1] for dep in self.specs[name].deps}
            if not self.fresh(name, partition) or upstream.intersection(stale):
                stale.append(name)
        # One step reads both, and after it everything may have changed.
        return names if {"documents", "rejects"}.intersection(stale) else stale

    def members(self, *groups: str) -> list[str]:
        """The assets of these groups, upstream first."""
        return [name for name, spec in self.specs.items() if spec.group_name in groups]

    def partitions(self, asset: str) -> list[str]:
        """The batches or shares that `asset` is made for; none where it is made whole."""
        kind = self.specs[asset].partitions_def
        if isinstance(kind, dg.StaticPartitionsDefinition):
            return list(kind.get_partition_keys())
        return list(self.batches) if kind == BATCHES else []

    def files(self, asset: str) -> list[str]:
        """The names of the files that the table `asset` consists of, in order."""
        return self.partitions(asset) or list(self.batches)

    def fresh(self, asset: str, partition: str | None) -> bool:
        """Whether the file of `asset` (for `partition`) is what a run now would write."""
        origin = self.origin(asset, partition)
        if MISSING in origin.inputs.values():
            return False
        if asset in CORPUS_WIDE:
            whole = self.lake.whole(asset)
            return whole == origin and all(self._receipt(asset, name) for name in self.batches)
        if partition is None:
            return self._fresh_mixture(asset)
        receipt = self._receipt(asset, partition)
        return receipt is not None and receipt.origin == origin

    def ingredients(self, asset: str) -> Ingredients:
        """What the mixture that `asset` stands for is made from now, besides its recipe."""
        origin = self.origin(asset, None)
        return Ingredients(
            name=asset.removeprefix(MIXTURE),
            inputs=(
                f"settings:{origin.settings}",
                *(f"{name}:{value}" for name, value in origin.inputs.items()),
            ),
            code_version=origin.code_version,
            policy_version=self._settings_digest("verdicts", None),
        )

    def _fresh_mixture(self, asset: str) -> bool:
        name = asset.removeprefix(MIXTURE)
        manifest = self.lake.manifest(name)
        if manifest is None:
            return False
        folder = self.lake.mixture(name)
        if not all((folder / shard.path).is_file() for shard in manifest.shards):
            return False
        wanted = self.ingredients(asset)
        return Ingredients(**manifest.model_dump(include=set(Ingredients.model_fields))) == wanted

    def origin(self, asset: str, partition: str | None) -> Origin:
        """What `asset` (for `partition`, or whole) is made from now."""
        spec = self.specs[asset]
        batch = self.batches.get(partition or "")
        source = batch.source if batch else None
        upstream = [dep.asset_key.path[-1] for dep in spec.deps]
        return Origin(
            code_version=spec.code_version or "",
            settings=self._settings_digest(asset, source),
            inputs=dict(item for name in upstream for item in self._inputs(name, partition)),
        )

    def _inputs(self, upstream: str, partition: str | None) -> list[tuple[str, str]]:
        if partition and partition in self.batches:
            return [(upstream, self._digest(upstream, partition))]
        files = self.files(upstream)
        return [(f"{upstream}/{file}", self._digest(upstream, file)) for file in files]

    def _digest(self, asset: str, file: str) -> str:
        if asset == "raw":
            return digest(self.batches[file].model_dump(mode="json"))
        receipt = self._receipt(asset, file)
        return receipt.digest if receipt else MISSING

    def _settings_digest(self, asset: str, source: str | None) -> str:
        if (asset, source) not in self._settings:
            self._settings[asset, source] = digest(settings(asset, self._present(), source))
        return self._settings[asset, source]

    def _present(self) -> Corpus:
        """The corpus less the sources that have no batch: they decide nothing."""
        names = {batch.source for batch in self.batches.values()}
        sources = {name: of for name, of in self.corpus.sources.items() if name in names}
        return self.corpus.model_copy(update={"sources": sources})

    def _receipt(self, asset: str, file: str) -> Receipt | None:
        if (asset, file) not in self._receipts:
            self._receipts[asset, file] = self.lake.receipt(asset, file)
        return self._receipts[asset, file]
