"""The ledger: every request and every certificate, each naming the one before by its digest.

Whoever can write the folder can write the whole chain anew; no signature prevents it. What the
chain gives is that no single record can be changed unnoticed, and that whoever has noted the digest
of a record can tell whether it still stands.
"""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.lake import OWNER_ALONE, Lake, private, publish_text
from quality.withdrawal import Tombstones, joined, of_found, of_request
from schemas.errors import IntegrityError
from schemas.withdrawals import NOTHING_BEFORE, WITHDRAWN, Certificate, Entry

_RECORD = re.compile(r"(\d{5,})(\.certificate)?\.json")
_TABLES = {"documents": "{:05d}.documents.csv", "texts": "{:05d}.texts.parquet"}
"""The documents are for people too: whoever erases raw files needs the places."""

_BROKEN = (
    "the ledger of withdrawals in {0} is broken: {1}. Put the folder back as it was; until then "
    "nobody can say what must stay out, and nothing is built"
)


class Record(NamedTuple):
    """An entry or a certificate, as it is on disk."""

    digest: str
    content: Entry | Certificate


class Ledger:
    """The requests of one lake, as they are at this moment."""

    def __init__(self, lake: Lake) -> None:
        self.folder = lake.home / "withdrawals"

    @cached_property
    def records(self) -> list[Record]:
        """All records in the order of the chain, which is checked.

        Raises:
            IntegrityError: a record was changed, added or removed.
        """
        files = [file for file in sorted(self.folder.glob("*.json")) if _RECORD.match(file.name)]
        waiting = {record.content.previous: record for record in map(self._read, files)}
        chain: list[Record] = []
        last = NOTHING_BEFORE
        while record := waiting.pop(last, None):
            chain.append(record)
            last = record.digest
        if len(chain) != len(files):
            raise IntegrityError(_BROKEN.format(self.folder, "a record is not part of the chain"))
        # Killed between a record and the head, the head is the one before.
        if self._head() not in {last, chain[-1].content.previous if chain else last}:
            raise IntegrityError(_BROKEN.format(self.folder, "the last record is not the head"))
        return chain

    @property
    def head(self) -> str:
        """The digest of the last record."""
        return self.records[-1].digest if self.records else NOTHING_BEFORE

    @property
    def entries(self) -> list[Entry]:
        """The requests, in order."""
        return [one.content for one in self.records if isinstance(one.content, Entry)]

    @property
    def certificates(self) -> dict[int, Certificate]:
        """The certificates by number of request."""
        every = (one.content for one in self.records)
        return {one.number: one for one in every if isinstance(one, Certificate)}

    @property
    def open(self) -> list[Entry]:
        """The requests that no certificate closes yet."""
        return [entry for entry in self.entries if entry.number not in self.certificates]

    def digest(self, entry: Entry) -> str:
        """The SHA-256 of the file of `entry`."""
        return next(one.digest for one in self.records if one.content == entry)

    def append(self, content: Entry | Certificate) -> None:
        """Write down a record that names the head as the one before it."""
        text = content.model_dump_json(indent=1) + "\n"
        publish_text(self.file(content), text)
        publish_text(self.folder / "head", hashlib.sha256(text.encode()).hexdigest())
        self.__dict__.pop("records", None)

    def file(self, content: Entry | Certificate) -> Path:
        """Where a record lies."""
        kind = ".certificate" if isinstance(content, Certificate) else ""
        return self.folder / f"{content.number:05d}{kind}.json"

    def table(self, number: int, name: str) -> Path:
        """Where the table `documents` or `texts` of an entry lies."""
        return self.folder / _TABLES[name].format(number)

    def put(self, number: int, name: str, table: pl.DataFrame) -> str:
        """Write a table of an entry before the entry itself; its SHA-256."""
        private(self.folder)  # addresses of what was withdrawn
        file = self.table(number, name)
        aside = file.with_name(f"{file.name}.tmp")
        aside.touch(OWNER_ALONE)
        with aside.open("wb") as raw:
            if file.suffix == ".csv":
                table.write_csv(raw)
            else:
                table.write_parquet(raw, statistics=False)
            os.fsync(raw.fileno())
        aside.replace(file)
        return _sha256(file)

    def read(self, entry: Entry, name: str) -> pl.DataFrame:
        """A table of an entry.

        Raises:
            IntegrityError: it is not what the entry says.
        """
        file = self.table(entry.number, name)
        if not file.is_file() or _sha256(file) != getattr(entry, name):
            raise IntegrityError(_BROKEN.format(self.folder, f"{file.name} was changed"))
        if file.suffix == ".csv":
            return pl.read_csv(file, schema=WITHDRAWN)
        return pl.read_parquet(file, glob=False)

    def tombstones(self, after: int = 0) -> Tombstones:
        """What the requests numbered above `after` keep out. Memory: some 250 bytes a document."""
        return joined(
            part
            for entry in self.entries
            if entry.number > after
            for part in (
                of_request(entry.request, entry.number),
                of_found(entry, self.read(entry, "documents"), self.read(entry, "texts")),
            )
        )

    def sources(self) -> dict[str, int]:
        """The sources withdrawn as a whole, and the number of the first request for each."""
        every = [(name, one.number) for one in self.entries for name in one.request.sources]
        return dict(reversed(every))

    @property
    def has_key(self) -> bool:
        """Whether the secret of this lake was made."""
        return (self.folder / "key").is_file()

    def key(self) -> bytes:
        """The secret of this lake, made the first time it is asked for."""
        file = self.folder / "key"
        if not self.has_key:
            private(self.folder)
            aside = file.with_name(f"key.{os.getpid()}.tmp")
            aside.touch(OWNER_ALONE)
            with aside.open("wb") as raw:
                raw.write(secrets.token_bytes(32))
                os.fsync(raw.fileno())
            with suppress(FileExistsError):  # of two that make it at once, the first has
                os.link(aside, file)
            aside.unlink()
        return file.read_bytes()

    def _read(self, file: Path) -> Record:
        data = file.read_bytes()
        kind = Certificate if file.name.endswith(".certificate.json") else Entry
        try:
            content = kind.model_validate_json(data)
        except ValueError:
            raise IntegrityError(_BROKEN.format(self.folder, f"{file.name} is no record")) from None
        return Record(hashlib.sha256(data).hexdigest(), content)

    def _head(self) -> str:
        file = self.folder / "head"
        return file.read_text(encoding="utf-8") if file.is_file() else NOTHING_BEFORE


def _sha256(file: Path) -> str:
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
