"""Shards: a selection of the corpus written as files, and published all or nothing.

A mixture's folder holds `manifest.json`, `README.md` and one folder of shards named for the
version. Rows are shuffled on disk: one pass over the corpus spreads them over one bucket per
shard, and each bucket is then read, put in order and written. Memory holds one bucket, one
buffer of `BUFFER_BYTES`, what the scan reads ahead, and the plan: under 100 bytes per row.
"""

import hashlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from quality.mixing import I64, Places, Selection, shard_starts
from schemas.errors import IntegrityError, NotFoundError
from schemas.manifest import Component, Ingredients, Manifest, Shard, card, version_of
from schemas.recipes import Recipe, ShardFormat
from schemas.tables import SHARDS

MANIFEST = "manifest.json"
CARD = "README.md"
WRITER = f"pyarrow {pa.__version__}"

BUFFER_BYTES = 64 * 2**20
"""Bytes of the corpus held before they are spread over the buckets."""

GROUP_BYTES = 16 * 2**20
"""Bytes of text per Parquet row group and Arrow record batch: what reading one row costs."""

_OLDEST = pl.CompatLevel.oldest()
_SCHEMA = SHARDS.to_frame().to_arrow(compat_level=_OLDEST).schema
_TAKEN = [name for name in SHARDS if name != "epoch"]
_REPETITIVE = ["source", "domain", "language", "licence"]
_VERSION = re.compile(r"[0-9a-f]{16}")
_TEMPORARY = "{}.tmp-{}"


def pack(
    rows: pl.LazyFrame,
    selection: Selection,
    recipe: Recipe,
    folder: Path,
    made_from: Ingredients,
) -> Manifest:
    """Write the `selection` of `rows` (schema `CORPUS`) to `folder` and publish it.

    Where the version asked for is published and its files are intact, no shard is written. A
    kill at any moment leaves the old or the new manifest with all its shards. One pack at a
    time per folder. Raises IntegrityError where `rows` are not those that were planned with.
    """
    _check_columns(rows)
    version = version_of(made_from, recipe, WRITER, str(_SCHEMA), _digest(selection))
    folder.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    manifest = _published(folder, version)
    if manifest is None:
        staging = folder / _TEMPORARY.format(version, os.getpid())
        written = _build(rows, selection, recipe, staging)
        manifest = Manifest(
            **made_from.model_dump(),
            version=version,
            recipe=recipe,
            writer=WRITER,
            rows=selection.rows.height,
            tokens=selection.budget["taken"].sum(),
            components=_components(selection.budget),
            languages=dict(sorted(written.languages.items())),
            licences=dict(sorted(written.licences.items())),
            shards=tuple(written.shards),
        )
        _publish(staging, folder, manifest)
    _write_aside(folder / CARD, card(manifest))
    _remove_old_versions(folder, version)
    return manifest


def load(folder: Path) -> Manifest:
    """The manifest of the mixture in `folder`; NotFoundError where none is published."""
    path = folder / MANIFEST
    if not path.is_file():
        raise NotFoundError(f"{folder} holds no {MANIFEST}; build the mixture first")
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise IntegrityError(f"{path} cannot be read; build the mixture again") from error


def read_row(folder: Path, shard: str, row: int) -> dict[str, Any]:
    """Row `row`, counted from 0, of `shard`: its path in the manifest, or its file name.

    Reads one row group, not the shard. Raises NotFoundError where there is no such row.
    """
    shards = load(folder).shards
    found = next((one for one in shards if shard in {one.path, Path(one.path).name}), None)
    if found is None:
        there = f"{shards[0].path} to {shards[-1].path}" if shards else "none"
        raise NotFoundError(f"no shard {shard!r} in {folder}; there are {there}")
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


@dataclass
class _Written:
    """The files of a build, and its rows by language and by licence."""

    shards: list[Shard] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)


def _check_columns(rows: pl.LazyFrame) -> None:
    there = rows.collect_schema().names()
    if missing := [name for name in _TAKEN if name not in there]:
        raise IntegrityError(f"the corpus lacks {missing}; there are {there}")


def _digest(selection: Selection) -> str:
    """SHA-256 of what was chosen: a key stands for a seed, a document and an epoch."""
    digest = hashlib.sha256()
    for name in ("key", "bytes"):
        digest.update(selection.rows[name].to_numpy().tobytes())
    return digest.hexdigest()


def _components(budget: pl.DataFrame) -> dict[str, Component]:
    rows = budget.rename({"taken": "tokens"}).to_dicts()
    return {row.pop("source"): Component(**row) for row in rows}


def _build(rows: pl.LazyFrame, selection: Selection, recipe: Recipe, staging: Path) -> _Written:
    """Write every shard into the folder `staging`."""
    buckets = staging / "buckets"
    buckets.mkdir(parents=True)
    sizes = selection.rows["bytes"].to_numpy()
    starts = shard_starts(sizes, recipe.shard_bytes)
    _spread(rows, selection, starts, buckets)
    written = _Written()
    for number, (start, end) in enumerate(pairwise([*starts.tolist(), len(sizes)])):
        bucket = buckets / f"{number:05d}"
        frame = _ordered(bucket)
        if frame["text"].str.len_bytes().sum() != sizes[start:end].sum():
            raise IntegrityError(f"the texts of shard {number} are not those the plan counted")
        written.languages.update(_count(frame["language"]))
        written.licences.update(_count(frame["licence"]))
        written.shards += _write(frame, staging / bucket.name, recipe.formats)
        bucket.unlink()
    buckets.rmdir()
    return written


