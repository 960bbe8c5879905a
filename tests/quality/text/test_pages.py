"""HTML pages: main text, title, date, and pages made to break a parser."""

import json
import re
import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
import zstandard

from quality.text.boilerplate import strip_boilerplate
from quality.text.charset import decode
from quality.text.pages import parse_time, read_page
from quality.text.unreadable import UnreadableError
from tests.shared import shared_data

ARTICLE = "<p>昨天上午，市民代表参观了新建成的图书馆，并且提出了很多宝贵的意见和建议。</p>" * 3


def text_of(*htmls: str) -> list[str]:
    marked = pl.Series([read_page(html).marked for html in htmls])
    return strip_boilerplate(marked).to_list()


def test_scripts_styles_and_menus_are_no_text() -> None:
    page = f"<nav><a href=/>首页</a></nav><script>var 变量</script><style>.a</style>{ARTICLE}"
    (text,) = text_of(page)
    assert text.count("图书馆") == 3
    assert not re.search("首页|变量|[.]a", text)


def test_a_link_over_several_lines_is_a_link_on_each() -> None:
    (text,) = text_of(
        f"<div>{ARTICLE}<a href=/x><div>推荐标题甲</div><div>乙丙</div></a>{ARTICLE}</div>"
    )
    assert "推荐标题" not in text
    assert "乙丙" not in text


def test_marks_never_reach_the_text() -> None:
    (text,) = text_of(
        f"<div>{ARTICLE}<p>正文里的<a href=/x>链接</a>留在句子里，一字不少。<a>\x02\x03</div>"
    )
    assert "正文里的链接留在句子里，一字不少。" in text
    assert not re.search("[\x02\x03]", text)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ('<title>甲_某网</title><meta property="og:title" content="甲">', "甲"),
        ("<title> 甲 \n</title><h1>乙</h1>", "甲"),
        ("<body><h1>标<a href=/>题</a></h1>", "标题"),
        ("<p>无题", None),
        ("", None),
    ],
)
def test_the_title_comes_from_where_there_is_one(html: str, title: str | None) -> None:
    assert read_page(html).title == title


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-16T17:02:11+00:00", "2024-05-16T17:02:11+00:00"),
        ("2024-05-16T17:02:11Z", "2024-05-16T17:02:11+00:00"),
        ("2024-05-16 17:02:11", "2024-05-16T17:02:11+08:00"),
        ("2024-05-16", "2024-05-16T00:00:00+08:00"),
    ],
)
def test_dates_without_a_zone_are_china_time(text: str, moment: str) -> None:
    found = parse_time(text)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize("text", ["", "昨天", "2024-13-01", "2024-05-16T17:02 某时"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize("tags", ["<div>", "<font>", "<b></i>", "<div class='x'></span>"])
def test_bottomless_nesting_is_refused_before_it_is_parsed(tags: str) -> None:
    with pytest.raises(UnreadableError, match="too_deep"):
        read_page(tags * 5_000)


@pytest.mark.parametrize(
    "piece", ["<a href=", "<a ", "<", "<!--", "<p>文字", "文<br>", "<td>", "&"]
)
def test_long_and_broken_pages_take_linear_time(piece: str) -> None:
    started = time.process_time()
    read_page(piece * 50_000)
    assert time.process_time() - started < 5


SPACE = re.compile(r"[\s\u3000*#`>|_\-•·]+")


def grams(text: str) -> Counter[str]:
    folded = SPACE.sub("", text)
    return Counter(folded[i : i + 4] for i in range(len(folded) - 3))


def f1(text: str, gold: str) -> float:
    found, wanted = grams(text), grams(gold)
    both = (found & wanted).total()
    return 2 * both / max(found.total() + wanted.total(), 1)


def lenient(path: Path) -> str:
    found = decode(path.read_bytes(), html=True)
    return found.text if found else ""


def gold_cwce(folder: Path) -> list[tuple[Path, str]]:
    originals = sorted((folder / "original").iterdir())
    return [(page, lenient(folder / "cleaned" / f"{page.stem}.txt")) for page in originals]


def gold_magic(folder: Path) -> list[tuple[Path, str]]:
    rows = (folder / "gold.jsonl").read_text("utf-8").strip().split("\n")
    return [(folder / row["file"], row["content"]) for row in map(json.loads, rows)]


def gold_markdown(folder: Path) -> list[tuple[Path, str]]:
    packed = (folder / "gold.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode().split("\n")
    rows = [json.loads(line) for line in lines if line]
    return [(folder / row["file"], _plain_markdown(row["markdown"])) for row in rows]


def _plain_markdown(source: str) -> str:
    body = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->|<(style|script).*?</\1>", "", body, flags=re.DOTALL)
    body = re.sub(r"<[^>\n]{1,200}>", "", body)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", body)


@pytest.mark.parametrize(
    ("name", "gold", "floor"),
    [
        ("html-cwce", gold_cwce, 0.90),
        ("html-magic-html", gold_magic, 0.85),
        ("html-md-react", gold_markdown, 0.84),
    ],
)
def test_main_text_comes_close_to_the_gold(name: str, gold: object, floor: float) -> None:
    assert callable(gold)
    rows = gold(shared_data(name))
    texts = text_of(*(lenient(page) for page, _ in rows))
    scores = [f1(text, wanted) for text, (_, wanted) in zip(texts, rows, strict=True)]
    assert sum(scores) / len(scores) >= floor
