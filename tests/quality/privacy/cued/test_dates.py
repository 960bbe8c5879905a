import pytest

from tests.quality.privacy.cued.test_cued import found
from tests.quality.privacy.finding import finds_in_linear_time

DATES = [
    "1985年3月12日",
    "1985年03月",
    "1985-03-12",
    "1985.3.12",
    "1985/03/12",
    "19850312",
    "1985 年 3 月 12 日",
]


@pytest.mark.parametrize(
    "date",
    [*DATES, "民国75年3月5日", "民國七十五年三月五日", "一九八五年三月", "85年3月12日", "75/03/05"],
)
@pytest.mark.parametrize(
    "field",
    [
        "出生日期：",
        "出生年月 ",
        "生日:",
        "| 出生日期 | ",
        '"出生日期": "',
        "Date of Birth: ",
        "DOB：",
    ],
)
def test_a_field_gives_the_date_alone(field: str, date: str) -> None:
    if field[0].isascii() and field[0].isalpha() and date.startswith("民國七"):
        pytest.skip("a Latin word is a cue beside digits, or beside four other ones together")
    assert found(f"{field}{date}") == [("birth_date", "field", date)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("被告人周某甲，男，1985年3月12日出生，汉族", "party"),
        ("某某，女，1985年3月12日生，回族，住本市", "party"),
        ("1985年3月12日出生，籍贯江苏", "party"),
        ("这位作家1985年3月12日出生于一个小城", "prose"),
        ("这位作家生于1985年3月12日", "prose"),
    ],
)
def test_prose_is_told_from_the_formula_of_a_party(text: str, rule: str) -> None:
    assert found(text) == [("birth_date", rule, "1985年3月12日")]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "成立于1985年3月12日",
            "该校诞生于1985年3月12日",
            "事故发生于1985年3月12日",
            "产生於1985年3月12日",
        ),
        *("生产日期：1985年3月12日", "1985年3月12日生产", "自1985年3月12日生效", "1985年3月出生率"),
        *("生于1881年9月25日", "出生日期：1985年13月12日", "生于1985年", "出生：不详"),
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("unit", ["出生", "生日:", "1985年3月生,", "出生日期1985", "月生", "DOB 1"])
def test_time_is_linear_in_masses_of_dates(unit: str) -> None:
    assert finds_in_linear_time(unit)
