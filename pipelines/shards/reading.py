"""Single rows of a published mixture, at the cost of a row group."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.shards.publishing import load
from schemas.errors import ConfigError, IntegrityError, NotFoundError
from schemas.manifest import Shard


def read_row(folder: Path, shard: str, row: int) -> dict[str, Any]:
    """Row `row`, counted from 0, of `shard`: its path in the manifest, or the end of it.

    Reads one row group, not the shard. Raises what `find_shard` does, and NotFoundError where
    there is no such row.
    """
    found = find_shard(folder, shard)
    if not 0 <= row < found.rows:
        raise NotFoundError(f"no row {row} in {shard}; there are 0 to {found.rows - 1}")
    if not (folder / found.path).is_file():
        raise IntegrityError(f"{found.path} is in the manifest and not on disk; build it again")
    groups = _parquet_groups if found.format == "parquet" else _arrow_groups
    for rows, read in groups(folder / found.path):
        if row < rows:
            record: dict[str, Any] = read().slice(row, 1).to_pylist()[0]
            return record
        row -= rows
    raise IntegrityError(f"{found.path} is shorter than its manifest says; build it again")


def find_shard(folder: Path, shard: str) -> Shard:
    """The shard whose path is `shard`, or the only one whose path ends in it.

    Raises:
        NotFoundError: there is none.
        ConfigError: there are several, as parts have files of the same name.
    """
    shards = load(folder).shards
    found = [one for one in shards if f"/{one.path}".endswith(f"/{shard}")]
    if not found:
        there = f"{shards[0].path} to {shards[-1].path}" if shards else "none"
        raise NotFoundError(f"no shard {shard!r} in {folder}; there are {there}")
    if len(found) > 1:
        exact = ", ".join(f"{folder.name}/{one.path}" for one in found)
        raise ConfigError(f"{shard!r} names {len(found)} shards; write one of: {exact}")
    return found[0]


def _parquet_groups(path: Path) -> Iterator[tuple[int, Callable[[], pa.Table]]]:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield file.metadata.row_group(group).num_rows, partial(file.read_row_group, group)


def _arrow_groups(path: Path) -> Iterator[tuple[int, Callable[[], pa.Table]]]:
    with pa.memory_map(str(path)) as mapped:
        file = pa.ipc.open_file(mapped)
        for group in range(file.num_record_batches):
            batch = file.get_batch(group)
            yield batch.num_rows, partial(pa.Table.from_batches, [batch])
