import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.privacy import find, masked, redact, survivors
from quality.privacy.redaction import Pseudonyms
from quality.privacy.view import View
from schemas.errors import ConfigError
from schemas.tables import FINDING_KINDS, FINDINGS
from tests.quality.privacy.cases import PERSONAL, PUBLIC

CLEAN = [case.replace("【", "").replace("】", "") for _, case in PERSONAL]
PIECES = st.one_of(
    st.sampled_from(CLEAN + PUBLIC + [f"〔{label}〕" for label in FINDING_KINDS.values()]),
    st.sampled_from([f"〔{label}123456〕" for label in FINDING_KINDS.values()]),
    st.text(alphabet="中王李先生13862@.:-/ ()号路市AX的，。\n姓名电话微信QQ〔〕", max_size=12),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
CHOICES = st.dictionaries(
    st.sampled_from(list(FINDING_KINDS)), st.sampled_from(["mask", "pseudonymise", "keep"])
)


def redacted(text: str, actions: dict[str, str]) -> str:
    series = pl.Series([text])
    return str(redact(series, find(series), actions).item())


def test_a_mask_says_what_stood_there() -> None:
    assert masked("电话13812345678，邮箱a1@qq.com。") == "电话〔手机号〕，邮箱〔邮箱〕。"


def test_the_same_value_keeps_its_number_within_a_document() -> None:
    text = "姓名：王小明\n联系人：李大伟\n户名：王小明"
    assert redacted(text, {"name": "pseudonymise"}) == (
        "姓名：〔姓名1〕\n联系人：〔姓名2〕\n户名：〔姓名1〕"
    )


def test_one_value_in_two_widths_and_scripts_is_one_person() -> None:
    text = "姓名：張偉\n姓名：张伟\n手机13812345678\n手机１３８１２３４５６７８"
    out = redacted(text.replace("偉", "伟"), {"name": "pseudonymise", "mobile": "pseudonymise"})
    assert out == "姓名：〔姓名1〕\n姓名：〔姓名1〕\n手机〔手机号1〕\n手机〔手机号1〕"


def test_each_document_counts_for_itself() -> None:
    text = pl.Series(["姓名：王小明", "姓名：李大伟"])
    assert redact(text, find(text), {"name": "pseudonymise"}).to_list() == ["姓名：〔姓名1〕"] * 2


def test_numbers_go_on_after_placeholders_already_in_the_text() -> None:
    assert (
        redacted("〔姓名4〕和姓名：王小明", {"name": "pseudonymise"})
        == "〔姓名4〕和姓名：〔姓名5〕"
    )


def test_kept_kinds_stay_and_the_others_go() -> None:
    assert (
        redacted("姓名：王小明，电话13812345678", {"name": "keep"})
        == "姓名：王小明，电话〔手机号〕"
    )


def test_texts_without_findings_are_untouched_even_when_null() -> None:
    text = pl.Series(["中", None, "电话13812345678", ""])
    assert redact(text, find(text), {}).to_list() == ["中", None, "电话〔手机号〕", ""]
    assert text[2] == "电话13812345678"
    plain = pl.Series(["中", None])
    assert redact(plain, find(plain), {}).to_list() == ["中", None]


def test_what_a_mask_uncovers_is_masked_too() -> None:
    text = "见http://a.cn/zhang@qq.com-13812345678"
    assert survivors(pl.Series([text]), {"mobile"}) == 0
    assert redacted(text, {}) == "见http://a.cn/〔邮箱〕-〔手机号〕"


@pytest.mark.parametrize("actions", [{"nmae": "mask"}, {"name": "hide"}])
def test_unknown_kinds_and_actions_are_refused(actions: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="there are"):
        redact(pl.Series(["中"]), pl.Series([[]], dtype=FINDINGS), actions)


def test_placeholders_are_never_findings() -> None:
    labels = [
        f"{label}〔{label}{n}〕" for label in FINDING_KINDS.values() for n in ("", 1, 123456789)
    ]
    assert survivors(pl.Series([*labels, "".join(labels)]), FINDING_KINDS) == 0


def test_survivors_counts_only_the_kinds_asked_for() -> None:
    text = pl.Series(["姓名：王小明，电话13812345678", None])
    assert survivors(text, {"mobile"}) == 1
    assert survivors(text, {"name", "mobile"}) == 2
    assert survivors(text, {"email"}) == 0


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_survives_masking(text: str) -> None:
    once = masked(text)
    assert survivors(pl.Series([once]), FINDING_KINDS) == 0
    assert masked(once) == once


@settings(max_examples=200, deadline=None)
@given(TEXTS, CHOICES)
def test_only_kept_kinds_survive(text: str, actions: dict[str, str]) -> None:
    out = pl.Series([redacted(text, actions)])
    gone = [kind for kind in FINDING_KINDS if actions.get(kind) != "keep"]
    assert survivors(out, gone) == 0


def test_nothing_that_holds_a_value_shows_it() -> None:
    names = Pseudonyms()
    names.placeholder("name", "王小明")
    view = View.of(pl.Series(["姓名：王小明"]))
    assert "王小明" not in repr(names) + repr(view)
    with pytest.raises(ConfigError) as caught:
        redact(pl.Series(["电话13812345678"]), find(pl.Series(["电话13812345678"])), {"x": "y"})
    assert "13812345678" not in str(caught.value)
