"""What a character is, asked of Unicode each time."""

import unicodedata

BOXES = "□■\ufffd"


def is_newline(c: str) -> bool:
    return c in "\n\r\u2028\u2029"


def is_space(c: str) -> bool:
    return c in "\t\v\f" or unicodedata.category(c) == "Zs"


def is_blank(c: str) -> bool:
    return is_newline(c) or is_space(c)


def is_digit(c: str) -> bool:
    return unicodedata.category(c) in {"Nd", "No"}


def is_latin(c: str) -> bool:
    return unicodedata.category(c)[0] == "L" and "LATIN" in unicodedata.name(c, "")


def is_punctuation(c: str) -> bool:
    return unicodedata.category(c)[0] == "P" or c in "~～"


def is_garbled(c: str) -> bool:
    control = unicodedata.category(c) == "Cc" and c not in "\t\v\f\n\r"
    return c == "\ufffd" or unicodedata.category(c) == "Co" or control


def is_letter(c: str) -> bool:
    category = unicodedata.category(c)
    radical = "\u2e80" <= c <= "\u2fdf"
    return category[0] in "LM" or category == "Nl" or radical or 0x20000 <= ord(c) < 0x40000


def is_han(c: str) -> bool:
    plane = "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff"
    return plane or c in "々〇" or 0x20000 <= ord(c) < 0x40000


def is_symbol(c: str) -> bool:
    kinds = (is_letter, is_digit, is_punctuation, is_blank)
    return not any(kind(c) for kind in kinds)


def squeeze(text: str) -> str:
    return "".join(c for c in text if not is_blank(c))


def narrow(c: str) -> str:
    """ASCII of any width, lower case; any other character as it is."""
    code = ord(c) - 0xFEE0 if "\uff01" <= c <= "\uff5e" else ord(c)
    return chr(code).lower() if code < 0x80 else c
