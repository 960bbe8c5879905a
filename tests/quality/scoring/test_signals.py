"""The signals of documents, against a slow version and on texts whose signals are known."""

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.kernels.repetition import SLOTS
from quality.kernels.signals import columns
from quality.scoring import signals
from schemas.signals import SIGNAL_UNITS, SIGNALS
from tests.quality.scoring.slow_phrases import listed
from tests.quality.scoring.slow_signals import slow

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


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("好。。。好！？好", "sentences", 3),
        ("他说：“好。”", "sentences", 1),
        ("１２3④五", "digit_ratio", 0.8),
        ("ＡBé中", "latin_ratio", 0.75),
        ("，、。．中", "punctuation_ratio", 0.8),
        ("■□￥中", "symbol_ratio", 0.75),
        ("中　\t\n", "space_ratio", 0.5),
        ("中\n\r\u2028", "newline_ratio", 0.75),
        ("\ufffd\ue004\x85中\t\n", "garbled_ratio", 0.5),
        ("锟斤拷锟斤拷锟叫癸拷", "garbled_ratio", 0.6),
        ("烫烫烫烫烫屯屯屯屯。", "garbled_ratio", 0.9),
        ("锘挎标题\nï¿½正文三", "garbled_ratio", 5 / 11),
        ("乱码“锟斤拷”是这样来的，别喊烫烫烫。", "garbled_ratio", 0),
        ("題\n句。\n引」", "terminal_line_ratio", 2 / 3),
        ("● 一\n- 二\n-3 度\n·四", "bullet_line_ratio", 0.75),
        ("待续……\n待续...\n完。", "ellipsis_line_ratio", 2 / 3),
        ("要闻 更多>>\n閱讀全文 》\nRead More\n需要更多。", "more_line_ratio", 0.75),
        ("首页\n首 页\n正文", "duplicate_line_ratio", 1 / 3),
        ("首页\n 首 页\n正文三四", "duplicate_line_char_ratio", 3 / 9),
        ("首页\n首页\n首页\n一二三四", "duplicate_line_char_ratio", 0.4),
        ("哈哈哈哈", "top_2gram_ratio", 1),
        ("甲乙丙甲乙丁", "top_2gram_ratio", 4 / 6),
        ("没有重复的字", "top_2gram_ratio", 0),
        ("一 二三四五一二三 四五", "duplicate_5gram_ratio", 0.5),
        ("甲甲乙乙", "distinct_ratio", 0.5),
        ("甲甲乙乙", "entropy", 1),
        ("的的於·為后", "stop_words", 4),
        ("時時彩" + "字" * 7, "spam_density", 300),
        ("时 时 彩" + "字" * 7, "spam_density", 300),
        ("标题\n这一行是有句号的散文，长度足够。\n", "prose_ratio", 16 / 18),
        ("这一行是有句号的散文，长度足够。\n" * 2, "prose_ratio", 0.5),
        ("这一行是有句号的散文，长度足够。”）", "prose_ratio", 1),
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
