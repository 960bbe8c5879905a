"""Finder of dates of birth: a date in a field, in the formula of a party, or in prose."""

from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.view import pattern

_S = " ?"
_HAN = "[〇零○一二三四五六七八九十]"
_YEAR = r"(?:19\d\d|20[0-4]\d)"
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_OF_MONTH = rf"{_MONTH}{_S}月(?:{_S}{_DAY}(?:{_S}[日号]|(?![0-9])))?"
_MONTH_NAME = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_WRITTEN = (
    rf"(?:民国{_S}(?:元|\d{{1,3}}){_S}年{_S}|{_YEAR}{_S}年{_S}){_OF_MONTH}"
    rf"|(?:民国{_HAN}{{1,4}}|(?:一九|二[〇零○]){_HAN}{{2}})年{_HAN}{{1,2}}月(?:{_HAN}{{1,3}}[日号])?"
)
"""A date in Chinese words, of a year from 1900 on; the day may be missing."""

_NUMERIC = (
    rf"{_YEAR}{_S}(?P<sign>[-./]){_S}{_MONTH}(?:{_S}(?P=sign){_S}{_DAY})?(?![0-9])"
    r"|(?:19\d\d|20[0-4]\d)(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?![0-9A-Za-z])"
)
_IN_FIELDS = (
    rf"|(?:民国{_S})?[1-9]\d{{1,2}}{_S}(?P<mark>[-./]){_S}{_MONTH}{_S}(?P=mark){_S}{_DAY}(?![0-9])"
    rf"|[1-9]\d{{1,2}}{_S}年{_S}{_OF_MONTH}"
    rf"|{_DAY}[-./]{_DAY}[-./]{_YEAR}(?![0-9])"
    rf"|{_MONTH_NAME}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|{_DAY}(?:st|nd|rd|th)?[ -]{_MONTH_NAME}\.?,?[ -]{_YEAR}"
)
"""What only a field tells: years without century or of the Republic, the day or month first."""

_LATER = r"[0-9A-Z]{6,18}[ ,|/、]{1,3}"
"""Another number in the field, before the date."""

_T = r"[ \n]{0,2}"
FIELD_NAME = (
    rf"(?:(?:出{_T}生|生{_T}辰)"
    rf"(?:{_T}年{_T}月(?:{_T}日{_T}?期?)?|{_T}日{_T}期|{_T}时{_T}间|{_T}日)?|生{_T}日)"
)
"""The name of a field or a column that holds a date of birth."""

_FIELD = pattern(
    rf"{FIELD_NAME}"
    r"(?:\([^()\n\0]{1,16}\))?[\"'”’*」』】)\]]{0,3}[ \t]{0,8}"
    r"(?:[:=|\t>→]|-> ?|[\"'] ?>|value ?=|[为是係系]:?|(?<=[月日期间]) ?)[ \t]{0,8}"
    r"[\"'“‘「『【(\[*|]{0,3}"
    rf"(?:{_LATER})?(?:公历|阳历|西元|公元)?"
    rf"({_WRITTEN}|{_NUMERIC}{_IN_FIELDS})"
)
_SAID = pattern(
    rf"{FIELD_NAME}(?:(?!宴|聚|会|派对|礼|快乐|当天|举|办|活动|前|后)[^0-9A-Za-z。!?\n\0〔〕]){{0,20}}"
    rf"(?:[为是係系]|[改写填成]{{1,2}}) ?({_WRITTEN}|{_NUMERIC})"
)
"""A date said later in the sentence to be the one: 生日登记错了,正确的应为."""

CELL = pattern(rf"{_WRITTEN}|{_NUMERIC}{_IN_FIELDS}")
"""A date that fills a cell below 出生日期."""

_AFTER = pattern(rf"(?:出生|出世|生)[于在]?[: ]?({_WRITTEN}|{_NUMERIC})")
_BEFORE = pattern(
    rf"(?<![0-9〇零一二三四五六七八九十])({_WRITTEN}|{_NUMERIC}|[1-9]\d{_S}年{_S}{_OF_MONTH}){_S}\Z"
)
_BORN = pattern(r"出世|出生(?![率证缺医人时日年地])|生(?=[,.;、。)\]\s\0于在的])")
_NO_BIRTH = "发产诞誕萌衍滋派丛原众野出"
"""What stands before 生于 where no person is born: 发生于, 诞生于, and 出生于, seen at its 出."""

_PARTY = pattern(
    r"(?<![\u4e00-\u9fff])[男女](?=[^\u4e00-\u9fff\0])|.族[,、; ]|籍[贯貫]|[户戶]籍|身份证|住[所址]"
)

FIELD_HEADS = (*("出生", "生辰", "生日"),)
HEADS = (
    *("出生", "生辰", "生日", "生于", "生在", "月生", "日生", "号生", "出世"),
    *("生 ", "出 ", "生\n", "出\n", *(f"{digit}生" for digit in "0123456789")),
    *FIELD_HEADS,
)


def birth_date(text: str, at: int) -> Iterator[Hit]:
    """The date of birth beside the cue that stands at `at`: the date alone.

    `party` has the sex, the people or the home of a person beside it, as courts and résumés
    write; `prose` has not, and may tell of anyone, the famous among them.
    """
    field = _FIELD.match(text, at)
    field = field or _SAID.match(text, at)
    if field is not None:
        yield Hit(*field.span(1), "birth_date", "field")
        return
    if text[at] in "月日号0123456789":
        at += 1
    elif text[at - 1] in _NO_BIRTH or text[at] not in "出生":
        return
    date = _AFTER.match(text, at)
    if date is None and text[at - 1] in "月日号 0123456789" and _BORN.match(text, at):
        date = _BEFORE.search(text, max(0, at - 24), at)
    if date is not None:
        start, end = date.span(1)
        before = text[max(0, start - 24) : start].rpartition("\0")[2]
        after = text[end : end + 32].partition("\0")[0]
        beside = _PARTY.search(before) or _PARTY.search(after)
        yield Hit(start, end, "birth_date", "party" if beside else "prose")
