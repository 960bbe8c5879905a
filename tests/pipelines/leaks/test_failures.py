"""Whatever fails, and whatever library quotes its data in doing so, nothing of it is told."""

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NoReturn

import dagster as dg
import polars as pl
import pyarrow as pa
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from pydantic import TypeAdapter

import assets.decisions
import assets.duplicates
import assets.sources.jsonl
import pipelines.automation
import pipelines.build
import pipelines.lookup
import pipelines.shards.packing
import quality.privacy.finding
import quality.scoring
from assets.discretion import discretion, told
from pipelines.automation import build_job, new_files_sensor
from pipelines.cli.main import main
from pipelines.graph import assets as assets_of
from pipelines.instance import instance_of
from schemas.corpus import load_corpus
from schemas.errors import ConfigError, InfeasibleError, IntegrityError, WenyuanError
from tests.pipelines import small
from tests.pipelines.leaks.canaries import Cage
from tests.pipelines.leaks.recording import recorded
from tests.pipelines.leaks.searching import surfaces

CAGE = Cage()
QUOTED = CAGE.plant("quoted by an error")


def value_error(*_: object, **__: object) -> NoReturn:
    raise ValueError(QUOTED)


def bytes_error(*_: object, **__: object) -> NoReturn:
    raise UnicodeDecodeError("utf-8", QUOTED.encode(), 0, 1, QUOTED)


def arrow_error(*_: object, **__: object) -> NoReturn:
    raise pa.ArrowInvalid(QUOTED)


def polars_error(*_: object, **__: object) -> Any:
    return pl.Series([QUOTED]).str.to_integer()


def pydantic_error(*_: object, **__: object) -> int:
    return TypeAdapter(int).validate_python(QUOTED)


def file_error(*_: object, **__: object) -> NoReturn:
    raise PermissionError(13, "Permission denied", f"/raw/{QUOTED}")


def chained_error(*_: object, **__: object) -> NoReturn:
    error = IntegrityError(f"of ours: {QUOTED}")
    error.add_note(QUOTED)
    raise error from ValueError(QUOTED)


ERRORS = [
    *(value_error, bytes_error, arrow_error, polars_error, pydantic_error, file_error),
    chained_error,
]

Breaking = tuple[object, str, Callable[..., Any]]

FAILING: list[list[Breaking]] = [
    [(assets.sources.jsonl._Lines, "frame", arrow_error)],
    [(assets.sources.jsonl, "time_text", bytes_error)],
    [
        (quality.scoring, "signals", pydantic_error),
        (quality.privacy.finding, "find", value_error),
    ],
    [(assets.duplicates, "cluster", polars_error)],
    [(assets.decisions, "decide", chained_error)],
    [(assets.decisions, "side_by_side", file_error)],
    [(pipelines.shards.packing, "write", value_error)],
]
"""What fails in each of several builds, further on each time; some of it lazy, some not."""

KINDS = [
    *("ArrowInvalid", "UnicodeDecodeError", "signals: ValidationError", "ComputeError"),
    *("of ours", "PermissionError", "ValueError"),
]


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """The folder of a corpus whose build failed in every way, what was said, and the failures."""
    folder = tmp_path_factory.mktemp("failed")
    texts = [small.MARKET, small.FERRY + QUOTED, small.KITE]
    small.news(folder, "2024-01", texts, more=['{"text": "好", "day": [1]}'])
    news = small.SETTINGS["sources"]["news"]
    path = small.configure(
        folder,
        sources={"news": {**news, "fields": {"published_at": "day"}}},
        policies={},
        mixtures={"general": {"max_epochs": 1}},
    )
    failures: list[str] = []
    with recorded(folder / "said.txt"):
        for breaking in FAILING:
            with pytest.MonkeyPatch.context() as patch:
                for where, name, error in breaking:
                    patch.setattr(where, name, error)
                outcome = small.build_here(path)
            failures += outcome.failures.values()
            assert len(outcome.failures) == 1, breaking
    return path, folder / "said.txt", failures


def test_every_failure_is_told_by_its_kind(failed: tuple[Path, Path, list[str]]) -> None:
    _, _, failures = failed
    assert len(failures) == len(FAILING)
    for failure, kind in zip(failures, KINDS, strict=True):
        assert kind in failure


def test_no_failure_quotes_data(failed: tuple[Path, Path, list[str]]) -> None:
    path, said, failures = failed
    home = small.lake_of(path).home
    places = [(place, data) for place, data in surfaces(home) if not place.startswith("documents/")]
    assert any(place.endswith(".db:rows") and b"ArrowInvalid" in data for place, data in places)
    places += [("said", said.read_bytes()), ("failures", "\n".join(failures).encode())]
    assert not [str(hit) for place, data in places for hit in CAGE.seen(place, data)]


def test_every_asset_is_discreet(failed: tuple[Path, Path, list[str]]) -> None:
    for asset in assets_of(load_corpus(failed[0])):
        function: Any = asset.op.compute_fn
        assert function.decorated_fn.__wrapped__, asset.key


