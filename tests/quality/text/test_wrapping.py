"""Wrapped lines: joined where a width broke them, and nowhere else."""

import itertools
import json
import re

import polars as pl
import pytest
import zstandard

from quality.text.pdf import _without_running
from quality.text.wrapping import join_wrapped
from tests.quality.text.wrapped import as_written, breaks
from tests.shared import shared_data

PROSE = (
    "渡口的班船在雾天停航，这是祖辈传下来的规矩。去年冬天有一艘货船不听劝告，结果在沙洲上搁浅了三天，"
    "船工们用缆绳把它拖了出来，货主请大家吃了一顿羊肉。老人说（他今年八十岁）这样的事他只见过两次。"
)
TEXT = "\n".join([PROSE, PROSE[:61] + "。", PROSE[20:] + PROSE, PROSE[10:90] + "。", PROSE * 2])


def joined(text: str, *, pdf: bool = False) -> str:
    fixed: str = join_wrapped(pl.Series([text]), pl.Series([pdf]))[0].item()
    return fixed


@pytest.mark.parametrize("mark", ["indent", "blank"])
@pytest.mark.parametrize("hang", [True, False])
@pytest.mark.parametrize("columns", [40, 56, 72, 80, 100])
def test_paragraphs_are_whole_again(columns: int, hang: bool, mark: str) -> None:
    text, ends = as_written(TEXT, columns, hang=hang, mark=mark)
    for newline, pdf in itertools.product(("\n", "\r\n"), (False, True)):
        assert breaks(joined(text.replace("\n", newline), pdf=pdf)) == ends


def test_without_marks_a_sentence_that_ends_a_line_may_end_a_paragraph() -> None:
    text, ends = as_written(TEXT, 60, hang=True, mark="none")
    fixed = joined(text)
    assert ends <= breaks(fixed)
    assert all(re.search(r"[。）]$", line) for line in fixed.split("\n"))


def test_words_are_joined_as_they_are_elsewhere() -> None:
    english = "The ferry does not run in fog, and it has been so for a century on this river. " * 9
    text, _ = as_written(english, 72, hang=False, mark="none")
    assert joined(text) == english.strip()
    mixed = "我们用 Python 写了一个程序，它读 PDF 文件并且把每一行的宽度都量了一遍然后再决定" * 4
    text, _ = as_written(mixed, 60, hang=True, mark="none")
    assert joined(text) == mixed


def test_a_hyphen_goes_where_the_text_has_the_word_whole() -> None:
    lines = [
        "A program is a thing that wraps every line of a text at some width, and this pro-",
        "gram has wrapped the text that you are reading here at about eighty columns, well-",
        "known as that width is, so that nearly every line of it ends in mid-sentence where",
        "the next word would not have fitted any more, which is how one can tell such lines",
        "from those that somebody has ended because there was nothing more to say, and that",
        "is all there is to it.",
    ]
    fixed = joined("\n".join(lines))
    assert "\n" not in fixed
    assert "this program has" in fixed
    assert "well-known as" in fixed


VERSE = "\n".join(["梁园吟啸黄云去，挂席欲进波连山。天长水阔厌远涉，", "访古始及平台间。"] * 8)
LIST = "\n".join(f"- 第{n}项要办的事情是把这一页上所有的数字都核对一遍" for n in "一二三四五六七八")
TABLE = "\n".join(
    f"| {n}月的收入和支出以及结余 | 一千二百三十四万五千六百元 | 合格 |" for n in range(9)
)
BOXED = "\n".join(["│一月的收入和支出以及结余│一千二百三十四万五千六百│"] * 9)
CODE = "\n".join(
    f"value_{n} = compute_something(with_argument_{n}, and_another_{n})" for n in range(9)
)
FENCED = f"```\n{PROSE[:30]}\n{PROSE[30:60]}\n{PROSE[60:90]}\n```"
DIALOGUE = "\n".join(["“你今天到哪里去了？”", "“我到城南的菜市场去买了一些豆腐和青菜回来。”"] * 6)
FORM = "\n".join(["姓　名：　　　　　　性　别：", "出生年月：　　　　　籍　贯："] * 6)
ADDRESSES = "\n".join(
    ["江苏省苏州市姑苏区人民路一百二十八号", "浙江省杭州市西湖区文三路九十号", "上海市"] * 5
)


