"""Numbers in odd writing beside a cue, which is believed where the writing alone is not.

Cues that are themselves oddly written (`Q Q`, a lone 扣) give away plain numbers too.
Letters may stand for 0 and 1 (`l38O…`), groups may be of any length and parted by anything short,
and kinds without a check or a plan of their own are found: fixed and QQ numbers.
"""

import re
from collections.abc import Callable, Iterator

from quality.privacy.hits import Hit
from quality.privacy.numbers import codes, context, identities, validators
from quality.privacy.numbers.chains import MOST_BETWEEN
from quality.privacy.numbers.hidden import is_foreign, through
from quality.privacy.view import pattern
from quality.privacy.writings import groups, plain, spelled

_DIGIT, _BETWEEN = spelled()
_CHAIN = (
    rf"(?:(?<![A-Za-z])|(?=[{_DIGIT}]))"
    rf"(?P<chain>[{_DIGIT}oOlI](?:[{_BETWEEN}()]{{0,{MOST_BETWEEN}}}[{_DIGIT}oOlI]){{4,26}}"
    rf"(?:[{_BETWEEN}]{{0,2}}[Xx])?)(?![0-9A-Za-z{_DIGIT}十百千万亿元年月%])"
)
_BESIDE = pattern(
    rf"(?:(?P<qq>(?P<rare>(?<![0-9A-Za-z_=/-])(?:[Qq] [Qq]|[Qq]{{2}}[/、和及](?:微信|[Vv][Xx]))"
    rf"|[我的][Qq](?![A-Za-z])|(?<![一-鿿])扣(?=[{_DIGIT}]))|(?<![0-9A-Za-z_=/-])[Qq]{{2}}|扣扣|企鹅|加[Qq扣])"
    r"|(?P<paper>身[份分]证?|证件)|(?P<card>个卡|的卡|卡号|银行卡|信用卡|储蓄卡|账号|账户)"
    r"|电话|手机|手提|座机|固话|号码|联系|联络|致电|来电|拨打|热线|传真|短信|微信|薇信|威信|加[Vv薇]"
    r"|(?<![A-Za-z])(?:[Tt][Ee][Ll]|[Mm]obile|[Pp]hone|[Vv][Xx]))"
    rf"[^0-9A-Za-z{context.STOPS}{_DIGIT}]{{0,8}}?{_CHAIN}"
)
_PLAIN_GROUPS = pattern(r"[0-9 ._,:/-]*")
_AREA = pattern(rf"0(?:{validators.AREA_CODE})[2-9]\d{{6,7}}")

HEADS = (
    *("QQ", "qq", "Qq", "Q ", "q ", "扣扣", "企鹅", "加Q", "加q", "加扣"),
    *("我Q", "我q", "的Q", "的q"),
    *("身份", "身分", "证件", "卡号", "个卡", "的卡", "银行", "信用", "储蓄"),
    *("账号", "账户", "电话", "手机", "手提", "座机", "固话", "号码", "联系"),
    *("联络", "致电", "来电", "拨打", "热线", "传真", "短信", "微信", "薇信"),
    *("威信", "加V", "加v", "加薇", "VX", "vx", "Vx", "Te", "te", "TE", "Mo", "mo", "Ph", "ph"),
    *(f"扣{digit}" for digit in set(_DIGIT) - {"\\"}),
)
"""The first two characters of the cues that `beside_cue` knows."""


def beside_cue(text: str, at: int) -> Iterator[Hit]:
    """The number in odd writing beside the cue that stands at `at`, if there is one."""
    match = _BESIDE.match(text, at)
    if match is None:
        return
    start, end = match.span("chain")
    written = text[start:end]
    digits = plain(written)
    if (digits == written and not match["rare"]) or not _is_mostly_digits(written):
        return
    cue = next((name for name in ("qq", "paper", "card") if match[name]), "phone")
    hit = _JUDGES[cue](text, start, end, digits)
    if hit is not None:
        yield hit._replace(end=through(text, hit.end))


def _is_mostly_digits(written: str) -> bool:
    letters = sum(character in "oOlI" for character in written)
    return 3 * letters <= 2 * len(plain(written))


def _qq(text: str, start: int, end: int, digits: str) -> Hit | None:
    written = text[start:end]
    shape = groups(written)
    torn = set(shape) == {1} or (len(shape) > 2 and len(set(shape)) > 1)
    oddly = torn or _PLAIN_GROUPS.fullmatch(written) is None or written == digits
    if not 5 <= len(digits) <= 11 or digits[0] == "0" or not oddly:
        return None
    return Hit(start, end, "qq", "hidden")


def _paper(text: str, start: int, end: int, digits: str) -> Hit | None:
    letter = "X" if text[end - 1] in "Xx" else ""
    hit = identities.resident(text, start, end, digits + letter)
    return hit._replace(rule="hidden") if hit is not None and _is_odd(text[start:end]) else hit


def _card(text: str, start: int, end: int, digits: str) -> Hit | None:
    hit = codes.judged_card(text, start, end, digits)
    return hit._replace(rule="hidden") if hit is not None and _is_odd(text[start:end]) else hit


def _is_odd(written: str) -> bool:
    return re.fullmatch(r"[0-9Xx -]*", written) is None


def _phone(text: str, start: int, end: int, digits: str) -> Hit | None:
    national = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    written = text[start:end]
    if is_foreign(text, start, digits):
        return None
    if validators.is_mobile(national):
        return Hit(start, end, "mobile", "hidden" if _is_odd(written) else "plan")
    if _AREA.fullmatch(digits) is not None:
        return Hit(start, end, "landline", "hidden" if _is_odd(written) else "area_code")
    first = _first_number(written)
    return Hit(start, start + first, "mobile", "hidden") if first else None


def _first_number(written: str) -> int:
    """Length of the writing of a mobile number that `written` begins with, or 0."""
    for gap in re.finditer(rf"[{_BETWEEN}()]+", written):
        digits = plain(written[: gap.start()])
        if len(digits) >= 11:
            return gap.start() if len(digits) == 11 and validators.is_mobile(digits) else 0
    return 0


_JUDGES: dict[str, Callable[[str, int, int, str], Hit | None]] = {
    "qq": _qq,
    "paper": _paper,
    "card": _card,
    "phone": _phone,
}
