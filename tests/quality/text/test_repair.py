"""Repair: what is damaged is mended and counted, what is right stays."""

import html
import json
import re

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from quality.text.repair import repair
from quality.text.rules.private import ROW_FE
from schemas.tables import REPAIRS
from tests.shared import shared_data


def mend(text: str) -> tuple[str, dict[str, int]]:
    fixed, repairs = repair(pl.Series([text]))
    return fixed.item(), {edit["kind"]: edit["count"] for edit in repairs.to_list()[0]}


@pytest.mark.parametrize(
    ("damaged", "mended", "edits"),
    [
        ("甲\r\n乙\u2028丙\u0085丁", "甲\n乙\n丙\n丁", {"newline": 3}),
        ("&ldquo;好&rdquo;&#12345;", "“好”〹", {"entity": 3}),
        ("双重&amp;ldquo;转义&amp;amp;rdquo;", "双重“转义”", {"entity": 2}),
        ("研发&nbsp;部", "研发 部", {"entity": 1, "space": 1}),
        ("零&#8203;宽&shy;字&zwnj;符", "零宽字符", {"entity": 3, "zero_width": 3}),
        ("控\x08制\x9f符", "控制符", {"control": 2}),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符", {"zero_width": 3}),
        ("汉\u200d字\u200c间", "汉字间", {"zero_width": 2}),
        ("出現(xiàn)問題的網(wǎng)絡", "出現問題的網絡", {"pinyin": 2}),
        ("　　段首\n　　二段", "段首\n二段", {"space": 2}),
        ("行尾 \t\n下行", "行尾\n下行", {"space": 1}),
        ("甲\n\n\n\n乙", "甲\n\n乙", {"space": 1}),
        ("空格&nbsp在&nbs;这＆nbsp；里", "空格 在 这 里", {"entity": 3}),
        ("说ldquo;好&rdquo和&#8220他们& quot;", '说“好”和“他们"', {"entity": 4}),
        ("一&#38;nbsp;二", "一 二", {"entity": 1, "space": 1}),
        ("曹操从弟\ue844、芎\ue840与简体字", "曹操从弟䜣、芎䓖与简体字", {"private_use": 2}),
        ("\ue5e5\ue5e5简体字说", "简体字说", {"private_use": 2, "space": 1}),
        ("\uf0b7 第一\n  \uf0d8第二", "• 第一\n  • 第二", {"private_use": 2}),
        ("段尾。\ue004\n  \ue003\ue004 \n下", "段尾。\n\n下", {"private_use": 2}),
        ("\ue768\u00a0我来答", "我来答", {"private_use": 1}),
        ("如下︰一︑二︒", "如下：一、二。", {"vertical": 3}),
        ("︵甲乙︶與「申請表﹂及﹁證明」", "（甲乙）與「申請表」及「證明」", {"vertical": 3}),
        (
            "这 是 一 句 排 得 很 宽 的 话 ， 不 该 如 此 。",
            "这是一句排得很宽的话，不该如此。",
            {"letter_spacing": 15},
        ),
        ("填\u3164充\u115f符", "填充符", {"zero_width": 2}),
        ("标\U000e0041签\ufffc", "标签", {"zero_width": 2}),
    ],
)
def test_damage_is_mended_and_counted(damaged: str, mended: str, edits: dict[str, int]) -> None:
    assert mend(damaged) == (mended, edits)


