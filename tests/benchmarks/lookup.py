"""How long `wenyuan why` and `wenyuan trace` take on a large corpus.

    python -m tests.benchmarks.lookup [DOCUMENTS] [BATCHES] [FOLDER]
                                      (default: 10,000,000 100, a folder of its own)

The lake is laid, not built. Real: the files, their row groups and receipts, one batch of raw files
each, ids and addresses, a tenth of the documents dropped for a twin in another batch, as many
pairs, a reject in a hundred, and texts of some 3 kB out of the shared data. Not real: the texts
repeat within a batch, and so do measurements and signatures, which takes 5 GB of disk instead of
30; the mixture holds a tenth of the documents; nobody else reads the disk, and what a lookup reads
is mostly in memory (`cold` drops it before each call, where the system lets us).
"""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines import shards
from pipelines.cli.explaining import MOST_SHOWN
from pipelines.lake import TABLES, Lake
from pipelines.lookup import explained, find_places, trace_row
from pipelines.parquet import Origin
from quality.mixing import plan, sizes
from schemas.batches import Batch, RawFile
from schemas.corpus import Corpus, load_corpus
from schemas.manifest import Ingredients
from schemas.recipes import Recipe
from tests.benchmarks.material import BULK

ORIGIN = Origin(code_version="1", settings="", inputs={})
SOURCES = ("crawl", "news", "law", "forum")
FILES = 20
FRAME = 10_000
DISTINCT = 64
ASKED = 20
TWINNED = 10
REJECTED = 100


def main(documents: int = 10_000_000, batches: int = 100, folder: str = "") -> None:
    """Lay a lake, or take the one that lies in `folder`, and ask it."""
    with contextlib.ExitStack() as stack:
        given = folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="wenyuan-bench-"))
        path = Path(given) / "corpus.yaml"
        if not path.is_file():
            started = time.monotonic()
            _lay(Path(given), documents, batches)
            print(f"{documents:,} documents in {batches:,} batches ", end="")
            print(f"laid in {time.monotonic() - started:.0f} s")
        _measure(path)


def _lay(folder: Path, documents: int, batches: int) -> None:
    """A corpus of so many documents under `folder`; corpus.yaml comes last."""
    settings = {
        "name": "bench",
        "sources": {
            name: {"kind": "web", "format": "jsonl", "path": f"raw/{name}-*.jsonl"}
            for name in SOURCES
        },
        "mixtures": {"tenth": {"max_epochs": 1}},
    }
    text = json.dumps(settings)
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "draft.yaml").write_text(text, encoding="utf-8")
    lake = Lake(load_corpus(folder / "draft.yaml").home)
    ends = np.linspace(0, documents, batches + 1).astype(int)
    laid = _Laid(folder, lake, [int(end - start) for start, end in pairwise(ends)])
    for number in range(batches):
        laid.batch(number)
    lake.write("pairs", "1-of-1", [laid.pairs()], ORIGIN)
    laid.mix()
    (folder / "draft.yaml").rename(folder / "corpus.yaml")


