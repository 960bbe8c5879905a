"""Where Dagster keeps its runs: SQLite in the home, or PostgreSQL."""

from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from pipelines.instance import dagster_home, dagster_yaml, instance_of
from schemas.corpus import load_corpus
from schemas.errors import ConfigError
from tests.pipelines import small
from tests.postgres import postgres

__all__ = ["postgres"]

IN_POSTGRES = {"storage": {"postgres_url_env": "RUNS_DB"}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small.lay(tmp_path)


def test_dagster_yaml_says_what_corpus_yaml_says(path: Path) -> None:
    small.configure(path.parent, concurrency=3)
    home = dagster_home(load_corpus(path))
    written = yaml.safe_load((home / "dagster.yaml").read_text())
    assert home == path.parent / "corpus" / ".dagster"
    assert written["telemetry"] == written["nux"] == {"enabled": False}
    assert written["concurrency"]["runs"]["max_concurrent_runs"] == 3
    [limit] = written["concurrency"]["runs"]["tag_concurrency_limits"]
    assert limit == {"key": "wenyuan/build", "value": "whole", "limit": 1}
    assert "storage" not in written


def test_an_unchanged_dagster_yaml_is_not_written_again(path: Path) -> None:
    file = dagster_home(load_corpus(path)) / "dagster.yaml"
    before = file.stat().st_mtime_ns
    dagster_home(load_corpus(path))
    assert file.stat().st_mtime_ns == before
    small.configure(path.parent, concurrency=9)
    dagster_home(load_corpus(path))
    assert "max_concurrent_runs: 9" in file.read_text()


def test_runs_are_kept_in_the_home_unless_told_otherwise(path: Path) -> None:
    with instance_of(load_corpus(path)) as instance:
        assert instance.get_runs() == []
        assert not instance.telemetry_enabled
    home = path.parent / "corpus" / ".dagster"
    assert list(home.rglob("runs.db"))


def test_a_database_that_is_not_named_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUNS_DB", raising=False)
    small.configure(path.parent, **IN_POSTGRES)
    with pytest.raises(ConfigError, match="RUNS_DB, which is not set"):
        dagster_home(load_corpus(path))


def test_a_database_that_dagster_cannot_reach_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNS_DB", "mysql://me:tong-xing-mi-ma@db/runs")
    small.configure(path.parent, **IN_POSTGRES)
    with pytest.raises(ConfigError, match=r"postgresql\+psycopg2://") as caught:
        dagster_home(load_corpus(path))
    assert "tong-xing-mi-ma" not in str(caught.value)


def test_the_address_of_the_database_is_not_written_down(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNS_DB", "postgresql+psycopg2://me:tong-xing-mi-ma@db/runs")
    small.configure(path.parent, **IN_POSTGRES)
    assert "tong-xing-mi-ma" not in str(dagster_yaml(load_corpus(path)))


def test_runs_of_a_build_are_kept_in_a_real_postgresql_server(
    path: Path, monkeypatch: pytest.MonkeyPatch, postgres: str
) -> None:
    monkeypatch.setenv("RUNS_DB", postgres.replace("+psycopg:", "+psycopg2:"))
    for file in (path.parent / "news").iterdir():
        file.unlink()
    notices = {"notices": small.SETTINGS["sources"]["notices"]}
    small.configure(
        path.parent, sources=notices, policies={}, mixtures={"general": {}}, **IN_POSTGRES
    )
    made = small.made(small.build_here(path))
    assert list(made) == [
        "annotate notices-00000",
        "compare 1-of-1",
        "deduplicate duplicates boilerplate",
        "decide notices-00000",
        "mix mixture_general",
    ]
    engine = sa.create_engine(postgres, poolclass=sa.NullPool)
    with engine.connect() as connection:
        counted = connection.execute(sa.text("select status, count(*) from runs group by 1"))
        assert counted.all() == [("SUCCESS", 5)]
    assert not list((path.parent / "corpus").rglob("*.db"))