@pytest.mark.parametrize(
    "text",
    [
        "全角，标点：（ＡＢＣ）１２３！",
        "AT&T 与 R&D，&foo; 不是实体；a&b;",
        "用`&nbsp;`表示空格",
        "“&lt;”代表小于号",
        "<p>网页&nbsp;源码</p>",
        "| 列 | [链接](x) &#124; |",
        "家庭👨\u200d👩\u200d👧表情",
        "नमस्\u200dते",
        "生词：还(hái)、遗(wèi)、還(hái)",
        "重量(kg)、散列(hash)、网络(wǎng luò)",
        "    code = 1\n\tcode",
        "一段\n\n二段\n\n\n三段",
        "干\uffff\ue000\ufffd󠄀",
        "追\ue591及管制\n\ue591 又是詞頭",
        "合成胜\ue83d與聚核\ue83a酸，灣國學臺",
        "│︵│︵│\n│一│二│\n│︶│︶│",
        "好累︿︿ 張︼封侯 標題︱副題",
        "赵 钱 孙 李 周 吴 郑 王 冯 陈",
        "姓　名：　　　目　录\n中 华 人 民 共 和 国 主 席 令",
        "在 北 、 中 、 南 ， 都 下雨",
        "旗🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "ᅟᅡ와ㅤ한글",
        "链接 http://a.cn/?x=1&lt=2&quot(3)，见参数",
        "HTML text without Han: &nbsp and quot; stay",
        "    缩进的列表\n  - 项\n```\n    代码  =  1\n```",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mend(text) == (text, {})


def test_null_stays_null_and_lost_characters_are_counted() -> None:
    lost = {"decode": pl.Series([None, 2, 0])}
    fixed, repairs = repair(pl.Series([None, "好\r\n", "好"]), lost)
    assert fixed.to_list() == [None, "好", "好"]
    assert repairs.dtype == REPAIRS
    assert repairs.to_list()[0] == repairs.to_list()[2] == []
    assert repairs.to_list()[1][0] == {"kind": "decode", "count": 2}


def test_the_input_is_left_alone_and_may_be_empty() -> None:
    text = pl.Series(["a\u200b"])
    repair(text)
    assert text.to_list() == ["a\u200b"]
    fixed, repairs = repair(pl.Series([], dtype=pl.String))
    assert (fixed.len(), repairs.dtype) == (0, REPAIRS)


ODD = st.text(alphabet="汉A 　\n\r\t\u200b\u200d\u00a0\x00&amp;nbsp(现現à)👨", max_size=30)


@given(st.lists(ODD, max_size=8), st.integers(0, 8))
def test_rows_do_not_touch_each_other(texts: list[str], cut: int) -> None:
    together = repair(pl.Series(texts, dtype=pl.String))
    halves = [repair(pl.Series(part, dtype=pl.String)) for part in (texts[:cut], texts[cut:])]
    for column in (0, 1):
        apart = [value for half in halves for value in half[column].to_list()]
        assert together[column].to_list() == apart


PIECES = (
    *(
        "汉",
        "體",
        "A",
        " ",
        "　",
        "\n",
        "。",
        "，",
        "`",
        "\u00a0",
        "\x00",
        "\u200b",
        "\u200d",
        "\u3164",
    ),
    *("&nbsp", "&lt;", "&am;", "quot;", "&#8220", "＆gt；", "&amp;", "&#38;", "&amp;lt;"),
    *("\ue844", "\uf0b7", "\ue5e5", "\U000e0041", "︰", "︵", "︶", "﹁", "」", "現(xiàn)"),
    "字 间 距 很 宽 的 一 行 ， ",
)
ODDER = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


@given(st.lists(ODDER, max_size=6))
def test_what_is_mended_stays_as_it_is(texts: list[str]) -> None:
    once, _ = repair(pl.Series(texts, dtype=pl.String))
    twice, repairs = repair(once)
    assert twice.to_list() == once.to_list()
    assert repairs.list.len().sum() == 0


CLEAN = [
    "text-law-zh-hans",
    "text-law-zh-hant",
    "text-classical-lzh",
    "text-news-zh-hans",
    "text-poetry-lzh",
    "text-novel-classical-zh-hans",
    "text-modern-translation-zh-hans",
    "text-tech-docs-zh-hans",
    "text-tech-docs-zh-hant",
]
LITTER = re.compile(rf"[\s\u200b\u200c\u200d\u0008\ue000-\uf8ff{ROW_FE}]")
"""What these sets really hold besides text: white space, joiners, a back space, private-use
characters and those that they are mended to; and entities."""

VERTICAL = str.maketrans("︰﹂", "：」")


ALLOWED = {"newline", "space", "zero_width", "control", "entity", "private_use", "vertical"}


def content(text: str) -> str:
    return LITTER.sub("", html.unescape(html.unescape(text)).translate(VERTICAL))


@pytest.mark.parametrize("name", CLEAN)
def test_a_correct_text_is_never_repaired(name: str) -> None:
    packed = (shared_data(name) / "docs.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).split(b"\n")
    text = pl.Series([json.loads(line)["text"] for line in lines if line])
    fixed, repairs = repair(text)
    for before, after in zip(text, fixed, strict=True):
        assert content(before) == content(after)
    kinds = set(repairs.explode().drop_nulls().struct.field("kind"))
    assert kinds <= ALLOWED
    again, repairs = repair(fixed)
    assert again.equals(fixed)
    assert repairs.list.len().sum() == 0
