import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.privacy import find
from quality.privacy.people import mentions
from quality.privacy.people.contexts import filled
from quality.privacy.people.features import BITS, READINGS, reading
from quality.privacy.people.fitting import Known, examples, fit, packed
from quality.privacy.people.labelled import marked, resumes, windows
from quality.privacy.people.reading import model, names, readings
from quality.privacy.view import View
from tests.shared import shared_data

NAMED = [
    ("昨天，国家主席习近平会见了来宾。", "习近平"),
    ("技術總監陳建宏表示，新產品下月上市。", "陳建宏"),
    ("他把书还给了李晓明，转身就走。", "李晓明"),
    ("参加座谈的还有王丽华、赵志强、孙国庆等人。", "赵志强"),
    ("复旦大学教授欧阳文华认为，这项研究很有价值。", "欧阳文华"),
    ("阿依古丽·买买提说，今年收成好。", "阿依古丽·买买提"),
]

NAMELESS = [
    "周围的高山上，白云连着黄河，石头路边开满了梅花。",
    "关于方案的应用，相关单位应当明确时间和程序。",
    "任何单位和个人不得向未成年人出售烟酒。",
    "张某、李某某与周某甲因借款发生纠纷。",
    "联系〔姓名〕和〔姓名1〕，住〔地址〕，车〔车牌号〕，证〔统一社会信用代码〕。",
    "本市江南地区，高温天气时常发生。",
]


def mentioned(text: str) -> list[str]:
    found = find(pl.Series([text])).to_list()[0]
    return [text[f["start"] : f["end"]] for f in found if f["rule"] == "mention"]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_names_in_running_text_are_found(text: str, name: str) -> None:
    assert name in mentioned(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老中医邱德旺给隔壁的令狐婉看过病。", "令狐婉"),
        ("老木匠邱德旺给隔壁的令狐婉打过柜子。", "邱德旺"),
        ("厅长覃晓东说，明年再修这条路。", "覃晓东"),
        ("签到表\n柏雪芹\n滕建\n", "滕建"),
        ('[{"xm":"甄宝荣","bz":null}]', "甄宝荣"),
        ("工号;员工;班组\n31;祁有才;装配\n", "祁有才"),
        ("患者姓名：袁 有 才，男", "袁 有 才"),
        ("应聘人：欧 阳 倩\u3000岗位：仓管", "欧 阳 倩"),
        ("古丽米热·托合提和木合塔尔·艾则孜是同学。", "木合塔尔·艾则孜"),
        ("牧民次仁平措赶着羊回来了。", "次仁平措"),
        ("乌云格日勒在旗里教书。", "乌云格日勒"),
    ],
)
def test_names_in_forms_lists_markup_and_of_other_peoples_are_found(text: str, name: str) -> None:
    found = find(pl.Series([text])).to_list()[0]
    assert name in [text[f["start"] : f["end"]] for f in found if f["kind"] == "name"]


@pytest.mark.parametrize(
    "text", ["巴音郭楞州扎西曲登村在山里。", "周二下雨，周四休息。", "招标人：岳麓恒远物流有限公司"]
)
def test_places_and_days_are_no_names(text: str) -> None:
    assert "name" not in [f["kind"] for f in find(pl.Series([text])).to_list()[0]]


@pytest.mark.parametrize("text", NAMELESS)
def test_words_that_begin_like_names_are_none(text: str) -> None:
    assert mentioned(text) == []


def test_how_sure_a_mention_is_differs_from_case_to_case() -> None:
    text = pl.Series([text for text, _ in NAMED])
    sure = find(text).explode(empty_as_null=False).struct.field("confidence")
    assert sure.is_between(0, 1).all()
    assert sure.n_unique() > 3


