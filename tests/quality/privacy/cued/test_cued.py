import polars as pl
import pytest

from quality.privacy import find
from tests.quality.privacy.finding import finds_in_linear_time


def found(text: str) -> list[tuple[str, str, str]]:
    return [
        (f["kind"], f["rule"], text[f["start"] : f["end"]])
        for f in find(pl.Series([text])).to_list()[0]
    ]


@pytest.mark.parametrize(
    "link", ["", ":", "：", " ", "∶", "→", "🌟", "❤️", "〇", "号是", "=", "：\t"]
)
def test_signs_and_pictures_between_cue_and_value_do_not_hide_it(link: str) -> None:
    assert found(f"有事加QQ{link}282369262") == [("qq", "cue", "282369262")]
    assert found(f"有事加微信{link}lucky_6688") == [("wechat", "cue", "lucky_6688")]


@pytest.mark.parametrize("text", ["微信同手机", "微信：同手机号", "QQ同微信", "QQ:012345678"])
def test_a_cue_without_a_value_of_its_kind_gives_nothing(text: str) -> None:
    assert found(text) == []


def test_insurance_and_hospital_numbers_are_told_apart_by_their_cue() -> None:
    text = "医保卡号：A00123456，住院号：ZY20230456，床号：12345"
    assert found(text) == [
        ("social_security", "cue", "A00123456"),
        ("medical_record", "cue", "ZY20230456"),
    ]


def test_a_date_of_issue_is_no_permit() -> None:
    assert found("通行证于20230115签发") == []


@pytest.mark.parametrize("unit", ["电话", "微信", "QQ1", "加V", "住院号", "微 ", "护照1", "QQ:1 "])
def test_time_is_linear_in_masses_of_cues(unit: str) -> None:
    assert finds_in_linear_time(unit)
