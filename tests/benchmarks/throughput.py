"""How fast the whole build is, what it holds in memory, and where the time goes.

    python -m tests.benchmarks.throughput [MEGABYTES …]     (default: 300 900)

Raw bytes are counted uncompressed. `outside` is the share of processor time that is not spent in
reading, extracting, measuring and redacting: start-up, Dagster, SQLite, Parquet, packing.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import polars as pl

from assets.sources import read
from pipelines.batching import current_batches, placed
from pipelines.lake import Lake
from quality.contamination import ITEMS, contamination, index
from quality.dedup import lines, signatures
from quality.language import language
from quality.privacy import privacy, redact, survivors
from quality.scoring import BUNDLED, scores, signals
from quality.text import convert
from schemas.corpus import load_corpus
from schemas.privacy import EVERYTHING_MASKED
from tests.benchmarks.material import write

Result = TypeVar("Result")


def main(sizes: list[int]) -> None:
    """Measure builds of these sizes, in megabytes."""
    print("   MB raw     wall s      CPU s  MB/s/core   peak MB  of one process")
    for megabytes in sizes:
        with tempfile.TemporaryDirectory(prefix="wenyuan-bench-") as folder:
            size = write(Path(folder), megabytes) / 1e6
            wall, cpu, peak, one = _build(Path(folder))
            print(f"{size:9.0f} {wall:10.1f} {cpu:10.1f} {size / cpu:10.2f} {peak:9.0f} {one:9.0f}")
            if megabytes == sizes[0]:
                _shares(Path(folder), cpu)


def _build(folder: Path) -> tuple[float, float, float, float]:
    """Wall and processor seconds, peak MB of all processes together, and of the largest."""
    before, started = os.times(), time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pipelines.cli.main",
        "build",
        "-c",
        str(folder / "corpus.yaml"),
    ]
    with subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", *command[3:]],
        stdout=subprocess.DEVNULL,
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        watch.over.set()
        watch.join()
    if code:
        raise SystemExit(f"the build failed with {code}")
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return time.monotonic() - started, cpu, watch.together / 1e3, watch.largest / 1e3


class _Watch(threading.Thread):
    """The peak resident memory, in kB, of a process and all below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.over = pid, threading.Event()
        self.together = self.largest = 0

    def run(self) -> None:
        """Look five times a second."""
        while not self.over.wait(0.2):
            sizes = [_resident(pid) for pid in _family(self.pid)]
            self.together = max(self.together, sum(sizes))
            self.largest = max(self.largest, *sizes)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        children = []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS 0 kB")
    return int(line.split()[1])


def _shares(folder: Path, total: float) -> None:
    """Do the work of the annotate and decide phases again, bare, and time each part."""
    spent: dict[str, float] = {}
    corpus = load_corpus(folder / "corpus.yaml")
    exams = index(pl.DataFrame(schema=ITEMS))
    for batch in current_batches(corpus, Lake(corpus.home)).values():
        frames = read(placed(corpus, batch), corpus.sources[batch.source])
        while (records := _timed(spent, "read", partial(next, frames, None))) is not None:
            texts = _timed(spent, "extract", partial(convert, records))
            documents = (
                texts.filter(pl.col("reason").is_null()).with_columns(doc_id=pl.col("uri")).lazy()
            )
            for name, measure in (
                ("language", language),
                ("signals", signals),
                ("scores", partial(scores, scorers=BUNDLED)),
                ("signatures", signatures),
                ("lines", lines),
                ("contamination", partial(contamination, index=exams)),
                ("privacy", privacy),
            ):
                found = _timed(spent, name, measure(documents).collect)
            text = documents.collect()["text"]
            clean = _timed(
                spent, "redact", partial(redact, text, found["findings"], EVERYTHING_MASKED)
            )
            _timed(spent, "survivors", partial(survivors, clean, EVERYTHING_MASKED))
    inside = sum(spent.values())
    print(f"  inside {inside:.1f} s of {total:.1f} s; outside {1 - inside / total:.0%}")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"    {name:14} {seconds:7.1f} s  {seconds / total:5.0%}")


def _timed(spent: dict[str, float], name: str, work: Callable[[], Result]) -> Result:
    started = time.process_time()
    result = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - started
    return result


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 900])