def test_readings_have_a_family_of_one_or_two_characters() -> None:
    assert [reading(number) for number in range(READINGS)] == [
        (1, 2),
        (1, 3),
        (2, 3),
        (2, 4),
        (2, 5),
    ]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(alphabet="王小明李说，。欧阳·〔〕\x00a1\U00020000", max_size=30), max_size=5)
)
def test_readings_do_not_depend_on_other_documents(texts: list[str]) -> None:
    together = View.of(pl.Series(texts, dtype=pl.String))
    whole = readings(together, model())
    rows = 0
    for text, start in zip(texts, together.starts.tolist(), strict=False):
        alone = readings(View.of(pl.Series([text])), model())
        part = slice(rows, rows + len(alone.places))
        assert (whole.places[part] - start == alone.places - 1).all()
        assert (whole.odds[part] == alone.odds).all()
        rows += len(alone.places)
    assert rows == len(whole.places)


def test_a_chain_of_parts_is_one_name_and_costs_no_square() -> None:
    found = find(pl.Series(["扎西" * 20_000])).to_list()[0]
    assert sum(f["rule"] == "whole" for f in found) == 1


def test_contexts_are_filled_with_names_of_the_places_marked_in_them() -> None:
    ours = filled(np.random.default_rng(3), "明红", times=2)
    assert {one.part for one in ours} == {"train", "dev"}
    assert all(character not in one.text for one in ours for character in "◇◆⏎")
    assert all(2 <= b - a <= 5 for one in ours for a, b in one.names)
    assert sum(not one.names for one in ours) > 500


def test_names_do_not_overlap() -> None:
    view = View.of(pl.Series(["王李张刘陈杨赵黄周吴徐孙" * 40]))
    eager = model()._replace(threshold=np.float32(0.001))
    begin, end, _ = names(view, eager)
    assert len(begin) > 10
    assert (begin[1:] >= end[:-1]).all()


def test_a_fitted_model_tells_what_it_was_shown() -> None:
    view = View.of(pl.Series(["主席王小明说，高山很高。", "主席李大同说，高山很远。"]))
    lengths = np.zeros(view.codes.size, np.int64)
    for name in ("王小明", "李大同"):
        lengths[view.text.index(name)] = 3
    usual = np.zeros(1 << BITS, np.uint8)
    known = Known(np.ones(view.codes.size, np.uint8), lengths)
    weights = fit([(examples(view, known, usual), 1.0)], passes=20)
    begin, end, _ = names(view, packed(weights, usual))
    assert [view.text[a:b] for a, b in zip(begin, end, strict=True)] == ["王小明", "李大同"]


def test_the_model_is_as_good_on_resumes_nobody_has_seen_as_its_card_says() -> None:
    test = [one for one in resumes(shared_data("pii-cner-train").parent) if one.part == "test"]
    found = find(pl.Series([one.text for one in test])).to_list()
    spans = {
        (row, f["start"], f["end"])
        for row, of in enumerate(found)
        for f in of
        if f["kind"] == "name"
    }
    gold = {(row, *span) for row, one in enumerate(test) for span in one.names}
    assert len(gold) == 153
    assert 2 * len(spans & gold) / (len(spans) + len(gold)) > 0.93


def test_marked_windows_are_still_the_text_that_was_marked() -> None:
    marks = list(windows(shared_data("bulk").parent))
    assert sum(len(one.names) for one in marks) > 900
    for one in marks:
        assert all(0 <= a < b <= len(one.text) for a, b in one.names)
    view, known, lengths = marked(marks[:3])
    assert view.codes.size == known.size == lengths.size


@pytest.mark.parametrize(
    ("folder", "limit"), [("law_zh_hans", 2), ("medical_zh_hans", 2), ("tech_docs_zh_hans", 5)]
)
def test_texts_that_name_few_people_have_few_mentions(folder: str, limit: float) -> None:
    text = pl.read_parquet(shared_data("bulk") / f"{folder}.parquet", columns=["text"])["text"]
    some = View.of(text.filter(text.str.len_bytes().cum_sum() < 4_000_000))
    assert len(list(mentions(some, []))) / some.codes.size * 100_000 < limit
