"""What `quality/privacy/confidence.py` holds: how often each rule is right on the tuning halves.

    python -m tests.benchmarks.privacy.confidence DATA

A finding is right where a truth of its kind has its span. With n right of m, (n + 1) / (m + 2) is
printed (Laplace): no rule is certain for having been right in a few cases.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from quality.privacy import find
from tests.benchmarks.privacy.read import half_of, passages
from tests.benchmarks.privacy.sets import Found, authored

FEWEST = 5
"""Findings that a rule must have to be told apart."""


def main(data: Path) -> None:
    """Print a line for each rule."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for texts, truths, doubtful in _sets(data):
        for some, truth, doubt in zip(find(pl.Series(texts)), truths, doubtful, strict=True):
            for one in some.to_list():
                if any(one["start"] < end and one["end"] > start for start, end in doubt):
                    continue
                rule = f"{one['kind']}.{one['rule']}"
                found[rule] += 1
                right[rule] += (one["start"], one["end"], one["kind"]) in truth
    for rule in sorted(rule for rule, count in found.items() if count >= FEWEST):
        share = (right[rule] + 1) / (found[rule] + 2)
        print(f'    "{rule}": {share:.3f},  # {right[rule]} of {found[rule]}')


def _sets(data: Path) -> Iterator[tuple[list[str], list[list[Found]], list[list[tuple[int, int]]]]]:
    parts = authored("tune")
    for part in ("plain", "obfuscated"):
        labelled = parts[part]
        yield labelled.texts, labelled.truth, [[] for _ in labelled.texts]
    read = [one for one in passages(data) if half_of(one.key) == "tune"]
    yield [one.text for one in read], [one.truth for one in read], [one.doubtful for one in read]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
