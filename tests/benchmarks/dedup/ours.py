"""Ours, from read to kept ids, each phase measured.

    python -m tests.benchmarks.dedup.ours DOCUMENTS WORK [--stage full] [--old N]

`full` signs and compares the first N documents, in 30 batches; `increment` adds the rest as one
more batch, with what `full` left in WORK; `rebuild` compares all again, knowing nothing.
Writes WORK/STAGE-pairs.parquet, -duplicates.parquet and -phases.json: for each phase the
processor and wall seconds and the peak resident MB. `start` is the interpreter and its imports.
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from pipelines.parquet import Origin, write_parquet
from pipelines.texts import Column
from quality.dedup import MEMBERS, NOTHING_KNOWN, Known, cluster, pairs, signatures
from schemas.corpus import Dedup
from schemas.tables import SIGNATURES
from tests.benchmarks.dedup.cost import Cost

OLD_BATCHES = [f"a-{number:05d}" for number in range(30)]
NEW_BATCH = "b-00000"
OLD, NEW = "old.parquet", "new.parquet"
Phases = dict[str, dict[str, float]]


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--stage", default="full", choices=("full", "increment", "rebuild"))
    parser.add_argument("--old", type=int)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    old = given.old or pq.read_metadata(given.documents).num_rows
    phases: Phases = {"start": Cost(time.process_time(), 0, 0).as_dict()}
    _sign(given.documents, given.work, given.stage, old, phases)
    members = _members(given.work, given.stage, old)
    known = _known(given.work) if given.stage == "increment" else NOTHING_KNOWN
    dedup = Dedup()
    named = given.work / given.stage
    with _phase(phases, "pairs"):
        found = pairs(members, Column([given.documents], "text"), dedup, known=known)
        found.write_parquet(f"{named}-pairs.parquet")
    with _phase(phases, "cluster"):
        table = cluster(members, found.lazy())
        table.write_parquet(f"{named}-duplicates.parquet")
    Path(f"{named}-phases.json").write_text(json.dumps(phases), encoding="utf-8")


def _sign(documents: Path, work: Path, stage: str, old: int, phases: Phases) -> None:
    texts = pl.scan_parquet(documents)
    parts = {"full": (OLD, texts.head(old)), "increment": (NEW, texts.slice(old))}
    if stage in parts:
        name, some = parts[stage]
        with _phase(phases, "signatures"):
            _write(signatures(some), work / name)


def _write(signed: pl.LazyFrame, path: Path) -> None:
    """As the lake does."""
    nothing = Origin(code_version="", settings="", inputs={})
    with path.open("wb") as raw:
        write_parquet(raw, signed.collect_batches(), SIGNATURES, nothing)


def _members(work: Path, stage: str, old: int) -> pl.LazyFrame:
    number = pl.int_range(pl.len()) * len(OLD_BATCHES) // old
    batch = pl.format("a-{}", number.cast(pl.String).str.zfill(5))
    tables = [pl.scan_parquet(work / OLD).with_columns(batch=batch)]
    if stage != "full":
        tables.append(pl.scan_parquet(work / NEW).with_columns(batch=pl.lit(NEW_BATCH)))
    nothing = {"priority": pl.lit(0), "threshold": pl.lit(0.7), "quality": pl.lit(None)}
    return pl.concat(tables).with_columns(**nothing).select(MEMBERS.names()).cast(MEMBERS)


def _known(work: Path) -> Known:
    return Known(pl.read_parquet(work / "full-pairs.parquet"), frozenset(OLD_BATCHES))


@contextmanager
def _phase(phases: Phases, name: str) -> Iterator[None]:
    """Measure what happens within; the kernel counts the peak anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    wall, cpu = time.monotonic(), time.process_time()
    yield
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    cost = Cost(time.process_time() - cpu, time.monotonic() - wall, peak / 1e3)
    phases[name] = cost.as_dict()


if __name__ == "__main__":
    main()
