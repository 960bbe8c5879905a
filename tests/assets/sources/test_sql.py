import json
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from schemas.errors import ConfigError, WenyuanError
from schemas.sources import Fields, Source
from tests.assets.sources.making import read_all, traced
from tests.postgres import postgres

__all__ = ["postgres"]

PASSWORD = "tong-xing-mi-ma"
CALLS = Source(
    format="sql",
    url_env="CALLS_DB",
    query="select id, content, day from calls where content like '%' and '12:30' > '' order by id",
    fields=Fields(text="content", id="id", published_at="day"),
    max_record_bytes=5000,
)


def fill(url: str, count: int) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("create table calls (id numeric, content text, day timestamp)"))
        connection.execute(
            sa.text("insert into calls values (:id, :content, '2024-05-06 07:08:09')"),
            [{"id": n, "content": f"第{n}通" * (1 + n % 9)} for n in range(count)],
        )


def check(monkeypatch: pytest.MonkeyPatch, url: str, count: int) -> None:
    monkeypatch.setenv("CALLS_DB", url)
    rows = read_all(CALLS, "sql")
    assert rows["text"].to_list() == [f"第{n}通" * (1 + n % 9) for n in range(count)]
    assert rows["raw_offset"].to_list() == list(range(count))
    assert rows["uri"][count - 1] == f"sql:crawl#{count - 1}"
    assert rows["published_at"].dt.strftime("%F %T").unique().to_list() == ["2024-05-05 23:08:09"]
    row = rows.row(count - 1, named=True)
    assert json.loads(traced(CALLS, row))["content"] == row["text"]


def test_rows_of_sqlite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    fill(url, 1234)
    check(monkeypatch, url, 1234)


def test_values_that_are_no_text_are_rejected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CALLS_DB", f"sqlite:///{tmp_path / 'calls.db'}")
    query = "select 'a' text union all select 5 union all select null union all select x'00'"
    source = Source(format="sql", url_env="CALLS_DB", query=query)
    rows = read_all(source, "sql")
    assert rows["text"].to_list() == ["a", "5", None, None]
    assert rows.select("reason", "detail").rows()[2:] == [("no_field", "text")] * 2
    pages = Source(format="sql", url_env="CALLS_DB", query=query, fields=Fields(html="text"))
    assert read_all(pages, "sql")["payload"].to_list() == [b"a", b"5", None, b"\0"]


def test_errors_tell_neither_the_address_nor_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALLS_DB", raising=False)
    with pytest.raises(ConfigError, match="CALLS_DB is not set"):
        read_all(CALLS, "sql")
    for url in (
        f"no url {PASSWORD}",
        f"nodriver://me:{PASSWORD}@localhost/x",
        f"postgresql+psycopg://me:{PASSWORD}@127.0.0.1:1/x",
        f"sqlite:////nowhere/{PASSWORD}",
    ):
        monkeypatch.setenv("CALLS_DB", url)
        with pytest.raises(WenyuanError, match="CALLS_DB") as caught:
            read_all(CALLS, "sql")
        assert PASSWORD not in str(caught.value)
        assert caught.value.__suppress_context__


def test_an_address_without_a_password_may_be_written_down(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    source = Source(format="sql", url=url, query="select '甲' as text")
    assert read_all(source, "sql")["text"].to_list() == ["甲"]
    with pytest.raises(WenyuanError, match="behind `url` refused"):
        read_all(source.model_copy(update={"query": "select"}), "sql")


def test_a_missing_column_names_those_present(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CALLS_DB", f"sqlite:///{tmp_path / 'calls.db'}")
    source = Source(format="sql", url_env="CALLS_DB", query="select 1 as id, 'x' as body")
    with pytest.raises(ConfigError, match="no column text; it has id, body"):
        read_all(source, "sql")


def test_rows_of_a_real_postgresql_server(monkeypatch: pytest.MonkeyPatch, postgres: str) -> None:
    fill(postgres, 3000)
    check(monkeypatch, postgres, 3000)


def test_a_query_that_fails_halfway_does_not_quote_the_data(
    monkeypatch: pytest.MonkeyPatch, postgres: str
) -> None:
    monkeypatch.setenv("CALLS_DB", postgres)
    query = "select ('张三' || n)::int::text as text from generate_series(1, 9) n"
    source = Source(format="sql", url_env="CALLS_DB", query=query)
    with pytest.raises(WenyuanError) as caught:
        read_all(source, "sql")
    assert "张三" not in str(caught.value)
    assert pl.Series([str(caught.value)]).str.contains("InvalidTextRepresentation").all()
