"""The records of one delivery, walked batch by batch: by file, and where examples lie."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

import polars as pl

from pipelines.lake import TABLES, Lake
from pipelines.places import place_of
from pipelines.rows import take
from quality.alignment import side_by_side
from quality.privacy import masked
from schemas.acceptance import FileCounts, Place, Why
from schemas.batches import Batch

EXAMPLES = 3
"""Places told for each reason and rule."""

MOST_FILES = 20
"""Files of a delivery that are told one by one."""

OWN, OTHER = "own copies", "other copies"

_PLACE = ("raw_path", "raw_offset", "raw_length")
_BESIDE = {"verdicts": ("kept", "rule"), "duplicates": ("twin", "twin_batch")}
_COUNTS = ("read", "rejected", "dropped", "undecided", "kept")

Row = dict[str, Any]


class Delivery:
    """What one source delivered. Memory holds places and verdicts of one batch at a time.

    `totals` counts records as `FileCounts` does. Tables are `rejects` (by reason), `verdicts` (by
    rule) and `duplicates` (`OWN` or `OTHER`).
    """

    def __init__(self, lake: Lake, batches: Iterable[Batch]) -> None:
        self.lake, self.batches = lake, list(batches)
        self.source = self.batches[0].source if self.batches else ""
        self._folder = common_folder(file.path for batch in self.batches for file in batch.files)
        self.totals = dict.fromkeys(_COUNTS, 0)
        self._files = pl.DataFrame()
        self._found: dict[tuple[str, str], tuple[int, list[Row]]] = {}
        for batch in self.batches:
            self._walk(batch)

    def by_file(self) -> tuple[FileCounts, ...]:
        """The files that lost most, then those that gave nothing, then by name."""
        rows = self._files.iter_rows(named=True)
        return tuple(FileCounts(**row | {"file": self._name(row["file"])}) for row in rows)

    def counts(self, table: str) -> dict[str, int]:
        """How many records have each reason, rule or kind of copy that `table` tells."""
        return {name: found[0] for (of, name), found in self._found.items() if of == table}

    def whys(self, table: str) -> dict[str, Why]:
        """The same with examples, the most frequent first."""
        named = [(name, *found) for (of, name), found in self._found.items() if of == table]
        named.sort(key=lambda one: (-one[1], one[0]))
        return {
            name: Why(records=count, examples=tuple(map(self._place, rows)))
            for name, count, rows in named
        }

    def _walk(self, batch: Batch) -> None:
        documents, rejects = _documents(self.lake, batch.name), _rejects(self.lake, batch.name)
        self._add_files(_by_file(batch, documents, rejects))
        twin = pl.col("twin_batch").str.replace(r"-\d+$", "")
        copy = pl.when(twin == self.source).then(pl.lit(OWN)).otherwise(pl.lit(OTHER))
        copies = documents.filter(pl.col("twin").is_not_null()).with_columns(copy.alias("copy"))
        self._add("rejects", "reason", rejects)
        self._add("verdicts", "rule", documents.filter(~pl.col("kept")))
        self._add("duplicates", "copy", copies)

    def _add_files(self, files: pl.DataFrame) -> None:
        for name in _COUNTS:
            self.totals[name] += int(files[name].sum())
        lost = pl.col("rejected") + pl.col("dropped")
        order = [-lost.cast(pl.Int64), pl.col("read") > 0, pl.col("file")]
        self._files = pl.concat([self._files, files]).sort(order).head(MOST_FILES)

    def _add(self, table: str, column: str, rows: pl.LazyFrame) -> None:
        """Count the rows by what `column` says, and keep the first few of each."""
        first = pl.struct(pl.exclude(column)).head(EXAMPLES).alias("first")
        groups = rows.group_by(column, maintain_order=True).agg(pl.len(), first).collect()
        for name, count, examples in groups.iter_rows():
            known, there = self._found.get((table, name), (0, []))
            self._found[table, name] = known + count, [*there, *examples][:EXAMPLES]

    def _name(self, path: str) -> str:
        return masked(path.removeprefix(self._folder))

    def _place(self, row: Mapping[str, Any]) -> Place:
        return Place(
            doc_id=row.get("doc_id"),
            file=self._name(row["raw_path"]),
            offset=row["raw_offset"],
            length=row["raw_length"],
            copy_of=self._twin(row),
        )

    def _twin(self, row: Mapping[str, Any]) -> Place | None:
        """Where the document lies that this is a copy of, if it is of the same source."""
        batch = row.get("twin_batch")
        if batch is None or batch.rpartition("-")[0] != self.source:
            return None
        place = place_of(self.lake, [batch], row["twin"])
        if place is None:
            return None
        path = self.lake.path("documents", batch)
        twin = take(path, [place.row], ["doc_id", *_PLACE])
        return self._place(twin.row(0, named=True))


def common_folder(paths: Iterable[str]) -> str:
    """The beginning that all these paths have in common, up to a slash.

    >>> common_folder(["s3://city/2024/a.txt", "s3://city/2025/a.txt"]), common_folder(["sql"])
    ('s3://city/', '')
    """
    parts = zip(*(path.split("/")[:-1] for path in paths), strict=False)
    same = takewhile(lambda names: len(set(names)) == 1, parts)
    return "".join(f"{names[0]}/" for names in same)


def _documents(lake: Lake, batch: str) -> pl.LazyFrame:
    """The documents of a batch: place, verdict and twin, null where there is none yet."""
    documents = scanned(lake, "documents", [batch]).select("doc_id", *_PLACE)
    whole = lake.receipt("documents", batch)
    for table, names in _BESIDE.items():
        there = lake.receipt(table, batch)
        if there is not None and whole is not None and there.rows == whole.rows:
            documents = side_by_side(documents, lake.scan(table, [batch]).select(names))
        else:  # a table that is missing, or of another build: the report is said to be outdated
            nulls = {name: pl.lit(None, TABLES[table][name]) for name in names}
            documents = documents.with_columns(**nulls)
    return documents


def _rejects(lake: Lake, batch: str) -> pl.LazyFrame:
    return scanned(lake, "rejects", [batch]).select("reason", *_PLACE)


def scanned(lake: Lake, table: str, batches: Iterable[str]) -> pl.LazyFrame:
    """The rows of `table` in those of the batches that have it."""
    return lake.scan(table, [name for name in batches if lake.path(table, name).is_file()])


def _by_file(batch: Batch, documents: pl.LazyFrame, rejects: pl.LazyFrame) -> pl.DataFrame:
    """The counts of each file, of those that gave nothing too."""
    kept = pl.col("kept")
    decided = documents.group_by(file="raw_path").agg(
        dropped=(~kept).sum(), undecided=kept.is_null().sum(), kept=kept.sum()
    )
    unread = rejects.group_by(file="raw_path").agg(rejected=pl.len())
    there = pl.LazyFrame({"file": [file.path for file in batch.files]}, schema={"file": pl.String})
    counts = there.join(decided, on="file", how="full", coalesce=True)
    counts = counts.join(unread, on="file", how="full", coalesce=True)
    whole = [pl.col(name).fill_null(0).cast(pl.UInt64) for name in _COUNTS[1:]]
    read = pl.sum_horizontal(_COUNTS[1:]).alias("read")
    return counts.with_columns(whole).with_columns(read).select("file", *_COUNTS).collect()
