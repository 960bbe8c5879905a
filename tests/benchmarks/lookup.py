"""How long `wenyuan why` and `wenyuan trace` take on a large corpus.

    python -m tests.benchmarks.lookup [DOCUMENTS] [BATCHES] [FOLDER]
                                      (default: 10000000 100, a folder of its own)

The lake is laid, not built. Real: the files, their row groups, receipts and indexes, ids and
addresses, a tenth of the documents dropped for a twin in another batch and as many pairs, a reject
in a hundred, texts of 1,000 characters from the shared data. Not real: the texts repeat within a
batch, and so do measurements and signatures, which takes 8 GB of disk instead of 30; the tables
that no lookup reads are missing; the mixture holds a tenth of the documents.

`warm` and `cold` are calls in this process, the files held in memory or dropped from it before
each; `command` is the whole of a process.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import polars as pl

from pipelines import shards
from pipelines.cli.explaining import MOST_SHOWN
from pipelines.lake import TABLES, Lake
from pipelines.lookup import explained, find_places
from pipelines.tracing import trace_row
from schemas.corpus import Corpus, load_corpus
from tests.benchmarks.laid import FILES, MIXTURE, lay

ASKED = 20
COMMANDS = 5
COMMAND = "from pipelines.cli.main import main; main()"


def main(documents: int = 10_000_000, batches: int = 100, folder: str = "") -> None:
    """Lay a lake, or take the one that lies in `folder`, and ask it."""
    with tempfile.TemporaryDirectory(prefix="wenyuan-bench-") as own:
        path = Path(folder or own) / "corpus.yaml"
        if not path.is_file():
            started = time.monotonic()
            path.parent.mkdir(parents=True, exist_ok=True)
            lay(path.parent, documents, batches)
            took = time.monotonic() - started
            print(f"{documents:,} documents in {batches:,} batches laid in {took:.0f} s")
        _measure(path)


def _measure(path: Path) -> None:
    corpus = load_corpus(path)
    print("".join(f"{name:>30}" for name in ("warm", "cold", "command")).rjust(112))
    print(f"{'ms':22}" + f"{'min':>10}{'median':>10}{'max':>10}" * 3)
    for what, names in _questions(corpus).items():
        ask = _trace(corpus) if what.startswith("trace") else _why(corpus)
        ask(names[0])
        cells = [_inside(ask, names)]
        cells.append(_inside(ask, names, before=lambda: _forget(Path(corpus.home))))
        cells.append(_outside(path, what, names[:COMMANDS]))
        print(f"{what:22}" + "".join(f"{ms:10.0f}" for cell in cells for ms in cell))


def _questions(corpus: Corpus) -> dict[str, list[str]]:
    lake = Lake(corpus.home)
    names = lake.batches()
    spread = [names[at] for at in np.linspace(0, len(names) - 1, ASKED).astype(int)]
    documents = [_middle(lake, "documents", name) for name in spread]
    twinned = [lake.scan("duplicates", [name]).filter(~pl.col("kept")) for name in spread]
    rows = [
        f"{MIXTURE}/{Path(shard.path).name}#{row}"
        for shard in shards.load(lake.mixture(MIXTURE)).shards
        for row in range(0, shard.rows, max(1, shard.rows // 5))
    ]
    return {
        "why ID": [one["doc_id"] for one in documents],
        "why PREFIX": [one["doc_id"][:12] for one in documents],
        "why URL": [one["uri"] for one in documents],
        "why FILE": [f"raw/{name}-{FILES // 2:02d}.jsonl" for name in spread],
        "why URL of a reject": [_middle(lake, "rejects", name)["uri"] for name in spread],
        "why ID of a duplicate": [one.head(1).collect()["doc_id"][0] for one in twinned],
        "trace ROW": rows[:: max(1, len(rows) // ASKED)],
    }


def _middle(lake: Lake, table: str, name: str) -> dict[str, Any]:
    """A row in the middle of a batch's file."""
    receipt = lake.receipt(table, name)
    columns = [one for one in ("doc_id", "uri") if one in TABLES[table]]
    rows = lake.scan(table, [name]).select(columns).slice((receipt.rows if receipt else 0) // 2, 1)
    return rows.collect().row(0, named=True)


Ask = Callable[[str], object]


def _why(corpus: Corpus) -> Ask:
    """What the command does; of a file with many records it shows the first."""
    return lambda name: list(explained(corpus, find_places(corpus, name)[:MOST_SHOWN]))


def _trace(corpus: Corpus) -> Ask:
    def ask(name: str) -> object:
        shard, _, row = name.rpartition("#")
        return trace_row(corpus, shard, int(row))

    return ask


def _inside(
    ask: Ask, names: list[str], before: Callable[[], None] = lambda: None
) -> tuple[float, float, float]:
    took = []
    for name in names:
        before()
        started = time.perf_counter()
        ask(name)
        took.append(1e3 * (time.perf_counter() - started))
    return min(took), median(took), max(took)


def _forget(home: Path) -> None:
    """Have the system drop what it holds of the lake's files."""
    for file in (one for one in home.rglob("*") if one.is_file()):
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _outside(path: Path, what: str, names: list[str]) -> tuple[float, float, float]:
    def ask(name: str) -> object:
        command = [sys.executable, "-c", COMMAND, what.partition(" ")[0], name, "-c", str(path)]
        return subprocess.run(command, check=True, capture_output=True)

    return _inside(ask, names)


if __name__ == "__main__":
    documents_, batches_, folder_, *_ = [
        *sys.argv[1:],
        *("10000000", "100", "")[len(sys.argv) - 1 :],
    ]
    main(int(documents_), int(batches_), folder_)
