"""Values under the heading of their column: `姓名,QQ,班级` and the rows below it.

A heading is a cue that fills a cell of a line; cells are parted by one of `_SEPARATORS`. The
rows are the lines that follow with as many separators. No row is read twice for one heading: it
ends the table where a heading stands again.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quality.privacy import dates, names, secrets, validators
from quality.privacy.hits import Hit
from quality.privacy.plates import PROVINCES
from quality.privacy.view import pattern


def _always(_value: str) -> bool:
    return True


def _is_imei(value: str) -> bool:
    return validators.is_luhn(value) and len(set(value)) > 2


def _is_hk_id(value: str) -> bool:
    return validators.is_hk_id(re.sub("[()]", "", value).upper())


class Column(NamedTuple):
    """A kind, the first two characters of its headings, the headings, its cells, their check."""

    kind: str
    heads: tuple[str, ...]
    heading: re.Pattern[str]
    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = _always


_SOMEBODY = (
    "学生|考生|员工|职工|业主|车主|户主|司机|驾驶员|乘客|旅客|收货人|收件人|寄件人|投保人|被保险人|受益人|负责人|联系人"
    "|联络人|经办人|讲师|教师|老师|技师|医生|医师|护士|患者|病人|领用人|保管人|申请人|会员|成员|队员|家长|监护人"
    "|法人|法定代表人|推荐人|报案人|当事人|持证人|开户人|收款人|付款人|作者|值班员|值班人|编辑|记者|导师|村民|居民"
)
_NUMBER = r"(?:号码?|账号|编号)?\d?"
COLUMNS = (
    Column(
        "name",
        tuple({"姓名", "姓 ", "户名", *(word[:2] for word in _SOMEBODY.split("|"))}),
        pattern(rf"(?:{_SOMEBODY})?姓 {{0,2}}名|户名|(?:{_SOMEBODY})(?:名字)?"),
        names.CELL,
    ),
    Column(
        "qq",
        ("QQ", "qq", "Qq", "扣扣"),
        pattern(rf"(?:[Qq]{{2}}|扣扣){_NUMBER}"),
        pattern(r"[1-9]\d{4,10}"),
    ),
    Column(
        "imei",
        ("IM", "Im", "im", "串号", "串码"),
        pattern(rf"(?:[Ii][Mm][Ee][Ii]|串[号码]){_NUMBER}"),
        pattern(r"\d{15}"),
        _is_imei,
    ),
    Column(
        "organisation_code",
        ("组织", "机构"),
        pattern(rf"(?:组织)?机构代码证?{_NUMBER}"),
        pattern(r"[0-9A-Za-z]{8}-?[0-9Xx]"),
        validators.is_organisation_code,
    ),
    Column(
        "driver_file",
        ("驾驶", "驾照", "档案"),
        pattern(r"(?:驾驶证|驾照)?档案(?:编号|号码?)"),
        pattern(r"\d{12}"),
    ),
    Column(
        "mo_id",
        ("澳门", "BI"),
        pattern(rf"澳门(?:居民)?身[份分]证{_NUMBER}|BIR{_NUMBER}"),
        pattern(r"[157]\d{6}(?:\(\d\)|/?\d)|[157]/\d{6}/\d"),
    ),
    Column(
        "bank_card",
        ("卡号", "银行", "账号", "收款", "工资", "借记", "信用"),
        pattern("(?:银行卡?|收款|工资卡?|借记卡?|信用卡?)?(?:卡号|账号)|银行卡"),
        pattern(r"\d{16,19}"),
        validators.is_card,
    ),
    Column(
        "credit_code",
        ("信用", "统一", "税号"),
        pattern("(?:统一)?(?:社会)?信用代码|税号"),
        pattern(r"[0-9A-Za-z]{18}"),
        validators.is_credit_code,
    ),
    Column(
        "plate",
        ("车牌",),
        pattern("车牌(?:号码?)?"),
        pattern(
            rf"[{PROVINCES}][A-HJ-NP-Z]·?[A-HJ-NP-Z0-9]{{4}}(?:[A-HJ-NP-Z0-9]{{1,2}}|[挂学警])"
        ),
    ),
    Column(
        "hk_id",
        ("香港", "HK"),
        pattern(rf"香港(?:居民)?身[份分]证{_NUMBER}|HKID"),
        pattern(r"[A-Za-z]{1,2}\d{6}(?:\([0-9Aa]\)|[0-9Aa])"),
        _is_hk_id,
    ),
    Column(
        "passport",
        ("护照",),
        pattern(rf"护照{_NUMBER}"),
        pattern(r"[A-Za-z]{1,2}\d{6,8}|1[45]\d{7}"),
    ),
    Column(
        "permit",
        ("港澳", "往来", "通行", "回乡", "台胞", "台湾"),
        pattern(rf"[^,\t|\n\0]{{0,8}}(?:通行|回乡|台胞)证{_NUMBER}"),
        pattern(r"[HM]\d{8}(?:\d\d)?|[CL]\d{8}|C[A-Z]\d{7}|\d{8}"),
    ),
    Column(
        "wechat",
        ("微信", "VX", "vx"),
        pattern(rf"(?:微信|VX|vx){_NUMBER}(?:ID)?"),
        pattern(r"[A-Za-z][-_0-9A-Za-z]{5,19}|[1-9]\d{5,10}"),
    ),
    Column(
        "social_security",
        ("社保", "医保", "个人", "社会", "医疗", "公积", "健保", "参保"),
        pattern(
            rf"(?:社保|医保|社会保障|社会保险|医疗保险|公积金|健保|参保人?)(?:卡|个人)?{_NUMBER}|个人编号"
        ),
        pattern(r"[A-Za-z]{0,4}-?\d[0-9A-Za-z-]{4,22}"),
    ),
    Column(
        "medical_record",
        ("住院", "门诊", "病案", "病历", "就诊", "检查", "影像", "患者", "病人"),
        pattern(rf"(?:住院|门诊|病案|病历|就诊卡?|检查|影像|患者|病人)(?:{_NUMBER}|ID|序号)"),
        pattern(r"[A-Za-z]{0,4}-?\d[0-9A-Za-z-]{2,19}"),
    ),
    Column("birth_date", ("出生", "生日"), pattern(r"出生(?:日期|年月日?|时间)?|生日"), dates.CELL),
    Column(
        "secret",
        ("密码", "口令", "登录", "初始"),
        pattern(r"(?:登录|初始)?(?:密码|口令)"),
        secrets.CELL,
    ),
)
"""The kinds whose values only a heading gives away."""

_SEPARATORS = frozenset(",;\t|")
_BEFORE_HEADING = _SEPARATORS | frozenset(" \n\0\"'(")
_LINE = 400
"""Characters of the longest line that is read as a row."""


def _finder(column: Column) -> Callable[[str, int], Iterator[Hit]]:
    def below_heading(text: str, at: int) -> Iterator[Hit]:
        heading = column.heading.match(text, at) if text[at - 1] in _BEFORE_HEADING else None
        if heading is not None:
            yield from _rows(column, text, at, heading.end())

    return below_heading


def _rows(column: Column, text: str, at: int, end: int) -> Iterator[Hit]:
    """The values below the heading at `at` to `end`, if it fills a cell of its line."""
    begin = _line_begin(text, at)
    if not begin:
        return
    separator = _separator(text[begin:at].rstrip(" ")[-1:], text[end : end + 2].lstrip(" ")[:1])
    if not separator:
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


def _separator(before: str, after: str) -> str:
    """What parts the cells, told by the characters around a heading; nothing if it fills none."""
    separator = after if after in _SEPARATORS else before
    if separator not in _SEPARATORS or before not in {"", separator}:
        return ""
    return separator if after in {separator, "\n", "\r"} else ""


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


CUED = tuple((column.heads, _finder(column)) for column in COLUMNS)
"""The first two characters of headings, and who looks at what stands below them."""
