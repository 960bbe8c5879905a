"""Check digits, number plans and ranges: each says whether a value can exist."""

import datetime as dt

from quality.privacy.view import pattern

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: no I, O, S, V or Z."""

_CREDIT_SHAPE = pattern(
    r"(?:1[1239]|2[19]|3[1-59]|4[19]|5[1-39]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1)"
    r"(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}[0-9A-HJ-NP-RTUW-Y]{10}"
)
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_PREFECTURES = pattern(
    r"(?:1[12]0[12]|310[12]|500[1-3]"
    r"|13(?:0\d|1[01]|2\d|30|90)|14(?:0\d|1[01]|2[1-7]|90)|15(?:0\d|2[1-9])"
    r"|21(?:0\d|1[0-4]|2[12]|90)|22(?:0[1-8]|2[1-6]|90)|23(?:0\d|1[0-2]|2[1-7]|90)"
    r"|32(?:0\d|1[0-3]|2[1-7]|90)|33(?:0\d|1[01]|2[1-8]|90)|34(?:0\d|1[0-8]|2[1-9]|90)"
    r"|35(?:0\d|2[1-8]|90)|36(?:0\d|1[01]|2[1-6]|90)|37(?:0\d|1[0-7]|2[1-9]|90)"
    r"|41(?:0\d|1[0-7]|2\d|30|90)|42(?:0\d|1[0-3]|2[1-9]|90)|43(?:0\d|1[0-3]|2\d|3[01]|90)"
    r"|44(?:0\d|1\d|2\d|5[1-3]|90)|45(?:0\d|1[0-4]|2[1-8])|46(?:0[0-4]|90)"
    r"|51(?:0\d|[12]\d|3\d|70|90)|52(?:0[1-6]|2[1-7])|53(?:0\d|2[1-9]|3[0-5])"
    r"|54(?:0[1-6]|2[1-7])|61(?:0\d|10|2[1-7]|90)|62(?:0\d|1[0-2]|2\d|30)"
    r"|63(?:0[12]|2[1-8])|64(?:0[1-5]|2[12])|65(?:0[1-5]|2\d|3[0-2]|4[0-3]|90)"
    r"|71\d\d|8[1-3]00)\d\d"
)
"""GB/T 2260: prefectures in force or abolished, as ranges; 81-83 are residence permits."""

_PROVINCES = pattern(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")

_MOBILE = pattern(
    r"(?:13\d|14[5789]|15[0-35-9]|16[2567]|17[0-35-8]|18\d|19[0-35-9])\d{8}|174[0-59]\d{7}"
)
"""The Chinese mobile number plan: 11 digits, ranges issued (MIIT)."""

NEVER_MOBILE = "154"
"""A prefix that no plan issues: pseudonyms are of it, and are no one's number."""

_AREA = (
    r"(?:10|2[0-57-9]|3(?:1\d|35|4[0-9]|[57]\d|9[1-8])|4(?:1\d|2[179]|[357]\d|6[4-9]|8[23])"
    r"|5(?:[1357]\d|2[37]|4[36]|6[1-6]|80|9\d)|6(?:3[1-5]|6[0-38]|9[12])"
    r"|7(?:01|[1579]\d|2[248]|3\d|4[3-6]|6[02-9])|8(?:[37]\d|1[2-8]|2[5-7]|5\d|8[3678]|9[1-8])"
    r"|9(?:0[1-9]|1[1-9]|[39]\d|4[13]|5[1-5]|7\d))"
)
AREA_CODE = _AREA
"""Area codes without the leading 0, as a pattern: two digits with 8-digit numbers, or three."""

_PRIVATE_IP = pattern(
    r"(?:0|10|127)\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\."
    r"|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|(?:22[4-9]|2[3-5]\d)\."
)
"""RFC 1918, 6598, 3927, loopback, this network, multicast and reserved."""


def is_date(digits: str) -> bool:
    """Whether YYYYMMDD is a day from 1880 to 2100.

    >>> is_date("20240229"), is_date("20230229")
    (True, False)
    """
    try:
        return 1880 <= dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < 2100
    except ValueError:
        return False


def is_region(digits: str) -> bool:
    """Whether six digits begin with a prefecture of GB/T 2260, in force or abolished."""
    return _PREFECTURES.fullmatch(digits[:6]) is not None


