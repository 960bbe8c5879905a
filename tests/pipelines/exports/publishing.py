"""What a mixture's manifest and an export's record say, and other versions of a mixture."""

from collections.abc import Callable
from pathlib import Path

from pipelines.shards import MANIFEST, load
from schemas.exports import Export
from schemas.manifest import Shard
from tests.pipelines.mixed import contents


def shards_of(folder: Path) -> list[Shard]:
    return [one for one in load(folder).shards if one.format == "parquet"]


def replaced(folder: Path, change: Callable[[list[Shard]], list[Shard]]) -> None:
    """Publish the mixture again with other shards; the manifest is changed as a build would."""
    manifest = load(folder)
    shards = tuple(change([one for one in manifest.shards if one.format == "parquet"]))
    new = manifest.model_copy(update={"shards": shards, "version": "f" * 16})
    (folder / MANIFEST).write_text(new.to_json(), encoding="utf-8")


def move(folder: Path) -> None:
    """Publish the mixture again with its shards numbered otherwise."""
    old = shards_of(folder)
    paths = [f"{one.path[:16]}/train/{90 + number:05d}.parquet" for number, one in enumerate(old)]
    new = [one.model_copy(update={"path": path}) for one, path in zip(old, paths, strict=True)]
    for one, path in zip(old, paths, strict=True):
        (folder / one.path).rename(folder / path)
    replaced(folder, lambda _: new)


def record(folder: Path) -> Export:
    return Export.model_validate_json((folder / "export.json").read_bytes())


def check_record(folder: Path) -> None:
    """`export.json` says of every file what is true, and nothing else lies there."""
    there = contents(folder)
    files = [file for shard in record(folder).shards for file in shard.files]
    assert {one.path: one.sha256 for one in files}.items() <= there.items()
    assert set(there) - {one.path for one in files} <= {"export.json", "train/index.json"}
    for one in files:
        assert (folder / one.path).stat().st_size == one.bytes
