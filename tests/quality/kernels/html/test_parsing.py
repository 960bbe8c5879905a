"""The lines of a page: what begins and ends them, and what is said of each."""

import random
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resiliparse.extract.html2text import extract_plain_text

from quality.kernels.arrow import strings
from quality.kernels.html import Parsed, line_keys, parse, tables
from quality.kernels.html import reader as line
from quality.kernels.html.tables import FLAG, HINTS, TAG
from quality.text.gold import SETS, gold_pages
from quality.text.train_main_text import texts_of
from tests.growth import is_linear
from tests.shared import shared_data


def parsed(*pages: str) -> Parsed:
    column = strings(pl.Series(pages, dtype=pl.String))
    return parse(column.data, column.offsets, tables())


def lines_of(page: str) -> list[str]:
    return texts_of(parsed(page))


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("甲<br>乙<br/>丙</br>丁", ["甲", "乙", "丙", "丁"]),
        ("<b>甲</b><i>乙</i> <span>丙</span>", ["甲乙 丙"]),
        ("一行\n分两行 a\nb  c", ["一行分两行 a b c"]),
        ("<p>a&amp;b &lt;p&gt; &nbsp;&#20013;&#x6587;&hellip;", ["a&b <p> 中文…"]),
        ("<p>?a=1&copy=2 &nosuch; & &amp &#0; &#x80;", ["?a=1&copy=2 &nosuch; & & \ufffd €"]),
        ("<p title='>'>甲</p title=\">\">乙", ["甲", '">乙']),
        ("<p>1 < 2 <3 <", ["1 < 2 <3 <"]),
        ("甲<!-- 乙 > -->丙<!-->丁<!doctype x>戊<?php 己 ?>庚", ["甲丙丁戊庚"]),
        ("甲<!-- 从未结束 <p>乙", ["甲 从未结束", "乙"]),
        ("<p class='从未结束>甲<p>乙", ["甲", "乙"]),
        ("<SCRIPT>a<b</sCript >甲<style>x</style><textarea>y</textarea>", ["甲"]),
        ("甲<script>从未结束 <p>乙", ["甲"]),
        ("<div hidden>甲</div><p style='DISPLAY : none'>乙</p>丙", ["丙"]),
        ("<select><option>甲<option>乙</select><button>丙</button>丁", ["丁"]),
        ("<pre>\n甲\n  乙<br>丙</pre>丁", ["\n甲\n  乙\n丙", "丁"]),
        ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", ["漢字"]),
        ("用<code>a b</code>和 <kbd>Ctrl</kbd> 键<code></code>。", ["用`a b`和 `Ctrl` 键。"]),
        ("<p><code>甲<p>乙</code>丙", ["`甲`", "乙丙"]),
        ("<code><tt>a</tt></code><code> </code>b<pre><code>c</code></pre>", ["`a` b", "c"]),
        ("<pre>a<b class=code-line>b</b><b class=code-line>c</b>d\n</pre>", ["a\nb\nc\nd\n"]),
        ("", []),
        (" \n&nbsp;\u3000<p> ", []),
    ],
)
def test_text_becomes_lines(page: str, lines: list[str]) -> None:
    assert lines_of(page) == lines


@pytest.mark.parametrize(
    ("page", "tags"),
    [
        ("<div>甲<p>乙<ul><li>丙<li>丁<p>戊</ul>己</div>庚", "div p li li p div html"),
        ("<table><tr><td>甲<th>乙<tr><td>丙</table>丁", "td th td html"),
        ("<td>甲<table><tr><td>乙</div></td></tr></table>丙</td>丁", "td td td html"),
        ("<dl><dt>甲<dd>乙<dt>丙</dl>", "dt dd dt"),
        ("<b><p>甲</b>乙</p>丙", "p html"),
        ("<div>甲</p></span></section>乙</div>丙", "div div html"),
        ("<h1><span>甲</h1>乙", "h1 html"),
    ],
)
def test_a_line_is_held_by_what_is_open(page: str, tags: str) -> None:
    names = list(TAG)
    assert [names[tag] for tag in parsed(page).lines[:, line.LINE_TAG]] == tags.split()


def test_links_are_counted_and_hold_no_links() -> None:
    found = parsed(
        "<p>甲<a href=/>乙丙</a>丁<p><a name=x>戊</a><p><a href=/>己<a href=/>庚</a>辛"
    ).lines
    assert found[:, line.LINKED].tolist() == [2, 0, 2]
    assert found[:, line.CHARS].tolist() == [4, 1, 3]


def test_flags_and_hints_are_those_of_all_that_holds_a_line() -> None:
    one, two = parsed("<nav class=TopMenu><ul><li>甲</ul></nav><p id=content>乙").lines
    assert one[line.LINE_FLAGS] == FLAG["nav"] | FLAG["list"]
    hints = list(HINTS)
    assert one[line.LINE_HINTS] >> hints.index("nav") & 1
    assert two[line.LINE_HINTS] == 1 << hints.index("good")


