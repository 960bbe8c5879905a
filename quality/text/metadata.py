"""The title, the author and the date of pages, from their head and from their bylines."""

import html as entities

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from quality.kernels.html import Parsed
from quality.kernels.html import reader as line
from quality.privacy.people.told import COMMON, COMPOUND, RARE
from schemas.tables import TIME

METADATA = pl.Schema({"title": pl.String(), "author": pl.String(), "published_at": TIME})

BEFORE, AFTER, DATED = 25, 10, 4
"""Lines before the first of the main text, and from it on, in which a byline may stand; and in how
many of the latter its date may: further on, a date is the text's."""

TAIL = 6
"""Lines around the end of the main text, each way, in which its author may be named."""

BYLINE_CHARS = 120
"""Characters of a line that may be a byline."""

LONGEST_TITLE, LONGEST_AUTHOR = 300, 40

_DATE = (
    r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})"
    r"(?:\s?日)?(?:[\sT,，]{0,3}(?:(?:星期|周).\s?)?(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?)?"
)
_ZONE = r"(Z|[+-]\d{2}:?\d{2})\s*$"
_NAME = rf"(?:(?:{COMPOUND}|[{COMMON}{RARE}])\p{{Han}}{{1,2}})"
_NAMES = rf"({_NAME}(?:[ \u{{3000}}、，,/]\s?{_NAME}){{0,3}})(?:[^\p{{Han}}]|$)"
_AUTHORS = (
    rf"(?:作\s?者|撰\s?文|撰稿)(?:\s?[:：/／]\s?|\s){_NAMES}",
    rf"(?:记者|記者)(?:\s?[:：]\s?|\s){_NAMES}",
    rf"(?:^|\s|[(（【])文\s?[/／|:：]\s?{_NAMES}",
    r"作\s?者\s?[:：]\s?([\w·]{2,20})",
)
"""In order: a pen name is believed only after the plainest cue."""
_SEPARATORS = r"\s*(?:[_|｜]|\s[-–—]+\s|-{1,2})\s*"
CHINA = 8 * 60
"""Minutes that China's time is ahead of UTC."""