@pytest.mark.parametrize(
    "text",
    [VERSE, LIST, TABLE, BOXED, CODE, FENCED, DIALOGUE, FORM, ADDRESSES, TEXT, "", "一行", "\n\n"],
)
@pytest.mark.parametrize("pdf", [True, False])
def test_what_no_width_has_broken_stays(text: str, pdf: bool) -> None:
    if pdf and text in (CODE, FENCED):
        return  # a PDF knows no fences, and its code is prose to anyone who sees lines alone
    assert joined(text, pdf=pdf) == text


def test_items_keep_apart_and_their_own_lines_come_together() -> None:
    item = "一、" + PROSE[:75] + "。"
    rest = as_written(item[30:], 56, hang=False, mark="none")[0].split("\n")
    text = "\n".join([item[:30], *(f"    {line}" for line in rest)] * 6)
    assert joined(text).split("\n") == [item] * 6


def test_rows_do_not_touch_each_other_and_null_stays_null() -> None:
    text, _ = as_written(TEXT, 60, hang=True, mark="blank")
    texts = pl.Series([VERSE, text, None, LIST, text])
    fixed, counts = join_wrapped(texts, pl.Series([False] * 5))
    assert fixed.to_list() == [VERSE, joined(text), None, LIST, joined(text)]
    assert counts.to_list() == [0, counts[1], 0, 0, counts[1]]
    assert texts.to_list()[1] == text


def test_running_heads_and_numbers_of_pages_go_and_titles_stay() -> None:
    bodies = [[f"{one}{two}" for two in "天地玄黄宇宙"] for one in "甲乙丙丁戊"]
    pages = [["年报", f"{n}/9", *body, f"- {n} -"] for n, body in enumerate(bodies)]
    assert _without_running(pages) == [["年报", *bodies[0]], *bodies[1:]]
    chapters = [[f"第{n}章", "甲" * n, "乙" * n, "丙" * n] for n in range(1, 6)]
    assert _without_running(chapters) == chapters
    assert _without_running([["1"], ["2"]]) == [["1"], ["2"]]


SETS = ["law-zh-hans", "news-zh-hans", "modern-translation-zh-hans", "classical-lzh"]


@pytest.mark.parametrize("name", SETS)
def test_real_paragraphs_are_whole_again(name: str) -> None:
    packed = (shared_data(f"text-{name}") / "docs.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).split(b"\n")
    texts = [json.loads(line)["text"][:4000] for line in lines[1:160:8] if line]
    right = wrong = missed = 0
    settings = itertools.cycle(itertools.product((44, 60, 76, 90), (True, False), MARKS))
    for paragraphs, (columns, hang, mark) in zip(texts, settings, strict=False):
        text, ends = as_written(paragraphs, columns, hang=hang, mark=mark)
        left = breaks(joined(text))
        broken = breaks(text) - ends
        right += len(broken - left)
        missed += len(broken & left)
        wrong += len(ends - left)
    assert right > 500
    assert wrong <= right / 1000
    assert right / (right + missed) > 0.75


MARKS = ("indent", "blank", "none")


@pytest.mark.parametrize("name", ["poetry-lzh", "tech-docs-zh-hans", "finance-zh-hans"])
def test_texts_that_were_not_wrapped_stay(name: str) -> None:
    packed = (shared_data(f"text-{name}") / "docs.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).split(b"\n")
    text = pl.Series([json.loads(line)["text"] for line in lines if line])
    counts = join_wrapped(text, text.is_null())[1]
    wrapped_items = 2 if name == "tech-docs-zh-hans" else 0  # lists that their authors wrapped
    assert (counts > 0).sum() == wrapped_items
