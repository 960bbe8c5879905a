"""Finders of the numbers of cards, companies, driver files and devices."""

from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.numbers import context, identities, near, validators
from quality.privacy.view import pattern

_FILLER = r"[^0-9A-Za-z。;!?\0〔〕]{0,12}?"
"""What stands between a cue and a value that its form proves: the end of a line, too."""
_ORGANISATION = pattern(
    rf"(?:组织)?机构代码证?(?:号码?|编号)?{_FILLER}([0-9A-Za-z]{{8}}-?[0-9Xx])(?![0-9A-Za-z])(?!-\d)"
)
_DRIVER_FILE = pattern(
    rf"(?:(?:驾驶证|驾照|驾证)[^0-9{context.STOPS}]{{0,6}})?档案(?:编号|号码?){_FILLER}(\d{{12}})(?![0-9A-Za-z])"
)
_NETWORK = pattern("62|4|5[1-5]|2[2-7]|3[57]|60|81|955[89]")
"""First digits of cards of UnionPay, Visa, Mastercard, JCB, American Express (ISO/IEC 7812)."""
_LICENCE = pattern(rf"(?:驾驶|驾照|驾证|交警|交管)[^{context.STOPS}]{{0,30}}\Z")
_IMEI = pattern(
    r"(?:[Ii][Mm][Ee][Ii]|(?:手机)?串[号码]|设备识别码)(?:号码?|码)?[ -]?[12]?"
    rf"{_FILLER}(\d{{15}}|\d{{2}}([ -])\d{{6}}\2\d{{6}}\2\d|\d{{6}}([ -])\d{{2}}\3\d{{6}}\3\d)"
    r"(?:(?P<rest> ?[/、,;] ?)(\d{15}))?(?![0-9A-Za-z])"
)

ORGANISATION_HEADS = ("组织", "机构")
DRIVER_HEADS = ("驾驶", "驾照", "驾证", "档案")
IMEI_HEADS = ("IM", "im", "Im", "串号", "串码", "手机", "设备")


def eighteen(text: str, start: int, end: int) -> Hit | None:
    """A run of 15 or 18 characters: identity number, or credit code."""
    value = text[start:end].upper()
    if value[:-1].isdecimal() and (value[-1] == "X" or value[-1].isdecimal()):
        hit = identities.resident(text, start, end, value)
        if hit is not None:
            return hit
    if len(value) != 18 or not validators.is_credit_code(value):
        return None
    if value.isdecimal() and not _is_company(text, start, value):
        return None
    return Hit(start, end, "credit_code", "sole_trader" if value[:2] == "92" else "gb32100")


def _is_company(text: str, start: int, value: str) -> bool:
    """Whether 18 digits are a credit code: beside a cue, or of a business in a prefecture."""
    if context.is_credit(text, start):
        return True
    business = value[:2] in {"91", "92", "93"} and validators.is_region(value[2:8])
    return business and not context.is_serial(text, start) and not context.is_decimal(text, start)


def card(text: str, start: int, end: int) -> Hit | None:
    """A bank card by its check digit: beside a cue, or of UnionPay and not a serial number."""
    return judged_card(text, start, end, text[start:end])


def judged_card(text: str, start: int, end: int, digits: str) -> Hit | None:
    """The card `digits` that stands at `start` to `end`, however it is written there."""
    if not validators.is_card(digits) or context.is_decimal(text, start):
        return None
    if context.is_card(text, start) or _is_card_near(text, start, end, digits):
        return Hit(start, end, "bank_card", "luhn_cue")
    if digits.startswith("62") and not context.is_serial(text, start):
        return Hit(start, end, "bank_card", "luhn_unionpay")
    return None


def _is_card_near(text: str, start: int, end: int, digits: str) -> bool:
    """Whether a card of a network, not labelled as something else, has a cue anywhere near."""
    if _NETWORK.match(digits) is None or context.is_labelled(text, start):
        return False
    return near.CARD.holds(text, start, end)


def organisation(text: str, at: int) -> Iterator[Hit]:
    """The code of an organisation beside its name, where the check holds."""
    match = _ORGANISATION.match(text, at)
    if match is not None and validators.is_organisation_code(match[1]):
        yield Hit(*match.span(1), "organisation_code", "gb11714")


def driver_file(text: str, at: int) -> Iterator[Hit]:
    """The 12 digits of the file of a driver, where driving is spoken of."""
    match = _DRIVER_FILE.match(text, at)
    if match is None:
        return
    near = context.before(text, at, 34)
    if match[0].startswith("档案编号") or match[0][0] == "驾" or _LICENCE.search(near):
        yield Hit(*match.span(1), "driver_file", "cue")


def imei(text: str, at: int) -> Iterator[Hit]:
    """The number of a mobile device, or of both its slots, where the check digit holds."""
    match = _IMEI.match(text, at)
    if match is None or (text[at].isascii() and text[at - 1].isascii() and text[at - 1].isalpha()):
        return
    for group in (1, 5):
        digits = (match[group] or "").replace(" ", "").replace("-", "")
        if digits and validators.is_luhn(digits) and len(set(digits)) > 2:
            yield Hit(*match.span(group), "imei", "luhn_cue")
