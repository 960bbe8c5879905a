"""The exams that must stay out: read from the files that corpus.yaml names, indexed once a lake.

    home/exams/<digest>.arrow            the index of one set of exam files, mapped and not read

The digest is that of the files' contents, so files that change get an index of their own. It is
written aside and renamed: processes that make the same one at once make the same bytes.
"""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from quality.contamination import ENDINGS, ITEMS, VERSION, Index, exam_items, index, of_arrays
from schemas.corpus import Contamination
from schemas.errors import ConfigError

NAMES = ("benchmark", "item")


class ExamFile(NamedTuple):
    """A file of a benchmark, and its name within it: empty where the benchmark is one file."""

    benchmark: str
    name: str
    path: Path


def exam_files(exams: Contamination) -> list[ExamFile]:
    """The files of each benchmark, in the order of corpus.yaml, those of a folder by name.

    Raises:
        ConfigError: a file is not there, or a folder holds none.
    """
    return [file for name, path in exams.benchmarks.items() for file in _files(name, Path(path))]


def exam_digests(exams: Contamination) -> dict[str, str]:
    """The SHA-256 of every file that decides what is found, and the version of the index.

    Raises:
        ConfigError: as `exam_files`, or a file cannot be read.
    """
    files = {f"{of.benchmark}/{of.name}": _digest(of.path) for of in exam_files(exams)}
    allowed = {f"allow/{n}": _digest(path) for n, path in enumerate(_allowed(exams))}
    return {**files, **allowed, "version": VERSION} if files else {}


def exam_index(exams: Contamination, home: str | None = None) -> Index:
    """The index of all exam items: from the lake at `home`, where it is made if need be, or made.

    Raises:
        ConfigError: as `exam_digests`, or a file is no benchmark.
    """
    told = repr(sorted(exam_digests(exams).items()))
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return _index(digest, exams.model_dump_json(), home)


@lru_cache(maxsize=1)
def _index(digest: str, exams: str, home: str | None) -> Index:
    asked = Contamination.model_validate_json(exams)
    if home is None or not asked.benchmarks:
        return _made(asked)
    file = Path(home) / "exams" / f"{digest}.arrow"
    if not file.is_file():
        _write(_made(asked), file)
    for other in file.parent.glob("*.arrow"):
        if other != file:
            other.unlink(missing_ok=True)
    return _mapped(file)


def _made(exams: Contamination) -> Index:
    items = [
        exam_items(_content(of.path), of.benchmark, of.name, of.path.suffix.lower())
        for of in exam_files(exams)
    ]
    return index(pl.concat([pl.DataFrame(schema=ITEMS), *items]), _texts(exams))


def _texts(exams: Contamination) -> Iterator[str]:
    for path in _allowed(exams):
        try:
            yield _content(path).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"contamination.allow: {path} is not UTF-8 (byte {error.start})"
            raise ConfigError(message) from None


def _write(made: Index, file: Path) -> None:
    """One row, and a list a column: Arrow maps the lists without a copy."""
    arrays = {name: pa.array(value) for name, value in made.arrays().items()}
    for of, frame in (("in", made.names), ("out", made.left_out)):
        arrays |= {f"{name}_{of}": frame[name].to_arrow() for name in NAMES}
    lists = {
        name: pa.LargeListArray.from_arrays([0, len(values)], values)
        for name, values in arrays.items()
    }
    table = pa.table(lists)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    aside.touch(0o600)
    with aside.open("wb") as out, pa.ipc.new_file(out, table.schema) as written:
        written.write_table(table)
    aside.replace(file)


def _mapped(file: Path) -> Index:
    table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    lists: dict[str, Any] = {name: table[name].chunk(0).values for name in table.column_names}
    names, left_out = (
        pl.DataFrame({name: pl.Series(lists.pop(f"{name}_{of}")) for name in NAMES})
        for of in ("in", "out")
    )
    arrays = {name: values.to_numpy(zero_copy_only=True) for name, values in lists.items()}
    return of_arrays(arrays, names, left_out)


def _files(benchmark: str, path: Path) -> list[ExamFile]:
    if not path.is_dir():
        return [ExamFile(benchmark, "", path)]
    found = [
        ExamFile(benchmark, file.relative_to(path).with_suffix("").as_posix(), file)
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in ENDINGS and file.is_file() and not file.name.startswith(".")
    ]
    if not found:
        raise ConfigError(
            f"contamination.benchmarks.{benchmark}: {path} holds no file of exam items: "
            f"{', '.join(ENDINGS)}"
        )
    return found


def _allowed(exams: Contamination) -> list[Path]:
    """The files of the allow-list, those of folders by name."""
    return [
        file
        for path in map(Path, exams.allow)
        for file in ([path] if not path.is_dir() else sorted(path.rglob("*")))
        if not file.is_dir() and not file.name.startswith(".")
    ]


def _digest(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        raise _missing(path) from None
    return _digest_of(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=10_000)
def _digest_of(path: Path, *_: int) -> str:
    """The digest of a file; sizes and times are part of the question, so that an answer lasts."""
    return hashlib.sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _missing(path) from None


def _missing(path: Path) -> ConfigError:
    return ConfigError(
        f"contamination: {path} is not there or cannot be read; "
        "put the exam's file there or take the line out"
    )
