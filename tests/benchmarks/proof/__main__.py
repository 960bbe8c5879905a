"""Trains the same small model on what each way of cleaning keeps, and asks it about clean text.

    python -m tests.benchmarks.proof DATA WORK [--learner ngrams] [--budget 4000000] [--size 1]
        [--draws 1]

DATA is the folder of shared data. Every arm has the same budget of characters, drawn at random
from what it keeps; an arm that keeps less is told and left out. `--size` is the share of the pool
that is made. Of more `--draws` than one, figures are the means, and of the mean of domains the
range is told. Where other tools are installed (`python -m tests.benchmarks.quality.originals
install WORK/../quality`), they are arms too.
"""

import argparse
import random
import time
from pathlib import Path

import polars as pl

from tests.benchmarks.proof.arms import arms
from tests.benchmarks.proof.judging import MEAN, held_out, judged, lines, probes
from tests.benchmarks.proof.learners import LEARNERS, characters
from tests.benchmarks.proof.pool import pool


def main() -> None:
    """Print what each arm keeps, and what its model was asked."""
    asked = _arguments()
    asked.work = asked.work.resolve()
    asked.work.mkdir(parents=True, exist_ok=True)
    whole = pool(asked.data, asked.size)
    kept = arms(whole, asked.data, asked.work / "arms")
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=250):
        print(_composition(whole, kept))
    texts = held_out(asked.data)
    wrong = probes(texts)
    known = characters(whole["text"].to_list())
    found = pl.DataFrame()
    for name, rows in kept.items():
        started = time.monotonic()
        told = []
        for draw in range(asked.draws):
            drawn = _drawn([lines(text) for text in rows["text"]], asked.budget, draw)
            if drawn is not None:
                told.append(judged(LEARNERS[asked.learner](drawn, known), texts, wrong))
        if not told:
            print(f"{name}: keeps fewer than {asked.budget:,} characters, and is left out")
            continue
        means = [float(one.filter(measure=MEAN)["value"].item()) for one in told]
        taken = time.monotonic() - started
        print(f"{name}: {min(means):.1f} to {max(means):.1f} in {taken:.0f} s", flush=True)
        column = pl.mean_horizontal(one["value"] for one in told).alias(name)
        found = found.with_columns(column) if found.width else told[0].select("measure", column)
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=250, float_precision=3):
        print(found)
    found.write_csv(asked.work / f"{asked.learner}.csv")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--learner", choices=list(LEARNERS), default="ngrams")
    parser.add_argument("--budget", type=int, default=4_000_000)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--draws", type=int, default=1)
    return parser.parse_args()


def _drawn(texts: list[str], budget: int, draw: int) -> list[str] | None:
    """Documents in any order until they are so many characters; null where there are not enough."""
    random.Random(3 + draw).shuffle(texts)
    drawn: list[str] = []
    left = budget
    for text in texts:
        drawn.append(text[:left])
        left -= len(drawn[-1])
        if left == 0:
            return drawn
    return None


def _composition(whole: pl.DataFrame, kept: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Characters of each kind of dirt in what each arm keeps, in thousands."""
    known = whole.select("doc_id", dirt=pl.col("dirt").replace("", "none"))
    parts = [
        rows.join(known, on="doc_id")
        .group_by("dirt")
        .agg(chars=pl.col("text").str.len_chars().sum() // 1_000)
        .with_columns(arm=pl.lit(name))
        for name, rows in kept.items()
    ]
    return pl.concat(parts).pivot("dirt", index="arm", values="chars").fill_null(0)


if __name__ == "__main__":
    main()
