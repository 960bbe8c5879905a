"""Withdrawals: what was asked to be forgotten, what keeps it out, and the proof that it is gone."""

from typing import Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.tables import DOCUMENTS, SIGNATURES

NOTHING_BEFORE = "0" * 64
"""What the first record of the chain names as the one before it."""


class Frozen(BaseModel):
    """A part of a record: it cannot change, and a wrong key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Snippet(Frozen):
    """A passage, by which texts that contain it are told without the passage.

    `chars` counts its folded characters; `rolling` (16 hex digits) and `digest` (64) are hashes of
    them under the secret key of the lake, which `key` (16) tells from others.
    """

    chars: int
    rolling: str
    digest: str
    key: str


class Subject(Frozen):
    """A personal value, by which findings of it are told without the value.

    `digest` (64 hex digits) is a hash of it under the secret key of the lake, which `key` (16)
    tells from others.
    """

    key: str
    digest: str

    def __str__(self) -> str:
        """As people hand it on."""
        return f"{self.key}:{self.digest}"


class Request(Frozen):
    """What is to be forgotten, now and whenever it comes again, and why."""

    docs: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    subjects: tuple[Subject, ...] = ()
    twins: bool = Field(True, description="Whether copies and near-copies go too.")
    reason: str

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not any((self.docs, self.urls, self.prefixes, self.sources, self.keyed)):
            raise ValueError("the request names nothing to forget")
        return self

    @property
    def keyed(self) -> bool:
        """Whether it is told by hashes under the key of the lake."""
        return bool(self.snippets or self.subjects)


class Published(Frozen):
    """A version of a mixture that held withdrawn documents, in so many `rows`.

    `shards` are the digests (SHA-256) of its files by path within the version.
    """

    version: str
    rows: int
    shards: dict[str, str]


class Entry(Frozen):
    """One request, as the ledger holds it.

    `previous` is the SHA-256 of the record before it in the chain, an entry or a certificate.
    `found` counts the documents it found by source; `documents` and `texts` are the SHA-256 of the
    two tables beside the entry; `mixtures` are those that held any of them. `at` is the time of the
    request (UTC).
    """

    number: int
    previous: str
    at: str
    request: Request
    found: dict[str, int]
    documents: str
    texts: str
    mixtures: dict[str, Published]


class Rewritten(Frozen):
    """A mixture before and after: so many of the new shards are not among the old."""

    before: Published
    after: Published | None
    rewritten: int


class Certificate(Frozen):
    """What was done for one request, and what was looked at to know that nothing remains.

    `entry` is the SHA-256 of the request's entry, `previous` that of the record before in the
    chain. `raw_files` counts the files that hold the raw records, which are for their owner to
    erase: the lake never touches them. `verified` counts what was searched.
    """

    number: int
    previous: str
    entry: str
    found: dict[str, int]
    raw_files: int
    mixtures: dict[str, Rewritten]
    verified: dict[str, int]


WITHDRAWN = pl.Schema(
    {
        name: DOCUMENTS[name]
        for name in ("doc_id", "source", "batch", "uri", "raw_path", "raw_offset", "raw_length")
    }
    | {"asked": pl.Boolean()}
)
"""One row a document found: where it lies, and whether it was `asked` for or is a copy of one."""

TEXTS = pl.Schema({"exact": SIGNATURES["exact"], "sketch": SIGNATURES["sketch"]})
"""The withdrawn texts, by what tells them and their copies again; `sketch` is null for copies, lest
copies of copies be withdrawn for ever."""

REVOKED = pl.Schema({"doc_id": pl.String(), "version": pl.String(), "withdrawal": pl.Int64()})
"""The rows of `revoked.jsonl`: a document, the version it was published in last, the request."""
