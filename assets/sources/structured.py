"""Records that come with named fields (JSON lines, tables, queries), as rows of RECORDS."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl

from assets.sources.times import as_time
from quality.privacy import masked
from schemas.errors import ConfigError
from schemas.sources import MEDIA_TYPES, Fields
from schemas.tables import RECORDS

PLACES = pl.Schema(
    {"raw_offset": pl.UInt64, "raw_length": pl.UInt64, "raw_digest": pl.String, "row": pl.UInt64}
)
"""Where each record is, and its number among the records of its file, from 0."""

TURN_PARTS = ("role", "content", "from", "value")
TURN = pl.Struct(dict.fromkeys(TURN_PARTS, pl.String))
"""A turn of a conversation, in either of its two usual spellings."""

SPEAKERS = {
    "user": "用户",
    "human": "用户",
    "assistant": "助手",
    "gpt": "助手",
    "system": "系统",
}
"""What a turn's role is called in the text; other roles keep their own name."""

_CELLS = (*Fields.model_fields, "reason", "detail")
_LONGEST_NAME = 40
"""Characters of the name of a column; what is longer is text."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def wanted(fields: Fields) -> dict[str, str]:
    """Which field of the record each cell comes from: the cells are those of `Fields`.

    >>> wanted(Fields(text="body", id="no"))
    {'text': 'body', 'id': 'no'}
    """
    cells = fields.model_dump(exclude_none=True)
    if fields.html is not None:
        del cells["text"]
    return cells


def content_field(fields: Fields) -> str:
    """The field of the record that holds its content."""
    return fields.html or fields.text


def check_columns(cells: dict[str, str], present: list[str], where: str) -> None:
    """Check that a table has every column that is asked of it.

    Raises:
        ConfigError: It lacks one; the message names those it has.
    """
    missing = [name for name in cells.values() if name not in present]
    if missing:
        raise ConfigError(
            f"{where} has no column {', '.join(missing)}; it has {_told(present)}. "
            "Name the right ones under `fields` of the source in corpus.yaml."
        )


def _told(columns: list[str]) -> str:
    """The names of columns; a file without a header has a record in their place, which is not told.

    >>> _told(["编号", "正文"]), _told(["王小明", "13812345678"])
    ('编号, 正文', '2, and no header: its first line is a record')
    """
    if all(len(name) <= _LONGEST_NAME and masked(name) == name for name in columns):
        return ", ".join(columns)
    return f"{len(columns)}, and no header: its first line is a record"


def string_of(value: object) -> str | None:
    r"""A text as valid Unicode, a number as text, anything else as null.

    >>> string_of("半个\ud83d"), string_of(7), string_of(["7"])
    ('半个�', '7', None)
    """
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return None


def time_text(value: object) -> str | None:
    """A date, a time, ISO 8601 text or seconds since 1970 as text; anything else as null.

    >>> time_text(0), time_text("2024-05-06")
    ('1970-01-01T00:00:00.000+00:00', '2024-05-06')
    """
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = as_time(pl.Series([value], dtype=pl.Float64, strict=False))[0]
        return None if seconds is None else time_text(seconds.astimezone(UTC))
    return string_of(value)


def conversations(turns: pl.Series) -> pl.Series:
    """Conversations as text, one turn a line; null where a turn lacks its role or content.

    >>> turn = {"role": "user", "content": "你好", "from": None, "value": None}
    >>> conversations(pl.Series([[turn]], dtype=pl.List(TURN))).to_list()
    ['用户：你好']
    """
    turn = pl.element().struct.field
    role = pl.coalesce(turn("role"), turn("from"))
    line = pl.concat_str(
        role.replace(SPEAKERS), pl.lit("："), pl.coalesce(turn("content"), turn("value"))
    )
    return pl.select(
        pl.when(pl.lit(turns).list.len() > 0).then(
            pl.lit(turns).list.eval(line).list.join("\n", ignore_nulls=False)
        )
    ).to_series()


def records_frame(
    cells: pl.DataFrame,
    places: pl.DataFrame,
    fields: Fields,
    path: str,
    *,
    limit: int,
    address: str | None = None,
) -> pl.DataFrame:
    """Rows of RECORDS for parsed cells.

    `cells` has a column for each cell of `wanted`, and may have `reason` and `detail` for those
    that could not be parsed; `places` has the columns of PLACES; `path` is the raw path, and
    stands in the addresses unless another `address` is given. Content of more than `limit` bytes
    is rejected.
    """
    is_html = "html" in cells.columns
    cells = _with_defaults(cells)
    content = pl.col("html") if is_html else pl.col("text")
    size = content.bin.size() if is_html else content.str.len_bytes()
    prefix = pl.lit(f"{address or path}#")
    number = pl.coalesce(pl.col("id"), pl.col("row").cast(pl.String))
    reason = (
        pl.when(pl.col("reason").is_not_null())
        .then("reason")
        .when(content.is_null())
        .then(pl.lit("no_field"))
        .when(size > limit)
        .then(pl.lit("too_large"))
    )
    detail = pl.coalesce(
        "detail", pl.when(reason == "no_field").then(pl.lit(content_field(fields)))
    )
    readable = reason.is_null()
    rows = pl.concat([cells, places], how="horizontal").with_columns(
        uri=pl.coalesce(pl.col("url"), prefix + number),
        raw_path=pl.lit(path),
        payload=pl.when(readable).then("html"),
        text=pl.when(readable & (not is_html)).then("text"),
        media_type=pl.when(readable).then(pl.lit(MEDIA_TYPES["html" if is_html else "text"])),
        fetched_at=None,
        raw_digest=pl.when(readable).then("raw_digest"),
        reason=reason,
        stage=pl.when(~readable).then(pl.lit("read")),
        detail=detail,
    )
    return rows.select(pl.col(name).cast(dtype) for name, dtype in RECORDS.items())


def _with_defaults(cells: pl.DataFrame) -> pl.DataFrame:
    """Every cell there may be, in its type. HTML that comes as text is UTF-8 bytes from here on."""
    missing = [name for name in _CELLS if name not in cells.columns]
    cells = cells.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    is_text = "html" not in missing and cells["html"].dtype == pl.String
    label = pl.col("ai_label")
    if isinstance(cells.schema["ai_label"], pl.Struct):
        label = label.struct.json_encode()
    return cells.with_columns(
        as_time(cells["published_at"]).alias("published_at"),
        pl.col("html").cast(pl.Binary),
        pl.lit("utf-8" if is_text else None, pl.String).alias("charset"),
        pl.col("id", "url", "title").cast(pl.String),
        label.cast(pl.String),
    )
