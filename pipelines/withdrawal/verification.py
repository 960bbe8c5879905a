"""Verification: that nothing withdrawn is left in the lake or in what was published from it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipelines.graph import asset_specs
from pipelines.lake import TABLES, Lake
from pipelines.plan import Plan
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import ids_in, published, unpublished, withdrawn
from pipelines.withdrawal.sweep import kind_of, matches
from quality.dedup import signatures
from quality.withdrawal import copies
from schemas.corpus import Corpus
from schemas.errors import IntegrityError

_NAMES = ("doc_id", "twin", "cluster")
_MOST_NAMED = 5


class Verification:
    """One look at the whole lake: what was searched, and what is wrong."""

    def __init__(self, corpus: Corpus, lake: Lake, ledger: Ledger) -> None:
        self.lake, self.ledger = lake, ledger
        self.plan = Plan(corpus, lake, asset_specs(corpus))
        self.stones = ledger.tombstones()
        self.ids = withdrawn(lake, self.stones)["doc_id"]
        self.searched = {"documents": 0, "texts": 0, "tables": 0, "mixtures": 0, "shards": 0}

    def require(self) -> dict[str, int]:
        """Counts of what was searched.

        Raises:
            IntegrityError: something withdrawn is left, or a file is not what it was.
        """
        problems = [*self._tables(), *self._documents(), *self._texts(), *self._mixtures()]
        if problems:
            raise IntegrityError("\n".join(["withdrawn content is left:", *problems]))
        return self.searched

    def _tables(self) -> Iterator[str]:
        """No table names a withdrawn document."""
        for table, schema in TABLES.items():
            names = [name for name in _NAMES if name in schema]
            for file in sorted((self.lake.home / table).glob("*.parquet")) if names else ():
                self.searched["tables"] += 1
                rows = pl.scan_parquet(file, glob=False)
                for name in names:
                    yield from self._named(rows.select(pl.col(name).alias("doc_id")), str(file))

    def _documents(self) -> Iterator[str]:
        """No document is one that the ledger keeps out, whatever its name."""
        key = self.ledger.key() if self.stones.keyed else b""
        for name in self.lake.batches():
            if self.lake.receipt("documents", name) and self.lake.receipt("signatures", name):
                self.searched["documents"] += self._rows("documents", name)
                found = matches(self.plan, name, self.stones, key)
                yield from _told(found["doc_id"], f"documents of {name}")

    def _texts(self) -> Iterator[str]:
        """No text as it is published is a copy, signed anew: redacted and trimmed, it is another.

        The threshold is that of duplicates, without a margin.
        """
        told = "redacted and trimmed, a text is a copy; take it down too with --doc"
        for name, batch in self.plan.batches.items():
            if self.lake.receipt("corpus", name):
                self.searched["texts"] += self._rows("corpus", name)
                rows = self.lake.scan("corpus", [name])
                threshold = self.plan.corpus.dedup.of(kind_of(self.plan.corpus, batch.source))
                found = copies(signatures(rows), self.stones, threshold)
                yield from _told(found["doc_id"], f"{told}: {name}")

    def _mixtures(self) -> Iterator[str]:
        """Every mixture is what its manifest says, names no withdrawn document, and is alone."""
        for folder, manifest in published(self.lake):
            self.searched["mixtures"] += 1
            self.searched["shards"] += len(manifest.shards)
            wrong = [
                one.path for one in manifest.shards if _sha256(folder / one.path) != one.sha256
            ]
            yield from (f"{folder / path} is not what the manifest says" for path in wrong)
            if not wrong:
                yield from self._named(ids_in(folder, manifest), f"the mixture {folder}")
        for path in unpublished(self.lake):
            yield f"{path} is a version that nobody publishes: remove it"

    def _named(self, rows: pl.LazyFrame, where: str) -> Iterator[str]:
        named = rows.filter(pl.col("doc_id").is_in(self.ids.implode())).unique().collect()
        yield from _told(named["doc_id"], where)

    def _rows(self, table: str, batch: str) -> int:
        receipt = self.lake.receipt(table, batch)
        return receipt.rows if receipt else 0


def _told(ids: pl.Series, where: str) -> Iterator[str]:
    if len(ids):
        some = ", ".join(ids.sort()[:_MOST_NAMED])
        yield f"{where}: {len(ids):,} documents, such as {some}"


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
