"""From a document to the rows of a mixture that it became."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.lake import Lake
from schemas.lineage import MixtureRow
from schemas.manifest import Manifest, Shard

_ASKED = ("doc_id", "epoch")


def rows_of(lake: Lake, mixture: str, doc_id: str) -> list[MixtureRow]:
    """The rows of a document in `mixture` as it is published, in its order; none if it has none.

    Every shard that may hold the document is searched once, in the first of its formats. Memory
    holds the ids of one row group; no text is read.
    """
    manifest = lake.manifest(mixture)
    if manifest is None:
        return []
    folder = lake.mixture(mixture)
    return [
        MixtureRow(mixture=mixture, shard=f"{mixture}/{shard.path}", row=row, epoch=epoch)
        for shard in _candidates(manifest)
        for row, epoch in _found(folder / shard.path, shard, doc_id)
    ]


def _candidates(manifest: Manifest) -> list[Shard]:
    """The shards that may hold a document: all of them, each in one format."""
    form = manifest.recipe.formats[0]
    return [shard for shard in manifest.shards if shard.format == form]


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
