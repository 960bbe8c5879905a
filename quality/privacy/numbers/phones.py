"""Finders of telephone numbers in their ordinary spellings: mobile, fixed, and overseas."""

import re

from quality.privacy.hits import Hit
from quality.privacy.numbers import context, validators
from quality.privacy.view import pattern

_EDGE = r"(?![0-9A-Za-z])(?!\.\d)"
_NO_AMOUNT = r"(?! ?(?:[元万亿股吨次度台辆米步]|分(?!机)|千瓦|美元|港元|人次|平方))"
_EXTENSION = (
    r"(?: ?(?:转|-|#|\*|[Ee]xt\.?|EXT\.?|[Xx]|分机)(?:分机)?:? ?\d{1,6}(?![0-9A-Za-z-])"
    r"| ?\((?:转|分机|转分机|[Ee]xt\.?):? ?\d{1,6}\))?"
)
_MOBILE = pattern(
    r"(?:(?:00)?86\)?[ .-]{0,2})?(1[3-9]\d)( - |[ .·-]?|  )(\d{4})\2(\d{4})" + _EDGE + _NO_AMOUNT
)
_TRUNK = pattern(r"0(1[3-9]\d{9})" + _EDGE + _NO_AMOUNT)
_OF_THINGS = pattern(r"(?:(?:00)?86[ .-]?)?14[01468]\d{10}(?![0-9A-Za-z])(?!\.\d)")
_AREA = validators.AREA_CODE
_LOCAL = r"(?!20[0-3]\d-)[2-9]\d{2,3}[ .-]?\d{4}"
_LANDLINE = pattern(
    rf"(?:0{_AREA}(?:\)[ -]?|[ ./-]{{1,2}}| - )?"
    rf"|(?:00)?86\)?[ .-]{{0,2}}(?:\(0?{_AREA}\)|0?{_AREA})[ .-]{{0,2}})"
    rf"{_LOCAL}{_EDGE}{_EXTENSION}"
)
_OVERSEAS = pattern(
    r"(?:(?:00)?(?:852\)?[ -]{0,2}[2-9]\d{3}|853\)?[ -]{0,2}[268]\d{3}"
    r"|886\)?[ -]{0,2}\(?0?\)?(?:9\d{2}[ -]?\d{2}|[2-8]\)?[ -]?[2-9]\d{2,3}))"
    r"[ -]?\d{4}|(?:00)?886[ -]?0?9\d{2}[ -]\d{3}[ -]\d{3}"
    r"|09\d{8}|09\d{2}([ -])\d{3}[ -]?\d{3}(?!-)"
    r"|0[24](?:\)[ -]?|-)(?!19|20)[2-9]\d{7}"
    rf"|0[2-8]\d?(?:\)[ -]?|-)(?!19|20)[2-9]\d{{2,3}}[ -]\d{{4}}(?!-)){_EDGE}{_EXTENSION}"
)
_WIRELESS = pattern(r"(?:00)?(?:852[4-79]|8536|8860?9|09\d{8}\Z)")
_BESIDE = pattern(
    rf"(?:0{_AREA}|86[ -]{_AREA})[) -]{{0,2}}{_LOCAL}(?: ?[/、,;或和及] ?[2-9]\d{{6,7}}){{0,3}}"
    r" ?[/、,;或和及] ?\Z"
)


_LOOK_ALIKES = str.maketrans("oOlI", "0011")


def _opened(text: str, start: int, matched: str) -> int:
    """Where the number begins, with the plus sign and the bracket that belong to it."""
    begin = start
    if text[begin - 1] == "+":
        begin -= 1
    if text[begin - 1] == "(" and ")" in matched:
        begin -= 1
    return begin


def _goes_on(text: str, begin: int, end: int, separator: str) -> bool:
    """Whether groups of digits go on at either side: then it is a serial number."""
    mark = separator.strip()
    if not mark:
        return False
    before = text[begin - 1] == mark and text[begin - 2].isdecimal()
    return before or (text[end] == mark and text[end + 1].isdecimal())


def mobile(text: str, start: int, _end: int) -> Hit | None:
    """A mainland mobile number: by the number plan, or any 1… beside a word for telephones."""
    match = _MOBILE.match(text, start)
    if match is None:
        return _unusual(text, start)
    begin = _opened(text, start, match[0])
    if context.is_decimal(text, start) or _goes_on(text, begin, match.end(), match[2]):
        return None
    digits = match[1] + match[3] + match[4]
    plan = validators.is_mobile(digits)
    if context.is_labelled(text, begin) or digits.startswith(validators.NEVER_MOBILE):
        return None
    alone = plan and not context.is_serial(text, begin) and not context.is_quantity(text, begin)
    if not alone and not context.is_phone(text, begin, match.end()):
        return None
    return Hit(begin, match.end(), "mobile", "plan" if plan else "cue")


def _unusual(text: str, start: int) -> Hit | None:
    """Beside a word for telephones: the 13 digits of things, or 11 behind the trunk prefix 0."""
    trunk = _TRUNK.match(text, start)
    match = trunk or _OF_THINGS.match(text, start)
    if match is None or (trunk is not None and not validators.is_mobile(trunk[1])):
        return None
    begin = _opened(text, start, match[0])
    if context.is_decimal(text, start) or context.is_device(text, start):
        return None
    if not context.is_phone(text, begin, match.end()):
        return None
    return Hit(begin, match.end(), "mobile", "cue" if trunk else "internet_of_things")


def spelled_with_letters(text: str, start: int, end: int) -> Hit | None:
    """A mobile number in a run of 11 in which the letters o, O, l and I stand for 0 and 1."""
    digits = text[start:end].translate(_LOOK_ALIKES)
    if not validators.is_mobile(digits) or context.is_serial(text, start):
        return None
    return Hit(start, end, "mobile", "hidden")


def landline(text: str, start: int, end: int) -> Hit | None:
    """A fixed number with its area or country code: bracketed, hyphenated, or beside a cue."""
    match = _LANDLINE.match(text, start) or _OVERSEAS.match(text, start)
    if match is None or context.is_decimal(text, start):
        return None
    begin = _opened(text, start, match[0][: end - start + 1])
    grouped = text[end] in ")-" or text[start - 1] == "+"
    if context.is_labelled(text, begin):
        return None
    alone = grouped and not context.is_serial(text, begin)
    if not alone and not context.is_phone(text, begin, match.end()):
        return None
    digits = re.sub(r"\D", "", match[0])
    kind = "mobile" if _WIRELESS.match(digits) else "landline"
    return Hit(begin, match.end(), kind, "area_code")


def beside_landline(text: str, start: int, end: int) -> Hit | None:
    """A second number that shares the area code of the first: 0571-…/87654322."""
    if text[start] not in "23456789" or _BESIDE.search(context.before(text, start, 64)) is None:
        return None
    return Hit(start, end, "landline", "area_code")
