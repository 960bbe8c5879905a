"""What it costs to take down a document, a site and a source.

    python -m tests.benchmarks.takedown FOLDER [--documents 1000000] [--sources 10]

Writes planted documents (tests/benchmarks/dedup/planted.py: shared real texts and edited copies of
them; above some 130,000 the rest are recombined from real sentences) into FOLDER as JSONL of so
many sources, a site every 1,000 documents, builds the corpus as users do, then takes down one
document, one site and one source, one after the other. Prints the seconds of each step, the share
of shards rewritten, and whether the ledger verifies; exits 1 where it does not.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl

import pipelines.build
from pipelines.build import Progress, build
from pipelines.instance import instance_of
from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import record, verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.workers import Task
from schemas.corpus import load_corpus
from schemas.errors import WenyuanError
from schemas.withdrawals import Request
from tests.benchmarks.dedup.planted import write

SITE = 1_000
SHARD_BYTES = "8MiB"


class Clock(Progress):
    """The seconds of each step, in order; phases come one after the other."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def phase(self, stage: str, tasks: Sequence[Task]) -> None:
        """A phase begins; what follows its last task until the next is another's."""
        self._begun = time.monotonic()

    def done(self, task: Task, why: str | None) -> None:
        """A phase has lasted until its last task was done."""
        self.spent[task.stage] = time.monotonic() - self._begun

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """The time of the block."""
        begun = time.monotonic()
        yield
        self.spent[step] = time.monotonic() - begun

    def watching(self, step: str) -> Any:
        """While in force, the build's function `step` is timed."""
        work: Callable[..., Any] = getattr(pipelines.build, step)

        def call(*given: Any) -> Any:
            with self.timed(step):
                return work(*given)

        return patch.object(pipelines.build, step, call)


def main() -> None:
    """Build, take down, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=10)
    given = parser.parse_args()
    path = given.folder / "corpus.yaml"
    if not path.is_file():
        lay(given.folder, given.documents, given.sources)
    print("build    ", told(built(path, Clock())))
    lake = Lake(load_corpus(path).home)
    one = lake.scan("documents", lake.batches()).select("doc_id", "uri").slice(SITE // 2, 1)
    doc_id, uri = one.collect().row(0)
    site = uri.rpartition("/")[0].rpartition("/")[0]
    take_down(path, "document", docs=(doc_id,))
    take_down(path, "site", prefixes=(f"{site}/{int(uri.split('/')[3]) + 1}/",))
    take_down(path, "source", sources=("source_1",))
    try:
        print("verify   ", verify(load_corpus(path), lake))
    except WenyuanError as error:
        sys.exit(str(error))


def lay(folder: Path, documents: int, sources: int) -> None:
    """Write the raw files and corpus.yaml."""
    print("\n".join(write(folder, documents)))
    table = pl.scan_parquet(folder / "documents.parquet").select("text")
    each = -(-documents // sources)
    for source in range(sources):
        rows = table.slice(source * each, each).with_row_index("row").collect()
        address = pl.format(
            f"https://source-{source}.example/{{}}/{{}}", pl.col("row") // SITE, "row"
        )
        target = folder / "raw" / f"source_{source}.jsonl"
        target.parent.mkdir(exist_ok=True)
        rows.select(address.alias("url"), "text").write_ndjson(target)
    named = {
        f"source_{source}": {
            "kind": "web",
            "format": "jsonl",
            "path": f"raw/source_{source}.jsonl",
            "fields": {"url": "url"},
        }
        for source in range(sources)
    }
    corpus = {
        "name": "takedown",
        "sources": named,
        "mixtures": {"everything": {"max_epochs": 1, "shard_bytes": SHARD_BYTES}},
    }
    (folder / "corpus.yaml").write_text(json.dumps(corpus), encoding="utf-8")


def built(path: Path, clock: Clock) -> Clock:
    """A build, timed."""
    with (
        instance_of(load_corpus(path)) as instance,
        ExitStack() as stack,
    ):
        for step in ("withdraw", "certify"):
            stack.enter_context(clock.watching(step))
        with clock.timed("all of the build"):
            build(path, instance, progress=clock).raise_failures()
    return clock


def take_down(path: Path, what: str, **named: Any) -> None:
    """One request and the build that does it, timed."""
    corpus, clock = load_corpus(path), Clock()
    lake = Lake(corpus.home)
    with clock.timed("record"):
        entry = record(corpus, lake, Request(reason="benchmark", **named))
    built(path, clock)
    ledger = Ledger(lake)
    copied = int((~ledger.read(entry, "documents")["asked"]).sum())
    total = sum(entry.found.values())
    print(f"{what:9}", told(clock))
    print(
        f"{'':9} {total:,} documents, {copied:,} of them as copies, in {len(entry.found)} sources"
    )
    for name, one in ledger.certificates[entry.number].mixtures.items():
        shards = len(one.after.shards) if one.after else 0
        rows = one.before.rows
        print(f"{'':9} {name}: {rows:,} rows; {one.rewritten:,} of {shards:,} shards rewritten")


def told(clock: Clock) -> str:
    """The steps and their seconds."""
    return ", ".join(f"{step} {seconds:.1f} s" for step, seconds in clock.spent.items())


if __name__ == "__main__":
    main()
