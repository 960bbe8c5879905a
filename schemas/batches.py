"""A batch: a frozen group of raw files of one source, the unit of work."""

from pydantic import BaseModel, ConfigDict


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
    """The files of one batch. Membership never changes; a file's size and version may."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    source: str
    files: tuple[RawFile, ...]
