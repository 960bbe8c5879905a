import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.privacy import find, masked, redact, survivors
from quality.privacy.pseudonyms import Pseudonyms
from quality.privacy.view import View, folded
from schemas.privacy import EVERYTHING_MASKED, MASK, Privacy, Treatment
from schemas.tables import FINDING_KINDS
from tests.quality.privacy.cases import PERSONAL, PUBLIC

CLEAN = [case.replace("【", "").replace("】", "") for _, case in PERSONAL]
PIECES = st.one_of(
    st.sampled_from(CLEAN + PUBLIC + [f"〔{label}〕" for label in FINDING_KINDS.values()]),
    st.sampled_from([f"〔{label}123456〕" for label in FINDING_KINDS.values()]),
    st.text(alphabet="中王李先生13862@.:-/ ()号路市AX的，。\n姓名电话微信QQ〔〕", max_size=12),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
CHOICES = st.dictionaries(
    st.sampled_from(["default", "name.mention", *FINDING_KINDS]),
    st.sampled_from(["mask", "pseudonymise", "keep"]),
)
KEY = b"a secret of this test"
LABEL = re.compile(f"〔(?:{'|'.join(FINDING_KINDS.values())})[0-9]*〕")


def asked(**actions: str) -> Privacy:
    """The treatments that say so, and mask the rest."""
    reasons = {"keep": {"reason": "a test"}}
    said = {k.replace("_of_", "."): {"action": v} | reasons.get(v, {}) for k, v in actions.items()}
    level = {key: Treatment.model_validate(value) for key, value in said.items()}
    return Privacy({"default": MASK, **level})


def redacted(text: str, privacy: Privacy, doc_id: str = "d") -> str:
    series = pl.Series([text])
    return str(redact(series, find(series), privacy, pl.Series([doc_id]), KEY).item())


def test_a_mask_says_what_stood_there() -> None:
    assert masked("电话13812345678，邮箱a1@qq.com。") == "电话〔手机号〕，邮箱〔邮箱〕。"


def test_the_same_person_keeps_the_stand_in_within_a_document() -> None:
    text = "姓名：王小明\n联系人：李大伟\n户名：王小明"
    found = re.fullmatch(
        r"姓名：(.某.)\n联系人：(.某.)\n户名：(.某.)", redacted(text, asked(name="pseudonymise"))
    )
    assert found is not None
    assert found[1] == found[3] != found[2]


def test_one_value_in_two_widths_and_scripts_has_one_stand_in() -> None:
    text = "姓名：張伟\n姓名：张伟\n手机13812345678\n手机１３８１２３４５６７８"
    lines = redacted(text, asked(name="pseudonymise", mobile="pseudonymise")).split("\n")
    assert lines[0] == lines[1]
    assert re.fullmatch("手机１５４[０-９]{8}", lines[3])
    assert folded(lines[3]) == lines[2]


def test_another_document_or_secret_has_other_stand_ins() -> None:
    text = pl.Series(["手机13812345678"])
    mobiles = asked(mobile="pseudonymise")
    outs = {
        redact(text, find(text), mobiles, pl.Series([doc_id]), key).item()
        for doc_id in ("a", "b")
        for key in (b"x", b"y")
    }
    assert len(outs) == 4


def test_kinds_without_a_form_to_keep_are_numbered_after_placeholders_already_there() -> None:
    text = "〔病历号4〕和住院号：ZY20230456，住院号：ZY20230457"
    numbered = redacted(text, asked(medical_record="pseudonymise"))
    assert numbered == "〔病历号4〕和住院号：〔病历号5〕，住院号：〔病历号6〕"


def test_kept_kinds_stay_and_the_others_go() -> None:
    assert (
        redacted("姓名：王小明，电话13812345678", asked(name="keep"))
        == "姓名：王小明，电话〔手机号〕"
    )


def test_a_rule_of_a_kind_may_be_treated_apart() -> None:
    text = "统一社会信用代码91310115MA1K4XYT9L，个体户92440300MA5G7H8K2Y"
    privacy = asked(credit_code="mask", credit_code_of_gb32100="keep")
    [company, trader] = find(pl.Series([text])).to_list()[0]
    actions = [privacy.treatment(one["kind"], one["rule"]).action for one in (company, trader)]
    assert redacted(text, privacy).count("〔统一社会信用代码〕") == actions.count("mask")


def test_values_that_are_public_stay_however_they_are_written() -> None:
    privacy = Privacy(EVERYTHING_MASKED.treatments, frozenset({"0571-87654321"}))
    text = "市民热线（０５７１）８７６５４３２１，值班电话0571-87654322"
    assert redacted(text, privacy) == "市民热线（０５７１）８７６５４３２１，值班电话〔座机号〕"
    assert survivors(pl.Series([redacted(text, privacy)]), privacy) == 0


def test_texts_without_findings_are_untouched_even_when_null() -> None:
    text = pl.Series(["中", None, "电话13812345678", ""])
    assert redact(text, find(text), EVERYTHING_MASKED).to_list() == [
        "中",
        None,
        "电话〔手机号〕",
        "",
    ]
    assert text[2] == "电话13812345678"
    plain = pl.Series(["中", None])
    assert redact(plain, find(plain), EVERYTHING_MASKED).to_list() == ["中", None]


def test_what_a_mask_uncovers_is_masked_too() -> None:
    text = "见http://a.cn/zhang@qq.com-13812345678"
    assert [one["kind"] for one in find(pl.Series([text])).to_list()[0]] == ["email"]
    assert redacted(text, EVERYTHING_MASKED) == "见http://a.cn/〔邮箱〕-〔手机号〕"


def test_placeholders_are_never_findings() -> None:
    labels = [
        f"{label}〔{label}{n}〕" for label in FINDING_KINDS.values() for n in ("", 1, 123456789)
    ]
    assert survivors(pl.Series([*labels, "".join(labels)]), EVERYTHING_MASKED) == 0


def test_survivors_counts_only_what_is_not_kept() -> None:
    text = pl.Series(["姓名：王小明，电话13812345678", None])
    assert survivors(text, asked(name="keep")) == 1
    assert survivors(text, EVERYTHING_MASKED) == 2
    assert survivors(text, asked(default="keep")) == 0


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_survives_masking(text: str) -> None:
    once = masked(text)
    assert survivors(pl.Series([once]), EVERYTHING_MASKED) == 0
    assert masked(once) == once


@settings(max_examples=300, deadline=None)
@given(TEXTS, CHOICES)
def test_only_what_is_kept_survives_and_nothing_changes_twice(
    text: str, actions: dict[str, str]
) -> None:
    privacy = asked(**actions)
    once = redacted(text, privacy)
    assert survivors(pl.Series([once]), privacy) == 0
    assert redacted(once, privacy) == once


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_masking_changes_nothing_outside_of_what_was_found(text: str) -> None:
    pieces = LABEL.split(masked(text))
    assert re.fullmatch(".*?".join(map(re.escape, pieces)), text, re.DOTALL)


def test_nothing_that_holds_a_value_shows_it() -> None:
    names = Pseudonyms(KEY, "d")
    names.stand_in("name", "王小明")
    names.placeholder("wechat", "zhang_san-88")
    view = View.of(pl.Series(["姓名：王小明"]))
    shown = repr(names) + repr(view)
    assert "王小明" not in shown
    assert "zhang" not in shown