def _spread(rows: pl.LazyFrame, selection: Selection, starts: I64, buckets: Path) -> None:
    """Write each chosen row, with its position, to the bucket of its shard, in any order."""
    places = Places.of(selection.rows["doc_id"])
    epochs = selection.rows["epoch"].to_numpy()
    seen = np.zeros(len(epochs), dtype=np.uint32)
    held: list[pl.DataFrame] = []
    size = 0
    batches = rows.select(_TAKEN).collect_batches(maintain_order=False, lazy=True)
    for batch in batches:
        row, position = places.find(batch["doc_id"])
        np.add.at(seen, position, 1)
        extra = [pl.Series("epoch", epochs[position]), pl.Series("position", position)]
        held.append(batch[row].with_columns(extra))
        size += int(batch.estimated_size())
        if size >= BUFFER_BYTES:
            _flush(held, starts, buckets)
            held, size = [], 0
    _flush(held, starts, buckets)
    missing, repeated = int((seen == 0).sum()), int((seen > 1).sum())
    if missing or repeated:
        raise IntegrityError(
            f"of {len(seen)} rows planned, {missing} are not in the corpus and {repeated} are "
            "there more than once; plan again from the corpus as it is"
        )


def _flush(held: list[pl.DataFrame], starts: I64, buckets: Path) -> None:
    if not held:
        return
    rows = pl.concat(held)
    shard = np.searchsorted(starts, rows["position"].to_numpy(), "right") - 1
    pieces = rows.with_columns(pl.Series("shard", shard)).partition_by("shard", as_dict=True)
    for (number,), piece in pieces.items():
        # Closed again at once: there may be more buckets than a process may hold open.
        with (buckets / f"{number:05d}").open("ab") as file:
            piece.drop("shard").write_ipc_stream(file, compression="lz4", compat_level=_OLDEST)


def _ordered(bucket: Path) -> pl.DataFrame:
    """The rows of a bucket, several IPC streams in one file, in the order of the mixture."""
    end = bucket.stat().st_size
    parts: list[pa.Table] = []
    with pa.OSFile(str(bucket)) as file:
        while file.tell() < end:
            parts.append(pa.ipc.open_stream(file).read_all())
    return pl.DataFrame(pa.concat_tables(parts)).sort("position").select(SHARDS.names())


def _count(values: pl.Series) -> dict[str, int]:
    return dict(values.fill_null("unknown").value_counts().rows())


def _write(frame: pl.DataFrame, base: Path, formats: tuple[ShardFormat, ...]) -> list[Shard]:
    """Write one shard in each of `formats`."""
    text_bytes = int(frame["text"].str.len_bytes().sum())
    group_rows = max(1, GROUP_BYTES * frame.height // max(1, text_bytes))
    paths = {one: base.with_suffix(f".{one}") for one in formats}
    with ExitStack() as stack:
        writers = [stack.enter_context(_WRITERS[one](paths[one])) for one in formats]
        for group in frame.iter_slices(group_rows):
            table = group.to_arrow(compat_level=_OLDEST).cast(_SCHEMA).combine_chunks()
            # A copy by `take` zeroes what lies under nulls: no byte may depend on chance.
            table = table.take(pa.array(np.arange(len(table))))
            for writer in writers:
                writer.write_table(table)
    version = base.parent.name.partition(".")[0]
    return [
        Shard(
            path=f"{version}/{path.name}",
            format=one,
            rows=frame.height,
            bytes=path.stat().st_size,
            text_bytes=text_bytes,
            sha256=_sha256(path),
        )
        for one, path in paths.items()
    ]


def _parquet_writer(path: Path) -> Any:
    return pq.ParquetWriter(
        path,
        _SCHEMA,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=_REPETITIVE,
        write_statistics=[*_REPETITIVE, "doc_id", "quality", "epoch"],
    )


def _arrow_writer(path: Path) -> Any:
    # Not compressed, so that a training process can map it and read in place.
    return pa.ipc.new_file(str(path), _SCHEMA)


_WRITERS = {"parquet": _parquet_writer, "arrow": _arrow_writer}


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


def _published(folder: Path, version: str) -> Manifest | None:
    """The manifest of `version` where that is what is published and no file is damaged."""
    try:
        manifest = load(folder)
    except (NotFoundError, IntegrityError):
        return None
    same = manifest.version == version
    return manifest if same and all(_intact(folder, one) for one in manifest.shards) else None


def _intact(folder: Path, shard: Shard) -> bool:
    path = folder / shard.path
    return path.is_file() and path.stat().st_size == shard.bytes and _sha256(path) == shard.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _publish(staging: Path, folder: Path, manifest: Manifest) -> None:
    """Put the shards in their place, then the manifest that names them: the point of no return."""
    final = folder / manifest.version
    if final.exists():  # left by a pack that was killed before its manifest, or damaged since
        shutil.rmtree(final)
    staging.replace(final)
    _write_aside(folder / MANIFEST, manifest.to_json())


def _write_aside(path: Path, text: str) -> None:
    aside = path.with_name(_TEMPORARY.format(path.name, os.getpid()))
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob(_TEMPORARY.format("*", "*")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _remove_old_versions(folder: Path, version: str) -> None:
    for path in folder.iterdir():
        if path.is_dir() and _VERSION.fullmatch(path.name) and path.name != version:
            shutil.rmtree(path)
