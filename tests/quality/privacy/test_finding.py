import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.privacy import find, privacy
from schemas.tables import FINDING_KINDS, FINDINGS, PRIVACY
from tests.quality.privacy.cases import PERSONAL, PUBLIC

NASTY = st.text(
    alphabet=st.sampled_from(
        "中王李1386@.:- 〔〕\x00\U00020000é①号路市AaXx０９٣＠　姓名电话微信QQ"
    ),
    max_size=60,
)


def spans(text: str) -> list[tuple[str, str]]:
    return [(f["kind"], text[f["start"] : f["end"]]) for f in find(pl.Series([text])).to_list()[0]]


@pytest.mark.parametrize(("kind", "marked"), PERSONAL)
def test_personal_data_is_found_to_the_character(kind: str, marked: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    found = spans(text)
    for value in re.findall("【(.*?)】", marked):
        assert (kind, value) in found


@pytest.mark.parametrize("text", PUBLIC)
def test_what_only_looks_personal_stays(text: str) -> None:
    assert spans(text) == []


def test_every_kind_has_a_case() -> None:
    assert {kind for kind, _ in PERSONAL} == set(FINDING_KINDS)


def test_positions_count_characters_beyond_the_basic_plane_and_combining_marks() -> None:
    text = "\U00020000\U0001f600e\u0301电话13812345678"
    finding = find(pl.Series([text])).to_list()[0][0]
    assert (finding["start"], finding["end"]) == (6, 17)


def test_a_value_does_not_reach_across_documents() -> None:
    found = find(pl.Series(["电话138", "12345678", "姓名：", "王小明"])).to_list()
    assert [[f["rule"] for f in of] for of in found] == [[], [], [], ["mention"]]


def test_a_nul_inside_a_document_does_not_shift_the_next_one() -> None:
    found = find(pl.Series(["a\x00b", "电话13812345678"])).to_list()
    assert found[0] == []
    assert found[1][0]["start"] == 2


def test_null_text_has_null_findings_and_empty_text_none() -> None:
    assert find(pl.Series([None, "", "中"], dtype=pl.String)).to_list() == [None, [], []]
    assert find(pl.Series([], dtype=pl.String)).dtype == FINDINGS


def test_longer_finding_wins_over_the_one_inside_it() -> None:
    assert spans("写信到13812345678@163.com") == [("email", "13812345678@163.com")]


def test_sensitivity_is_told_by_each_version_of_the_standards() -> None:
    text = pl.Series(["身份证号110101199003077475，卡号6222021600112234"])
    identity, card = (set(found["sensitive"]) for found in find(text).to_list()[0])
    assert identity == {"GB/T 35273-2020"}
    assert card == {"GB/T 35273-2020", "GB/T 45574-2025", "PIPL art. 28"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("个体户代码92440300MA5G7H8K2Y", "sole_trader"),
        ("公司代码91310115MA1K4XYT9L", "gb32100"),
        ("打①③⑧①②③④⑤⑥⑦⑧", "hidden"),
        ("打13812345678", "plan"),
        ("手机16012345678", "cue"),
        ("驾驶证档案编号4401 627 06292", "torn"),
        ("姓名,QQ\n甲,282369262", "column"),
    ],
)
def test_the_ledger_names_the_rule_that_decided(text: str, rule: str) -> None:
    assert [f["rule"] for f in find(pl.Series([text])).to_list()[0]] == [rule]


@given(st.lists(st.one_of(st.none(), NASTY, st.text(max_size=30)), max_size=6))
def test_findings_do_not_depend_on_neighbours_or_slices(texts: list[str | None]) -> None:
    series = pl.Series(texts, dtype=pl.String)
    alone = [find(pl.Series([text], dtype=pl.String)).to_list()[0] for text in texts]
    assert find(series).to_list() == alone
    assert find(series[1:]).to_list() == alone[1:]


@given(NASTY)
def test_findings_are_in_order_and_apart(text: str) -> None:
    found = find(pl.Series([text])).to_list()[0]
    ends = [0]
    for finding in found:
        assert ends[-1] <= finding["start"] < finding["end"] <= len(text)
        ends.append(finding["end"])


def test_many_documents_are_looked_at_in_several_views(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([case.replace("【", "").replace("】", "") for _, case in PERSONAL] + [None])
    whole = find(texts)
    monkeypatch.setattr("quality.privacy.finding.VIEW_BYTES", 100)
    assert find(texts).equals(whole, null_equal=True)


def test_privacy_has_the_rows_and_the_schema_of_its_table() -> None:
    documents = pl.LazyFrame({"doc_id": ["b", "a", "c"], "text": ["中", "电话13812345678", "文"]})
    table = privacy(documents).collect()
    assert table.schema == PRIVACY
    assert table["doc_id"].to_list() == ["b", "a", "c"]
    assert table["findings"].list.len().to_list() == [0, 1, 0]
    assert privacy(documents).collect(engine="streaming").equals(table)


def test_the_ledger_holds_no_value() -> None:
    text = "姓名：王小明，电话13812345678，邮箱zhangsan@163.com"
    ledger = repr(find(pl.Series([text])).to_list())
    assert not any(value in ledger for value in ("王小明", "13812345678", "zhangsan"))
