"""Finders of the numbers of identity papers: mainland, Hong Kong, Macau and Taiwan."""

from quality.privacy.hits import Hit
from quality.privacy.numbers import context, near, validators
from quality.privacy.view import pattern

_HK_ID = pattern(r"([A-Za-z]{1,2}) ?(\d{6}) ?[(\[]([0-9Aa])[)\]]")
_MO_ID = pattern(
    r"[157]\d{6}(?: ?\(\d\)|/\d(?![0-9A-Za-z])|\d?(?![0-9A-Za-z]))|[157]/\d{6}/\d(?!\d)"
)
_TW_ID = pattern(r"[A-Za-z](?:[1289]|[A-Da-d])\d{8}")
_TAIWAN = pattern(rf"(?:台湾|居留证|统一证号|身分证|身份证|ARC)[^{context.STOPS}]{{0,16}}\Z")


def resident(text: str, start: int, end: int, value: str) -> Hit | None:
    """A resident identity number `value` (upper case, no separators) that stands there.

    The check digit, the date and the prefecture prove one of 18 characters. The older 15 prove
    less: a label of serial numbers or devices before them is believed.
    """
    if len(value) == 15:
        if not validators.is_resident_id(value) or _is_other(text, start):
            return None
        return Hit(start, end, "resident_id", "gb11643_15")
    if validators.is_resident_id(value):
        return Hit(start, end, "resident_id", "gb11643")
    if validators.is_permanent_resident(value):
        return Hit(start, end, "permit", "permanent_resident")
    if validators.is_resident_id(value, any_region=True) and context.is_identity(text, start):
        return Hit(start, end, "resident_id", "gb11643_cue")
    return None


def _is_other(text: str, start: int) -> bool:
    if context.is_decimal(text, start) or context.is_device(text, start):
        return True
    return context.is_serial(text, start) and not context.is_identity(text, start)


def hk_id(text: str, start: int, _end: int) -> Hit | None:
    """A Hong Kong identity number with its check in brackets; the check proves it."""
    begin = start
    if text[start].isdecimal():  # a space after the letters: they are a run of their own
        begin = start - (3 if text[start - 3].isascii() and text[start - 3].isalpha() else 2)
    match = _HK_ID.match(text, begin)
    if match is None or (text[begin - 1].isascii() and text[begin - 1].isalnum()):
        return None
    if not validators.is_hk_id((match[1] + match[2] + match[3]).upper()):
        return None
    return Hit(begin, match.end(), "hk_id", "mod11")


def mo_id(text: str, start: int, _end: int) -> Hit | None:
    """A Macau identity number, whose check nobody has published: only beside its name."""
    match = _MO_ID.match(text, start)
    if match is None or len(match[0]) == 7:  # without its check it is any number
        return None
    parted = match[0][-1] == ")" or "/" in match[0]
    if not parted and not context.is_macau(text, start):
        return None
    if not near.MACAU.holds(text, start, match.end()) and not context.is_identity(text, start):
        return None
    return Hit(start, match.end(), "mo_id", "bracket" if parted else "cue")


def tw_id(text: str, start: int, end: int) -> Hit | None:
    """A Taiwan identity number; the older form of residents (two letters) only beside a cue."""
    value = text[start:end]
    if _TW_ID.fullmatch(value) is None or not validators.is_tw_id(value.upper()):
        return None
    if text[end] in "-_/." and text[end + 1].isalnum():
        return None
    plain = value[0].isupper() and value[1].isdecimal()
    if not plain and _TAIWAN.search(context.before(text, start, 24)) is None:
        return None
    serial = context.is_serial(text, start) and not context.is_identity(text, start)
    return None if serial else Hit(start, end, "tw_id", "mod10")


def first_of_pair(text: str, start: int, end: int) -> Hit | None:
    """The identity number in a run where a mobile number follows it without a gap."""
    middle = start + 18
    if not _is_pair(text[start:middle], text[middle:end]):
        return None
    return Hit(start, middle, "resident_id", "gb11643")


def second_of_pair(text: str, start: int, end: int) -> Hit | None:
    """The mobile number in a run where it follows an identity number without a gap."""
    middle = start + 18
    if not _is_pair(text[start:middle], text[middle:end]):
        return None
    return Hit(middle, end, "mobile", "plan")


def _is_pair(identity: str, mobile: str) -> bool:
    return validators.is_mobile(mobile) and validators.is_resident_id(identity.upper())