def is_province(digits: str) -> bool:
    """Whether two digits are a province of GB/T 2260."""
    return _PROVINCES.fullmatch(digits) is not None


def is_resident_id(value: str, *, any_region: bool = False) -> bool:
    """Whether `value` is a resident identity number: 18 characters (GB 11643) or the older 15.

    With `any_region` the first six digits of an 18-character number are not looked at.

    >>> is_resident_id("11010119900307747X"), is_resident_id("110101199003077475")
    (False, True)
    """
    if len(value) == 15:
        return is_region(value) and is_date("19" + value[6:12])
    if len(value) != 18 or not (any_region or is_region(value)) or not is_date(value[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(value, _ID_WEIGHTS, strict=False))
    return value[17].upper() == "10X98765432"[total % 11]


def is_permanent_resident(value: str) -> bool:
    """Whether `value` is the number of a foreign permanent resident: 9, a province, a country.

    The province is of GB/T 2260 and the country has three digits (ISO 3166); date and check are
    those of resident identity numbers.

    >>> is_permanent_resident("91124019850617001X")
    True
    """
    return (
        len(value) == 18
        and value[0] == "9"
        and _PROVINCES.fullmatch(value[1:3]) is not None
        and is_resident_id(value, any_region=True)
    )


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others (ISO/IEC 7812-1).

    >>> is_luhn("6222026006705354217")
    False
    """
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def is_card(digits: str) -> bool:
    """Whether 16 to 19 digits can be those of a bank card: its industry, its check digit.

    >>> is_card("6222021600112234"), is_card("6222021600112235")
    (True, False)
    """
    return (
        16 <= len(digits) <= 19
        and digits[0] in "345689"
        and len(set(digits)) > 1
        and is_luhn(digits)
    )


def is_organisation_code(value: str) -> bool:
    """Whether `value` is the code of an organisation (GB 11714), with or without its hyphen.

    >>> is_organisation_code("D2143569-X"), is_organisation_code("D21435690")
    (True, False)
    """
    code = value.upper().replace("-", "")
    if len(code) != 9:
        return False
    total = sum(int(c, 36) * w for c, w in zip(code, _ORGANISATION_WEIGHTS, strict=False))
    return "0X987654321"[total % 11] == code[8]


def is_credit_code(value: str) -> bool:
    """Whether `value` is a unified social credit code (GB 32100).

    >>> is_credit_code("91230184MA1BUFLT44")
    True
    """
    code = value.upper()
    if len(code) != 18 or not _CREDIT_SHAPE.fullmatch(code):
        return False
    values = [CREDIT_ALPHABET.find(c) for c in code]
    if min(values) < 0:
        return False
    total = sum(v * w for v, w in zip(values, _CREDIT_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def is_hk_id(value: str) -> bool:
    """Whether `value`, without brackets, is a Hong Kong identity number (mod 11).

    >>> is_hk_id("A1234563")
    True
    """
    body = value[:-1].rjust(8)
    total = sum(
        (36 if c == " " else int(c, 36)) * w for c, w in zip(body, range(9, 1, -1), strict=True)
    )
    check = 10 if value[-1] == "A" else int(value[-1])
    return (total + check) % 11 == 0


def is_tw_id(value: str) -> bool:
    """Whether `value` is a Taiwan identity number of a citizen or resident (mod 10).

    The older form of residents has a second letter, which counts as its last digit.

    >>> is_tw_id("A123456789"), is_tw_id("AB12345677")
    (True, True)
    """
    number = _TAIWAN_LETTERS.index(value[0]) + 10
    second = value[1]
    digits = (str(_TAIWAN_LETTERS.index(second) % 10) if second.isalpha() else second) + value[2:]
    total = number // 10 + number % 10 * 9 + int(digits[8])
    total += sum(int(d) * w for d, w in zip(digits[:8], range(8, 0, -1), strict=True))
    return total % 10 == 0


def is_mobile(digits: str) -> bool:
    """Whether 11 digits lie in a range issued to Chinese mobile telephones."""
    return _MOBILE.fullmatch(digits) is not None


def is_public_ip(value: str) -> bool:
    """Whether four octets are an address that can be reached from outside.

    >>> is_public_ip("192.168.1.1"), is_public_ip("202.96.134.133")
    (False, True)
    """
    octets = value.split(".")
    small = all(int(o) < 256 and (o == "0" or o[0] != "0") for o in octets)
    return small and _PRIVATE_IP.match(value) is None
