"""Kept lines as text in the manner of Markdown."""

import numpy as np
import polars as pl
import pytest

from quality.kernels.arrow import strings
from quality.kernels.html import parse, tables, write


def written(page: str, *dropped: int) -> str:
    column = strings(pl.Series([page]))
    found = parse(column.data, column.offsets, tables())
    kept = np.ones(len(found.lines), np.bool_)
    kept[list(dropped)] = False
    text, offsets = write(found, kept, 1)
    return bytes(text[: offsets[1]]).decode()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h1>甲</h1><h3><b>乙</b></h3><p>丙", "# 甲\n\n### 乙\n\n丙"),
        ("<p>甲<br>乙<br><br>丙<p>丁", "甲\n乙\n\n丙\n\n丁"),
        ("<ul><li>甲<li>乙<ol><li>丙<li>丁</ol></ul><p>戊", "- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n戊"),
        ("<ul><li><p>甲</p><p>乙</p><li>丙</ul>", "- 甲\n  乙\n- 丙"),
        ("<pre>\n  a\n    b\n\n</pre>文", "```\n  a\n    b\n```\n\n文"),
        ("<pre>古文之人，以此排版。</pre>", "古文之人，以此排版。"),
        ("<pre>1\n2\n3</pre><pre>a=1</pre>", "```\na=1\n```"),
        (
            "<p>前<table><tr><th>年<th>额<tr><td>一<td><tr><td>二<td>2 <b>元</b></table>后",
            "前\n\n| 年 | 额 |\n| --- | --- |\n| 一 | |\n| 二 | 2 元 |\n\n后",
        ),
        (
            "<table><tr><td>左<td><table><tr><td>甲<td>乙</table></table>",
            "左\n\n| 甲 | 乙 |\n| --- | --- |",
        ),
        ("<table><tr><td>" + "长" * 201 + "<td>乙</table>", "长" * 201 + "\n\n乙"),
        ("<table><tr><td>只有一列<tr><td>乙</table>", "只有一列\n\n乙"),
        ("", ""),
    ],
)
def test_structure_stays_readable(page: str, text: str) -> None:
    assert written(page) == text


def test_what_is_dropped_leaves_no_trace() -> None:
    assert written("<h1>甲</h1><ul><li>乙<li>丙</ul><p>丁", 0, 1) == "- 丙\n\n丁"
    page = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    assert written(page, 0, 1) == "| 丙 | 丁 |\n| --- | --- |"
    assert written(page, 0, 3) == "| | 乙 |\n| --- | --- |\n| 丙 | |"
    assert written(page, 0, 1, 2, 3) == ""


def test_a_list_that_lays_out_a_page_has_no_marks() -> None:
    page = "<ul><li>" + "<p>段" * 13 + "</ul>"
    assert written(page) == "\n".join(["段"] * 13)
