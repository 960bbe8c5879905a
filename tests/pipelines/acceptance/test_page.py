"""The page a supplier gets: every number, nothing from outside, nothing it must not hold."""

import re
from html import unescape
from pathlib import Path

import pytest

from pipelines.acceptance import delivery
from pipelines.acceptance.page import page
from pipelines.acceptance.reporting import reports
from pipelines.acceptance.words import TERMS, VERDICTS
from schemas.acceptance import Report, Why
from schemas.corpus import load_corpus
from schemas.terms import Terms
from tests.pipelines import small


@pytest.fixture(scope="module")
def found(delivered: Path) -> dict[str, Report]:
    return {one.source: one for one in reports(load_corpus(delivered))}


def rows(html: str) -> dict[str, list[str]]:
    """The cells of each row, by its first."""
    return {
        unescape(re.sub("<.*?>", "", name)): re.findall(r"<td>([^<]*)</td>", cells)
        for name, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
    }


def test_it_says_the_verdict_and_every_term(found: dict[str, Report]) -> None:
    news, notices = page(found["news"]), page(found["notices"])
    assert "通过 Accepted" in news
    assert "missed</span>" not in news
    assert "未通过 Not accepted" in notices
    assert rows(notices)["与其他来源重复 copies of other sources"][:2] == ["1", "33.33%"]
    assert "至多 at most 10%" in notices
    assert "✗ 未达到 missed" in notices


def test_its_numbers_are_those_of_the_report(found: dict[str, Report]) -> None:
    told = rows(page(found["news"]))
    assert told["读取 read"] == ["11", "100%"]
    assert told["淘汰 dropped"] == ["3", "27.27%"]
    assert told["bad_json"] == ["1"]
    assert told["chars >= 40"] == ["1"]
    assert told["2024-01.jsonl"] == ["6", "4", "1", "1", "0"]


def test_files_that_are_not_named_are_added_up(
    delivered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_FILES", 1)
    [news] = reports(load_corpus(delivered), ["news"])
    assert rows(page(news))["其余 1 个 others"] == ["5", "3", "2", "0", "0"]


def test_names_are_text_and_nobody_is_told(found: dict[str, Report]) -> None:
    html = page(found["notices"])
    assert "<b>" not in html
    assert "&lt;b&gt;〔手机号〕" in html
    assert small.MOBILE not in html
    assert "news" not in html
    whys = {"<script>alert(1)</script>": Why(records=1, asked="<i>")}
    changes = {"rules": whys, "licence": "<u>", "corpus": "<s>", "source": "<em>"}
    hostile = page(found["notices"].model_copy(update=changes))
    assert not re.search(r"<(script|u|s|em|i)>", hostile)


def test_it_needs_nothing_from_outside(found: dict[str, Report]) -> None:
    for one in found.values():
        assert not re.search(r"https?:|//|url\(|@import|\bsrc=|\bhref=|<script|<link", page(one))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_can_be_shown(found: dict[str, Report], verdict: str) -> None:
    html = page(found["news"].model_copy(update={"verdict": verdict, "terms": ()}))
    assert VERDICTS[verdict][0] in html
    assert "约定 Terms" not in html


def test_nothing_delivered_is_a_page_too(tmp_path: Path) -> None:
    [news, _] = reports(load_corpus(small.lay(tmp_path)))
    assert rows(page(news))["读取 read"] == ["0", "–"]


def test_every_term_has_its_words() -> None:
    assert list(TERMS) == list(Terms.model_fields)
