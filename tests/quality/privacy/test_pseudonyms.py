"""Stand-ins keep the form of a value, and can be nobody's."""

import re
from itertools import accumulate

import polars as pl
import pytest

from quality.privacy import find
from quality.privacy.numbers import validators
from quality.privacy.pseudonyms import Pseudonyms
from tests.quality.privacy.cases import PERSONAL


def stand_in(kind: str, value: str, doc_id: str = "d") -> str:
    return Pseudonyms(b"secret", doc_id).stand_in(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        ("mobile", "13812345678", r"154\d{8}"),
        ("mobile", "+86 138-1234-5678", r"\+86 154-\d{4}-\d{4}"),
        ("mobile", "１３８１２３４５６７８", r"１５４[０-９]{8}"),
        ("landline", "0571-87654321", r"0571-0\d{7}"),
        ("landline", "(010)62345678", r"\(010\)0\d{7}"),
        ("email", "zhangsan@163.com", r"user\d{6}@mail\.invalid"),
        ("resident_id", "11010119900307747X", r"99\d{16}"),
        ("bank_card", "6222 0216 0011 2234", r"62\d\d \d{4} \d{4} \d{4}"),
        ("hk_id", "A123456(3)", r"A\d{6}\(\d\)"),
        ("tw_id", "A123456789", r"A\d{9}"),
        ("credit_code", "91310115MA1K4XYT9L", r"91[0-9]{15}[0-9A-Y]"),
        ("plate", "京A12345", r"京I\d{5}"),
        ("plate", "沪A·B1234", r"沪I·\d{5}"),
        ("qq", "282369262", r"0\d{8}"),
        ("ip", "202.96.134.133", r"203\.0\.113\.\d{1,3}"),
        ("ip", "2408:8000::1", r"2001:db8::[0-9a-f]+:[0-9a-f]+"),
        ("mac", "08:00:27:5f:28:8b", r"00:00:5E:00:53:[0-9A-F]{2}"),
        ("name", "王小明", "[^王]某.|王某."),
        ("address", "北京市海淀区中关村大街27号", "〔地址1〕"),
        ("mobile", "一三八一二三四五六七八", "〔手机号1〕"),
    ],
)
def test_the_form_of_a_value_is_kept(kind: str, value: str, form: str) -> None:
    assert re.fullmatch(form, stand_in(kind, value))


def test_check_digits_are_wrong() -> None:
    for doc in map(str, range(200)):
        assert not validators.is_resident_id(
            stand_in("resident_id", "11010119900307747X", doc), any_region=True
        )
        assert not validators.is_luhn(stand_in("bank_card", "6222021600112234", doc))
        assert not validators.is_hk_id(re.sub(r"\W", "", stand_in("hk_id", "A123456(3)", doc)))
        assert not validators.is_tw_id(stand_in("tw_id", "A123456789", doc))
        assert not validators.is_credit_code(stand_in("credit_code", "91310115MA1K4XYT9L", doc))


@pytest.mark.parametrize(("kind", "marked"), PERSONAL)
def test_no_stand_in_is_found_where_the_value_stood(kind: str, marked: str) -> None:
    for doc in "abcdefgh":
        pieces = re.split("[【】]", marked)
        pieces[1::2] = [stand_in(kind, value, doc) for value in pieces[1::2]]
        ends = list(accumulate(map(len, pieces)))
        found = find(pl.Series(["".join(pieces)])).to_list()[0]
        for start, end in zip(ends[::2], ends[1::2], strict=False):
            assert not [one for one in found if one["start"] < end and one["end"] > start]


def test_two_people_of_a_document_never_share_a_stand_in() -> None:
    names = Pseudonyms(b"secret", "d")
    given = [names.stand_in("name", f"王{n:05d}") for n in range(150)]
    people = [one for one in given if not one.startswith("〔")]
    assert len(set(people)) == len(people) > 100
    assert given == [names.stand_in("name", f"王{n:05d}") for n in range(150)]