class _Laid:
    """Batches of `rows` documents, each laid from its number alone."""

    def __init__(self, folder: Path, lake: Lake, rows: list[int]) -> None:
        self.folder, self.lake, self.rows = folder, lake, rows
        texts = pl.read_parquet(BULK / "news_zh_hans.parquet", columns=["text"])["text"]
        joined = "\n".join(texts)
        self.texts = pl.Series([joined[at : at + 1_000] for at in range(0, 20_000_000, 1_000)])
        self.texts = self.texts.filter(self.texts.str.len_chars() == 1_000)

    def name(self, number: int) -> str:
        number %= len(self.rows)
        return f"{SOURCES[number % len(SOURCES)]}-{number:05d}"

    def ids(self, number: int) -> pl.Series:
        """The ids of a batch; its row for row twin is 37 batches on."""
        number %= len(self.rows)
        raw = np.random.default_rng(number).bytes(16 * self.rows[number])
        pieces = pl.Series([raw[at : at + 16] for at in range(0, len(raw), 16)], dtype=pl.Binary)
        return pieces.bin.encode("hex")

    def exact(self, number: int) -> npt.NDArray[np.uint64]:
        number %= len(self.rows)
        rng = np.random.default_rng(10**6 + number)
        return rng.integers(0, 2**64, self.rows[number], np.uint64)

    def pairs(self) -> pl.DataFrame:
        """A pair for each document that has a twin."""
        parts = []
        for number in range(len(self.rows)):
            mine, theirs = self.exact(number), self.exact(number + 37)
            size = min(len(mine), len(theirs))
            ours = np.stack([mine[:size:TWINNED], theirs[:size:TWINNED]])
            parts.append(np.sort(ours, axis=0))
        left, right = np.concatenate(parts, axis=1)
        rows = pl.DataFrame({"left": left, "right": right}).sort("left", "right")
        alike = [pl.lit(0.8, pl.Float32).alias("similarity"), pl.lit(value=True).alias("counted")]
        return rows.with_columns(alike)

    def batch(self, number: int) -> None:
        name, rows, write = self.name(number), self.rows[number], self.lake.write
        source = name.partition("-")[0]
        files = [f"raw/{name}-{file:02d}.jsonl" for file in range(FILES)]
        self.lake.put_batch(
            Batch(
                name=name,
                source=source,
                files=tuple(RawFile(path=path, size=2**20, version="1") for path in files),
            )
        )
        ids, row = self.ids(number), np.arange(rows)
        path = pl.Series(np.array(files)[row * FILES // max(1, rows)])
        raw = json.dumps({"text": "一行"}, ensure_ascii=False).encode()
        for file in files[: FILES // 10 + 1]:  # those that documents of the mixture come from
            (self.folder / file).write_bytes(raw)
        digest = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        mine = self.texts.sample(DISTINCT, seed=number)
        filled = {
            "doc_id": ids,
            "batch": name,
            "source": source,
            "domain": "web",
            "uri": pl.Series(f"https://{source}.example/{number}/" + str(n) for n in row.tolist()),
            "text": mine[pl.Series(row * 7 % DISTINCT)],
            "media_type": "application/x-ndjson",
            "charset": "utf-8",
            "licence": "unknown",
            "raw_path": path,
            "raw_offset": 0,
            "raw_length": len(raw),
            "raw_digest": digest,
            "extractor": "bench",
        }
        write("documents", name, _frames("documents", rows, filled), ORIGIN)
        refused: dict[str, Any] = {"raw_path": path[::REJECTED], "stage": "read", "reason": "bad_json"}
        gone = len(refused["raw_path"])
        refused |= {"uri": pl.Series(f"{files[0]}#{number}-{n}" for n in range(gone))}
        write("rejects", name, _frames("rejects", gone, refused), ORIGIN)
        there = min(rows, self.rows[(number + 37) % len(self.rows)])
        dropped = (row % TWINNED == 0) & (row < there)
        theirs = self.ids(number + 37)[:there].extend_constant(None, rows - there)
        twin = pl.select(pl.when(pl.Series(dropped)).then(theirs)).to_series()
        measured: dict[str, dict[str, Any]] = {
            "language": {"language": "zh-Hans", "confidence": 0.9, "han_ratio": 0.8},
            "signals": {
                column: (row % DISTINCT).astype(np.float32)
                for column in TABLES["signals"]
                if column != "doc_id"
            },
            "privacy": {"findings": pl.Series([[]] * rows, dtype=TABLES["privacy"]["findings"])},
            "contamination": {"share": 0.0},
            "signatures": {
                "exact": self.exact(number),
                "minhash": pl.Series([bytes([n]) * 512 for n in range(DISTINCT)])[row % DISTINCT],
                "sketch": pl.Series([bytes([n]) * 128 for n in range(DISTINCT)])[row % DISTINCT],
            },
            "duplicates": {
                "batch": name,
                "cluster": twin.fill_null(ids),
                "cluster_size": 2,
                "kept": ~dropped,
                "twin": twin,
                "twin_batch": twin.replace_strict({}, default=self.name(number + 37)),
                "similarity": 0.8,
            },
            "boilerplate": {"batch": name, "common_ratio": 0.0},
            "verdicts": {"kept": ~dropped, "policy_version": "1"},
        }
        for table, columns in measured.items():
            write(table, name, _frames(table, rows, {"doc_id": ids, **columns}), ORIGIN)

    def mix(self) -> None:
        """A mixture of the first documents of each batch, a tenth of all."""
        names = [self.name(number) for number in range(len(self.rows))]
        parts = [
            self.lake.scan("documents", [name]).head(rows // 10)
            for name, rows in zip(names, self.rows, strict=True)
        ]
        rows = pl.concat(parts).with_columns(
            language=pl.lit("zh-Hans"), quality=pl.lit(0.9, pl.Float32)
        )
        rows = rows.select(TABLES["corpus"].names())
        recipe = Recipe(max_epochs=1)
        made_from = Ingredients(name="tenth", inputs=(), code_version="1", policy_version="1")
        chosen = plan(sizes(rows).collect(engine="streaming"), recipe)
        shards.pack(rows, chosen, recipe, self.lake.mixture("tenth"), made_from)


def _frames(table: str, rows: int, columns: dict[str, Any]) -> Iterator[pl.DataFrame]:
    """The rows of a table, missing columns null."""
    for start in range(0, rows, FRAME):
        size = min(FRAME, rows - start)
        part = {
            name: value[start : start + size]
            if hasattr(value, "__getitem__") and not isinstance(value, str)
            else pl.repeat(value, size, eager=True)
            for name, value in columns.items()
        }
        whole = {name: part.get(name, pl.repeat(None, size, eager=True)) for name in TABLES[table]}
        yield pl.DataFrame(whole).cast(dict(TABLES[table]))  # type: ignore[arg-type]
    if not rows:
        yield TABLES[table].to_frame()


def _measure(path: Path) -> None:
    corpus = load_corpus(path)
    lake = Lake(corpus.home)
    names = lake.batches()
    spread = [names[at] for at in np.linspace(0, len(names) - 1, ASKED).astype(int)]
    documents = [_some(lake, "documents", name) for name in spread]
    manifest = shards.load(lake.mixture("tenth"))
    rows = [
        (f"tenth/{Path(shard.path).name}", row)
        for shard in manifest.shards
        for row in range(0, shard.rows, max(1, shard.rows // 5))
    ]
    twinned = [lake.scan("duplicates", [name]).filter(~pl.col("kept")) for name in spread]
    asked: dict[str, list[str]] = {
        "why ID": [one["doc_id"] for one in documents],
        "why PREFIX": [one["doc_id"][:12] for one in documents],
        "why URL": [one["uri"] for one in documents],
        "why FILE": [str(path.parent / "raw" / f"{name}-07.jsonl") for name in spread],
        "why URL of a reject": [_some(lake, "rejects", name)["uri"] for name in spread],
        "why ID of a duplicate": [one.head(1).collect()["doc_id"][0] for one in twinned],
        "trace ROW": [f"{shard}#{row}" for shard, row in rows[:: max(1, len(rows) // ASKED)]],
    }
    print(f"{'ms':24}{'in process':>30}{'cold':>30}{'as a command':>30}")
    print(f"{'':24}" + f"{'min':>10}{'median':>10}{'max':>10}" * 3)
    for what, names_ in asked.items():
        cells = [_inside(corpus, what, names_, cold=cold) for cold in (False, True)]
        cells.append(_outside(path, what, names_[:5]))
        print(f"{what:24}" + "".join(f"{ms:10.0f}" for cell in cells for ms in cell))


def _some(lake: Lake, table: str, name: str) -> dict[str, Any]:
    """A row in the middle of a batch's file."""
    receipt = lake.receipt(table, name)
    rows = receipt.rows if receipt else 0
    columns = [one for one in ("doc_id", "uri") if one in TABLES[table]]
    return lake.scan(table, [name]).select(columns).slice(rows // 2, 1).collect().row(0, named=True)


def _inside(
    corpus: Corpus, what: str, names: list[str], *, cold: bool
) -> tuple[float, float, float]:
    def ask(name: str) -> object:
        if what.startswith("trace"):
            shard, _, row = name.rpartition("#")
            return trace_row(corpus, shard, int(row))
        return list(explained(corpus, find_places(corpus, name)[:MOST_SHOWN]))

    ask(names[0])
    return _spread([_timed(ask, name, corpus if cold else None) for name in names])


def _timed(ask: Callable[[str], object], name: str, cold: Corpus | None) -> float:
    if cold is not None:
        _forget(Path(cold.home))
    started = time.perf_counter()
    ask(name)
    return 1e3 * (time.perf_counter() - started)


def _forget(home: Path) -> None:
    """Ask the system to drop what it holds of the lake's files."""
    for file in [*home.glob("*/*.parquet"), *home.glob("*/*.index"), *home.rglob("*.json")]:
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _outside(path: Path, what: str, names: list[str]) -> tuple[float, float, float]:
    code = "from pipelines.cli.main import main; main()"
    took = []
    for name in names:
        command = [sys.executable, "-c", code, what.partition(" ")[0], name, "-c", str(path)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(1e3 * (time.perf_counter() - started))
    return _spread(took)


def _spread(took: list[float]) -> tuple[float, float, float]:
    return min(took), median(took), max(took)


if __name__ == "__main__":
    numbers = [int(one.replace(",", "").replace("_", "")) for one in sys.argv[1:3]]
    main(*numbers, folder="".join(sys.argv[3:]))
