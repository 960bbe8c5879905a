"""From the shards of a published mixture to a folder of files, shard by shard."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.exports.files import Outputs
from pipelines.exports.folder import Folder, made_from, sha256_of
from pipelines.exports.formats import Format
from pipelines.shards import load
from pipelines.shards.writing import WRITER as SHARDS_BY
from schemas.errors import IntegrityError, NotFoundError
from schemas.exports import Export, ExportedFile, ExportedShard
from schemas.manifest import Manifest, Shard

WRITER = f"1, polars {pl.__version__}, {SHARDS_BY}"
"""What wrote the bytes; the number is raised where this code comes to write other ones."""

Progress = Callable[[int], None]
"""Is told of each so many bytes of text that were dealt with."""


@dataclass(frozen=True)
class Exported:
    """What the folder holds after an export, and how many of its shards were written for it."""

    export: Export
    written: int


def export(
    mixture: Path,
    form: Format,
    folder: Path,
    part: str | None = None,
    progress: Progress = lambda _: None,
) -> Exported:
    """Bring `folder` up to date with the mixture published in the folder `mixture`.

    Only shards that are new or changed, or whose files are damaged, are written. One row group
    is held at a time. With `part`, the other parts are left out.

    Raises:
        BusyError: another export into `folder` is at work.
        ConfigError: `folder` holds something else.
        IntegrityError: the mixture is not what its manifest says.
        NotFoundError: there is no mixture, or no such part.
    """
    manifest = load(mixture)
    chosen = wanted(manifest, part)
    planned = Export(
        mixture=manifest.name,
        version=manifest.version,
        part=part,
        format=form.name,
        options={**form.options, "writer": WRITER},
    )
    here, done, written = Folder(folder), [], 0
    with here.mine(planned):
        finished = here.finished()
        for shard in chosen:
            stem = _stem(shard, planned)
            files = _kept(here, finished, stem)
            if files is None:
                files = _write(mixture, shard, form, folder / stem, progress)
                written += 1
            else:
                progress(shard.text_bytes)
            done.append(ExportedShard(shard=shard.path, sha256=shard.sha256, files=files))
            here.note(done[-1])
        indexes = _indexes(done, form)
        whole = planned.model_copy(update={"shards": tuple(done), "indexes": tuple(indexes)})
        here.publish(whole, indexes)
    return Exported(whole, written)


def wanted(manifest: Manifest, part: str | None) -> list[Shard]:
    """The shards that an export is of, each in one of the formats it is there in.

    Raises NotFoundError where there is no such part.
    """
    if part is not None and part not in manifest.parts:
        there = ", ".join(manifest.parts)
        raise NotFoundError(f"the mixture {manifest.name} has no part {part!r}; parts: {there}")
    form = "parquet" if any(one.format == "parquet" for one in manifest.shards) else "arrow"
    of_form = (one for one in manifest.shards if one.format == form)
    return [one for one in of_form if part in (None, one.part)]


def _stem(shard: Shard, planned: Export) -> str:
    """How the names of the shard's files begin: part, number, and what they are made from."""
    ingredients = [shard.sha256, planned.format, planned.options]
    digest = hashlib.sha256(json.dumps(ingredients, sort_keys=True).encode()).hexdigest()[:16]
    return f"{shard.part}/{Path(shard.path).stem}-{digest}"


def _kept(
    here: Folder, finished: dict[str, ExportedShard], stem: str
) -> tuple[ExportedFile, ...] | None:
    """The files of a shard that was exported before, under its present number."""
    before = finished.get(stem[-16:])
    if before is None:
        return None
    path = before.files[0].path
    old = path[: path.index(made_from(before) or "") + 16]
    return here.renamed(before, old, stem)


def _write(
    mixture: Path, shard: Shard, form: Format, base: Path, progress: Progress
) -> tuple[ExportedFile, ...]:
    base.parent.mkdir(exist_ok=True)
    outputs = Outputs(base.parent, base.name)
    form.write(_groups(mixture / shard.path, shard, progress), outputs)
    files = outputs.publish()
    return tuple(one.model_copy(update={"path": f"{shard.part}/{one.path}"}) for one in files)


def _groups(path: Path, shard: Shard, progress: Progress) -> Iterator[pl.DataFrame]:
    """The row groups of a shard, one at a time."""
    if not path.is_file() or sha256_of(path) != shard.sha256:
        raise IntegrityError(
            f"{shard.path} is not what the manifest says; build the mixture, then export again"
        )
    read = _parquet_groups if shard.format == "parquet" else _arrow_groups
    for rows in read(path):
        yield rows
        progress(int(rows["text"].str.len_bytes().sum()))


def _parquet_groups(path: Path) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield pl.DataFrame(file.read_row_group(group))


def _arrow_groups(path: Path) -> Iterator[pl.DataFrame]:
    with pa.memory_map(str(path)) as mapped:
        file = pa.ipc.open_file(mapped)
        for group in range(file.num_record_batches):
            yield pl.DataFrame(pa.Table.from_batches([file.get_batch(group)]))


def _indexes(done: Sequence[ExportedShard], form: Format) -> dict[str, str]:
    """What describes the files of each folder: that of a part, or the whole one."""
    folders: dict[str, list[ExportedFile]] = {}
    for shard in done:
        for file in shard.files:
            parent, slash, name = file.path.rpartition("/")
            here = folders.setdefault(parent + slash, [])
            here.append(file.model_copy(update={"path": name}))
    return {
        prefix + name: text
        for prefix, files in (folders or {"": []}).items()
        for name, text in form.index(files).items()
    }
