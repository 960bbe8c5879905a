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
    stated = ((name, path, _state(name, path)) for name, path in exams.benchmarks.items())
    return _index(tuple(sorted(stated)))


@lru_cache(maxsize=1)
def _index(benchmarks: tuple[tuple[str, str, tuple[int, int]], ...]) -> Index:
    """The index of files as they were in this state: a changed file is read again."""
    items = [exam_items(Path(path).read_bytes(), name) for name, path, _ in benchmarks]
    empty = pl.DataFrame(schema={"benchmark": pl.String, "item": pl.String, "text": pl.String})
    return index(pl.concat([empty, *items]))


def _state(name: str, path: str) -> tuple[int, int]:
    try:
        stat = Path(path).stat()
    except FileNotFoundError:
        raise ConfigError(
            f"contamination.benchmarks.{name}: {path} is not there; "
            "put the exam's file there or take the line out"
        ) from None
    return stat.st_size, stat.st_mtime_ns
