"""Personal values that nobody has, a different one for each place they are planted in.

Every value is valid and says by its number where it comes from, so that a leak names its origin.
"""

import base64
import json
import random
import re
import string
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import quote

NAME, ID_HEAD, CARD_HEAD, KEY_HEAD = "欧阳砚", "11010519", "6222029988", "ghp_Ka7rTq"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST_DAY = date(1950, 1, 1)

STEMS = {
    "mobile": "1397421",
    "email": "kanarie",
    "name": NAME,
    "resident_id": ID_HEAD,
    "bank_card": CARD_HEAD,
    "secret": KEY_HEAD,
}
"""What every value of a kind begins with."""

_WHOLE = {
    "mobile": rb"1397421\d{4}",
    "email": rb"kanarie\d{4}",
    "name": NAME.encode() + rb"[^\x00-\x7f]{3}",
    "resident_id": rb"11010519\d{6}003[\dX]",
    "bank_card": rb"6222029988\d{9}",
    "secret": rb"ghp_Ka7rTq\w{30}",
}

EVERY_KIND = tuple(STEMS)


class Canary(NamedTuple):
    """A value planted in the place `origin`; an address is a URL, an id, or the name of a file."""

    origin: str
    kind: str
    value: str
    address: bool


class Hit(NamedTuple):
    """A canary, whole or cut, that was found somewhere."""

    place: str
    form: str
    kind: str
    canary: Canary | None
    around: str

    def __str__(self) -> str:
        planted = self.canary.origin if self.canary else "cut or coded"
        return f"{self.place}: {self.kind} of {planted} in {self.form}: {self.around}"


class Cage:
    """The canaries of one corpus."""

    def __init__(self) -> None:
        self.planted: dict[str, Canary] = {}
        self._number = 0

    def plant(self, origin: str, *kinds: str, address: bool = False) -> str:
        """New values of these kinds (of every kind), each behind a cue, for the place `origin`."""
        self._number += 1
        pieces = []
        for kind in kinds or EVERY_KIND:
            value = valid(kind, self._number)
            self.planted[value] = Canary(origin, kind, value, address)
            pieces.append(CUES[kind] + value)
        return ("" if address else "，").join(pieces)

    def one(self, origin: str, kind: str = "mobile", *, address: bool = True) -> str:
        """A single value without a cue, as addresses hold them."""
        self._number += 1
        value = valid(kind, self._number)
        self.planted[value] = Canary(origin, kind, value, address)
        return value

    def seen(self, place: str, data: bytes) -> Iterator[Hit]:
        """Every canary in `data`, in any of the forms that a value may have in a file."""
        for kind, form, pattern in _PATTERNS:
            for match in pattern.finditer(data):
                whole = match[0].decode("utf-8", "replace")
                canary = self.planted.get(whole) or self._email(whole)
                around = data[max(0, match.start() - 40) : match.end() + 40]
                yield Hit(place, form, kind, canary, around.decode("utf-8", "replace"))

    def _email(self, whole: str) -> Canary | None:
        of_kind = (one for one in self.planted.values() if one.kind == "email")
        return next((one for one in of_kind if one.value.startswith(f"{whole}@")), None)


CUES = {
    "mobile": "手机",
    "email": "邮箱",
    "name": "姓名：",
    "resident_id": "身份证号：",
    "bank_card": "银行卡号：",
    "secret": "密钥：",
}


def valid(kind: str, number: int) -> str:
    """The value of a kind that has this number, up to 9999."""
    if kind == "mobile":
        return f"{STEMS[kind]}{number:04d}"
    if kind == "email":
        return f"kanarie{number:04d}@leak-{number}.cn"
    if kind == "name":
        return NAME + chr(0x5C00 + number)
    if kind == "resident_id":
        body = f"110105{FIRST_DAY + timedelta(days=number):%Y%m%d}003"
        total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
        return body + "10X98765432"[total % 11]
    if kind == "secret":
        letters = string.ascii_letters + string.digits
        return f"{KEY_HEAD}{number:04d}" + "".join(random.Random(number).choices(letters, k=26))
    body = f"{CARD_HEAD}{number:04d}0000"
    doubled = (int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(body)))
    return body + str(-sum(one // 10 + one % 10 for one in doubled) % 10)


def _forms(stem: str) -> Iterator[tuple[str, bytes]]:
    """What a value that begins with `stem` may begin with where it is not plain UTF-8."""
    yield "UTF-16", stem.encode("utf-16-le")
    yield "UTF-16 big-endian", stem.encode("utf-16-be")
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + stem.encode())
        start, end = -(-shift * 8 // 6), (shift + len(stem.encode())) * 8 // 6
        yield "base64", coded[start:end]
    if not stem.isascii():
        yield "GB18030", stem.encode("gb18030")
        yield "a URL", quote(stem).encode()
        yield "a URL", quote(stem).lower().encode()
        yield "JSON escapes", json.dumps(stem).encode()[1:-1]
        yield "JSON escapes", json.dumps(json.dumps(stem)).encode()[3:-3]
        yield "character references", "".join(f"&#{ord(one)};" for one in stem).encode()


_PATTERNS = [(kind, "plain", re.compile(pattern)) for kind, pattern in _WHOLE.items()] + [
    (kind, form, re.compile(re.escape(coded)))
    for kind, stem in STEMS.items()
    for form, coded in _forms(stem)
]
