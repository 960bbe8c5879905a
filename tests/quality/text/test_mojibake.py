"""Mojibake: repaired where it proves itself, and nothing else is touched."""

import json
from collections import Counter
from collections.abc import Callable

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from quality.text.encodings import characters
from quality.text.mojibake import mended, suspicious
from quality.text.repair import repair
from tests.shared import shared_data

TEXTS = [
    "我们在这里说明，这个网页的内容是真实的。",
    "我們在這裡說明，這個網頁的內容是真實的。",
    "佢哋喺度講嘢，冇人知係咪真嘅。",
    "第3条 服务器（Server）每天08:30重启，费用约20%。",
]


def misread(meant: str, read: str) -> Callable[[str], str]:
    return lambda text: characters(text.encode(meant), read).text


WAYS: dict[str, Callable[[str], str]] = {
    "utf-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "utf-8 as windows-1252": misread("utf-8", "windows-1252"),
    "gb18030 as latin-1": lambda text: text.encode("gb18030").decode("latin-1"),
    "gb18030 as windows-1252": misread("gb18030", "windows-1252"),
    "twice": lambda text: misread("utf-8", "windows-1252")(misread("utf-8", "windows-1252")(text)),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("way", WAYS)
def test_what_can_be_proven_is_repaired(way: str, text: str) -> None:
    assert mended(WAYS[way](text))[0] == text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("鎴戜滑鐨勭綉椤碉紝鍦ㄨ繖閲屻€?", "我们的网页，在这里\ufffd"),
        ("閫夋嫨涓€涓猘", "选择一个a"),
        ("閹存垳婊戦惃", "我们\ufffd"),
    ],
)
def test_utf8_read_as_gbk(text: str, fixed: str) -> None:
    assert mended(text)[0] == fixed


@pytest.mark.parametrize("text", TEXTS[:3])
def test_utf8_read_as_gbk_comes_back_where_no_byte_is_lost(text: str) -> None:
    pairs = (text[at : at + 2] for at in range(0, len(text) - 1, 2))
    whole = "".join(pair for pair in pairs if not characters(pair.encode(), "gb18030").lost)
    damaged, lost = characters(whole.encode(), "gb18030")
    assert lost == 0
    assert mended(damaged)[0] == whole


def test_lost_bytes_leave_one_character_each() -> None:
    damaged = characters("技能，分析方法。".encode(), "gb18030").text.replace("\ufffd", "?")
    fixed, runs = mended(damaged)
    assert runs == 1
    assert fixed.startswith("技能，分析方法")
    assert "鎶" not in fixed


def test_a_page_may_be_half_good() -> None:
    good = "这一段没有损坏，“引号”和……都在。\n"
    bad = WAYS["utf-8 as windows-1252"](TEXTS[0])
    assert mended(f"{good}{bad}\n{good}") == (f"{good}{TEXTS[0]}\n{good}", 1)


@pytest.mark.parametrize(
    "text",
    [
        "锟斤拷锟斤拷",
        "烫烫烫烫屯屯屯",
        "他说：“é——è……”，像在念拼音。",
        "3×4·5°±2",
        "氤氳。\n頃滄波",
        "ÄÖÜ äöü ß",
        "Brontë…”",
        "",
    ],
)
def test_what_proves_nothing_stays(text: str) -> None:
    assert mended(text) == (text, 0)


def test_repairs_count_the_runs() -> None:
    bad = WAYS["utf-8 as windows-1252"]
    fixed, repairs = repair(pl.Series([f"标题 {bad('我们的网页')} and {bad('这里')}", "好", None]))
    assert fixed.to_list() == ["标题 我们的网页 and 这里", "好", None]
    assert repairs.to_list()[0] == [{"kind": "mojibake", "count": 2}]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_taken(text: str) -> None:
    fixed, runs = mended(text)
    assert (fixed == text) == (runs == 0)


@given(st.text(alphabet="我们在这里说明网页的内容是真实没有任何改动，。", min_size=4, max_size=40))
@pytest.mark.parametrize("way", WAYS)
def test_every_line_of_frequent_characters_comes_back(way: str, text: str) -> None:
    damaged = WAYS[way](text)
    assert suspicious(pl.Series([damaged])).item()
    assert mended(damaged)[0] == text


def test_negative_cases_of_others_stay() -> None:
    folder = shared_data("mojibake-ftfy") / "tests" / "test-cases"
    cases = json.loads((folder / "negative.json").read_text("utf-8"))
    assert [case["original"] for case in cases if mended(case["original"])[1]] == []


def test_documents_really_damaged_come_back() -> None:
    path = shared_data("mojibake-gbk-docs") / "docs.jsonl.zst"
    rows = zstandard.decompress(path.read_bytes(), max_output_size=2**26).decode().split("\n")
    found = wanted = 0
    for row in filter(None, rows):
        document = json.loads(row)
        reference = _bigrams(document["codec_recovery"])
        found += (reference & _bigrams(mended(document["bad"])[0])).total()
        wanted += reference.total()
    assert found / wanted > 0.999


def _bigrams(text: str) -> Counter[str]:
    pairs = (text[at : at + 2] for at in range(len(text) - 1))
    return Counter(pair for pair in pairs if all("\u4e00" <= c <= "\u9fff" for c in pair))


@pytest.mark.parametrize("name", ["text-poetry-lzh", "text-law-zh-hant", "text-news-zh-hans"])
def test_clean_text_stays(name: str) -> None:
    path = shared_data(name) / "docs.jsonl.zst"
    rows = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().decode().split("\n")
    texts = pl.Series([json.loads(row)["text"] for row in rows if row])
    flagged = texts.filter(suspicious(texts))
    assert [text[:40] for text in flagged if mended(text)[1]] == []
