"""How people write a number so that a machine does not read it: every way keeps its characters."""

from collections.abc import Callable

from tests.quality.privacy.authored.draw import DIGITS, Draw

Spelling = Callable[[Draw, str], str]

CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
HAN = "零一二三四五六七八九"
HAN_ROUND = "〇一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
SPOKEN = "零幺二三四五六七八九"
ZERO_WIDTH = "\u200b\u200c\u2060\ufeff"


def wide(_: Draw, value: str) -> str:
    """１３８, ＡＢ, ＠: all in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)


def mixed_width(draw: Draw, value: str) -> str:
    """13８００: some in full width."""
    return _some(draw, value, lambda c: wide(draw, c))


def circled(_: Draw, value: str) -> str:
    return _digits(value, CIRCLED)


def some_circled(draw: Draw, value: str) -> str:
    """1③8⑧: some circled."""
    return _some(draw, value, lambda c: _digits(c, CIRCLED))


def han(draw: Draw, value: str) -> str:
    return _digits(value, draw.one([HAN, HAN_ROUND, SPOKEN]))


def capital(_: Draw, value: str) -> str:
    return _digits(value, CAPITAL)


def some_han(draw: Draw, value: str) -> str:
    """138零零壹2: some as words."""
    return _some(draw, value, lambda c: _digits(c, draw.one([HAN, CAPITAL])))


def spaced(_: Draw, value: str) -> str:
    return " ".join(value)


def torn(draw: Draw, value: str) -> str:
    """8 86 239 5: spaces where they fall."""
    return _between(draw, value, " ", 0.35)


def dotted(draw: Draw, value: str) -> str:
    """138.1234.5678 or 138·1234·5678."""
    return _grouped(value, draw.one(".·。_"))


def dashed(draw: Draw, value: str) -> str:
    """138--1234--5678, 1-3-8-…"""
    return "-".join(value) if draw.chance(0.4) else _grouped(value, draw.one(["--", "—", "~", "*"]))


def unseen(draw: Draw, value: str) -> str:
    """Characters of no width in between."""
    return _between(draw, value, draw.one(ZERO_WIDTH), 0.3)


def lettered(draw: Draw, value: str) -> str:
    """l38oO: letters that look like 0 and 1."""
    zero, one = draw.one("oO"), draw.one("lI")
    return value.replace("0", zero).replace("1", one)


def at_word(draw: Draw, value: str) -> str:
    """Another word for the sign @."""
    return value.replace("@", draw.one(["艾特", "(at)", "[at]", "#", "＠", "（at）", " at ", "@@"]))


def dot_word(draw: Draw, value: str) -> str:
    """Another word for the full stop of the host."""
    account, host = value.split("@")
    return f"{account}@{host.replace('.', draw.one(['点', '[dot]', '(dot)', '。', ' . ']))}"


def at_and_dot(draw: Draw, value: str) -> str:
    account, host = value.split("@")
    at, dot = draw.one([("艾特", "点"), ("(at)", "(dot)"), ("[at]", "[dot]"), (" 艾特 ", " 点 ")])
    return f"{account}{at}{host.replace('.', dot)}"


def torn_account(draw: Draw, value: str) -> str:
    """8 86 239 5@qq.com."""
    account, host = value.split("@")
    return f"{torn(draw, account)}@{host}"


def _digits(value: str, words: str) -> str:
    return "".join(words[DIGITS.index(c)] if c in DIGITS else c for c in value)


def _some(draw: Draw, value: str, spell: Callable[[str], str]) -> str:
    at = draw.below(0, len(value) - 1)
    return "".join(spell(c) if n == at or draw.chance(0.4) else c for n, c in enumerate(value))


def _between(draw: Draw, value: str, mark: str, share: float) -> str:
    at = draw.below(0, len(value) - 2)
    parts = [c + (mark if n == at or draw.chance(share) else "") for n, c in enumerate(value[:-1])]
    return "".join(parts) + value[-1]


def _grouped(value: str, mark: str) -> str:
    """Groups as people read them out: 3 4 4 of eleven, 6 8 4 of eighteen, else fours."""
    sizes = {11: (3, 4, 4), 18: (6, 8, 4)}.get(len(value), (4,) * (len(value) // 4 + 1))
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    parts = [value[end - size : end] for size, end in zip(sizes, ends, strict=True)]
    return mark.join(part for part in parts if part)


NUMBERS: tuple[Spelling, ...] = (
    wide,
    mixed_width,
    circled,
    some_circled,
    han,
    capital,
    some_han,
    spaced,
    torn,
    dotted,
    dashed,
    unseen,
    lettered,
)
LONG_NUMBERS: tuple[Spelling, ...] = (
    wide,
    mixed_width,
    circled,
    some_circled,
    han,
    spaced,
    torn,
    dotted,
    unseen,
)
SPELLINGS: dict[str, tuple[Spelling, ...]] = {
    "mobile": NUMBERS,
    "landline": (wide, mixed_width, circled, some_circled, han, torn, unseen),
    "resident_id": LONG_NUMBERS,
    "bank_card": LONG_NUMBERS,
    "qq": (wide, mixed_width, circled, some_circled, han, capital, some_han, spaced, torn, unseen),
    "wechat": (wide, mixed_width, spaced, torn, unseen),
    "email": (wide, at_word, dot_word, at_and_dot, unseen),
    "email.qq": (wide, at_word, dot_word, at_and_dot, torn_account, unseen),
    "plate": (wide, spaced, torn, unseen),
    "birth_date.compact": (wide, mixed_width),
    "birth_date": (wide, mixed_width),
    "passport": (wide, spaced, unseen),
    "permit.home": (wide, torn, unseen),
    "permit.to_hk": (wide, torn, unseen),
    "hk_id": (wide, torn),
    "mo_id": (wide, torn),
    "tw_id": (wide, torn, unseen),
    "name": (spaced, unseen),
    "address": (wide, unseen),
    "credit_code": (wide, torn, unseen),
    "credit_code.sole": (wide, torn, unseen),
    "organisation_code": (wide, unseen),
    "driver_file": (wide, torn, unseen),
    "social_security": (wide, torn, unseen),
    "medical_record": (wide, torn, unseen),
    "ip": (wide, unseen),
    "mac": (wide, unseen),
    "imei": (wide, mixed_width, torn, unseen),
    "secret.password": (wide, unseen),
    "secret.model": (unseen,),
}
"""The spellings seen of each kind of value."""
