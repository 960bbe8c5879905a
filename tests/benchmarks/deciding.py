"""How long it takes to decide again about a million documents when a threshold has changed.

    python -m tests.benchmarks.deciding FOLDER [DOCUMENTS]

Real: the files, the tables, the rules, and what is measured of real documents. Made up: the
documents are drawn from a few thousand real ones, again and again, since measurements are all
that a decision reads.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from assets.measured import MEASUREMENTS, measured
from assets.settings import source_rules
from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin
from pipelines.policies.comparing import comparison
from pipelines.policies.weighing import policy_report
from quality.language import language
from quality.policy import decide
from quality.scoring import BUNDLED, scores, signals
from schemas.batches import Batch, RawFile
from schemas.corpus import Corpus, load_corpus
from schemas.policies import policy_version
from tests.benchmarks.material import BULK, TEXTS

SOURCES = {"crawl": "web", "statutes": "law", "clinic": "medicine", "classics": "classical"}
BATCH = 50_000
EACH = 400
"""Real documents of each set."""
ORIGIN = Origin(code_version="1", settings="", inputs={})


def main(folder: Path, count: int) -> None:
    """Lay `count` documents and time the deciding, the report and a comparison."""
    corpus = _laid(folder, count)
    lake = Lake(corpus.home)
    steps: dict[str, Callable[[], object]] = {
        "verdicts, read and written": partial(_decide, corpus, lake),
        "wenyuan policy report": partial(policy_report, corpus),
        "wenyuan policy compare current none": partial(comparison, corpus, "current", "none"),
    }
    for name, step in steps.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            step()
            times.append(time.perf_counter() - start)
        print(f"{name}: {np.median(times):.2f} s for {count:,} documents (median of 3)")


def _decide(corpus: Corpus, lake: Lake) -> None:
    for batch in lake.batches():
        source = corpus.sources[batch.rpartition("-")[0]]
        rules = source_rules(corpus, source)
        rows = measured({name: lake.scan(name, [batch]) for name in MEASUREMENTS}, corpus, source)
        verdicts = decide(rows, rules, policy_version(rules))
        lake.write("verdicts", batch, verdicts.collect_batches(), ORIGIN)


def _laid(folder: Path, count: int) -> Corpus:
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "name": "bench",
        "sources": {
            name: {"kind": kind, "format": "jsonl", "path": f"raw/{name}.jsonl"}
            for name, kind in SOURCES.items()
        },
        "mixtures": {"all": {"max_epochs": 1}},
    }
    (folder / "corpus.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    corpus = load_corpus(folder / "corpus.yaml")
    lake = Lake(corpus.home)
    real = _real()
    for number, start in enumerate(range(0, count, BATCH)):
        source = list(SOURCES)[number % len(SOURCES)]
        size = min(BATCH, count - start)
        _batch(lake, f"{source}-{number:05d}", source, _drawn(real, number, size))
    return corpus


def _real() -> dict[str, pl.DataFrame]:
    """What is measured of real documents, by table; their texts are of every kind."""
    texts = [
        pl.read_parquet(BULK / f"{name}.parquet", columns=["text"]).head(EACH) for name in TEXTS
    ]
    some = pl.concat(texts).with_columns(doc_id=pl.lit("")).lazy()
    return {
        "language": language(some).collect(),
        "signals": signals(some).collect(),
        "scores": scores(some, BUNDLED).collect(),
    }


def _batch(lake: Lake, name: str, source: str, drawn: dict[str, pl.DataFrame]) -> None:
    files = (RawFile(path=f"raw/{source}.jsonl", size=1, version="1"),)
    lake.put_batch(Batch(name=name, source=source, files=files))
    for table, rows in drawn.items():
        lake.write(table, name, [rows], ORIGIN)


def _drawn(real: dict[str, pl.DataFrame], seed: int, size: int) -> dict[str, pl.DataFrame]:
    """The tables of a batch: measurements drawn from real ones, a twin for every tenth."""
    dice = np.random.default_rng(seed)
    places = dice.integers(0, real["signals"].height, size)
    ids = pl.Series([dice.bytes(16) for _ in range(size)], dtype=pl.Binary).bin.encode("hex")
    kept = pl.Series(dice.random(size) > 0.1)
    others: dict[str, dict[str, pl.Series | pl.Expr]] = {
        "contamination": {"share": pl.lit(0.0)},
        "privacy": {"findings": pl.lit([], dtype=TABLES["privacy"]["findings"])},
        "duplicates": {"kept": kept, "cluster_size": pl.lit(1), "similarity": pl.lit(0.8)},
        "boilerplate": {"common_ratio": pl.lit(0.0)},
        "documents": {"text": pl.lit("测量之外，文字不读。")},
    }
    named = pl.DataFrame({"doc_id": ids})
    drawn = {table: rows[places].with_columns(doc_id=ids) for table, rows in real.items()}
    drawn |= {table: named.with_columns(**columns) for table, columns in others.items()}
    return {table: _whole(table, rows) for table, rows in drawn.items()}


def _whole(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with every column of the table; those not given hold nothing."""
    schema = TABLES[table]
    missing = {name: pl.lit(None) for name in schema if name not in rows.columns}
    whole = rows.with_columns(**missing)
    return whole.select(pl.col(name).cast(kind) for name, kind in schema.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
