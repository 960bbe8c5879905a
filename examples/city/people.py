"""Invented personal data: right in form and check digit, and belonging to nobody we know."""

import random

from examples.city.words import Words

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_REGIONS = ("110105", "320106", "440305", "510104", "420106", "370102", "330106")
_MOBILE_PREFIXES = ("133", "135", "136", "138", "139", "150", "158", "177", "182", "186", "199")
_CARD_PREFIXES = ("622848", "621700", "622202", "621661", "623052")
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_PINYIN = ("wangjg", "lixy", "zhang.wb", "chenmei", "liuhai", "zhaolx", "sunyt", "gaofeng")
_MAIL_HOSTS = ("mail.example.com", "example.org", "yunzhou-mail.example.net", "example.com")
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def resident_id_check(body: str) -> str:
    """The last character of a resident ID whose first 17 digits are `body` (GB 11643).

    >>> resident_id_check("11010519491231002")
    'X'
    """
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def luhn_check(body: str) -> str:
    """The digit that makes `body` plus itself pass the Luhn test (ISO/IEC 7812-1).

    >>> luhn_check("7992739871")
    '3'
    """
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


class People:
    """Makes values for the slots `{@kind}` of the texts; kinds are those of the findings table."""

    def __init__(self, rng: random.Random, words: Words) -> None:
        self._rng = rng
        self._words = words

    def value(self, kind: str) -> str:
        """A new value of `kind`; `name.t` is a name in Traditional characters."""
        if kind in {"name", "name.t"}:
            return self.name(kind.removeprefix("name"))
        made: str = getattr(self, f"_{kind}")()
        return made

    def name(self, script: str = "") -> str:
        """A surname and a given name; `script` is empty or `.t`."""
        surname, given = self._words[f"surname{script}"], self._words[f"given{script}"]
        return self._rng.choice(surname) + self._rng.choice(given)

    def _digits(self, count: int) -> str:
        return "".join(str(self._rng.randrange(10)) for _ in range(count))

    def _resident_id(self) -> str:
        # Serial 000 keeps the number well formed and away from those handed out from 001 on.
        born = f"{self._rng.randint(1946, 2006)}{self._rng.randint(1, 12):02}"
        body = f"{self._rng.choice(_ID_REGIONS)}{born}{self._rng.randint(1, 28):02}000"
        return body + resident_id_check(body)

    def _bank_card(self) -> str:
        body = self._rng.choice(_CARD_PREFIXES) + self._digits(self._rng.choice((9, 12)))
        return body + luhn_check(body)

    def _mobile(self) -> str:
        prefix, middle, last = self._rng.choice(_MOBILE_PREFIXES), self._digits(4), self._digits(4)
        joint = self._rng.choice(("", "", "", "", "-", " "))
        return joint.join((prefix, middle, last))

    def _landline(self) -> str:
        return f"0883-{self._rng.randint(2, 8)}{self._digits(6)}"

    def _email(self) -> str:
        return f"{self._rng.choice(_PINYIN)}{self._digits(3)}@{self._rng.choice(_MAIL_HOSTS)}"

    def _wechat(self) -> str:
        return f"yz_{self._rng.choice(_PINYIN).replace('.', '-')}{self._digits(2)}"

    def _qq(self) -> str:
        return str(self._rng.randint(1, 9)) + self._digits(8)

    def _plate(self) -> str:
        letters = "".join(self._rng.choice(_PLATE_LETTERS) for _ in range(2))
        return f"云{letters[0]}·{letters[1]}{self._digits(4)}"

    def _medical_record(self) -> str:
        return f"ZY{self._rng.randint(2023, 2025)}{self._digits(6)}"

    def _permit(self) -> str:
        return f"C{self._digits(8)}"

    def _passport(self) -> str:
        return f"E{self._digits(8)}"

    def _hk_id(self) -> str:
        letter, digits = self._rng.choice("ABCDEGK"), self._digits(6)
        values = [36, ord(letter) - 55, *map(int, digits)]
        total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
        return f"{letter}{digits}({'0123456789A'[-total % 11]})"

    def _tw_id(self) -> str:
        letter = self._rng.choice("ABCDEF")
        code = 10 + _TW_LETTERS.index(letter)
        body = str(self._rng.randint(1, 2)) + self._digits(7)
        total = code // 10 + code % 10 * 9
        total += sum(
            int(digit) * weight for digit, weight in zip(body, range(8, 0, -1), strict=True)
        )
        return f"{letter}{body}{-total % 10}"

    def _address(self) -> str:
        pick = self._rng
        place = f"云州市{pick.choice(self._words['district'])}{pick.choice(self._words['street'])}"
        room = f"{pick.randint(1, 18)}{pick.randint(1, 4):02}"
        door = f"{pick.randint(1, 20)}栋{pick.randint(1, 3)}单元{room}室"
        return f"{place}{pick.randint(2, 288)}号{door}"
