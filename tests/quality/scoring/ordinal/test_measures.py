"""What is counted of a text, on texts small enough to count by hand."""

import polars as pl
import pytest

from quality.kernels.arrow import strings
from quality.scoring.linear import kernels as windows
from quality.scoring.linear.model import Reading
from quality.scoring.linear.tokens import token_table
from quality.scoring.ordinal import kernels
from quality.scoring.ordinal.measures import MEASURES, measures, words


def counted(text: str) -> list[int]:
    data, offsets, _ = strings(pl.Series([text]))
    places, _ = windows.spans(data, offsets[:-1], offsets[1:], 1536, 32)
    return [int(one) for one in kernels.counted(data, places, token_table(), words())[0]]


def test_signs_are_counted_by_kind() -> None:
    row = counted("天地abc12。！，；“”★\n")
    assert row[: kernels.LINES] == [14, 2, 3, 2, 2, 2, 2, 1]


def test_lines_of_prose_are_long_and_end_in_a_stop() -> None:
    row = counted("首页\n短句。\n这一行有十个以上的字，并且有句号。”\n")
    assert row[kernels.LINES : kernels.REPEATS] == [3, 2, 18]


@pytest.mark.parametrize(
    ("text", "days", "times", "years"),
    [
        ("2024年3月5日", 0, 0, 1),
        ("3月5日", 1, 0, 0),
        ("12月25號", 1, 0, 0),
        ("１２日讯", 1, 0, 0),
        ("9:30开始，至18：05", 0, 2, 0),
        ("下午3时，6点", 0, 2, 0),
        ("报3120.50点", 0, 0, 0),
        ("第3条", 0, 0, 0),
        ("1998年6月", 0, 0, 1),
    ],
)
def test_dates_without_a_year_and_times_of_day(
    text: str, days: int, times: int, years: int
) -> None:
    row = counted(text)
    assert [row[kernels.DAYS], row[kernels.TIMES], row[kernels.YEARS]] == [days, times, years]


@pytest.mark.parametrize("text", ["今日收盘", "今日收盤", "限時搶購", "截至昨日"])
def test_phrases_of_the_moment_are_found_in_both_scripts(text: str) -> None:
    assert counted(text)[kernels.PHRASES] == 2


def test_repeats_are_pairs_seen_before() -> None:
    assert counted("点击查看")[kernels.REPEATS] == 0
    assert counted("点击点击点击")[kernels.REPEATS] == 3


def test_a_long_text_has_the_measures_of_its_parts() -> None:
    text = "今日多云，气温三十度，请注意防暑。\n" * 40
    one, long = measures(strings(pl.Series([text, text * 20])), Reading())
    assert one[1:] == pytest.approx(long[1:], abs=0.1)


def test_no_texts_have_no_measures() -> None:
    assert measures(strings(pl.Series([], dtype=pl.String)), Reading()).shape == (0, len(MEASURES))
