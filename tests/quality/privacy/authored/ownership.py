"""What a person owns or runs: cards, plates, businesses."""

from tests.quality.privacy.authored.draw import DIGITS, Draw
from tests.quality.privacy.authored.reach import luhn
from tests.quality.privacy.authored.words import REGIONS

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CARDS = [
    ("622202", 19), ("621700", 19), ("622848", 19), ("621661", 19), ("621799", 19), ("622588", 16),
    ("622155", 16), ("622262", 17), ("622908", 18), ("625955", 16), ("439225", 16), ("518710", 16),
]  # fmt: skip
"""Issuer and length: debit and credit cards of mainland banks, and two foreign schemes."""
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def card(draw: Draw) -> str:
    issuer, length = draw.one(CARDS)
    return luhn(issuer + draw.text(DIGITS, length - len(issuer) - 1))


def card_long(draw: Draw) -> str:
    return luhn(draw.one(["622202", "621700", "622848"]) + draw.text(DIGITS, 12))


def card_groups(draw: Draw) -> str:
    number = card(draw)
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def organisation(draw: Draw) -> str:
    """8 characters and a check (GB 11714), together."""
    stem = draw.text(DIGITS, 7) + draw.one(DIGITS + "ABCDEFGHJKLMNPQRTUWXY")
    values = [int(c, 36) for c in stem]
    check = -sum(v * w for v, w in zip(values, ORGANISATION_WEIGHTS, strict=True)) % 11
    return stem + ("X" if check == 10 else str(check))


def organisation_code(draw: Draw) -> str:
    code = organisation(draw)
    return f"{code[:8]}-{code[8]}"


def credit_code(draw: Draw, head: str = "91") -> str:
    stem = head + draw.one(REGIONS) + organisation(draw)
    total = sum(CODE_ALPHABET.index(c) * w for c, w in zip(stem, CODE_WEIGHTS, strict=True))
    return stem + CODE_ALPHABET[-total % 31]


def credit_sole(draw: Draw) -> str:
    """A sole trader's."""
    return credit_code(draw, "92")


def credit_office(draw: Draw) -> str:
    return credit_code(draw, draw.one(["11", "12", "51", "52", "93"]))


def plate(draw: Draw, mark: str = "") -> str:
    body = draw.text(PLATE + DIGITS * 3, 4) + draw.one(DIGITS)
    return draw.one(PROVINCES) + draw.one(PLATE[:12]) + mark + body


def plate_dot(draw: Draw) -> str:
    return plate(draw, "·")


def plate_electric(draw: Draw) -> str:
    """A new-energy car's, of 8 characters."""
    kind = draw.one("DFABCEGHJK")
    return f"{draw.one(PROVINCES)}{draw.one(PLATE[:12])}{kind}{draw.digits(5)}"


def plate_electric_lorry(draw: Draw) -> str:
    return f"{draw.one(PROVINCES)}{draw.one(PLATE[:12])}{draw.digits(5)}{draw.one('DF')}"


def plate_special(draw: Draw) -> str:
    """A learner's, a trailer's, or one for both sides of the border."""
    if draw.chance(0.3):
        return f"粤Z{draw.digits(4)}{draw.one('港澳')}"
    return plate(draw)[:6] + draw.one("学挂")
