"""The exams that must stay out, read from the files that corpus.yaml names."""

from functools import lru_cache
from pathlib import Path

import polars as pl

from quality.contamination import Index, exam_items, index
from schemas.corpus import Contamination
from schemas.errors import ConfigError


def exam_files(exams: Contamination) -> dict[str, bytes]:
    """The content of each exam file, by the name of the exam.

    Raises:
        ConfigError: a file is not there.
    """
    return {name: _content(name, Path(path)) for name, path in exams.benchmarks.items()}


def exam_index(exams: Contamination) -> Index:
    """The n-grams of all exam items.

    Raises:
        ConfigError: as `exam_files`.
    """
    return _index(tuple(sorted(exam_files(exams).items())))


@lru_cache(maxsize=1)
def _index(files: tuple[tuple[str, bytes], ...]) -> Index:
    items = [exam_items(content, name) for name, content in files]
    empty = pl.DataFrame(schema={"benchmark": pl.String, "item": pl.String, "text": pl.String})
    return index(pl.concat([empty, *items]))


def _content(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ConfigError(
            f"contamination.benchmarks.{name}: {path} is not there or cannot be read; "
            "put the exam's file there or take the line out"
        ) from None
