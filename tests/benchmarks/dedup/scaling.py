"""How finding near-duplicates grows with the corpus, and what adding to it costs.

    python -m tests.benchmarks.dedup.scaling FOLDER [--sizes 100000 300000 1000000] [--threads 1]

For each size: `full` signs and compares so many planted documents; `increment` adds one in a
hundred, about a fifth of them copies of old ones, with what was found before; `rebuild` compares
them all again knowing nothing, and must find the same, or the exit status is 1. Generates each
corpus in FOLDER/SIZE unless it is there (a million documents: 3 GB, two minutes).
"""

import argparse
import json
import sys
from pathlib import Path

import polars as pl

from tests.benchmarks.dedup.cost import Cost, measure
from tests.benchmarks.dedup.planted import write

FOUND = ("pairs", "duplicates")


def main() -> None:
    """Print the cost of each stage at each size; exit 1 where increment and rebuild differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    same = [measured(given.folder / str(size), size, given.threads) for size in given.sizes]
    sys.exit(not all(same))


def measured(folder: Path, size: int, threads: int) -> bool:
    """Run the three stages; whether the last two found the same."""
    documents, work = folder / "documents.parquet", folder / "work"
    if not (folder / "truth.parquet").exists():
        print("\n".join(write(folder, size + size // 100)))
    work.mkdir(exist_ok=True)
    ours = [sys.executable, "-m", "tests.benchmarks.dedup.ours", str(documents), str(work)]
    print(f"{size:,} documents, then {size // 100:,} more    CPU s    wall s   peak MB")
    # Compiles the kernels, once for all.
    measure([*ours, "--old", "3000"], work / "compile.log", threads)
    for stage in ("full", "increment", "rebuild"):
        command = [*ours, "--stage", stage, "--old", str(size)]
        cost = measure(command, work / f"{stage}.log", threads)
        print(f"  {stage:12} {'':18} {cost.line()}")
        phases = json.loads((work / f"{stage}-phases.json").read_text(encoding="utf-8"))
        for name, spent in phases.items():
            print(f"  {'':12} {name:18} {Cost(**spent).line()}")
    same = all(
        _found(work, "increment", name).equals(_found(work, "rebuild", name)) for name in FOUND
    )
    table = _found(work, "rebuild", "duplicates")
    kept = table["kept"].sum()
    pairs = _found(work, "rebuild", "pairs")
    print(
        f"  {kept:,} kept of {table.height:,}; {pairs.height:,} pairs, "
        f"{pairs['counted'].sum():,} counted; "
        f"increment and rebuild are {'' if same else 'NOT '}the same"
    )
    return same


def _found(work: Path, stage: str, name: str) -> pl.DataFrame:
    return pl.read_parquet(work / f"{stage}-{name}.parquet")


if __name__ == "__main__":
    main()
