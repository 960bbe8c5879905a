"""The signals of documents, against a slow version and on texts whose signals are known."""

import itertools
import json

import polars as pl
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels.repetition import SLOTS
from quality.kernels.signals import columns
from quality.scoring import signals
from quality.scoring.definitions import DEFINITIONS
from schemas.signals import SIGNAL_UNITS, SIGNALS
from tests.quality.scoring.slow_phrases import listed
from tests.quality.scoring.slow_signals import slow
from tests.shared import shared_data

ALPHABET = (
    "中文的一二人哈年１a１Ａz𠮷é\u0301ノ①Ⅳ展开更多。，！？…．.·-•■～>】”：□😀"
    " \u3000\t\n\r\u2028\ufffd\ue000\x00"
)
MARKS = "：:“”「」\"'_＿|｜\t  {}();=<>#()（）/.@-+?~`"
PROSE = "这一行有十个字以上，所以是散文。\n"
FRAGMENTS = [
    *("展开全文>>", "* 项目\n", "……", "。。。", "哈哈哈哈", "时时彩", "新 葡 京", PROSE),
    *("锟斤拷", "烫烫烫烫", "\n\n", "\r\n", "\n \n", "| 甲 | 乙 |\n", "甲\t乙\n", "甲  乙  丙\n"),
    *("姓名：王", "□男 □女", "____", "张三：你好", "问：", "A1:", "“好。”", "「是", "时间12:30"),
    *("```\n", "x = 1;", "import a\n", "}\n", "[a](b_c)", "f(x) {\n", "<a>"),
    *("http://a.cn/b?c=1", "www.a.com", "ｗｗｗ．a.com", "a-b.com/x", "a.b.net", "x@a.com", "://"),
    *("電話：", "１３８0013", "②③④⑤", "微信", "加V", "QQ", "abc_123", "一三八零零", "扫码", "号是"),
    *(
        "網(wǎng)",
        "現(xian)",
        "當?shù)",
        "字（zì）",
        "(a)",
        "首页\n",
        "上一篇",
        "京ICP备1号",
        "责编：李",
    ),
]
TEXTS = st.lists(
    st.one_of(
        st.text(ALPHABET, max_size=20),
        st.text(MARKS, max_size=6),
        st.text(max_size=5),
        st.sampled_from(FRAGMENTS),
        st.sampled_from(FRAGMENTS),
        st.sampled_from(sorted(frozenset().union(*listed().values()))),
    ),
    max_size=12,
).map("".join)
REPEATING = st.lists(st.text("甲乙", min_size=1, max_size=30), max_size=8).map("\n".join)


def measured(*texts: str | None) -> pl.DataFrame:
    frame = pl.LazyFrame(
        {"doc_id": [str(n) for n in range(len(texts))], "text": texts},
        schema={"doc_id": pl.String, "text": pl.String},
    )
    return signals(frame).collect()


def one(text: str) -> dict[str, float]:
    return measured(text).drop("doc_id").row(0, named=True)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(TEXTS, REPEATING), min_size=1, max_size=4))
@example([">\n\x00>"])
def test_kernel_equals_the_slow_version(texts: list[str]) -> None:
    for text, row in zip(texts, measured(*texts).iter_rows(named=True), strict=True):
        agree(text, row)


def agree(text: str, row: dict[str, float]) -> None:
    wanted = slow(text)
    assert set(wanted) == set(SIGNAL_UNITS)
    for name, value in wanted.items():
        assert row[name] == pytest.approx(value, rel=1e-5, abs=1e-6), (name, text)


