import re
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.privacy import find
from quality.privacy.numbers import validators
from quality.privacy.numbers.chains import suspects
from quality.privacy.view import View
from quality.privacy.writings import class_table, groups, plain
from tests.quality.privacy.finding import finds_in_linear_time

WRITINGS = (
    *("0123456789", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "〇一二三四五六七八九"),
    *("零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
)
SEPARATORS = st.sampled_from(["", "", " ", ".", "-", "·", "*", "…", "\u200b", "💗", "★"])
MOBILES = st.from_regex(r"1(3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}", fullmatch=True)
CHAINS = st.text("0123456789①⑨〇一九 .-·\u20e3X元a💗，", max_size=60)


def spans(text: str) -> list[tuple[str, str]]:
    return [(f["kind"], text[f["start"] : f["end"]]) for f in find(pl.Series([text])).to_list()[0]]


@given(MOBILES, st.lists(st.sampled_from(WRITINGS), min_size=11, max_size=11), SEPARATORS)
def test_a_mobile_number_is_found_however_each_digit_is_written(
    number: str, writings: list[str], separator: str
) -> None:
    written = separator.join(
        writing[int(digit)] for digit, writing in zip(number, writings, strict=True)
    )
    assert spans(f"打{written}给我") == [("mobile", written)]


@given(st.sampled_from(WRITINGS[2:]), SEPARATORS)
def test_an_identity_number_is_found_however_it_is_written(writing: str, separator: str) -> None:
    written = separator.join(writing[int(digit)] for digit in "330103198802295515")
    assert spans(f"持{written}登记") == [("resident_id", written)]


@given(MOBILES, st.sampled_from(WRITINGS[2:]))
def test_a_prefix_that_no_plan_issues_is_never_found(number: str, writing: str) -> None:
    written = "".join(writing[int(digit)] for digit in "154" + number[3:])
    assert "mobile" not in dict(spans(f"手机{written}，"))


def slowly_marked(text: str) -> set[tuple[int, int]]:
    """Every stretch from a group's first digit to a group's last that has 11 digits and a gap or
    an odd digit in it, is of the mobile plan, and stands apart as `suspects` explains."""
    digit = "0123456789①⑨〇一九"
    values = "0123456789190" + "19"
    between = r"[ .\-·\u20e3💗]{0,4}"
    marked: set[tuple[int, int]] = set()
    for chain in re.finditer(rf"[{digit}](?:{between}[{digit}])*", text):
        at = [i for i in range(*chain.span()) if text[i] in digit]
        gap = [""] + [text[a + 1 : b].replace("\u20e3", "") for a, b in pairwise(at)]
        for j in range(len(at) - 10):
            e = j + 10
            number = "".join(values[digit.index(text[i])] for i in at[j : e + 1])
            inner = [g for g in gap[j + 1 : e + 1] if g]
            odd = any(text[i] not in "0123456789" for i in at[j : e + 1])
            last = e + 1 == len(at)
            if (j > 0 and not gap[j]) or (not last and not gap[e + 1]):
                continue
            if not odd and at[e] - at[j] == 10:
                continue
            final = inner[-1] if inner else ""
            alone = (j == 0 or gap[j] != final) and (last or gap[e + 1] != final)
            believed = (j == 0 and last) or (alone and (odd or len(set(inner)) < 2))
            if believed and validators.is_mobile(number):
                marked.add((at[j] + 1, at[e] + 1))
    return marked


@settings(max_examples=300)
@given(st.one_of(CHAINS, st.tuples(CHAINS, MOBILES, CHAINS).map(" ".join)))
def test_suspects_equal_a_slow_search(text: str) -> None:
    view = View.of(pl.Series([text]))
    eleven = {
        (a, b)
        for a, b in suspects(view)
        if len(plain(view.text[a : b + 1])) == 11 and plain(view.text[a : b + 1])[0] == "1"
    }
    assert eleven == slowly_marked(text)


def test_every_digit_has_its_value() -> None:
    assert plain("".join(WRITINGS[2:])) == "0123456789" * len(WRITINGS[2:])
    assert [plain(c) for c in "○两貳參陸"] == ["0", "2", "2", "3", "6"]


def test_what_is_unseen_does_not_part_a_group() -> None:
    assert groups("1\u20e33\u20e38\u20e3 1234") == (3, 4)


def test_lines_of_tables_and_brackets_are_no_separators() -> None:
    assert not class_table()[[ord(c) for c in "│─┤（）()"]].any()


def test_columns_end_where_a_heading_stands_again_or_the_cells_are_others() -> None:
    rows = "QQ,甲\n282369262,a\n,b\n1234567,c\n"
    assert [v for _, v in spans(rows)] == ["282369262", "1234567"]
    assert [v for _, v in spans(rows + "班级,甲,乙\n7654321,d\n")] == ["282369262", "1234567"]


JUNK = (
    *("1234567890", "1 3 8 1 2 3 4 5 6 7 8 ", "1.", "6222021600112234 ", "13812345678,", "①③⑧ "),
    *(
        "①",
        "一三八",
        "0571-",
        "+86 ",
        "电话",
        "电话1",
        "QQ",
        "机构代码",
        "京A",
        "澳门1234567",
        "1💗",
    ),
    *(" ", "@", "110101 19900307 7475 ", "使123456", "l0O"),
    *("QQ,\n", "QQ,\n1,\n", "IMEI", "机构代码", "身份证A 1 ", "京 A 1 ", "扣1", "\u200b"),
)


@pytest.mark.parametrize("unit", JUNK)
def test_time_grows_with_the_length_of_junk_and_not_with_its_square(unit: str) -> None:
    assert finds_in_linear_time(unit)
