"""Packing: a selection of the corpus written as shards.

Rows are shuffled on disk: one pass over the corpus spreads them over one bucket per shard, and
each bucket is then read, put in order and written. Memory holds one bucket, one buffer of
`BUFFER_BYTES`, what the scan reads ahead, and the plan: some 450 bytes a row at its peak, when it
is chosen (measured on 2.7 million rows). A shard whose
rows are those of a published one is not written again: its file is linked.
"""

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.shards.publishing import (
    intact,
    place,
    publish,
    published,
    sha256,
    staging_of,
    tidy,
)
from pipelines.shards.writing import OLDEST, WRITER, write
from quality.mixing import U64, Mixture, Places, Selection, halves, shard_count, shard_numbers
from quality.text.width import fold_width
from schemas.card import Funnel
from schemas.errors import IntegrityError
from schemas.manifest import Contribution, Ingredients, Manifest, Part, Shard, version_of
from schemas.recipes import Recipe, ShardFormat
from schemas.tables import SHARDS

BUFFER_BYTES = 64 * 2**20
"""Bytes of the corpus held before they are spread over the buckets."""

_TAKEN = [name for name in SHARDS if name not in ("epoch", "component")]
_SCHEMA = str(SHARDS)


@dataclass(frozen=True)
class Slot:
    """A shard to be: rows `start` to `end` of the selection, which are range `number` of a part."""

    part: str
    number: int
    start: int
    end: int
    content: str


@dataclass(frozen=True)
class Job:
    """What is to be packed: rows of the corpus, which of them, and how they are cut and written."""

    rows: pl.LazyFrame
    selection: Selection
    slots: Sequence[Slot]
    recipe: Recipe


def pack(mixture: Mixture, folder: Path, made_from: Ingredients, funnel: Funnel) -> Manifest:
    """Write what `mixture` selects of its rows (schema `CORPUS`) to `folder` and publish it.

    The card shows the `funnel` as it is now; it is no part of the version. Shards whose content
    is published and intact are taken over. A kill at any moment leaves the
    old or the new manifest with all its shards. One pack at a time per folder. Raises
    IntegrityError where the rows are not those that were planned with.
    """
    there = mixture.rows.collect_schema().names()
    if missing := [name for name in _TAKEN if name not in there]:
        raise IntegrityError(f"the corpus lacks {missing}; there are {there}")
    selection, recipe = mixture.selection, mixture.recipe
    slots = _slots(selection, recipe.shard_bytes)
    version = version_of(made_from, recipe, WRITER, _SCHEMA, *(slot.content for slot in slots))
    before = published(folder)
    there_already = _by_content(before, folder)
    manifest = before if before and before.version == version else None
    if manifest is None or len(there_already) < len(manifest.shards):
        staging = staging_of(folder, version)
        job = Job(mixture.rows, selection, slots, recipe)
        shards = _build(job, staging, there_already)
        manifest = Manifest(
            **made_from.model_dump(),
            version=version,
            recipe=recipe,
            writer=WRITER,
            **_account(selection, slots),
            shards=tuple(shards),
        )
        place(staging, folder, version)
    publish(folder, manifest, funnel)
    tidy(folder)
    return manifest


def _slots(selection: Selection, shard_bytes: int) -> list[Slot]:
    """The shards of each part, those without a row left out."""
    rows = selection.rows
    ids = np.column_stack([*halves(rows["doc_id"]), rows["content"].to_numpy()])
    ends = np.searchsorted(rows["part"].to_numpy(), np.arange(len(selection.parts) + 1))
    slots: list[Slot] = []
    for part, (first, last) in zip(selection.parts, pairwise(ends.tolist()), strict=True):
        mine = rows[first:last]
        count = shard_count(int(mine["bytes"].sum()), shard_bytes)
        numbers = shard_numbers(mine["key"].to_numpy(), count)
        starts = np.flatnonzero(np.diff(numbers, prepend=-1)) + first
        for start, end in pairwise([*starts.tolist(), last]):
            content = _content(ids[start:end], rows[start:end])
            slots.append(Slot(part, int(numbers[start - first]), start, end, content))
    return slots


def _content(ids: U64, rows: pl.DataFrame) -> str:
    """A digest of what decides the bytes of these rows."""
    digest = hashlib.sha256(ids.tobytes())
    digest.update(rows["epoch"].to_numpy().tobytes())
    digest.update("\0".join(rows["component"]).encode())
    return digest.hexdigest()


def _account(selection: Selection, slots: list[Slot]) -> dict[str, Any]:
    """What the manifest says of the rows."""
    ledger = selection.ledger.rename({"taken": "tokens"}).to_dicts()
    sizes = selection.rows.group_by("part", "component").agg(
        pl.len().alias("rows"), pl.col("size").sum(), pl.col("bytes").sum()
    )
    parts = {}
    for number, name in enumerate(selection.parts):
        mine = sizes.filter(pl.col("part") == number).sort("component")
        parts[name] = Part(
            rows=int(mine["rows"].sum()),
            tokens=int(mine["size"].sum()),
            text_bytes=int(mine["bytes"].sum()),
            shards=sum(slot.part == name for slot in slots),
            components=dict(mine.select("component", "size").rows()),
        )
    return {
        "rows": selection.rows.height,
        "tokens": int(selection.rows["size"].sum()),
        "parts": parts,
        "components": {row.pop("component"): Contribution(**row) for row in ledger},
        "languages": selection.languages,
        "licences": selection.licences,
    }


