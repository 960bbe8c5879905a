"""What a format has to say for itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import polars as pl

from pipelines.exports.files import Outputs
from schemas.exports import ExportedFile, ExportFormat


class Format(Protocol):
    """A way to write rows (schema `SHARDS`) to files."""

    @property
    def name(self) -> ExportFormat:
        """What the user calls it."""
        ...

    @property
    def options(self) -> Mapping[str, str | int]:
        """Everything besides the rows that the bytes depend on."""
        ...

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """Write one shard, whose row groups come one at a time."""
        ...

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """The files, name to content, that describe all `files` of one folder."""
        ...
