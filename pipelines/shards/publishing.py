"""What of a mixture is published: one manifest, and the version of the shards that it names.

A kill at any moment leaves the old or the new manifest with all its shards. One writer at a time
per folder.
"""

import hashlib
import os
import re
import shutil
from pathlib import Path

from pydantic import ValidationError

from assets.bars import svg
from schemas.card import COMPOSITION, FUNNEL, Fate, Funnel, card
from schemas.croissant import croissant
from schemas.errors import IntegrityError, NotFoundError
from schemas.manifest import Manifest, Shard

MANIFEST = "manifest.json"
CARD = "README.md"
CROISSANT = "croissant.json"
REVOKED = "revoked.jsonl"

_VERSION = re.compile(r"[0-9a-f]{16}")
_TEMPORARY = "{}.tmp-{}"


def load(folder: Path) -> Manifest:
    """The manifest of the mixture in `folder`; NotFoundError where none is published."""
    path = folder / MANIFEST
    if not path.is_file():
        raise NotFoundError(_missing(folder))
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise IntegrityError(f"{path} cannot be read; build the mixture again") from error


def _missing(folder: Path) -> str:
    if (folder / REVOKED).is_file():
        return (
            f"mixture {folder.name} was taken off: it held withdrawn documents and could not be "
            "made without them; change the recipe and build"
        )
    return f"{folder} holds no {MANIFEST}: run 'wenyuan build'"


def published(folder: Path) -> Manifest | None:
    """The manifest of the mixture in `folder`; null where none is, or it cannot be read."""
    try:
        return load(folder)
    except (NotFoundError, IntegrityError):
        return None


def staging_of(folder: Path, version: str) -> Path:
    """An empty folder in which to put the shards of `version` together."""
    folder.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    staging = folder / _TEMPORARY.format(version, os.getpid())
    staging.mkdir()
    return staging


def place(staging: Path, folder: Path, version: str) -> None:
    """Put the shards of `version` where the manifest will name them."""
    final = folder / version
    if final.exists():  # left by a pack that was killed before its manifest, or damaged since
        shutil.rmtree(final)
    staging.replace(final)


def publish(folder: Path, manifest: Manifest, funnel: Funnel) -> None:
    """Write what describes the shards, last of all the manifest: the point of no return."""
    sums = map(sum, zip(*funnel.values(), strict=True)) if funnel else ()
    fates = dict(zip(Fate._fields, map(float, sums), strict=False))
    tokens = {name: float(part.tokens) for name, part in manifest.components.items()}
    _write_aside(folder / FUNNEL, svg(fates).decode())
    _write_aside(folder / COMPOSITION, svg(tokens).decode())
    _write_aside(folder / CARD, card(manifest, funnel))
    _write_aside(folder / CROISSANT, croissant(manifest))
    _write_aside(folder / MANIFEST, manifest.to_json())


def _write_aside(path: Path, text: str) -> None:
    """Write `text` beside `path` and rename it to `path`."""
    aside = path.with_name(_TEMPORARY.format(path.name, os.getpid()))
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)


def take_off(folder: Path) -> None:
    """Publish nothing in `folder` any more: the manifest goes first, the point of no return.

    What a kill leaves behind it, `tidy` removes.
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    tidy(folder)


def tidy(folder: Path) -> None:
    """Remove what is not published: other versions, and what a kill left.

    Where there is no manifest nothing is; one that cannot be read may name anything.
    """
    manifest = published(folder)
    if manifest is None and (folder / MANIFEST).is_file():
        return
    _remove_leftovers(folder)
    version = manifest.version if manifest else None
    for path in folder.iterdir():
        if path.is_dir() and _VERSION.fullmatch(path.name) and path.name != version:
            shutil.rmtree(path)
    if manifest is None and (folder / REVOKED).is_file():
        for name in (FUNNEL, COMPOSITION, CARD, CROISSANT):
            (folder / name).unlink(missing_ok=True)


def intact(folder: Path, shard: Shard) -> bool:
    """Whether the file of `shard` is as it was written; reads all of it."""
    path = folder / shard.path
    return path.is_file() and path.stat().st_size == shard.bytes and sha256(path) == shard.sha256


def sha256(path: Path) -> str:
    """The SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob(_TEMPORARY.format("*", "*")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
