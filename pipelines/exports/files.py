"""Files that are written aside, digested on their way, and put in place together."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schemas.exports import ExportedFile

ASIDE = ".tmp"


class Sink:
    """An open file that digests and counts what is written to it; `rows` is the writer's to set."""

    def __init__(self, raw: Any) -> None:
        self._raw, self._sha256 = raw, hashlib.sha256()
        self.rows = self.bytes = 0

    def write(self, data: Any) -> int:
        """Append `data`; how many bytes that were."""
        self._sha256.update(data)
        size = memoryview(data).nbytes
        self._raw.write(data)
        self.bytes += size
        return size

    def sha256(self) -> str:
        """The digest of what was written so far."""
        return self._sha256.hexdigest()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


class Outputs:
    """The files that one shard becomes: `folder/stem` and a suffix for each."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder, self._stem = folder, stem
        self._written: list[ExportedFile] = []

    @contextmanager
    def open(self, suffix: str) -> Iterator[Sink]:
        """A new file, to be written from its beginning to its end; aside until `publish`."""
        name = f"{self._stem}{suffix}"
        with (self._folder / f"{name}{ASIDE}").open("wb") as raw:
            sink = Sink(raw)
            yield sink
            raw.flush()
            os.fsync(raw.fileno())
        file = ExportedFile(path=name, rows=sink.rows, bytes=sink.bytes, sha256=sink.sha256())
        self._written.append(file)

    def publish(self) -> tuple[ExportedFile, ...]:
        """Put the files in place, paths relative to the folder; those there before are replaced."""
        for file in self._written:
            path = self._folder / file.path
            path.with_name(path.name + ASIDE).replace(path)
        return tuple(self._written)