@pytest.mark.parametrize("error", ERRORS)
def test_nothing_is_behind_an_error_that_is_told(error: Callable[..., Any]) -> None:
    with pytest.raises((WenyuanError, OSError)) as raised, discretion("a step"):
        error()
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert not hasattr(raised.value, "__notes__")
    shown = f"{raised.value} {raised.value!r}"
    assert not list(CAGE.seen("the error", shown.encode()))
    assert "<" not in repr(told(raised.value, "again"))


def test_errors_of_ours_keep_their_kind_and_their_words() -> None:
    one = told(InfeasibleError("40 tokens are short"), "mixing")
    assert type(one) is InfeasibleError
    assert str(one) == "40 tokens are short"


def test_a_worker_that_dies_is_told_by_its_kind() -> None:
    future: Future[Any] = Future()
    future.set_exception(ValueError(QUOTED))
    failure = pipelines.build._failure(future)
    assert failure is not None
    assert failure.kind == "ValueError"
    assert not list(CAGE.seen("failure", failure.why.encode()))


def test_the_build_job_and_the_sensor_are_discreet(
    failed: tuple[Path, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = failed[0]
    monkeypatch.setattr(pipelines.automation, "build", value_error)
    monkeypatch.setattr(pipelines.automation, "new_batches", value_error)
    job = build_job(path)
    with instance_of(load_corpus(path)) as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        assert not result.success
        sensor = new_files_sensor(job, path)
        with pytest.raises(IntegrityError) as raised:
            sensor(dg.build_sensor_context(instance=instance))
    assert not list(CAGE.seen("sensor", str(raised.value).encode()))
    test_no_failure_quotes_data(failed)


@pytest.mark.parametrize("error", ERRORS)
def test_a_command_that_fails_quotes_nothing(
    error: Callable[..., Any],
    failed: tuple[Path, Path, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = failed[0]
    monkeypatch.setattr(pipelines.lookup, "masked", error)
    raw = str(path.parent / "news" / "2024-01.jsonl")
    result = CliRunner().invoke(main, ["why", raw, "-c", str(path)])
    assert result.exit_code == (4 if error is chained_error else 1)
    assert isinstance(result.exception, SystemExit)
    assert ("lookup.py" in result.stderr) == (error is not chained_error)
    assert not list(CAGE.seen("why", result.output.encode()))


def test_a_reader_that_has_gone_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> NoReturn:
        raise BrokenPipeError(32, os.strerror(32))

    monkeypatch.setattr("pipelines.cli.starting.json_schema", gone)
    result = CliRunner().invoke(main, ["schema"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert ".py" not in result.output


def test_a_table_without_a_header_is_not_quoted(tmp_path: Path) -> None:
    phone = CAGE.one("file name")
    small.put(tmp_path / "sheets" / f"{phone}.csv", f"{QUOTED},意见\n第二行,意见\n")
    sheets = {"kind": "government", "format": "csv", "path": "sheets/*.csv"}
    path = small.configure(
        tmp_path, sources={"sheets": sheets}, policies={}, mixtures={"general": {"max_epochs": 1}}
    )
    with recorded(tmp_path / "said.txt"):
        failures = "\n".join(small.build_here(path).failures.values())
    assert "has no column text; it has 2, and no header" in failures
    places = [*surfaces(small.lake_of(path).home), ("failures", failures.encode())]
    places.append(("said", (tmp_path / "said.txt").read_bytes()))
    allowed = "batches/"
    assert not [
        str(hit)
        for place, data in places
        if not place.startswith(allowed)
        for hit in CAGE.seen(place, data)
    ]


def test_a_database_that_refuses_is_not_quoted(tmp_path: Path) -> None:
    database = tmp_path / "calls.db"
    with sqlite3.connect(database) as filled:
        filled.execute("create table calls (text)")
        filled.execute("insert into calls values (?)", [QUOTED])
    calls = {
        "format": "sql",
        "url": f"sqlite:///{database}",
        "query": "select refused(text) as text from calls",
    }
    path = small.configure(
        tmp_path, sources={"calls": calls}, policies={}, mixtures={"general": {"max_epochs": 1}}
    )

    def refuse(connection: Any, _record: object) -> None:
        connection.create_function("refused", 1, value_error)

    sa.event.listen(sa.engine.Engine, "connect", refuse)
    try:
        with recorded(tmp_path / "said.txt"):
            failures = "\n".join(small.build_here(path).failures.values())
    finally:
        sa.event.remove(sa.engine.Engine, "connect", refuse)
    assert "The database behind" in failures
    places = [*surfaces(small.lake_of(path).home), ("failures", failures.encode())]
    places.append(("said", (tmp_path / "said.txt").read_bytes()))
    assert not [str(hit) for place, data in places for hit in CAGE.seen(place, data)]


def test_errors_of_every_kind_have_a_code() -> None:
    assert {one.exit_code for one in (WenyuanError, ConfigError, IntegrityError)} == {1, 2, 4}
