"""The folder an export lies in: whose it is, what is done in it, and how it changes at once.

A file's name ends in a digest of what it is made from, so files of a new version never replace
those of the old one: the folder goes from one to the other when `export.json` is replaced, and
only then are the old files removed. What a killed export had finished stands in its journal, and
the next one goes on from there.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from pipelines.lake import publish_text
from schemas.errors import BusyError, ConfigError
from schemas.exports import Export, ExportedFile, ExportedShard

RECORD = "export.json"
JOURNAL = "export.partial.jsonl"

_MADE_FROM = re.compile(r"-([0-9a-f]{16})[.-]")
_OURS = re.compile(rf"{_MADE_FROM.pattern}|^(export|index)\.json\.\d+\.tmp$")


class Folder:
    """A folder with the files of one export."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def mine(self, planned: Export) -> Iterator[None]:
        """Hold the folder for the export `planned`.

        Raises:
            BusyError: another export holds it.
            ConfigError: it holds something else, or cannot be made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"{self.path} cannot be made a folder: {error.strerror}") from None
        self._check(planned)
        with (self.path / JOURNAL).open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                same = os.path.samestat(os.fstat(held.fileno()), (self.path / JOURNAL).stat())
            except (BlockingIOError, FileNotFoundError):  # at work, or just now done
                same = False
            if not same:
                raise BusyError(f"another export into {self.path} is at work; wait for it")
            yield

    def _check(self, planned: Export) -> None:
        there = self._record()
        if there is None:
            if any(self.path.iterdir()) and not (self.path / JOURNAL).is_file():
                raise ConfigError(f"{self.path} holds something else; name an empty folder")
        elif (there.mixture, there.format) != (planned.mixture, planned.format):
            raise ConfigError(
                f"{self.path} holds the mixture {there.mixture} as {there.format}; "
                "name another folder"
            )

    def _record(self) -> Export | None:
        file = self.path / RECORD
        if not file.is_file():
            return None
        try:
            return Export.model_validate_json(file.read_bytes())
        except ValidationError:
            raise ConfigError(
                f"{file} is not of this program, or of a newer one; name an empty folder"
            ) from None

    def finished(self) -> dict[str, ExportedShard]:
        """Every shard that was exported here as a whole, by what its files are made from."""
        record, journal = self._record(), self.path / JOURNAL
        found = list(record.shards) if record else []
        lines = journal.read_bytes().split(b"\n")[:-1] if journal.is_file() else []
        for line in lines:
            with suppress(ValidationError):  # of another version of this program
                found.append(ExportedShard.model_validate_json(line))
        return {made: one for one in found if (made := made_from(one)) is not None}

    def note(self, shard: ExportedShard) -> None:
        """Put a finished shard into the journal."""
        with (self.path / JOURNAL).open("a", encoding="utf-8", newline="\n") as journal:
            journal.write(shard.model_dump_json() + "\n")
            journal.flush()
            os.fsync(journal.fileno())

    def renamed(self, shard: ExportedShard, old: str, new: str) -> tuple[ExportedFile, ...] | None:
        """The files of `shard` under names that begin with `new`, not with `old`.

        They keep their old names too, which `export.json` may still hold. Null where a file is
        damaged, or cannot have two names.
        """
        files = []
        for file in shard.files:
            here = file.model_copy(update={"path": file.path.replace(old, new, 1)})
            if not self._intact(file):
                return None
            if here != file:
                there = self.path / here.path
                there.parent.mkdir(exist_ok=True)
                there.unlink(missing_ok=True)
                try:
                    there.hardlink_to(self.path / file.path)
                except OSError:
                    return None
            files.append(here)
        return tuple(files)

    def _intact(self, file: ExportedFile) -> bool:
        path = self.path / file.path
        return (
            path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256
        )

    def publish(self, export: Export, indexes: Mapping[str, str]) -> None:
        """Write the `indexes`, then `export.json`: the point of no return; then remove the rest."""
        before = self._record()
        for name, text in indexes.items():
            publish_text(self.path / name, text)
        publish_text(self.path / RECORD, export.to_json())
        wanted = {file.path for shard in export.shards for file in shard.files}
        old = set(before.indexes) - set(export.indexes) if before else set()
        self._remove(old, wanted)

    def _remove(self, old: set[str], wanted: set[str]) -> None:
        """Remove the `old` files, and those of ours that are not `wanted`; the journal last."""
        for path in [*self.path.glob("*"), *self.path.glob("*/*")]:
            name = path.relative_to(self.path).as_posix()
            if name in old or (name not in wanted and _OURS.search(path.name)):
                path.unlink()
        for path in self.path.glob("*/"):
            if not any(path.iterdir()):
                path.rmdir()
        (self.path / JOURNAL).unlink()


def made_from(shard: ExportedShard) -> str | None:
    """The digest in the names of a shard's files; null where it has none."""
    found = _MADE_FROM.search(shard.files[0].path) if shard.files else None
    return found[1] if found else None


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
