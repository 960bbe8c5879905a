"""The page of a mixture: the same numbers as a picture and as tables, and nothing from outside."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from pipelines.lineage.counting import _total
from pipelines.lineage.page import page
from pipelines.lineage.picture import MOST_NAMED, picture
from schemas.lineage import ComponentLineage, Counts, Lineage, SourceLineage

SVG = "{http://www.w3.org/2000/svg}"

CRAWL = SourceLineage(
    source="crawl",
    kind="web",
    read=10_000,
    rejected=3,
    dropped=1_200,
    undecided=7,
    kept=8_790,
    not_chosen=690,
    documents=8_000,
    rows=16_000,
    held_out=100,
    reasons={"bad_json": 3},
    rules={"duplicate": 1_000, "<script>alert(1)</script>": 200},
)
NOTHING = SourceLineage(source="empty", kind="web")
PAGES = ComponentLineage(
    component="pages",
    documents=8_000,
    rows=16_000,
    tokens=123_456_789,
    held_out=100,
    sources={"crawl": 8_000},
)


def of(*sources: SourceLineage, outdated: bool = False, mixture: str = "general") -> Lineage:
    return Lineage(
        corpus="city",
        mixture=mixture,
        version="0123456789abcdef",
        tokenizer="characters",
        tokens=123_456_789,
        outdated=outdated,
        sources=sources,
        components=(PAGES,) if CRAWL in sources else (),
        total=_total(sources),
    )


def drawn(lineage: Lineage) -> ET.Element:
    return ET.fromstring(picture(lineage))


def flows(lineage: Lineage) -> list[str]:
    return [one.findtext(f"{SVG}title") or "" for one in drawn(lineage).iter(f"{SVG}path")]


def test_every_flow_tells_its_number() -> None:
    told = flows(of(CRAWL, NOTHING))
    assert "crawl → 保留 kept: 8,790 / 10,000" in told
    assert "crawl → pages: 8,000" in told
    assert "pages → general: 8,000 文档 documents, 16,000 行 rows, 123,456,789 词元 tokens" in told
    assert "crawl → 未选入 not chosen: 690" in told
    assert "crawl → 留作验证 held out: 100" in told
    assert "未能读出 rejected → bad_json: 3" in told
    assert not any(one.startswith("empty") for one in told)


def test_the_picture_has_a_title_and_a_description() -> None:
    svg = drawn(of(CRAWL))
    assert svg.get("role") == "img"
    ids = (svg.get("aria-labelledby") or "").split()
    texts = {one.get("id"): one.text for one in svg if one.get("id")}
    assert "general" in (texts[ids[0]] or "")
    assert "8,000 documents are in the mixture" in (texts[ids[1]] or "")


def test_rare_reasons_are_added_up() -> None:
    reasons = {f"reason_{number}": 1 for number in range(MOST_NAMED + 5)}
    many = CRAWL.model_copy(update={"reasons": reasons, "rejected": len(reasons)})
    told = [one for one in flows(of(many)) if one.startswith("未能读出")]
    assert len(told) == MOST_NAMED + 1
    assert told[-1].endswith("others: 5")


@pytest.mark.parametrize("sources", [(), (NOTHING,), (CRAWL,), (CRAWL,) * 40])
def test_any_number_of_sources_can_be_drawn(sources: tuple[SourceLineage, ...]) -> None:
    numbered = [
        one.model_copy(update={"source": f"s{number}"}) for number, one in enumerate(sources)
    ]
    assert drawn(of(*numbered)).tag == f"{SVG}svg"


def test_names_are_text_and_nothing_else() -> None:
    html = page(of(CRAWL, mixture="<b>&"))
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_needs_nothing_from_outside() -> None:
    html = page(of(CRAWL)).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//|url\(|@import|\bsrc=|\bhref=|<script|<link", html)


def test_the_table_says_what_the_picture_does() -> None:
    html = page(of(CRAWL, NOTHING))
    rows = {
        unescape(name): re.findall(r"<td>([\d,]+)</td>", cells)
        for name, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
    }
    numbers = [10_000, 3, 1_200, 7, 8_790, 690, 100, 8_000, 16_000]
    assert rows["crawl"] == rows["合计 all"] == [f"{number:,}" for number in numbers]
    assert rows["empty"] == ["0"] * len(numbers)
    assert rows["pages"] == ["8,000", "16,000", "123,456,789", "100"]
    assert rows["bad_json"] == ["3"]
    assert rows["duplicate"] == ["1,000"]


def test_an_outdated_mixture_says_so() -> None:
    assert "wenyuan build" not in page(of(CRAWL))
    assert "wenyuan build" in page(of(CRAWL, outdated=True))


def test_totals_keep_the_most_frequent_first() -> None:
    other = Counts(reasons={"a": 1, "b": 3}, rejected=4)
    assert list(_total([CRAWL, other]).reasons) == ["b", "bad_json", "a"]
