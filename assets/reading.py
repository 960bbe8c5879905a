"""One pass over a batch: every record read becomes a document or a reject."""

import hashlib
from collections.abc import Iterator

import polars as pl

from assets.sources import read
from quality.text import Repeats, convert, survey
from schemas.batches import EVERYTHING, Batch
from schemas.sources import Source
from schemas.tables import DOCUMENTS, REJECTS, WITHDRAW


class Reading:
    """The documents of a batch as a stream, and the rejects met while it ran.

    Paths are told relative to `folder`, so that a corpus may move without its ids changing.
    Memory is bounded by one frame of the reader, about 80 bytes for each id seen, the rejects, and
    64 MiB for what the sites of pages repeat.
    """

    def __init__(self, batch: Batch, source: Source, folder: str = "") -> None:
        self.batch, self.source, self.folder = batch, source, folder
        self.read = self.kept = 0
        self._seen: set[bytes] = set()
        self._rejects: list[pl.DataFrame] = []
        self._gone: list[pl.DataFrame] = []

    def documents(self) -> Iterator[pl.DataFrame]:
        """The readable records, with the schema DOCUMENTS."""
        gone = withdrawn(self.batch)
        repeats = self._surveyed() if self.source.holds_pages else None
        for records in read(self.batch, self.source):
            self.read += records.height
            converted = self._identified(convert(self._placed(records), repeats))
            bad = converted["reason"].is_not_null()
            self._rejects.append(converted.filter(bad).select(REJECTS.names()))
            documents = converted.filter(~bad).select(DOCUMENTS.names())
            self._gone.append(as_rejects(documents.filter(gone)))
            documents = documents.filter(~gone)
            self.kept += documents.height
            yield documents

    def rejects(self) -> pl.DataFrame:
        """The records that could not be read or were withdrawn, with the schema REJECTS."""
        return in_order(pl.concat([REJECTS.to_frame(), *self._rejects, *self._gone]))

    @property
    def rejected(self) -> int:
        """How many records could not be read, or were withdrawn."""
        return sum(frame.height for frame in (*self._rejects, *self._gone))

    def _surveyed(self) -> Repeats:
        """What the sites of the batch repeat on their pages, which takes a reading of its own."""
        repeats = Repeats()
        for records in read(self.batch, self.source):
            survey(self._placed(records), repeats)
        return repeats

    def _placed(self, records: pl.DataFrame) -> pl.DataFrame:
        if not self.folder:
            return records
        prefix = f"{self.folder.rstrip('/')}/"
        return records.with_columns(pl.col("raw_path", "uri").str.strip_prefix(prefix))

    def _identified(self, records: pl.DataFrame) -> pl.DataFrame:
        ids = [
            doc_id(self.source_name, uri or "", digest or "")
            for uri, digest in records.select("uri", "raw_digest").iter_rows()
        ]
        again = []
        for one, reason in zip(ids, records["reason"], strict=True):
            again.append(reason is None and one in self._seen)
            if reason is None:
                self._seen.add(one)
        repeated = pl.Series(again, dtype=pl.Boolean)
        return records.with_columns(
            pl.Series("doc_id", [one.hex() for one in ids], dtype=pl.String),
            pl.lit(self.batch.name).alias("batch"),
            pl.lit(self.source_name).alias("source"),
            pl.lit(self.source.kind).alias("domain"),
            pl.lit(self.source.licence).alias("licence"),
            pl.when(repeated).then(pl.lit("read")).otherwise("stage").alias("stage"),
            pl.when(repeated).then(pl.lit("repeated")).otherwise("reason").alias("reason"),
        )

    @property
    def source_name(self) -> str:
        """The name of the source the batch belongs to."""
        return self.batch.source


def doc_id(source: str, uri: str, raw_digest: str) -> bytes:
    """The 16 bytes that name a record: the same record of the same source, wherever it lies.

    >>> doc_id("crawl", "http://a.cn/", "sha256:00").hex()
    '1463cfc0c08b8821142e12ef6df1da49'
    """
    name = "\0".join((source, uri, raw_digest))
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def withdrawn(batch: Batch) -> pl.Expr:
    """Whether a document of `batch` is withdrawn."""
    if EVERYTHING in batch.withdrawn:
        return pl.lit(value=True)
    return pl.col("doc_id").is_in(list(batch.withdrawn))


def as_rejects(documents: pl.DataFrame) -> pl.DataFrame:
    """What is left of withdrawn `documents`: where they lie, and their id as the detail."""
    return documents.select(
        "raw_path",
        "raw_offset",
        "raw_length",
        "uri",
        pl.lit(WITHDRAW).alias("stage"),
        pl.lit("withdrawn").alias("reason"),
        pl.col("doc_id").alias("detail"),
    )


def in_order(rejects: pl.DataFrame) -> pl.DataFrame:
    """The withdrawn ones last, in order of place: whenever they were withdrawn, the same rows."""
    gone = rejects["stage"].eq_missing(WITHDRAW)
    placed = rejects.filter(gone).sort("raw_path", "raw_offset", "detail", nulls_last=True)
    return pl.concat([rejects.filter(~gone), placed])
