"""Values under the heading of their column: `姓名,QQ,班级` and the rows below it.

A heading is a cue that fills a cell of a line; cells are parted by a comma, a tab, or a bar. The
rows are the lines that follow with as many separators. No row is read twice for one heading: it
ends the table where a heading stands again.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quality.privacy import dates, secrets, validators
from quality.privacy.hits import Hit
from quality.privacy.view import pattern


def _always(_value: str) -> bool:
    return True


def _is_imei(value: str) -> bool:
    return validators.is_luhn(value) and len(set(value)) > 2


class Column(NamedTuple):
    """A kind, the headings of its columns, what a cell of it looks like, and its check."""

    kind: str
    heading: re.Pattern[str]
    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = _always


_NUMBER = r"(?:号码?|账号|编号)?\d?"
COLUMNS = (
    Column("qq", pattern(rf"(?:[Qq]{{2}}|扣扣){_NUMBER}"), pattern(r"[1-9]\d{4,10}")),
    Column("imei", pattern(rf"(?:[Ii][Mm][Ee][Ii]|串号){_NUMBER}"), pattern(r"\d{15}"), _is_imei),
    Column(
        "organisation_code",
        pattern(rf"(?:组织)?机构代码证?{_NUMBER}"),
        pattern(r"[0-9A-Za-z]{8}-?[0-9Xx]"),
        validators.is_organisation_code,
    ),
    Column("driver_file", pattern(r"(?:驾驶证|驾照)?档案(?:编号|号码?)"), pattern(r"\d{12}")),
    Column(
        "mo_id",
        pattern(rf"澳门(?:居民)?身[份分]证{_NUMBER}|BIR{_NUMBER}"),
        pattern(r"[157]\d{6}\(\d\)|[157]\d{6}/?\d|[157]/\d{6}/\d"),
    ),
    Column(
        "hk_id",
        pattern(rf"香港(?:居民)?身[份分]证{_NUMBER}|HKID"),
        pattern(
            r"[A-Za-z]{1,2}\d{6}"
            r"\(?[0-9Aa]\)?"
        ),
        lambda value: validators.is_hk_id(re.sub(r"[()]", "", value).upper()),
    ),
    Column(
        "passport",
        pattern(rf"护照{_NUMBER}"),
        pattern(r"[A-Za-z]{1,2}\d{6,8}|1[45]\d{7}"),
    ),
    Column(
        "permit",
        pattern(rf"[^,\t|\n\0]{{0,8}}(?:通行|回乡|台胞)证{_NUMBER}"),
        pattern(r"[HM]\d{8}(?:\d\d)?|[CL]\d{8}|C[A-Z]\d{7}|\d{8}"),
    ),
    Column(
        "wechat",
        pattern(rf"(?:微信|VX|vx){_NUMBER}(?:ID)?"),
        pattern(r"[A-Za-z][-_0-9A-Za-z]{5,19}|[1-9]\d{5,10}"),
    ),
    Column(
        "social_security",
        pattern(rf"(?:社保|医保|社会保障|社会保险|医疗保险|公积金|健保|参保人?)卡?{_NUMBER}"),
        pattern(r"[A-Za-z]{0,4}-?\d[0-9A-Za-z-]{4,22}"),
    ),
    Column(
        "medical_record",
        pattern(rf"(?:住院|门诊|病案|病历|就诊卡?|检查|影像|患者|病人)(?:{_NUMBER}|ID|序号)"),
        pattern(r"[A-Za-z]{0,4}-?\d[0-9A-Za-z-]{2,19}"),
    ),
    Column("birth_date", pattern(r"出生(?:日期|年月日?|时间)?|生日"), dates.CELL),
    Column("secret", pattern(r"(?:登录|初始)?(?:密码|口令)"), secrets.CELL),
)
"""The kinds whose values only a heading gives away."""

HEADS = (
    *("QQ", "qq", "扣扣", "IM", "im", "串号", "组织", "机构", "驾驶"),
    *("驾照", "档案", "澳门", "BI", "香港", "HK", "护照"),
    *("港澳", "往来", "通行", "回乡", "台胞", "台湾", "微信"),
    *("VX", "vx", "社保", "医保", "社会", "医疗", "公积", "健保", "参保"),
    *("住院", "门诊", "病案", "病历", "就诊", "检查", "影像", "患者", "病人"),
    *("出生", "生日", "密码", "口令", "登录", "初始"),
)
_SEPARATORS = frozenset(",\t|")
_ANY_HEADING = pattern("|".join(f"(?:{column.heading.pattern})" for column in COLUMNS))
_BEFORE_HEADING = _SEPARATORS | frozenset(" \n\0\"'(")
_LINE = 400
"""Characters of the longest line that is read as a row."""


def below_heading(text: str, at: int) -> Iterator[Hit]:
    """The values below the heading that stands at `at`."""
    if text[at - 1] not in _BEFORE_HEADING or _ANY_HEADING.match(text, at) is None:
        return
    for column in COLUMNS:
        heading = column.heading.match(text, at)
        if heading is not None:
            yield from _rows(column, text, at, heading.end())


def _rows(column: Column, text: str, at: int, end: int) -> Iterator[Hit]:
    begin = _line_begin(text, at)
    after = text[end : end + 2].lstrip(" ")[:1]
    before = text[begin:at].rstrip(" ")[-1:]
    separator = after if after in _SEPARATORS else before
    if not begin or separator not in _SEPARATORS:
        return
    if before not in {"", separator} or after not in {separator, "\n", "\r"}:
        return
    line_end = _line_end(text, end)
    nth, count = text.count(separator, begin, at), text.count(separator, begin, line_end)
    while text[line_end] == "\n":
        start, line_end = line_end + 1, _line_end(text, line_end + 1)
        if line_end - start > _LINE or text.count(separator, start, line_end) != count:
            return
        cell = _cell(text, start, line_end, separator, nth)
        if column.heading.fullmatch(text, *cell):
            return
        if column.shape.fullmatch(text, *cell) and column.is_valid(text[slice(*cell)]):
            yield Hit(*cell, column.kind, "column")


def _line_begin(text: str, at: int) -> int:
    """Where the line of `at` begins, or 0 if that is more than a row away."""
    back = max(0, at - _LINE)
    return max(text.rfind("\n", back, at), text.rfind("\0", back, at)) + 1


def _line_end(text: str, start: int) -> int:
    """Where the line ends: at a line feed, or at the end of the document; at most a row on."""
    stop = min(start + _LINE + 1, len(text) - 1)
    feed = text.find("\n", start, stop)
    end = feed if feed >= 0 else stop
    nul = text.find("\0", start, end)
    return nul if nul >= 0 else end


def _cell(text: str, start: int, end: int, separator: str, nth: int) -> tuple[int, int]:
    """Where the cell number `nth` of a line stands, without the spaces and quotes around it."""
    for _ in range(nth):
        start = text.index(separator, start, end) + 1
    stop = text.find(separator, start, end)
    stop = stop if stop >= 0 else end
    while start < stop and text[start] in " \"'\r":
        start += 1
    while stop > start and text[stop - 1] in " \"'\r":
        stop -= 1
    return start, stop
