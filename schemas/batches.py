"""A batch: a frozen group of raw files of one source, the unit of work."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

EVERYTHING = "*"
"""Stands for every document of a batch among those withdrawn."""


class RawFile(BaseModel):
    """One raw file as it was when its batch last saw it.

    `path` is local or an fsspec URL, or `sql` for a query; `size` is in
    bytes; `version` changes when the content may have (modification time, ETag, or the digest
    of the query).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: int
    version: str


class Batch(BaseModel):
    """The files of one batch, less what was withdrawn of them.

    Membership never changes; a file's size and version may. `withdrawn` tells, of each `doc_id` (or
    EVERYTHING), the number of the request it was withdrawn by.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    source: str
    files: tuple[RawFile, ...]
    withdrawn: dict[str, int] = {}

    def less(self, withdrawn: Mapping[str, int]) -> "Batch":
        """The batch without these documents too; what was withdrawn before stays as it was."""
        every = sorted((dict(withdrawn) | self.withdrawn).items())
        return self.model_copy(update={"withdrawn": dict(every)})

    def withdrawn_by(self, doc_id: str) -> int | None:
        """The number of the request that withdrew the document; null where none did.

        >>> batch = Batch(name="a-0", source="a", files=(), withdrawn={"*": 2, "b": 1})
        >>> batch.withdrawn_by("b"), batch.withdrawn_by("c")
        (1, 2)
        """
        return self.withdrawn.get(doc_id, self.withdrawn.get(EVERYTHING))

    @model_serializer(mode="wrap")
    def _plain(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Where nothing is withdrawn the digest is that of a batch before there were requests."""
        dumped: dict[str, Any] = dump(self)
        return dumped if self.withdrawn else {k: v for k, v in dumped.items() if k != "withdrawn"}