def test_characters_are_counted_by_kind() -> None:
    (found,) = parsed("<p>我们，来 了。OK!").lines
    assert [found[c] for c in (line.CHARS, line.HAN, line.STOPS)] == [9, 4, 3]


def test_each_node_spans_its_lines() -> None:
    found = parsed("<div><p>甲<p>乙</div>丙", "<p>丁")
    spans = {(n[0], list(TAG)[n[2]], n[4], n[5]) for n in found.nodes.tolist()}
    assert {(0, "html", 0, 3), (0, "div", 0, 2), (0, "p", 1, 2), (1, "html", 3, 4)} <= spans


def test_the_head_says_title_time_and_author() -> None:
    page = '<title>甲</title><meta property="og:title" content="乙"><meta content=丙 name=Author>'
    found = parsed("<p>", page)
    data = b"<p>" + page.encode()
    told = {(m[0], m[1], data[m[2] : m[3]].decode()) for m in found.metas.tolist()}
    assert told == {(1, 9, "甲"), (1, 1, "乙"), (1, 21, "丙")}


def test_a_page_says_the_same_whatever_stands_beside_it() -> None:
    pages = ["<div>甲<p>乙", "", "<table><td>丙<b>", "</div><!-- <pre>丁"]
    together = parsed(*pages)
    for number, page in enumerate(pages):
        alone = parsed(page)
        rows = together.lines[together.lines[:, 0] == number]
        assert np.array_equal(rows[:, line.LINE_TAG :], alone.lines[:, line.LINE_TAG :])


PIECES = (
    "<div>", "</div>", "<p>", "</p>", "<table>", "</table>", "<td>", "<tr>", "<li>", "<ul>",
    "</ul>", "<a href=x>", "</a>", "<b>", "</b>", "<pre>", "</pre>", "<br>", "<title>", "</title>",
    "<!--", "-->", "<script>", "</script>", "&amp;", "&#12", "<", ">", '"', "'", "文字", " ", "\n",
    "a", "/",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80))
def test_no_page_is_too_strange(page: str) -> None:
    found = parsed(page)
    text = bytes(found.text).decode()
    assert len(text) <= 2 * len(page) + 1
    starts, ends = found.lines[:, line.START], found.lines[:, line.END]
    assert (starts[1:] == ends[:-1]).all()
    nodes = found.nodes
    assert (nodes[:, 4] <= nodes[:, 5]).all()
    assert (nodes[:, 5] <= len(found.lines)).all()
    assert (nodes[:, 1] < np.arange(len(nodes))).all()


@pytest.mark.parametrize(
    "piece",
    ["<a href=", "<a href='", "<a ", "<", "<!--", "<!-", "<p>文", "文<br>", "<td>", "&", "&#",
     "<title>", "<title", "</p", "<b>", "<b></i>", "<table><tr><td>", "<div></span>",
     "<script", "<dl><dt>"],
)  # fmt: skip
def test_pages_made_to_be_slow_take_linear_time(piece: str) -> None:
    def work(size: int) -> None:
        page = strings(pl.Series([piece * size]))
        parse(page.data, page.offsets, tables())

    assert is_linear(work, 10_000)


LETTERS = re.compile(r"[\W\d]")
"""Not bullets and numbers, which that engine writes before the items of lists."""


@pytest.mark.parametrize("name", SETS)
def test_real_pages_give_the_text_that_a_browser_engine_gives(name: str) -> None:
    """Against a parser that follows the standard: what either has and the other lacks."""
    dice = random.Random(5)
    pages = list(gold_pages(shared_data(name).parent, name))
    lost = extra = whole = 0
    for gold in dice.sample(pages, min(15, len(pages))):
        ours = LETTERS.sub("", "".join(lines_of(gold.page)))
        theirs = LETTERS.sub("", extract_plain_text(gold.page, alt_texts=False, noscript=False))
        grams = [{text[at : at + 6] for at in range(len(text) - 5)} for text in (ours, theirs)]
        lost += len(grams[1] - grams[0])
        extra += len(grams[0] - grams[1])
        whole += len(grams[1])
    assert lost <= 0.06 * whole
    assert extra <= 0.06 * whole


def test_keys_tell_lines_and_sites_apart() -> None:
    found = parsed("<p>甲<p>乙<p>甲<pre>丙</pre>", "<p>甲", "<p>" + "长" * 200)
    same, other = (line_keys(found, np.array(sites, np.uint64)) for sites in ([1, 1, 1], [1, 2, 1]))
    assert same[0] == same[2] == same[4] != same[1]
    assert other[0] != other[4]
    assert same[3] == same[5] == 0
