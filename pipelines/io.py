"""IO managers: what an asset returns becomes a file of the lake, and the other way round."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.discretion import discretion
from assets.settings import shares
from assets.show import show, show_mixture
from pipelines.batching import placed
from pipelines.lake import Lake
from pipelines.plan import CORPUS_WIDE, Plan
from pipelines.shards import pack
from pipelines.survey import fates
from pipelines.withdrawal.checking import require_checked
from quality.mixing import Mixture
from schemas.corpus import Corpus


class LakeIOManager(dg.IOManager):
    """Streams frames into the lake and hands out lazy frames over it."""

    def __init__(self, corpus: Corpus, lake: Lake, specs: list[dg.AssetSpec]) -> None:
        self.corpus, self.lake, self.specs = corpus, lake, specs

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Write the asset's file and say on its page what is in it.

        Raises:
            IntegrityError: a library failed on the data. Lazy frames are computed here, so this is
                where it would.
        """
        with discretion(context.asset_key.path[-1]):
            self._write(context, obj)

    def _write(self, context: dg.OutputContext, obj: Any) -> None:
        asset = context.asset_key.path[-1]
        plan = Plan(self.corpus, self.lake, self.specs)
        if isinstance(obj, Mixture):
            require_checked(self.lake, list(plan.batches))
            folder = self.lake.mixture(obj.name)
            ingredients = plan.ingredients(asset)
            funnel = fates(self.corpus, plan)
            manifest = pack(obj, folder, ingredients, funnel)
            context.add_output_metadata(show_mixture(manifest))
            return
        if asset in CORPUS_WIDE:
            self.lake.write_whole(asset, obj, plan.batches, plan.origin(asset, None))
            table, rejected = self.lake.scan(asset, plan.batches), 0
        else:
            name = context.partition_key
            receipt = self.lake.write(asset, name, frames(obj), plan.origin(asset, name))
            table = self.lake.scan(asset, [name])
            context.add_output_metadata({"dagster/partition_row_count": receipt.rows})
            rejects = self.lake.receipt("rejects", name)
            rejected = rejects.rows if rejects else 0
        context.add_output_metadata(show(asset, table, rejected=rejected))

    def load_input(self, context: dg.InputContext) -> Any:
        """The raw files of the batch, or the rows of an upstream table."""
        upstream = context.asset_key.path[-1]
        with discretion(upstream):
            return self._read(context, upstream)

    def _read(self, context: dg.InputContext, upstream: str) -> Any:
        if upstream == "raw":
            return placed(self.corpus, self.lake.batch(context.partition_key))
        partition = context.partition_key if context.has_partition_key else None
        if partition and partition not in shares(self.corpus.dedup):
            return self.lake.scan(upstream, [partition])
        plan = Plan(self.corpus, self.lake, self.specs)
        return self.lake.scan(upstream, plan.files(upstream))


Rows = pl.DataFrame | pl.LazyFrame | Iterator[pl.DataFrame]


def frames(rows: Rows) -> Iterator[pl.DataFrame]:
    """Rows as a stream of frames, in order; lazy ones as they are computed."""
    if isinstance(rows, pl.DataFrame):
        return iter([rows])
    return iter(rows.collect_batches()) if isinstance(rows, pl.LazyFrame) else rows
