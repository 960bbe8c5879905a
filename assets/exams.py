"""The exams that must stay out, read from the files that corpus.yaml names."""

from functools import lru_cache
from pathlib import Path

import polars as pl

from quality.contamination import Index, exam_items, index
from schemas.corpus import Contamination
from schemas.errors import ConfigError


def exam_index(exams: Contamination) -> Index:
    """The n-grams of all exam items.

    Raises:
        ConfigError: a file is not there.
    """
    return _index(tuple(sorted(exams.benchmarks.items())))


@lru_cache(maxsize=1)
def _index(benchmarks: tuple[tuple[str, str], ...]) -> Index:
    items = [exam_items(_content(name, path), name) for name, path in benchmarks]
    empty = pl.DataFrame(schema={"benchmark": pl.String, "item": pl.String, "text": pl.String})
    return index(pl.concat([empty, *items]))


def _content(name: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"contamination.benchmarks.{name}: {path} is not there; "
            "put the exam's file there or take the line out"
        ) from None
