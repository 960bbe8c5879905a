"""What an export holds: which shard of which mixture became which files."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ExportFormat = Literal["jsonl", "mds", "webdataset", "megatron", "nanotron", "retrieval"]


class ExportedFile(BaseModel):
    """One file; `path` is relative to `export.json`.

    `rows` counts what the format counts: rows of the mixture, or chunks of texts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    rows: int
    bytes: int
    sha256: str


class ExportedShard(BaseModel):
    """One shard of the mixture and the files it became."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shard: str = Field(description="The shard's path in the manifest.")
    sha256: str = Field(description="The digest of the shard itself.")
    files: tuple[ExportedFile, ...]


class Export(BaseModel):
    """The content of `export.json`. No time of day: the same shards, the same bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mixture: str
    version: str = Field(description="The version of the mixture.")
    part: str | None = Field(description="The only part of the mixture there is; null for all.")
    format: ExportFormat
    options: dict[str, str | int] = Field(description="What the bytes depend on besides the rows.")
    shards: tuple[ExportedShard, ...] = ()
    indexes: tuple[str, ...] = Field((), description="Files that describe those of a folder.")

    def to_json(self) -> str:
        """The export as indented JSON that ends in a new line."""
        return self.model_dump_json(indent=2, ensure_ascii=False) + "\n"
