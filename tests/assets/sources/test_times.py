import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources.times import as_time
from schemas.tables import TIME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", "2024-05-05T16:00:00+00:00"),
        ("2024-05-06T07:08", "2024-05-05T23:08:00+00:00"),
        (" 2024-05-06 07:08:09Z ", "2024-05-06T07:08:09+00:00"),
        ("2024-05-06T07:08:09.1239+0800", "2024-05-05T23:08:09.123000+00:00"),
        ("2024-05-06T07:08:09-01:30", "2024-05-06T08:38:09+00:00"),
        ("2024-13-06", None),
        ("2024-05-06T25:00", None),
        ("20240506", None),
        ("五月六日", None),
        ("", None),
    ],
)
def test_written_times(text: str, expected: str | None) -> None:
    time = as_time(pl.Series([text]))
    assert time.dtype == TIME
    assert [None if one is None else one.isoformat() for one in time] == [expected]


@given(st.datetimes(timezones=st.timezones()))
def test_any_time_written_with_its_offset_is_read(time: dt.datetime) -> None:
    utc = time.astimezone(dt.UTC) if 1 < time.year < 9999 else None
    if utc is None or len(time.isoformat().split(":")) > 4:
        return
    expected = utc.replace(microsecond=utc.microsecond // 1000 * 1000)
    assert as_time(pl.Series([time.isoformat()])).to_list() == [expected]


def test_seconds_dates_and_other_values() -> None:
    day = dt.date(2024, 5, 6)
    hongkong = dt.timezone(dt.timedelta(hours=8))
    noon = dt.datetime(2024, 5, 6, 12, tzinfo=hongkong)
    assert as_time(pl.Series([0.5, -1.0, 1e18])).dt.epoch("ms").to_list() == [500, None, None]
    midnight = dt.datetime(2024, 5, 6, tzinfo=hongkong)
    assert as_time(pl.Series([day])).to_list() == [midnight]
    assert as_time(pl.Series([midnight.replace(tzinfo=None)])).to_list() == [midnight]
    assert as_time(pl.Series([noon])).to_list() == [noon]
    assert as_time(pl.Series([True])).to_list() == [None]
