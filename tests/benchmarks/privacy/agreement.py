"""How far a finder agrees with the authored set: a table a kind, of plain and obfuscated spelling.

    python -m tests.benchmarks.privacy.agreement [tune|final]

`final` is held out: score it, and look at no case of it. Precision of obfuscated spellings counts
only findings in sentences that have some; precision of plain ones also those in sentences with
nothing to find.
"""

import sys
from typing import get_args

import polars as pl

from quality.privacy import find
from quality.privacy.agreement import agreement
from tests.benchmarks.privacy.sets import Finder, Found, Labelled, authored, rows
from tests.quality.privacy.authored import Half


def main(half: Half) -> None:
    """Print the tables of Wenyuan's own finder."""
    report(wenyuan, half)


def wenyuan(texts: list[str]) -> list[list[Found]]:
    """What `quality.privacy.find` finds."""
    found = find(pl.Series(texts)).to_list()
    return [[(one["start"], one["end"], one["kind"]) for one in some] for some in found]


def measured(finder: Finder, labelled: Labelled) -> pl.DataFrame:
    """The agreement of the finder with the truth: `quality.privacy.agreement.AGREEMENT`."""
    return agreement(rows(labelled.truth), rows(finder(labelled.texts)))


def report(finder: Finder, half: Half) -> None:
    """Print how the finder does on a half, and how often it finds something where nothing is."""
    parts = authored(half)
    clean = parts.pop("clean")
    for spelling, labelled in parts.items():
        print(f"{half}, {spelling}: {len(labelled.texts):,} sentences")
        print_table(measured(finder, labelled))
    false = [some for some in finder(clean.texts) if some]
    print(f"{len(false)} of {len(clean.texts):,} sentences with nothing to find had a finding")


def print_table(table: pl.DataFrame) -> None:
    """A row a kind; intervals in brackets, `–` for what has no value."""
    print("kind\ttruths\tfound\tright\tprecision\trecall\tF1\tcovered")
    for row in table.iter_rows(named=True):
        intervals = [
            f"{_share(row[name])} [{_share(row[f'{name}_low'])} {_share(row[f'{name}_high'])}]"
            for name in ("precision", "recall")
        ]
        counts = [str(row[name]) for name in ("truths", "found", "right")]
        last = [_share(row["f1"]), _share(row["covered"])]
        print("\t".join([row["kind"], *counts, *intervals, *last]))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    halves = {half: half for half in get_args(Half)}
    main(halves[sys.argv[1] if len(sys.argv) > 1 else "tune"])
