"""Finders of numbers that carry their own proof: a check digit, a plan, a shape."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from quality.privacy import validators
from quality.privacy.hits import Hit
from quality.privacy.spotting import Runs, one_of
from quality.privacy.view import pattern

Mask = npt.NDArray[np.bool_]
Verify = Callable[[str, int, int], Hit | None]

PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_NEARBY = r"[^。;!?\n\0〔〕]"
_SERIAL = pattern(
    r"(?:订单|单号|运单|快递|物流|流水|编号|编码|货号|型号|批号|文号|案号|票号|专利|申请号|ISBN|ISSN"
    r"|DOI|doi|SKU|sku|条码|条形码|序列号|序号|合同|发票|交易|凭证|商品|产品|股票|基金|代码|版本"
    r"|(?<![A-Za-z])(?:[Ii][Dd]|[Nn][Oo]))(?:号码?|编号)?[ .#]*[:为是]?[ ]*\Z"
)
_PHONE_CUE = pattern(
    r"(?:电话|手机|座机|传真|致电|热线|联系|联络|来电|拨打|咨询|行动|[Tt]el|TEL|[Pp]hone|[Mm]obile"
    rf"|[Ff]ax|FAX|微信|物联网){_NEARBY}{{0,16}}\Z"
)
_CARD_CUE = pattern(rf"(?:卡号|银行卡|信用卡|借记卡|储蓄卡|账号|账户|[Cc]ard){_NEARBY}{{0,40}}\Z")
_ID_CUE = pattern(rf"(?:身份|证件|[Ii][Dd]){_NEARBY}{{0,24}}\Z")
_CREDIT_CUE = pattern(rf"(?:信用代码|税号|纳税人识别号|注册号|机构代码){_NEARBY}{{0,16}}\Z")
_IN_ADDRESS_OF_PAGE = pattern(r"(?:://|www\.|[A-Za-z]\?|=)[!-~]*\Z|[A-Za-z]-\Z|[0-9A-Za-z]_\Z")
_MOBILE = pattern(
    r"(?:(?:00)?86\)?[ -]?)?(1[3-9]\d)([ -]?)(\d{4})\2(\d{4})(?![0-9A-Za-z])(?!\.\d)(?! ?[元万亿])"
    r"|(?:(?:00)?86[ -]?)?(14[01468]\d{10})(?![0-9A-Za-z])"
)
_AREA = validators.AREA_CODE
_LANDLINE = pattern(
    rf"(?:0{_AREA}(?:\)[ -]?|[ -]{{1,2}})|(?:00)?86[ -]{_AREA}[ -]|0{_AREA})"
    r"[1-9]\d{2,3}[ -]?\d{4}"
    r"(?:/\d{7,8})?(?![0-9A-Za-z])(?!\.\d)(?: ?(?:转|-|ext\.?)(?:分机)? ?\d{1,6}(?![0-9A-Za-z]))?"
)
_OVERSEAS = pattern(
    r"(?:00)?(?:852[ -]?[2-9]\d{3}|853[ -]?[268]\d{3}"
    r"|886[ -]?0?(?:9\d{2}[ -]?\d{2}|[2-8][ -]?\d{3,4}))"
    r"[ -]?\d{4}(?![0-9A-Za-z])"
    r"|09\d{8}(?![0-9A-Za-z])|09\d{2}-\d{3}-?\d{3}(?![0-9A-Za-z-])"
    r"|0[2-8]\d?(?:\)[ -]?|-)(?!19|20)\d{3,4}-\d{4}(?![0-9A-Za-z-])"
)
_GROUPED = pattern(r"(?:\d{3,4}|\d{6})(?:[ -]{1,2}\d{1,13}){1,5}[Xx]?(?![0-9A-Za-z])")
_HK_ID = pattern(r"([A-Za-z]{1,2}\d{6})[(\[]([0-9Aa])[)\]]")
_PLATE = pattern(
    r"[A-HJ-NP-Z][·\- ]?(?:(?=(?:[A-Z]?\d){3})"
    r"[A-HJ-NP-Z0-9]{4}(?:[A-HJ-NP-Z0-9](?![0-9A-Za-z])|[挂学警港澳])"
    r"|(?:[A-HJ-K][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJ-K])(?![0-9A-Za-z]))"
)


def _before(text: str, start: int, room: int = 48) -> str:
    return text[max(0, start - room) : start]


def _is_serial(text: str, start: int) -> bool:
    near = _before(text, start, 120)
    return _SERIAL.search(near) is not None or _IN_ADDRESS_OF_PAGE.search(near) is not None


def _is_decimal(text: str, start: int) -> bool:
    return text[start - 1] in "¥$€" or (text[start - 1] == "." and text[start - 2].isdecimal())


def _mobile(text: str, start: int, _end: int) -> Hit | None:
    match = _MOBILE.match(text, start)
    if match is None or _is_decimal(text, start):
        return None
    begin = start
    if text[begin - 1] == "+":
        begin -= 1
    if text[begin - 1] == "(" and ")" in match[0]:
        begin -= 1
    cued = _PHONE_CUE.search(_before(text, begin)) is not None
    if match[5]:
        return Hit(begin, match.end(), "mobile", "internet_of_things") if cued else None
    plan = validators.is_mobile(match[1] + match[3] + match[4])
    if not cued and (not plan or _is_serial(text, begin)):
        return None
    return Hit(begin, match.end(), "mobile", "plan" if plan else "cue")


def _landline(text: str, start: int, end: int) -> Hit | None:
    match = _LANDLINE.match(text, start) or _OVERSEAS.match(text, start)
    if match is None or _is_decimal(text, start):
        return None
    begin = start - (text[start - 1] == "+" or (text[start - 1] == "(" and text[end] == ")"))
    cued = _PHONE_CUE.search(_before(text, begin)) is not None
    grouped = text[end] in ")-" or text[begin] == "+"
    if not cued and (not grouped or _is_serial(text, begin)):
        return None
    digits = re.sub(r"\D", "", match[0])
    wireless = re.match(r"(?:00)?(?:852[4-79]|8536|8860?9|09\d{8}\Z)", digits) is not None
    return Hit(begin, match.end(), "mobile" if wireless else "landline", "area_code")


def _eighteen(text: str, start: int, end: int) -> Hit | None:
    """A run of 15 or 18 characters: identity number, or credit code."""
    value = text[start:end].upper()
    if value[:-1].isdecimal() and (value[-1] == "X" or value[-1].isdecimal()):
        hit = _identity(text, start, end, value)
        if hit is not None:
            return hit
    if len(value) == 18 and validators.is_credit_code(value):
        if value.isdecimal() and _CREDIT_CUE.search(_before(text, start)) is None:
            return None
        return Hit(start, end, "credit_code", "gb32100")
    return None


def _identity(text: str, start: int, end: int, value: str) -> Hit | None:
    if validators.is_resident_id(value):
        return Hit(start, end, "resident_id", "gb11643" if len(value) == 18 else "gb11643_15")
    if not validators.is_resident_id(value, any_region=True):
        return None
    if value[0] == "9":
        return Hit(start, end, "permit", "permanent_resident")
    if _ID_CUE.search(_before(text, start)) is None:
        return None
    return Hit(start, end, "resident_id", "gb11643_cue")


def _card(text: str, start: int, end: int) -> Hit | None:
    digits = text[start:end].replace(" ", "").replace("-", "")
    if (
        digits[0] not in "345689"
        or not validators.is_luhn(digits)
        or len(set(digits)) < 2
        or _is_decimal(text, start)
    ):
        return None
    cued = _CARD_CUE.search(_before(text, start, 64)) is not None
    if cued:
        return Hit(start, end, "bank_card", "luhn_cue")
    if digits.startswith("62") and not _is_serial(text, start):
        return Hit(start, end, "bank_card", "luhn_unionpay")
    return None


def _grouped(text: str, start: int, _end: int) -> Hit | None:
    """Digits in groups: an identity number or a bank card, by how many there are."""
    match = _GROUPED.match(text, start)
    if match is None or text[start - 1] == ".":
        return None
    for group in re.finditer(r"[0-9Xx]+", match[0]):
        end = start + group.end()
        value = re.sub(r"[ -]", "", text[start:end]).upper()
        if len(value) == 18 and validators.is_resident_id(value):
            return Hit(start, end, "resident_id", "gb11643")
        if 16 <= len(value) <= 19 and value.isdecimal():
            hit = _card(text, start, end)
            if hit is not None:
                return hit
    return None


def _hk_id(text: str, start: int, _end: int) -> Hit | None:
    match = _HK_ID.match(text, start)
    if match is None or not validators.is_hk_id((match[1] + match[2]).upper()):
        return None
    return Hit(start, match.end(), "hk_id", "mod11")


def _tw_id(text: str, start: int, end: int) -> Hit | None:
    value = text[start:end]
    if not re.fullmatch(r"[A-Z][1289]\d{8}", value) or not validators.is_tw_id(value):
        return None
    if text[end] in "-_/." and text[end + 1].isalnum():
        return None
    return None if _is_serial(text, start) else Hit(start, end, "tw_id", "mod10")


def _plate(text: str, start: int, _end: int) -> Hit | None:
    begin = start - 2 if text[start - 1] in "·- " else start
    match = _PLATE.match(text, begin)
    if match is None or text[begin - 1] not in PLATE_PROVINCES:
        return None
    return Hit(begin - 1, match.end(), "plate", "ga36")


def families(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    """Which runs each finder should look at, and the finder."""
    number, length, after = runs.numeric, runs.length, runs.after
    zero = runs.first == ord("0")
    eight = runs.first == ord("8")
    one = runs.first == ord("1")
    grouped = one_of(after, " -")
    country = number & (length <= 4) & (eight | zero) & one_of(after, " -)")
    yield (
        number & one & (np.isin(length, (11, 13)) | (length == 3) & grouped)
        | number & (eight | zero) & np.isin(length, (13, 15))
        | country,
        _mobile,
    )
    yield (
        country | number & (eight | zero) & (length >= 10) & (length <= 14),
        _landline,
    )
    yield np.isin(length, (15, 18)) & (runs.digits >= 8), _eighteen
    yield number & (length >= 16) & (length <= 19), _card
    yield number & (length >= 3) & (length <= 8) & grouped, _grouped
    yield (
        (runs.digits == 6) & (length <= 8) & (length >= 7) & one_of(after, "(["),
        _hk_id,
    )
    yield (runs.digits == 9) & (length == 10), _tw_id
    letter = (runs.first >= ord("A")) & (runs.first <= ord("Z"))
    yield (
        (length >= 5) & (length <= 7) & letter & one_of(runs.before, PLATE_PROVINCES)
        | (length >= 4) & (length <= 6) & one_of(runs.before, "·- "),
        _plate,
    )
