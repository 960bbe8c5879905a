"""What characters are to the values of contacts, to pinyin and to addresses."""

import itertools
import string
import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from quality.kernels.signals import contacts, pinyin

_HAN_DIGITS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸"
_SIGNS = "-_.@()+/（）—－·"
_GLUE = "：:号號码碼是为為，,、搜索【[「“即=＝→"
_JOINTS = "+＋"

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿế\u0300\u0301\u0304\u030c"
_UNTONED = string.ascii_lowercase + "üêɡ"

_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    *("a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er"),
    *("i", "ia", "ie", "iao", "iu", "ian", "in", "iang", "ing", "iong"),
    *("u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "v", "ve"),
)

DOMAINS = (
    *("com", "cn", "net", "org", "gov", "edu", "cc", "top", "xyz", "vip", "tv", "hk", "tw"),
    *("biz", "mobi", "club", "site", "wang", "shop", "ltd", "pro", "asia", "jp", "kr", "uk", "ru"),
)
"""The endings of a bare domain. Those that are names of members or files in code are left out:
io, me, app, dev, info, py, sh, md."""

CODE_WORDS = (
    *("import", "def", "const", "var", "elif", "function", "func", "public", "private"),
    *("protected", "static", "namespace", "#include", "#define", "#ifdef", "#endif", "package"),
    *("struct", "enum", "npm", "pip", "sudo", "git", "docker", "kubectl", "curl", "cd", "mkdir"),
    *("echo", "export", "async", "await", "yarn", "npx"),
)
"""First words of lines of code, lower case, that hardly begin a line of English so."""


def roles() -> npt.NDArray[np.uint8]:
    """What each code point below U+10000 is to the value of a contact, full width aside.

    >>> table = roles()
    >>> [int(table[ord(c)]) for c in "①x："] == [contacts.DIGIT, contacts.LETTER, contacts.GLUE]
    True
    """
    table = np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        if unicodedata.category(chr(code)) in {"Nd", "No"}:
            table[code] = contacts.DIGIT
    for characters, role in (
        (_HAN_DIGITS, contacts.DIGIT),
        (string.ascii_letters, contacts.LETTER),
        (_SIGNS, contacts.SIGN),
        (_GLUE, contacts.GLUE),
        (_JOINTS, contacts.JOINT),
    ):
        for character in characters:
            table[ord(character)] = role
    return table


def letters() -> npt.NDArray[np.uint8]:
    """What each code point is to pinyin, up to the last one that is a letter of it."""
    table = np.zeros(max(map(ord, _TONES + _UNTONED)) + 1, np.uint8)
    table[[ord(character) for character in _UNTONED]] = pinyin.PLAIN
    table[[ord(character) for character in _TONES]] = pinyin.TONED
    return table


def syllables() -> npt.NDArray[np.int64]:
    """The syllables of pinyin as sorted numbers: every initial with every final."""
    return keys(initial + final for initial, final in itertools.product(_INITIALS, _FINALS))


def keys(words: Iterable[str]) -> npt.NDArray[np.int64]:
    """Words of lower-case letters and # as sorted numbers of five bits a character.

    >>> keys(["ab", "#"]).tolist()
    [27, 34]
    """
    numbers = set()
    for word in words:
        number = 0
        for character in word:
            number = number << 5 | (27 if character == "#" else ord(character) & 31)
        numbers.add(number)
    return np.array(sorted(numbers), np.int64)
