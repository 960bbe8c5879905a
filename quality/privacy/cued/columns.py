"""Values under the heading of their column: `姓名,QQ,班级` and the rows below it.

A heading is a cue that fills a cell of a line; cells are parted by a comma, a tab, or a bar. The
rows are the lines that follow with as many separators. No row is read twice for one heading: it
ends the table where a heading stands again. The columns of an SQL INSERT are headings too.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from quality.privacy.cued import dates, secrets
from quality.privacy.cued.cues import Cue
from quality.privacy.hits import Hit
from quality.privacy.numbers import validators
from quality.privacy.numbers.plates import PROVINCES
from quality.privacy.people import told
from quality.privacy.view import pattern
from quality.privacy.writings import plain


def _always(_value: str) -> bool:
    return True


def _is_imei(value: str) -> bool:
    return validators.is_luhn(value) and len(set(value)) > 2


def _is_hk_id(value: str) -> bool:
    return validators.is_hk_id(re.sub("[()]", "", value).upper())


class Column(NamedTuple):
    """A kind, the first two characters of its headings, the headings, its cells, their check.

    Where there is `near`, it must match in the line of the heading.
    """

    kind: str
    heads: tuple[str, ...]
    heading: re.Pattern[str]
    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = _always
    near: re.Pattern[str] | None = None


_NUMBER = r"(?:号码?|账号|编号|[ _-]?(?i:no|id|num|number))?\d?"
_SOMEBODY = (
    "学生|考生|员工|职工|业主|车主|户主|司机|驾驶员|乘客|旅客|收货人|收件人|寄件人|投保人|被保险人|受益人|负责人|联系人"
    "|联络人|经办人|讲师|教师|老师|技师|医生|医师|护士|患者|病人|领用人|保管人|申请人|会员|成员|队员|家长|监护人"
    "|法人|法定代表人|推荐人|报案人|当事人|持证人|开户人|收款人|付款人|作者|值班员|值班人|编辑|记者|导师|村民|居民"
)
COLUMNS = (
    Column(
        "name",
        tuple({"姓名", "姓 ", "户名", *(word[:2] for word in _SOMEBODY.split("|"))}),
        pattern(rf"(?:{_SOMEBODY})?姓 {{0,2}}名|户名|(?:{_SOMEBODY})(?:名字)?"),
        told.CELL,
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
        "birth_date",
        dates.FIELD_HEADS,
        pattern(dates.FIELD_NAME),
        dates.CELL,
    ),
    Column(
        "secret",
        ("密码", "口令", "登录", "初始", "Pa", "pa", "PA", "pw", "PW"),
        pattern(r"(?:登录|初始)?(?:密码|口令)|(?i:password|passwd|pwd)"),
        secrets.CELL,
    ),
)
"""The kinds whose values only a heading gives away; those of `CUES` are told by the same cues."""

_SEPARATORS = frozenset(",;\t|")
_LINE = 400
"""Characters of the longest line that is read as a row."""

_AROUND = " \"'`*"
_AFTER_HEADING = frozenset(",\t|\n\r) \"'`*")
_OWNER = pattern(r"(?<=[,\t|\n\0])?[\u4e00-\u9fff]{1,6}\Z")
"""Whose number a heading says it is: 患者住院号, 往来港澳通行证号."""

_INSERT = pattern(r"(?i:insert (?:ignore )?into) ?[\w.`\"]{1,64} ?\(([^()]{0,300})\Z")
_VALUES = pattern(r"[^()\0]{0,300}\)\s{0,4}(?i:values?)\s{0,4}")
_TUPLE = pattern(r"[,\s]{0,4}\(((?:'[^'\0]{0,200}'|[^()'\0]{1,200}){1,100})\)")
_TUPLE_CELL = pattern(r"[ '\"]{0,2}([^,'\"]{0,200})[ '\"]{0,2}(?:,|\Z)")
_TORN = pattern(r"[\d.·-]{1,6}(?: [\d.·-]{1,6}){1,12}")


def below(cue: Cue, text: str, at: int) -> Iterator[Hit]:
    """The values of the column that the cue at `at` is the heading of."""
    column = _of_cue(cue)
    return iter(()) if column is None else _finder(column)(text, at)


@cache
def _of_cue(cue: Cue) -> Column | None:
    if cue.alike is None:
        return None
    heading = pattern(rf"(?:{cue.name.pattern}){_NUMBER}")
    return Column(cue.kind, cue.heads, heading, cue.alike, cue.check or _always, cue.near)


def _finder(column: Column) -> Callable[[str, int], Iterator[Hit]]:
    def below_heading(text: str, at: int) -> Iterator[Hit]:
        heading = column.heading.match(text, at)
        if heading is not None and text[heading.end()] in _AFTER_HEADING:
            yield from _tuples(column, text, at, heading.end())
            yield from _rows(column, text, at, heading.end())

    return below_heading


def _rows(column: Column, text: str, at: int, end: int) -> Iterator[Hit]:
    """The values below the heading at `at` to `end`, if it fills a cell of its line."""
    begin = _line_begin(text, at)
    if not begin:
        return
    before = _OWNER.sub("", text[begin:at]).rstrip(_AROUND)[-1:]
    separator = _separator(before, text[end : end + 4].lstrip(_AROUND)[:1])
    if not separator:
        return
    line_end = _line_end(text, end)
    if column.near is not None and column.near.search(text, begin, line_end) is None:
        return
    nth, count = text.count(separator, begin, at), text.count(separator, begin, line_end)
    while text[line_end] == "\n":
        start, line_end = line_end + 1, _line_end(text, line_end + 1)
        if line_end - start > _LINE or text.count(separator, start, line_end) != count:
            return
        cell = _cell(text, start, line_end, separator, nth)
        if column.heading.fullmatch(text, *cell):
            return
        if _is_value(column, text[slice(*cell)]):
            yield Hit(*cell, column.kind, "column")


def _tuples(column: Column, text: str, at: int, end: int) -> Iterator[Hit]:
    """The values of a column that an INSERT names at `at` to `end`."""
    insert = _INSERT.search(text, max(0, at - _LINE), at)
    names_end = _VALUES.match(text, end)
    if insert is None or names_end is None:
        return
    nth, place = insert[1].count(","), names_end.end()
    while (row := _TUPLE.match(text, place)) is not None:
        cells = list(_TUPLE_CELL.finditer(text, row.start(1), row.end(1)))
        if nth < len(cells) and _is_value(column, cells[nth][1]):
            yield Hit(*cells[nth].span(1), column.kind, "column")
        place = row.end()


def _is_value(column: Column, cell: str) -> bool:
    """Whether the cell holds a value as written, or torn by spaces, or in other digits."""
    for value in (cell, _squeezed(cell)):
        match = column.shape.match(value + "\0")
        if match is not None and match.end() == len(value) > 0:
            return column.is_valid(value)
    return False


def _squeezed(cell: str) -> str:
    """The digits of a cell of digits and what parts them; nothing of other cells."""
    return plain(cell) if _TORN.fullmatch(cell) else ""


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