@pytest.mark.parametrize(
    "folder",
    [
        "text-news-zh-hans",
        "text-law-zh-hant",
        "text-tech-docs-zh-hant",
        "text-novel-classical-zh-hans",
    ],
)
def test_kernel_equals_the_slow_version_on_real_documents(folder: str) -> None:
    with zstandard.open(shared_data(folder) / "docs.jsonl.zst", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"][:1500] for line in itertools.islice(file, 12)]
    for text, row in zip(texts, measured(*texts).iter_rows(named=True), strict=True):
        agree(text, row)


def test_lines_alike_are_found_eight_lines_back_and_no_further() -> None:
    between = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    near = ["第1条记录已经保存完毕", *between[:7], "第2条记录已经保存完毕"]
    far = ["第1条记录已经保存完毕", *between, "第2条记录已经保存完毕"]
    assert one("\n".join(near))["similar_line_ratio"] == pytest.approx(1 / 9)
    assert one("\n".join(far))["similar_line_ratio"] == 0


def test_a_phrase_of_furniture_in_a_long_line_is_text_that_mentions_it() -> None:
    assert one("转载请注明" + "字" * 95)["boilerplate_line_ratio"] == 1
    assert one("转载请注明" + "字" * 96)["boilerplate_line_ratio"] == 0


def test_a_fence_that_is_not_closed_holds_to_the_end() -> None:
    assert one("正文\n```\n代码\n代码")["code_ratio"] == pytest.approx(7 / 9)


def test_phrases_promote_and_name_no_subject() -> None:
    clean = "禁止赌博，依法惩治卖淫；少妇与有偿服务；娱乐场所；小额贷款；妇科医院；水乳交融。"
    assert one(clean)["spam_density"] == 0


def test_table_has_the_agreed_columns_rows_and_order() -> None:
    frame = measured("乙", None, "", "甲")
    assert frame.schema == SIGNALS
    assert frame["doc_id"].to_list() == ["0", "1", "2", "3"]
    assert frame["chars"].to_list() == [1, 0, 0, 1]


def test_no_documents_give_no_rows() -> None:
    frame = measured()
    assert frame.schema == SIGNALS
    assert frame.is_empty()


@pytest.mark.parametrize("text", [None, "", "\n \n"])
def test_empty_text_has_no_lines_and_no_repetition(text: str | None) -> None:
    row = measured(text).row(0, named=True)
    assert not any(row[name] for name in ("lines", "paragraphs", "sentences", "prose_ratio"))
    assert not any(row[name] for name in SIGNAL_UNITS if "gram_" in name or "_line_" in name)
    assert not any(row[name] for name in SIGNAL_UNITS if "_density" in name)


def test_columns_of_the_kernel_are_the_signals_in_order() -> None:
    places = [getattr(columns, name.upper()) for name in SIGNAL_UNITS]
    assert places == list(range(columns.COLUMNS))


def test_measuring_does_not_depend_on_chunks_or_slices() -> None:
    texts = ["春眠不觉晓，处处闻啼鸟。", None, "𠮷野家" * 9, "", "a\nb\n" * 30]
    frame = pl.DataFrame({"doc_id": list("abcde"), "text": texts})
    whole = signals(frame.lazy()).collect()
    parts = pl.concat([signals(frame[n : n + 1].lazy()).collect() for n in range(5)])
    chunked = signals(pl.concat([frame[:2], frame[2:]], rechunk=False).lazy()).collect()
    streamed = signals(frame.lazy()).collect(engine="streaming")
    assert whole.equals(parts)
    assert whole.equals(chunked)
    assert whole.equals(streamed)


EXAMPLES = [
    (name, text, value)
    for name, definition in DEFINITIONS.items()
    for text, value in definition.examples
]


def test_every_signal_is_defined_with_an_example_in_the_order_of_the_table() -> None:
    assert list(DEFINITIONS) == list(SIGNAL_UNITS)
    assert all(definition.examples for definition in DEFINITIONS.values())


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES)
def test_example_of_a_definition(name: str, text: str, value: float) -> None:
    assert one(text)[name] == pytest.approx(value)
    assert slow(text)[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("烫烫烫烫烫屯屯屯屯。", "garbled_ratio", 0.9),
        ("锘挎标题\nï¿½正文三", "garbled_ratio", 5 / 11),
        ("乱码“锟斤拷”是这样来的，别喊烫烫烫。", "garbled_ratio", 0),
        ("道可道非常道名可名非常名", "prose_ratio", 0),
        ("天地玄黄宇宙洪荒日月盈昃", "sentences", 1),
        ("一 二三四五一二三 四五", "duplicate_5gram_ratio", 0.5),
        ("|---|---|\n| 甲 |", "table_ratio", 1),
        ("a || b || c", "table_ratio", 0),
        ("Ａ：在家", "dialogue_ratio", 1),
        ("記者：請問何時開始？", "dialogue_ratio", 1),
        ("定义：本法所称数据，是指记录。", "dialogue_ratio", 0),
        ("字段：本法所称数据", "form_ratio", 1),
        ("龃龉(jǔ yǔ)", "pinyin_density", 750),
        ("Ｖ信ａｂ１２３４５", "contact_density", 1000),
        ("手机5G网络和微信8.0版本", "contact_density", 0),
        ("node.js和logger.info以及v1.2.3", "link_density", 0),
    ],
)
def test_known_text(text: str, name: str, value: float) -> None:
    assert one(text)[name] == pytest.approx(value)


def test_spam_phrases_that_overlap_are_counted_once() -> None:
    assert one("葡京娱乐城" + "字" * 5)["spam_density"] == pytest.approx(500)


def test_longest_phrase_counts_from_its_own_start() -> None:
    assert one("天金花牛牛")["spam_density"] == pytest.approx(800)


def test_more_lines_than_are_remembered_are_still_counted() -> None:
    text = "\n".join(f"{n:x}" for n in range(SLOTS // 2 + 5)) + "\n0\n1"
    row = one(text)
    assert row["lines"] == SLOTS // 2 + 7
    assert row["duplicate_line_ratio"] * row["lines"] == pytest.approx(2)


def test_boxes_of_a_form_are_symbols_and_not_garbled() -> None:
    row = one("□男 □女")
    assert row["garbled_ratio"] == 0
    assert row["symbol_ratio"] == pytest.approx(0.4)
