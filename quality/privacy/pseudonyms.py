"""Stand-ins for personal values: the same for the same value in a document, and nobody's.

What a value looks like is kept where a language model learns from it: a number keeps its length,
its groups and its width. None can be real: check digits are wrong, numbers lie in ranges that are
issued to nobody, names are of the form that courts use for the anonymous (周某甲).
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from quality.privacy.numbers import validators
from quality.privacy.treating import plain
from quality.privacy.view import folded
from schemas.tables import FINDING_KINDS

_KINDS = {label: kind for kind, label in FINDING_KINDS.items()}
_NUMBERED = re.compile(f"〔({'|'.join(_KINDS)})([0-9]+)〕")

FAMILIES = "王李林何高郭宋曹袁傅沈彭曾丁田石江史方孟秦白常武文"
"""Family names written alike in Simplified and Traditional."""

STEMS = "甲乙丙丁戊己庚辛壬癸"
UNISSUED_MOBILE = "154"
"""A prefix of the mobile number plan that no network has (MIIT)."""

DOCUMENTATION_IP = "203.0.113."
"""RFC 5737: for documentation, never routed."""

DOCUMENTATION_MAC = "00005E0053"
"""RFC 7042: for documentation."""

_ATTEMPTS = 16
_SHORTEST_CARD = 16

Maker = Callable[[str, bytes], str | None]


@dataclass(slots=True, repr=False)
class Pseudonyms:
    """The stand-ins of one document; it has no repr: it holds values.

    They follow from the secret `key` and `doc_id`: who lacks the key cannot tell which value has
    which, and a value has another one in every document.
    """

    key: bytes
    doc_id: str
    last: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def skip(self, text: str) -> None:
        """Let numbers go on where placeholders already in `text` leave off."""
        for label, number in _NUMBERED.findall(text):
            kind = _KINDS[label]
            self.last[kind] = max(self.last.get(kind, 0), int(number))

    def stand_in(self, kind: str, value: str) -> str:
        """A value of the same form where there is such, else 〔label n〕."""
        if kind == "name":
            made = self._person(plain(value))
        else:
            make = _MAKERS.get(kind)
            made = make and make(folded(value), self._random(kind, plain(value)))
        return _as_wide(made, value) if made else self.placeholder(kind, value)

    def placeholder(self, kind: str, value: str) -> str:
        """〔label n〕, the same n for the same value however it is written."""
        known = (kind, plain(value))
        if known not in self.numbers:
            self.numbers[known] = self.last[kind] = self.last.get(kind, 0) + 1
        return f"〔{FINDING_KINDS[kind]}{self.numbers[known]}〕"

    def _person(self, name: str) -> str | None:
        """A name that no other person of the document has; null where there are too many."""
        for attempt in range(_ATTEMPTS):
            if name not in self.people:
                random = self._random("name", f"{name}\0{attempt}")
                made = f"{FAMILIES[random[0] % len(FAMILIES)]}某{STEMS[random[1] % len(STEMS)]}"
                if made not in self.people.values():
                    self.people[name] = made
        return self.people.get(name)

    def _random(self, kind: str, value: str) -> bytes:
        message = f"pseudonym\0{self.doc_id}\0{kind}\0{value}"
        return hmac.digest(self.key, message.encode(), hashlib.sha256)


def _as_wide(made: str, value: str) -> str:
    """`made` in full width where `value` has its digits in it."""
    if not re.search("[０-９]", value):
        return made
    return made.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def _with_digits(value: str, digits: str) -> str | None:
    """`value` with its digits replaced in order; null where it has not as many."""
    if len(re.findall("[0-9]", value)) != len(digits):
        return None
    rest = iter(digits)
    return re.sub("[0-9]", lambda _: next(rest), value)


def _digits(random: bytes, count: int) -> str:
    """Digits from 2 to 9: with 0 or 1 begin numbers that are found inside longer ones."""
    return "".join(str(2 + byte % 8) for byte in random[:count])


def _mobile(value: str, random: bytes) -> str | None:
    """Of the mainland; elsewhere no range is known that is issued to nobody."""
    country = re.match(r"\+?(?:00)?86\)?[ -]?(?=1)", value)
    prefix = country[0] if country else ""
    if value[len(prefix) :][:1] != "1":
        return None
    made = _with_digits(value[len(prefix) :], UNISSUED_MOBILE + _digits(random, 8))
    return made and prefix + made


def _landline(value: str, random: bytes) -> str | None:
    """The area code stays; the number begins with 0, as none does."""
    area = re.match(rf"\(?0{validators.AREA_CODE}\)?[ -]?", value)
    if area is None:
        return None
    rest = value[area.end() :]
    made = _with_digits(rest, "0" + _digits(random, len(re.findall("[0-9]", rest)) - 1))
    return made and area[0] + made


def _email(value: str, random: bytes) -> str:
    return f"user{_digits(random, 6)}@mail.invalid"


def _wrong_check(
    value: str, random: bytes, valid: Callable[[str], bool], first: str = ""
) -> str | None:
    """`value` with other digits whose last one is no check of the others."""
    value = re.sub("[A-Za-z]", "0", value)
    digits = first + _digits(random, len(re.findall("[0-9]", value)) - 1 - len(first))
    checks = [check for check in "0123456789" if not valid(digits + check)]
    return _with_digits(value, digits + checks[random[-1] % len(checks)]) if checks else None


def _resident_id(value: str, random: bytes) -> str | None:
    """No region begins with 99 (GB/T 2260)."""
    valid = partial(validators.is_resident_id, any_region=True)
    return _wrong_check(value, random, valid, first="99")


def _bank_card(value: str, random: bytes) -> str | None:
    """Wrong as a card of any length: the last digits may be left out."""

    def valid(digits: str) -> bool:
        return any(
            validators.is_luhn(digits[:end]) for end in range(_SHORTEST_CARD, len(digits) + 1)
        )

    first = "".join(re.findall("[0-9]", value)[:2])
    tries = (_wrong_check(value, random[at:] + random[:at], valid, first) for at in range(16))
    return next((made for made in tries if made), None)


def _lettered(valid: Callable[[str], bool]) -> Maker:
    """A letter or two that stay, and digits of which the last is a wrong check."""

    def make(value: str, random: bytes) -> str | None:
        letters = re.match("[A-Za-z]{1,2}", value)
        if letters is None or not re.fullmatch("[0-9()]+", value[letters.end() :]):
            return None
        made = _wrong_check(
            value[letters.end() :], random, lambda one: valid(letters[0].upper() + one)
        )
        return made and letters[0] + made

    return make


def _credit_code(value: str, random: bytes) -> str | None:
    if len(value) != 18:
        return None
    body = value[:2].upper() + "".join(
        validators.CREDIT_ALPHABET[byte % 10] for byte in random[:15]
    )
    return next(
        made
        for check in validators.CREDIT_ALPHABET[random[20] % 20 :]
        if not validators.is_credit_code(made := body + check)
    )


def _plate(value: str, random: bytes) -> str | None:
    """I stands on no plate (GA 36)."""
    rest = re.sub("[A-Z]", "0", value[2:])
    made = _with_digits(rest, _digits(random, len(re.findall("[0-9]", rest))))
    return made and f"{value[:1]}I{made}"


def _qq(value: str, random: bytes) -> str | None:
    """No QQ number begins with 0."""
    return _with_digits(value, "0" + _digits(random, len(re.findall("[0-9]", value)) - 1))


def _ip(value: str, random: bytes) -> str:
    if ":" in value:
        return f"2001:db8::{int.from_bytes(random[:2]):x}:{int.from_bytes(random[2:4]):x}"
    return DOCUMENTATION_IP + str(random[0])


def _mac(value: str, random: bytes) -> str | None:
    sign = next((sign for sign in ":-" if sign in value), None)
    if sign is None:
        return None
    made = f"{DOCUMENTATION_MAC}{random[0]:02X}"
    return sign.join(made[at : at + 2] for at in range(0, 12, 2))


_MAKERS: Mapping[str, Maker] = {
    "mobile": _mobile,
    "landline": _landline,
    "email": _email,
    "resident_id": _resident_id,
    "bank_card": _bank_card,
    "hk_id": _lettered(validators.is_hk_id),
    "tw_id": _lettered(validators.is_tw_id),
    "credit_code": _credit_code,
    "plate": _plate,
    "qq": _qq,
    "ip": _ip,
    "mac": _mac,
}
"""Kinds with a form to keep; the others get numbered placeholders."""