Known = dict[tuple[ShardFormat, str], Path]


def _by_content(before: Manifest | None, folder: Path) -> Known:
    """The intact files of what is published, by format and content."""
    if before is None or before.writer != WRITER:
        return {}
    return {
        (one.format, one.content): folder / one.path for one in before.shards if intact(folder, one)
    }


def _build(job: Job, staging: Path, there: Known) -> list[Shard]:
    """Put every shard into the folder `staging`, linked where it is there already."""
    new = [
        s for s in job.slots if not all((form, s.content) in there for form in job.recipe.formats)
    ]
    buckets = staging / "buckets"
    buckets.mkdir()
    _spread(job, new, buckets)
    shards: list[Shard] = []
    for slot in job.slots:
        paths = {
            form: staging / slot.part / f"{slot.number:05d}.{form}" for form in job.recipe.formats
        }
        (staging / slot.part).mkdir(exist_ok=True)
        if slot in new:
            bucket = buckets / _bucket(slot)
            write(_ordered(bucket, job, slot), paths)
            bucket.unlink()
        else:
            for form, path in paths.items():
                _link(there[form, slot.content], path)
        text_bytes = int(job.selection.rows["bytes"][slot.start : slot.end].sum())
        shards += [_shard(slot, form, path, text_bytes) for form, path in paths.items()]
    buckets.rmdir()
    return shards


def _bucket(slot: Slot) -> str:
    return f"{slot.part}-{slot.number:05d}"


def _link(there: Path, path: Path) -> None:
    try:
        os.link(there, path)
    except OSError:  # a disk without links
        shutil.copyfile(there, path)


def _shard(slot: Slot, form: ShardFormat, path: Path, text_bytes: int) -> Shard:
    version = path.parent.parent.name.partition(".")[0]
    return Shard(
        path=f"{version}/{slot.part}/{path.name}",
        format=form,
        part=slot.part,
        number=slot.number,
        rows=slot.end - slot.start,
        bytes=path.stat().st_size,
        text_bytes=text_bytes,
        content=slot.content,
        sha256=sha256(path),
    )


def _spread(job: Job, slots: Sequence[Slot], buckets: Path) -> None:
    """Write each row of `slots`, with its position, to the bucket of its shard, in any order."""
    if not slots:
        return
    positions = np.concatenate([np.arange(slot.start, slot.end) for slot in slots])
    chosen = job.selection.rows.select("doc_id", "epoch", "component")[positions]
    places = Places.of(chosen["doc_id"])
    seen = np.zeros(len(positions), dtype=np.uint32)
    held: list[pl.DataFrame] = []
    size = 0
    for batch in job.rows.select(_TAKEN).collect_batches(maintain_order=False, lazy=True):
        row, nth = places.find(batch["doc_id"])
        np.add.at(seen, nth, 1)
        position = pl.Series("position", positions[nth])
        held.append(batch[row].hstack([*chosen[nth].drop("doc_id"), position]))
        size += int(batch.estimated_size())
        if size >= BUFFER_BYTES:
            _flush(held, slots, buckets)
            held, size = [], 0
    _flush(held, slots, buckets)
    missing, repeated = int((seen == 0).sum()), int((seen > 1).sum())
    if missing or repeated:
        raise IntegrityError(
            f"of {len(seen)} rows planned, {missing} are not in the corpus and {repeated} are "
            "there more than once; plan again from the corpus as it is"
        )


def _flush(held: list[pl.DataFrame], slots: Sequence[Slot], buckets: Path) -> None:
    if not held:
        return
    rows = pl.concat(held)
    starts = np.array([slot.start for slot in slots])
    nth = np.searchsorted(starts, rows["position"].to_numpy(), "right") - 1
    pieces = rows.with_columns(pl.Series("slot", nth)).partition_by("slot", as_dict=True)
    for (number,), piece in pieces.items():
        # Closed again at once: there may be more buckets than a process may hold open.
        with (buckets / _bucket(slots[number])).open("ab") as file:
            piece.drop("slot").write_ipc_stream(file, compression="lz4", compat_level=OLDEST)


def _ordered(bucket: Path, job: Job, slot: Slot) -> pl.DataFrame:
    """The rows of a bucket, several IPC streams in one file, in the order of the mixture."""
    end = bucket.stat().st_size
    parts: list[pa.Table] = []
    with pa.OSFile(str(bucket)) as file:
        while file.tell() < end:
            parts.append(pa.ipc.open_stream(file).read_all())
    frame = pl.DataFrame(pa.concat_tables(parts)).sort("position").select(SHARDS.names())
    if job.recipe.fold_width:
        frame = frame.with_columns(fold_width(pl.col("text")))
    planned = job.selection.rows["bytes"][slot.start : slot.end]
    if frame["text"].str.len_bytes().sum() != planned.sum():
        raise IntegrityError(f"the texts of {_bucket(slot)} are not those the plan counted")
    return frame
