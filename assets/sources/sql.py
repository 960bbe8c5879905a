"""Rows of a database query, streamed."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import sqlalchemy as sa

from assets.sources.frames import digest_of
from assets.sources.structured import (
    PLACES,
    check_columns,
    content_field,
    records_frame,
    string_of,
    time_text,
    wanted,
)
from schemas.errors import ConfigError, WenyuanError
from schemas.sources import Source

BATCH_ROWS = 500
"""Rows asked of the database at a time."""

_BLOB = bytes | bytearray | memoryview


def frames(path: str, source: Source, name: str) -> Iterator[pl.DataFrame]:
    """Frames of the rows of the source's query; `raw_offset` is the number of the row.

    `name` is the source's own, for the records' addresses.

    Raises:
        ConfigError: The environment variable is unset, or the query lacks a column.
        WenyuanError: The database refused; the message has neither its address nor any data.
    """
    first = 0
    for batch in batches(source):
        yield _frame(batch, first, path, source, name)
        first += len(batch)


def batches(source: Source) -> Iterator[list[dict[str, Any]]]:
    """The rows of the source's query, some at a time, in the order the database gives them."""
    name = source.url_env or "`url`"
    try:
        yield from _batches(source)
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        # The driver's own message may quote the address or the data: none of it is shown.
        raise WenyuanError(
            f"The database behind {name} refused ({kind}). Check that it is up, that "
            "its driver is installed, and that the query runs."
        ) from None


def _batches(source: Source) -> Iterator[list[dict[str, Any]]]:
    engine = sa.create_engine(_url(source), poolclass=sa.NullPool)
    with engine.connect() as connection:
        streaming = connection.execution_options(stream_results=True, yield_per=BATCH_ROWS)
        # The query has no parameters: `:30` in it is no place for one.
        result = streaming.execute(sa.text((source.query or "").replace(":", "\\:")))
        check_columns(wanted(source.fields), list(result.keys()), "The query's result")
        for rows in result.mappings().partitions():
            yield [dict(row) for row in rows]


def _url(source: Source) -> sa.URL:
    value = source.url or os.environ.get(source.url_env or "")
    if not value:
        raise ConfigError(
            f"The environment variable {source.url_env} is not set. Give it the database's "
            "SQLAlchemy URL, for example postgresql+psycopg://user:password@host/database."
        )
    try:
        return sa.make_url(value)
    except sa.exc.ArgumentError:
        raise ConfigError(f"{source.url_env or '`url`'} holds no SQLAlchemy URL.") from None


def _frame(
    batch: list[dict[str, Any]], first: int, path: str, source: Source, name: str
) -> pl.DataFrame:
    cells = pl.DataFrame(
        [
            _column(cell, [row[field] for row in batch])
            for cell, field in wanted(source.fields).items()
        ]
    )
    rows = range(first, first + len(batch))
    places = pl.DataFrame(
        {
            "raw_offset": rows,
            "raw_length": [None] * len(batch),
            "raw_digest": [content_digest(row, source) for row in batch],
            "row": rows,
        },
        schema=PLACES,
    )
    limit = source.max_record_bytes
    return records_frame(cells, places, source.fields, path, limit=limit, address=f"sql:{name}")


def _column(cell: str, values: list[object]) -> pl.Series:
    """The values of a cell; pages kept as blobs stay bytes, their encoding unknown."""
    if cell == "html" and any(isinstance(value, _BLOB) for value in values):
        return pl.Series(cell, [_page(value) for value in values], dtype=pl.Binary)
    return pl.Series(cell, [_READ[cell](value) for value in values], dtype=pl.String)


def _name(value: object) -> str | None:
    """Whatever a database numbers its rows by, as text."""
    return None if value is None else string_of(str(value))


def _page(value: object) -> bytes | None:
    """The bytes of a page kept as text or as a blob."""
    if isinstance(value, _BLOB):
        return bytes(value)
    text = string_of(value)
    return None if text is None else text.encode()


_READ: dict[str, Callable[[object], str | None]] = {
    "text": string_of,
    "html": string_of,
    "id": _name,
    "title": string_of,
    "url": string_of,
    "published_at": time_text,
}


def content_digest(row: dict[str, Any], source: Source) -> str:
    """The `raw_digest` of a row of the query: that of its text or page."""
    return digest_of(_page(row.get(content_field(source.fields))) or b"")