def metadata(html: pl.Series, parsed: Parsed, kept: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """Title, author and date of each page (METADATA); null where it does not say."""
    pages = pl.LazyFrame({"page": pl.int_range(html.len(), dtype=pl.Int64, eager=True)})
    said = _said(html, parsed)
    head, tail = _bylines(parsed, kept)
    told = (
        _title(said, _headings(parsed)),
        _first(said, 21, 29, pl.col("content").str.slice(0, LONGEST_AUTHOR), "author_said"),
        _first(said, 11, 19, moment(pl.col("content")), "time_said"),
        _first_of(head, author(pl.col("line")), "author_above"),
        _first_of(tail, author(pl.col("line")), "author_below"),
        _first_of(head.filter(pl.col("after") < DATED), moment(pl.col("line")), "time_above"),
    )
    for table in told:
        pages = pages.join(table, on="page", how="left", maintain_order="left")
    return (
        pages.select(
            "title",
            # The head often names the maker of the site.
            pl.coalesce("author_above", "author_below", "author_said").alias("author"),
            pl.coalesce("time_said", "time_above").alias("published_at"),
        )
        .cast(METADATA)
        .collect()
    )


def moment(text: pl.Expr) -> pl.Expr:
    """The first date in a text, with its time where it has one; without a zone in China's (UTC+8).

    >>> pl.select(moment(pl.lit("2022年2月13日 23:37 来源"))).item().isoformat()
    '2022-02-13T15:37:00+00:00'
    """
    found = text.str.extract_groups(_DATE)
    year, month, day, hour, minute, second = (
        found.struct.field(str(group)).cast(pl.Int32) for group in range(1, 7)
    )
    valid = month.is_between(1, 12) & day.is_between(1, 31)
    timed = (hour < 24) & (minute < 60) & (second.fill_null(0) < 60)
    local = pl.datetime(year, pl.when(valid).then(month), 1) + pl.duration(
        days=day - 1,
        seconds=pl.when(timed).then(hour * 3600 + minute * 60 + second.fill_null(0)).otherwise(0),
    )
    zone = text.str.extract(_ZONE)
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    hours, minutes = (zone.str.slice(at, 2).cast(pl.Int32, strict=False) for at in (1, -2))
    east = pl.when(zone == "Z").then(0).otherwise(sign * (hours * 60 + minutes)).fill_null(CHINA)
    return (local - pl.duration(minutes=east)).dt.replace_time_zone("UTC").cast(TIME)


def author(text: pl.Expr) -> pl.Expr:
    """Who a byline says wrote the text.

    >>> pl.select(author(pl.lit("来源：新华网 作者：焦鹏 2020-02-19"))).item()
    '焦鹏'
    """
    return pl.coalesce(text.str.extract(pattern) for pattern in _AUTHORS).str.strip_chars()


def _said(html: pl.Series, parsed: Parsed) -> pl.LazyFrame:
    """What the heads say: page, kind (`META` of the kernels), content."""
    page, kind, start, end = (pl.Series(column) for column in parsed.metas.T)
    sizes = html.fill_null("").str.len_bytes().cast(pl.Int64)
    content = html.gather(page).cast(pl.Binary).to_frame("content")
    start = start - (sizes.cum_sum() - sizes).gather(page)
    sliced = content.select(pl.col("content").bin.slice(start, end - pl.Series(parsed.metas[:, 2])))
    text = sliced["content"].cast(pl.String)
    escaped = text.str.contains("&", literal=True).arg_true()
    if escaped.len():
        text = text.scatter(escaped, [entities.unescape(one) for one in text.gather(escaped)])
    text = text.str.replace_all(r"\s+", " ").str.strip_chars()
    said = pl.LazyFrame({"page": page, "kind": kind, "content": text})
    return said.filter(pl.col("content") != "")


def _first(said: pl.LazyFrame, low: int, high: int, value: pl.Expr, name: str) -> pl.LazyFrame:
    """The value of the most trusted meta of some kinds, for each page that has one."""
    told = said.filter(pl.col("kind").is_between(low, high)).sort("kind", maintain_order=True)
    return _first_of(told, value, name)


def _first_of(table: pl.LazyFrame, value: pl.Expr, name: str) -> pl.LazyFrame:
    valued = table.select("page", value.alias(name)).drop_nulls()
    return valued.group_by("page", maintain_order=True).first()


def _lines(parsed: Parsed, rows: npt.NDArray[np.int64]) -> pl.LazyFrame:
    """The page and the text of some lines."""
    ends = parsed.lines[:, line.END]
    offsets = np.concatenate([parsed.lines[:1, line.START], ends])
    array = pa.LargeStringArray.from_buffers(
        len(parsed.lines), pa.py_buffer(offsets), pa.py_buffer(parsed.text)
    )
    return pl.LazyFrame({"page": parsed.lines[rows, 0], "line": pl.Series(array).gather(rows)})


def _bylines(parsed: Parsed, kept: npt.NDArray[np.bool_]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The short lines around the beginning and around the end of each page's main text."""
    pages = parsed.lines[:, line.LINE_PAGE]
    rows = np.arange(len(pages))
    begins = np.full(int(pages.max(initial=-1)) + 1, len(pages))
    ends = np.full(len(begins), -1)
    np.minimum.at(begins, pages[kept], rows[kept])
    np.maximum.at(ends, pages[kept], rows[kept])
    short = parsed.lines[:, line.CHARS] <= BYLINE_CHARS
    first, last = begins[pages], ends[pages]
    head = short & (rows >= first - BEFORE) & (rows < first + AFTER)
    tail = (short | kept) & (np.abs(rows - last) <= TAIL) & ~head
    above, below = np.flatnonzero(head), np.flatnonzero(tail)
    after = pl.Series("after", above - first[above])
    return _lines(parsed, above).with_columns(after), _lines(parsed, below)


def _headings(parsed: Parsed) -> pl.LazyFrame:
    """The first heading of each page."""
    flags = parsed.lines[:, line.LINE_FLAGS] & line.HEADING
    return _first_of(_lines(parsed, np.flatnonzero(flags)), pl.col("line"), "heading")


def _title(said: pl.LazyFrame, headings: pl.LazyFrame) -> pl.LazyFrame:
    """What the page calls itself: the heading that its `<title>` begins with, before the site."""
    told = _first(said, 1, 9, pl.col("content").str.slice(0, LONGEST_TITLE), "said")
    joined = told.join(headings, on="page", how="full", coalesce=True)
    heading = pl.col("heading").str.strip_chars()
    names = pl.col("said").str.starts_with(heading) & (heading.str.len_chars() >= 4)
    return joined.select(
        "page", pl.when(names).then(heading).otherwise(pl.coalesce("said", heading)).alias("title")
    )
