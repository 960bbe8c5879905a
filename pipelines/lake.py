"""The lake: where every table of a corpus lies, and what each file was made from.

    home/batches/<batch>.json            which raw files a batch holds
    home/<table>/<batch>.parquet         one file a table and batch
    home/<table>/<batch>.index           where its ids and addresses are (documents and rejects)
    home/pairs/<share>.parquet           one file a share of the comparing
    home/mixtures/<name>/manifest.json   a mixture and its shards
    home/exams/<digest>.arrow            the index of the exams that must stay out
    home/withdrawals/                    what was withdrawn, and the proof of it
    home/.dagster/                       runs and events

Only mixtures are for others to read: every other folder is its owner's alone, since documents hold
text before redaction, rejects, batches and withdrawals the addresses of records, and whoever has a
number can tell from the hash of a line whether it stood there.

A file is written aside and renamed, and carries its own receipt in its footer (what it was made
from, by which code, under which settings), so data and receipt can never disagree, and a kill
at any moment leaves the old file or the new one.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import index, shards
from pipelines.parquet import Origin, Receipt, checked, read_receipt, write_parquet
from schemas import tables
from schemas.batches import Batch
from schemas.errors import ConfigError, NotFoundError
from schemas.manifest import Manifest
from schemas.scores import SCORES
from schemas.signals import SIGNALS

TABLES: dict[str, pl.Schema] = {
    "documents": tables.DOCUMENTS,
    "rejects": tables.REJECTS,
    "language": tables.LANGUAGE,
    "signals": SIGNALS,
    "scores": SCORES,
    "privacy": tables.PRIVACY,
    "signatures": tables.SIGNATURES,
    "lines": tables.LINES,
    "contamination": tables.CONTAMINATION,
    "pairs": tables.PAIRS,
    "duplicates": tables.DUPLICATES,
    "boilerplate": tables.BOILERPLATE,
    "verdicts": tables.VERDICTS,
    "corpus": tables.CORPUS,
    "inventory": tables.INVENTORY,
}


OWNER_ALONE = 0o600
"""The mode of files that nobody but their owner may read."""


class Lake:
    """The files of one corpus under `home`."""

    def __init__(self, home: str) -> None:
        if "://" in home:
            raise ConfigError(
                f"home is {home!r}: the lake must be a folder of this machine or of a mounted disk."
                " Raw files and exports may lie behind s3:// URLs."
            )
        self.home = Path(home)

    def path(self, table: str, name: str) -> Path:
        """Where the rows of `table` for the batch or share `name` lie."""
        return self.home / table / f"{name}.parquet"

    def mixture(self, name: str) -> Path:
        """The folder of a mixture."""
        return self.home / "mixtures" / name

    def batches(self) -> list[str]:
        """The names of all batches, in order."""
        return sorted(file.stem for file in (self.home / "batches").glob("*.json"))

    def batches_of(self, sources: Collection[str]) -> list[str]:
        """The names of the batches of these sources, which their names tell."""
        return [name for name in self.batches() if name.rpartition("-")[0] in sources]

    def batch(self, name: str) -> Batch:
        """The batch `name`.

        Raises:
            NotFoundError: there is none of that name.
        """
        file = self.home / "batches" / f"{name}.json"
        if not file.is_file():
            raise NotFoundError(f"no batch {name!r} in {self.home}; there are: {self.batches()}")
        return Batch.model_validate_json(file.read_bytes())

    def put_batch(self, batch: Batch) -> None:
        """Write down which files `batch` holds."""
        text = batch.model_dump_json(indent=1)
        folder = private(self.home / "batches")
        publish(folder / f"{batch.name}.json", text.encode(), mode=OWNER_ALONE)

    def scan(self, table: str, names: Iterable[str]) -> pl.LazyFrame:
        """The rows of `table` in these batches or shares, in their order."""
        paths = [self.path(table, name) for name in names]
        if not paths:
            return pl.LazyFrame(schema=TABLES[table])
        missing = [path.stem for path in paths if not path.is_file()]
        if missing:
            raise NotFoundError(
                f"{table} of {', '.join(missing[:5])} is not in {self.home}: run 'wenyuan build'"
            )
        return pl.scan_parquet(paths, glob=False)

    def receipt(self, table: str, name: str) -> Receipt | None:
        """The receipt of a file, or null where there is no whole file."""
        return read_receipt(self.path(table, name))

    def write(
        self,
        table: str,
        name: str,
        frames: Iterable[pl.DataFrame],
        origin: Origin,
    ) -> Receipt:
        """Stream `frames` into the file of `table` for `name`, replacing it at the end.

        Raises:
            IntegrityError: a frame does not have the table's schema, or an id is missing.
        """
        path, schema = self.path(table, name), TABLES[table]
        private(path.parent)
        aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            aside.touch(OWNER_ALONE)
            with aside.open("wb") as raw:
                receipt = write_parquet(raw, checked(table, schema, frames), schema, origin)
                os.fsync(raw.fileno())
            if table in index.INDEXED:
                # Before the table: a kill in between leaves an index that is known to be stale.
                publish(index.beside(path), index.made_from(aside), mode=OWNER_ALONE)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        return receipt

    def reindex(self) -> None:
        """Make the indexes that are missing or stale, as an earlier version may have left them."""
        for table in index.INDEXED:
            for name in self.batches():
                path = self.path(table, name)
                if path.is_file() and index.read(path) is None:
                    publish(index.beside(path), index.made_from(path), mode=OWNER_ALONE)

    def whole(self, table: str) -> Origin | None:
        """What the corpus-wide `table` was made from; null where it is not there as a whole."""
        file = self.home / table / "receipt.json"
        return Origin.model_validate_json(file.read_bytes()) if file.is_file() else None

    def write_whole(
        self, table: str, rows: pl.DataFrame, batches: Iterable[str], origin: Origin
    ) -> None:
        """Write `rows`, in order of batch, batch by batch; files that would not change stay.

        The receipt of the whole comes last: without it the table is made again.
        """
        receipt = self.home / table / "receipt.json"
        receipt.unlink(missing_ok=True)
        # What a batch's rows are made from is told by the whole alone: any batch may decide them.
        alone = Origin(code_version=origin.code_version, settings="", inputs={})
        of_batch = dict(_runs(rows))
        for batch in batches:
            mine = of_batch.get(batch, rows.clear())
            if not self._holds(table, batch, mine, alone):
                self.write(table, batch, [mine], alone)
        publish_text(receipt, origin.model_dump_json(indent=1))

    def _holds(self, table: str, batch: str, rows: pl.DataFrame, origin: Origin) -> bool:
        """Whether the file holds these rows already."""
        there = self.receipt(table, batch)
        if there is None or there.origin != origin or there.rows != rows.height:
            return False
        return self.scan(table, [batch]).collect().equals(rows)

    def keep_only(self, table: str, names: Collection[str]) -> None:
        """Remove the files of `table` but those for `names`."""
        for file in (self.home / table).glob("*.parquet"):
            if file.stem not in names:
                file.unlink(missing_ok=True)

    def manifest(self, mixture: str) -> Manifest | None:
        """The manifest of a mixture; null where none has been made."""
        folder = self.mixture(mixture)
        return shards.load(folder) if (folder / shards.MANIFEST).is_file() else None

    def sweep(self) -> None:
        """Remove what a killed build left half written, and close what stands open to others."""
        for name in ("batches", "exams", *TABLES):
            if (self.home / name).is_dir():
                private(self.home / name)
        for aside in (*self.home.glob("*/*.tmp"), *self.home.glob("mixtures/*/*.tmp")):
            aside.unlink(missing_ok=True)
        for folder in (self.home / "mixtures").glob("*/"):
            shards.tidy(folder)


def _runs(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each batch; those of one lie together."""
    start = 0
    for length, batch in rows["batch"].rle().struct.unnest().iter_rows():
        yield batch, rows.slice(start, length)
        start += length


def private(folder: Path) -> Path:
    """The folder, made if it is not there, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def publish_text(path: Path, text: str) -> None:
    """Write `text` aside and rename it to `path`."""
    publish(path, text.encode())


def publish(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` aside and rename it to `path`; others may do what `mode` and the umask let."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    aside.touch(mode)
    with aside.open("wb") as file:
        file.write(data)
        os.fsync(file.fileno())
    aside.replace(path)


def digest(value: Any) -> str:
    """A short digest of anything JSON can hold."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
