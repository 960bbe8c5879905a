"""Finders of numbers that are hidden by how they are written.

Digits may be circled, Han, formal or of several kinds at once (`1③8一二…`), stand apart
(`1 3 8 …`, `138.1234.5678`, `138💗1234💗5678`), or have something unseen between them.

What is believed without a cue: a number that its own plan, or its check digit, date and region
prove, and that is written oddly, or in one of the usual groupings by one separator all through.
Separators that lists, sums and paths are written with (`,、/+=|#`) are believed beside a cue only,
as are fixed and QQ numbers, and letters that stand for 0 and 1 (`l38O…`). What a label of serial
numbers stands before is left alone, and so is what goes on as a numeral (十百千万, 元).
"""

import re
from collections.abc import Iterator

from quality.privacy import chains, codes, context, identities, validators
from quality.privacy.hits import Hit
from quality.privacy.view import View, pattern
from quality.privacy.writings import groups, plain, spelled

_ORDINARY = pattern(r"1\d\d(?: - |[ .·-]|  )\d{4}(?: - |[ .·-]|  )\d{4}\Z")
_WEAK = ",、/+=|#\"'`:"
_USUAL = ((3, 4, 4), (4, 4, 3), (3, 3, 5), (2, 3, 3, 3), (3, 2, 2, 2, 2), (2, 2, 2, 2, 3))
_TWO_GROUPS = ((3, 8), (7, 4))
_GOES_ON = "十百千万亿元年月%"
_IN_A_NUMERAL = "第十百千万亿点"
_COUNTRY = pattern(r"\(?\+?(?:00)?86\)?[ -]{0,2}\Z")
_FOLLOWS = "\ufe0f\u20e3"
_AREA = pattern(rf"0({validators.AREA_CODE})[2-9]\d{{6,7}}")

_DIGIT, _BETWEEN = spelled()
_CHAIN = rf"[{_DIGIT}oOlI](?:[{_BETWEEN}()]{{0,{chains.MOST_BETWEEN}}}[{_DIGIT}oOlI]){{4,26}}"
_BESIDE = pattern(
    rf"(?:(?P<qq>[Qq]{{2}}|扣扣|企鹅|加[Qq扣])|电话|手机|手提|座机|联系|联络|致电|来电|拨打|热线|传真|短信"
    rf"|微信|薇信|[Tt][Ee][Ll]|[Mm]obile|[Pp]hone)"
    rf"[^0-9A-Za-z{context.STOPS}{_DIGIT}]{{0,8}}?"
    rf"(?:(?<![A-Za-z])|(?=[{_DIGIT}]))({_CHAIN})(?![0-9A-Za-z{_DIGIT}{_GOES_ON}])"
)
HEADS = (
    *(
        "QQ",
        "qq",
        "Qq",
        "扣扣",
        "企鹅",
        "加Q",
        "加q",
        "加扣",
        "电话",
        "手机",
        "手提",
        "座机",
        "联系",
        "联络",
    ),
    *("致电", "来电", "拨打", "热线", "传真", "短信", "微信", "薇信", "Te", "te", "TE"),
    *("Mo", "mo", "Ph", "ph"),
)
"""The first two characters of the cues that `beside_cue` knows."""


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
    oddly = not written.isascii() and written != digits
    if len(digits) in (15, 17, 18):
        hit = _identity(text, start, end, digits, oddly=oddly)
        if hit is not None:
            return hit
    if len(digits) in (11, 13) and digits[0] in "18":
        return _mobile(text, start, end, digits, oddly=oddly)
    if digits[0] == "0":
        return _landline(text, start, end, digits)
    if 16 <= len(digits) <= 19:
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
    if _ORDINARY.match(written) or not validators.is_mobile(digits[-11:]):
        return None
    if context.is_labelled(text, start) or context.is_decimal(text, start):
        return None
    begin = start - _country(text, start)
    if not context.is_phone(text, begin) and (
        context.is_serial(text, begin) or not _is_believed(written, oddly=oddly)
    ):
        return None
    return Hit(begin, _through(text, end), "mobile", "hidden")


def _is_believed(written: str, *, oddly: bool) -> bool:
    """Whether a mobile number written so is believed without a cue."""
    if any(character in _WEAK for character in written):
        return False
    shape = groups(written)
    if oddly or set(shape) == {1} or shape in _USUAL:
        return True
    return shape in _TWO_GROUPS and " " not in written


def _country(text: str, start: int) -> int:
    """Length of the country code written before a number."""
    match = _COUNTRY.search(text[max(0, start - 9) : start])
    return len(match[0]) if match is not None else 0


def _through(text: str, end: int) -> int:
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
    if len(digits) == 15 and not (
        context.is_identity(text, start) or groups(text[start:end]) == (6, 6, 3)
    ):
        return None
    hit = identities.resident(text, start, _through(text, end), digits)
    return hit._replace(rule="hidden") if hit is not None and oddly else hit


def _check_letter(text: str, end: int) -> int:
    """The end behind a check letter X after at most two separators, or 0."""
    match = _LETTER.match(text, end)
    return match.end() if match is not None else 0


def _landline(text: str, start: int, end: int, digits: str) -> Hit | None:
    area = _AREA.fullmatch(digits)
    if area is None or context.is_serial(text, start):
        return None
    parted = groups(text[start:end])[0] == len(area[1]) + 1
    if text[start:end].isascii() or not (parted or context.is_phone(text, start)):
        return None
    return Hit(start, _through(text, end), "landline", "hidden")


_GROUPS = pattern(r"[\d ._,:/-]*")
_LETTER = pattern(rf"[{_BETWEEN}]{{0,2}}[Xx](?![0-9A-Za-z])")


def beside_cue(text: str, at: int) -> Iterator[Hit]:
    """A telephone or QQ number in odd writing beside its cue, letters for 0 and 1 included."""
    match = _BESIDE.match(text, at)
    if match is None:
        return
    start, end = match.span(2)
    written = match[2]
    digits = plain(written)
    if digits == written or not _is_mostly_digits(written):
        return
    hit = _qq(written, digits, start, end) if match["qq"] else _phone(written, digits, start, end)
    if hit is not None:
        yield hit._replace(end=_through(text, hit.end))


def _is_mostly_digits(written: str) -> bool:
    letters = sum(c in "oOlI" for c in written)
    return 3 * letters <= 2 * len(plain(written))


def _qq(written: str, digits: str, start: int, end: int) -> Hit | None:
    oddly = set(groups(written)) == {1} or not _GROUPS.fullmatch(written)
    if not 5 <= len(digits) <= 11 or digits[0] == "0" or not oddly:
        return None
    return Hit(start, end, "qq", "hidden")


def _phone(written: str, digits: str, start: int, end: int) -> Hit | None:
    national = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    if validators.is_mobile(national):
        return Hit(start, end, "mobile", "hidden")
    if _AREA.fullmatch(digits) is not None:
        return Hit(start, end, "landline", "hidden")
    first = _first_number(written)
    return Hit(start, start + first, "mobile", "hidden") if first else None


def _first_number(written: str) -> int:
    """Length of the writing of a mobile number that `written` begins with, or 0."""
    for gap in re.finditer(rf"[{_BETWEEN}()]+", written):
        digits = plain(written[: gap.start()])
        if len(digits) >= 11:
            return gap.start() if len(digits) == 11 and validators.is_mobile(digits) else 0
    return 0
