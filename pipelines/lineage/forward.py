"""From a document to the rows of a mixture that it became."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.lake import Lake
from pipelines.shards.publishing import published
from quality.mixing import shard_count, shard_numbers, shuffle_keys
from quality.mixing.keys import Purpose
from schemas.lineage import MixtureRow
from schemas.manifest import Manifest, Shard

_ASKED = ("doc_id", "epoch")


def rows_of(lake: Lake, mixture: str, doc_id: str) -> list[MixtureRow]:
    """The rows of a document in `mixture` as it is published, in its order; none if it has none.

    A key tells the shard of each repetition: one shard is searched for each. Memory holds the ids
    of one row group; no text is read.
    """
    manifest = published(lake.mixture(mixture))
    if manifest is None:
        return []
    folder = lake.mixture(mixture)
    return [
        MixtureRow(mixture=mixture, shard=f"{mixture}/{shard.path}", row=row, epoch=epoch)
        for shard in _candidates(manifest, doc_id)
        for row, epoch in _found(folder / shard.path, shard, doc_id)
    ]


def _candidates(manifest: Manifest, doc_id: str) -> list[Shard]:
    """The shards that may hold the document: of each part, those of its keys, in one format."""
    recipe = manifest.recipe
    copies = max(recipe.upsample.values(), default=1)
    most = copies * max(map(recipe.epochs_of, manifest.components), default=1)
    times = np.arange(most, dtype=np.uint8)
    ids = pl.repeat(doc_id, most, eager=True)
    keys = shuffle_keys(ids, recipe.seed, Purpose.ORDER, times)
    numbers = {
        name: set(shard_numbers(keys, shard_count(part.text_bytes, recipe.shard_bytes)).tolist())
        for name, part in manifest.parts.items()
    }
    form = recipe.formats[0]
    return [
        shard
        for shard in manifest.shards
        if shard.format == form and shard.number in numbers[shard.part]
    ]


def _found(path: Path, shard: Shard, doc_id: str) -> Iterator[tuple[int, int]]:
    """The number and epoch of each row of the document."""
    groups = _parquet if shard.format == "parquet" else _arrow
    start = 0
    for group in groups(path):
        rows = pl.DataFrame(group).with_row_index("row", start)
        found = rows.filter(pl.col("doc_id") == doc_id)
        yield from found.select("row", "epoch").iter_rows()
        start += rows.height


def _parquet(path: Path) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group, list(_ASKED), use_threads=False)


def _arrow(path: Path) -> Iterator[pa.Table]:
    with pa.memory_map(str(path)) as mapped:
        file = pa.ipc.open_file(mapped)
        for group in range(file.num_record_batches):
            yield pa.Table.from_batches([file.get_batch(group)]).select(_ASKED)
