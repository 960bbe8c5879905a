import re

import polars as pl
import pytest

from quality.privacy import find

NAMED = [
    ("byline", "新华社电（记者【王小明】、【李红】）今天"),
    ("byline", "本报记者 【张三丰】 通讯员 【李四光】 报道"),
    ("byline", "（责编：【张文】、【李 强】）"),
    ("byline", "文／【陳大文】　攝影／【林美美】"),
    ("byline", "作者：【王小波】\n译者：【李继宏】"),
    ("byline", "记者【王小明】从北京报道"),
    ("byline", "记者【李强】摄"),
    ("byline", "行政督導：【張隆志】、【莊佩樺】\n主編：【陳怡宏】"),
    ("byline", "编辑/【王小明】"),
    ("citation", "【王力】著《古代汉语》"),
    ("citation", "【鲁迅】《呐喊》序"),
    ("citation", "见【王国维】《人间词话》"),
    ("citation", "\n[1] 【王力】, 【李明】. 古代汉语[M]. 北京"),
    ("citation", "\n[^9]: 【陳惠雪】（2024）。教師"),
    ("citation", "【王力】主编，商务出版"),
]

NAMELESS = [
    "编辑高级管理",
    "编辑：关于文章",
    "记者从北京获悉",
    "记者张某、李某某",
    "本报记者 时报",
    "翻译：江南",
    "[15] 时间（统一协调时间）",
    "全国人大关于《草案》",
    "妻子邓氏说",
    "责编：周某甲",
    "作者：〔姓名〕、〔姓名1〕",
]


def found(text: str) -> list[tuple[str, str]]:
    return [
        (f["rule"], text[f["start"] : f["end"]])
        for f in find(pl.Series([text])).to_list()[0]
        if f["kind"] == "name"
    ]


@pytest.mark.parametrize(("rule", "marked"), NAMED)
def test_makers_of_texts_and_of_works_are_found(rule: str, marked: str) -> None:
    wanted = [(rule, name) for name in re.findall("【(.*?)】", marked)]
    assert found(marked.replace("【", "").replace("】", "")) == wanted


@pytest.mark.parametrize("text", NAMELESS)
def test_what_only_stands_where_names_stand_is_none(text: str) -> None:
    assert found(text) == []


def test_a_name_that_a_cue_told_is_found_again_in_its_document_only() -> None:
    texts = pl.Series(["姓名：王小明。签字人是王小明", "签字人是王小明"])
    rules = [[f["rule"] for f in of] for of in find(texts).to_list()]
    assert rules[0] == ["field", "repeat"]
    assert "repeat" not in rules[1]


def test_names_are_found_again_beside_many_others() -> None:
    names = [f"王{chr(0x4E10 + i)}{chr(0x5010 + i)}" for i in range(50)]
    text = "".join(f"姓名：{name}，\n" for name in names) + "；".join(names)
    assert [rule for rule, _ in found(text)] == ["field"] * 50 + ["repeat"] * 50
