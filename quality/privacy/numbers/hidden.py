"""Finders of numbers that are hidden by how they are written.

Digits may be circled, Han, formal or of several kinds at once (`1③8一二…`), stand apart
(`1 3 8 …`, `138.1234.5678`, `138💗1234💗5678`), or have something unseen between them.

What is believed without a cue: a number that its own plan, or its check digit, date and region
prove, and that is written oddly, or in one of the usual groupings by one separator all through.
Separators that lists, sums and paths are written with (`,、/+=|#`) are believed beside a cue only,
as are fixed and QQ numbers, and letters that stand for 0 and 1 (`l38O…`). What a label of serial
numbers stands before is left alone, and so is what goes on as a numeral (十百千万, 元).
"""

from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.numbers import chains, codes, context, identities, validators
from quality.privacy.view import View, pattern
from quality.privacy.writings import groups, plain, spelled

_ORDINARY = pattern(r"1\d\d( - |[ .·-]|  )\d{4}\1\d{4}\Z")
_WEAK = frozenset(",、/+=|#\"'`:")
_IPV4 = pattern(r"\d{1,3}(?:\.\d{1,3}){3}")
_ORDINARY_SIGNS = frozenset("0123456789 -.·")
_USUAL = (3, 4, 4)
_USUAL_WITHOUT_SPACES = ((3, 8), (7, 4), (3, 3, 5), (3, 2, 2, 2, 2), (2, 2, 2, 2, 3))
_GOES_ON = "十百千万亿元年月%"
_IN_A_NUMERAL = "第十百千万亿点"
_COUNTRY = pattern(r"(?<![0-9A-Za-z])\(?\+?(?:00)?86\)?[ -]{0,2}\Z")
_FOLLOWS = "\u20e3"
_AREA = pattern(rf"0({validators.AREA_CODE})[2-9]\d{{6,7}}")

_LETTER = pattern(rf"[{spelled()[1]}]{{0,2}}[Xx](?![0-9A-Za-z])")


def numbers(view: View) -> Iterator[Hit]:
    """Numbers in odd writing that prove themselves."""
    for start, last in chains.suspects(view):
        hit = _judged(view.text, start, last + 1)
        if hit is not None:
            yield hit


def _judged(text: str, start: int, end: int) -> Hit | None:
    if _is_cut(text, start, end):
        return None
    written = text[start:end]
    digits = plain(written)
    oddly = not _ORDINARY_SIGNS.issuperset(written)
    if len(digits) in (15, 17, 18):
        hit = _identity(text, start, end, digits, oddly=oddly)
        if hit is not None:
            return hit
    if len(digits) in (11, 13) and digits[0] in "18":
        return _mobile(text, start, end, digits, oddly=oddly)
    if digits[0] == "0":
        return _landline(text, start, end, digits)
    if 16 <= len(digits) <= 19 and not _WEAK.intersection(written):
        hit = codes.judged_card(text, start, end, digits)
        return hit._replace(rule="hidden") if hit is not None and oddly else hit
    return None


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether letters or the writing of a numeral go on at either side."""
    before, after = text[start - 1], text[end]
    if (before.isascii() and before.isalpha()) or before in _IN_A_NUMERAL:
        return True
    unit = text[end + 1] if after == " " else after
    return (after.isascii() and after.isalpha() and after not in "Xx") or unit in _GOES_ON


def _mobile(text: str, start: int, end: int, digits: str, *, oddly: bool) -> Hit | None:
    written = text[start:end]
    if (
        _ORDINARY.match(written)
        or _IPV4.fullmatch(written)
        or not validators.is_mobile(digits[-11:])
    ):
        return None
    if context.is_labelled(text, start) or context.is_decimal(text, start):
        return None
    if is_foreign(text, start, digits):
        return None
    begin = start - _country(text, start)
    if not context.is_phone(text, begin, end) and (
        context.is_serial(text, begin)
        or context.is_quantity(text, begin)
        or not _is_believed(written, oddly=oddly)
    ):
        return None
    return Hit(begin, through(text, end), "mobile", "hidden")


def _is_believed(written: str, *, oddly: bool) -> bool:
    """Whether a mobile number written so is believed without a cue."""
    if _WEAK.intersection(written):
        return False
    shape = groups(written)
    if oddly or set(shape) == {1} or shape == _USUAL:
        return True
    return shape in _USUAL_WITHOUT_SPACES and " " not in written


def is_foreign(text: str, start: int, digits: str) -> bool:
    """Whether a plus sign before 1… tells of the country code of another plan."""
    return text[start - 1] == "+" and digits.startswith("1")


def _is_all_odd(written: str) -> bool:
    return not any(character in "0123456789" for character in written)


def _country(text: str, start: int) -> int:
    """Length of the country code written before a number."""
    match = _COUNTRY.search(text[max(0, start - 9) : start])
    return len(match[0]) if match is not None else 0


def through(text: str, end: int) -> int:
    """The end, and what is unseen behind it but belongs to the last digit: a keycap."""
    while text[end] in _FOLLOWS:
        end += 1
    return end


def _identity(text: str, start: int, end: int, digits: str, *, oddly: bool) -> Hit | None:
    if len(digits) == 17:
        end = _check_letter(text, end)
        digits += "X"
        if not end:
            return None
    elif text[end] in "Xx":
        return None
    written = text[start:end]
    weak = len(_WEAK.intersection(written))
    if weak and (weak > 1 or not context.is_identity(text, start)):
        return None
    if len(digits) == 15 and not _is_older_identity(text, start, written):
        return None
    hit = identities.resident(text, start, through(text, end), digits)
    return hit._replace(rule="hidden") if hit is not None and oddly else hit


def _is_older_identity(text: str, start: int, written: str) -> bool:
    """Whether 15 digits without a check are believed: the usual groups, or a cue."""
    shape = groups(written)
    if shape == (6, 6, 3):
        return True
    shape_is_plain = len(shape) in {1, 15} and not _WEAK.intersection(written)
    return shape_is_plain and context.is_identity(text, start)


def _check_letter(text: str, end: int) -> int:
    """The end behind a check letter X after at most two separators, or 0."""
    match = _LETTER.match(text, end)
    return match.end() if match is not None else 0


def _landline(text: str, start: int, end: int, digits: str) -> Hit | None:
    area = _AREA.fullmatch(digits)
    if area is None or context.is_serial(text, start):
        return None
    written = text[start:end]
    parted = groups(written)[0] == len(area[1]) + 1
    proven = (parted or _is_all_odd(written)) and not _ORDINARY_SIGNS.issuperset(written)
    if not proven and not context.is_phone(text, start, end):
        return None
    return Hit(start, through(text, end), "landline", "hidden")
