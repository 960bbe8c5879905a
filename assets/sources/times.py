"""Reading dates and times as they are written in records."""

from datetime import timedelta

import polars as pl

from schemas.tables import TIME

_ISO = (
    r"^\s*(?<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?<minute>\d{2}:\d{2})(?<second>:\d{2})?(?<fraction>\.\d{1,9})?)?"
    r"\s*(?:(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2}))?\s*$"
)

CHINA = timedelta(hours=8)
"""What China Standard Time is ahead of UTC; a fixed offset, as dates of 1986–1991 are rarely meant
in that time's summer hours."""

_LAST_SECOND = 253_402_300_799
"""9999-12-31T23:59:59Z, the last second ISO 8601 writes with four digits of year."""


def parse_times(text: pl.Expr) -> pl.Expr:
    """ISO 8601 dates and times as TIME, to the millisecond; what is no such time is null.

    Where no offset is written it is China Standard Time (UTC+8), as on the pages.

    >>> text = pl.Series(["2024-05-06", "2024-05-06 07:08:09.5+08:00", "昨天"])
    >>> [str(time) for time in pl.select(parse_times(pl.lit(text))).to_series()]
    ['2024-05-05 16:00:00+00:00', '2024-05-05 23:08:09.500000+00:00', 'None']
    """
    # Z is written out first, so that whatever has no offset is local.
    part = text.str.replace(r"[Zz]\s*$", "+00:00").str.extract_groups(_ISO).struct.field
    local = pl.concat_str(
        part("date"),
        pl.lit("T"),
        part("minute").fill_null("00:00"),
        part("second").fill_null(":00"),
        part("fraction").fill_null(".0"),
    ).str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="ms", strict=False)
    offset = pl.duration(
        hours=part("hours").fill_null("08").cast(pl.Int64),
        minutes=part("minutes").fill_null("00").cast(pl.Int64),
        time_unit="ms",
    )
    utc = pl.when(part("sign") == "-").then(local + offset).otherwise(local - offset)
    return utc.dt.replace_time_zone("UTC").cast(TIME)


def as_time(column: pl.Series) -> pl.Series:
    """A column of dates, times, ISO 8601 text or seconds since 1970 as TIME; else null.

    >>> as_time(pl.Series([0, 1_700_000_000])).dt.year().to_list()
    [1970, 2023]
    """
    dtype = column.dtype
    if dtype == pl.String:
        return pl.select(parse_times(pl.lit(column))).to_series()
    if dtype.is_numeric():
        seconds = column.cast(pl.Float64)
        known = seconds.is_between(0, _LAST_SECOND)
        milliseconds = (seconds.set(~known.fill_null(value=False), None) * 1000).cast(pl.Int64)
        return milliseconds.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return column.dt.convert_time_zone("UTC").cast(TIME)
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        local = column.cast(pl.Datetime("ms"))
        return (local - CHINA).dt.replace_time_zone("UTC")
    return pl.repeat(None, len(column), dtype=TIME, eager=True)
