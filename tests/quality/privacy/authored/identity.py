"""Numbers of persons: made up, and valid by the arithmetic and the number plans of their kinds."""

from datetime import date, timedelta

from tests.quality.privacy.authored.draw import DIGITS, Draw
from tests.quality.privacy.authored.words import REGIONS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_I_O = "ABCDEFGHJKLMNPQRSTUVWXYZ"
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their values, 10 to 35."""


def day(draw: Draw, first: int = 1946, last: int = 2012) -> date:
    return date(first, 1, 1) + timedelta(days=draw.below(0, (last - first + 1) * 365))


def checked_resident(stem: str) -> str:
    """The 17 digits with their check character (GB 11643)."""
    total = sum(int(d) * weight for d, weight in zip(stem, RESIDENT_WEIGHTS, strict=True))
    return stem + "10X98765432"[total % 11]


def resident_id(draw: Draw, region: str = "") -> str:
    stem = f"{region or draw.one(REGIONS)}{day(draw):%Y%m%d}{draw.text(DIGITS, 3)}"
    return checked_resident(stem)


def resident_x(draw: Draw) -> str:
    """One that ends in X."""
    while True:
        number = resident_id(draw)
        if number.endswith("X"):
            return number


def resident_lower(draw: Draw) -> str:
    return resident_x(draw).lower()


def resident_old(draw: Draw) -> str:
    """15 digits, as issued before 2000."""
    return f"{draw.one(REGIONS)}{day(draw, 1930, 1980):%y%m%d}{draw.text(DIGITS, 3)}"


def resident_hmt(draw: Draw) -> str:
    """The residence permit of residents of Hong Kong, Macau or Taiwan."""
    return resident_id(draw, draw.one(["810000", "820000", "830000"]))


def home_permit(draw: Draw) -> str:
    return draw.one("HM") + draw.digits(8)


def home_permit_long(draw: Draw) -> str:
    return draw.one("HM") + draw.digits(8) + draw.one(["00", "01", "02"])


def taiwan_permit(draw: Draw) -> str:
    return "0" + draw.digits(7)


def to_hong_kong(draw: Draw) -> str:
    return "C" + draw.digits(8) if draw.chance(0.5) else "C" + draw.one(NO_I_O) + draw.digits(7)


def to_taiwan(draw: Draw) -> str:
    return "L" + draw.digits(8)


def foreign_new(draw: Draw) -> str:
    """18 digits since 2023: 9, region, country, birth, order, check as a resident's."""
    return checked_resident(
        f"9{draw.one(['11', '31', '44', '32'])}{draw.one(['840', '392', '410'])}"
        f"{day(draw, 1955, 2005):%Y%m%d}{draw.text(DIGITS, 3)}"
    )


def foreign_old(draw: Draw) -> str:
    """15 characters: country, province, order, birth, check."""
    country = draw.one(["USA", "JPN", "KOR", "GBR", "DEU", "FRA"])
    place = draw.one(["1100", "3100", "4401", "3301"])
    return f"{country}{place}{day(draw, 1955, 2005):%y%m%d}{draw.text(DIGITS, 2)}"


def passport(draw: Draw) -> str:
    return draw.one("EEG") + draw.digits(8)


def passport_new(draw: Draw) -> str:
    return "E" + draw.one(NO_I_O) + draw.digits(7)


def passport_official(draw: Draw) -> str:
    return draw.one(["PE", "SE", "DE"]) + draw.digits(7)


def hk_check(letters: str, digits: str) -> str:
    """Weights 9 to 2; a missing letter counts 36; mod 11."""
    values = [36] * (2 - len(letters)) + [ord(c) - 55 for c in letters] + [int(d) for d in digits]
    check = -sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    return "A" if check == 10 else str(check)


def _hk(draw: Draw, letters: str) -> tuple[str, str]:
    digits = draw.digits(6)
    return letters + digits, hk_check(letters, digits)


def hk_id(draw: Draw) -> str:
    return "{}({})".format(*_hk(draw, draw.one("ABCDEGHKPRVYZ")))


def hk_id_two(draw: Draw) -> str:
    return "{}({})".format(*_hk(draw, draw.one(["WX", "XA", "XD", "XE"])))


def hk_id_wide(draw: Draw) -> str:
    return "{}（{}）".format(*_hk(draw, draw.one("ABCDEGHKPRVYZ")))


def hk_id_plain(draw: Draw) -> str:
    return "{}{}".format(*_hk(draw, draw.one("ABCDEGHKPRVYZ")))


def mo_id(draw: Draw) -> str:
    return f"{draw.one('157')}{draw.text(DIGITS, 6)}({draw.one(DIGITS)})"


def mo_id_wide(draw: Draw) -> str:
    return mo_id(draw).replace("(", "（").replace(")", "）")


def mo_id_slash(draw: Draw) -> str:
    return f"{draw.one('157')}{draw.text(DIGITS, 6)}/{draw.one(DIGITS)}"


def tw_check(letter: str, digits: str) -> str:
    """The check digit behind a letter and 8 digits: weights 1 9 8 … 1, mod 10."""
    value = TAIWAN_LETTERS.index(letter) + 10
    numbers = [value // 10, value % 10, *map(int, digits)]
    total = sum(n * weight for n, weight in zip(numbers, (1, *range(9, 0, -1)), strict=True))
    return str(-total % 10)


def tw_id(draw: Draw, second: str = "12") -> str:
    letter, digits = draw.one(TAIWAN_LETTERS), draw.one(second) + draw.text(DIGITS, 7)
    return letter + digits + tw_check(letter, digits)


def tw_id_foreign(draw: Draw) -> str:
    """The number of a foreigner since 2021: 8 or 9 stands second."""
    return tw_id(draw, "89")


def driver_file(draw: Draw) -> str:
    return draw.one(REGIONS)[:4] + draw.text(DIGITS, 8)


def social_security(draw: Draw) -> str:
    return draw.digits(draw.below(8, 12))


def social_security_letters(draw: Draw) -> str:
    return draw.one(LETTERS) + draw.digits(8)


def medical_record(draw: Draw) -> str:
    return draw.digits(draw.below(6, 10))


def medical_record_letters(draw: Draw) -> str:
    prefix = draw.one(["ZY", "MZ", "BA", "H", "Z"])
    return f"{prefix}{draw.below(2016, 2024)}{draw.text(DIGITS, 5)}"
