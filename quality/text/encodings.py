"""Names of charsets, and bytes to characters as the WHATWG Encoding Standard has them.

Python's codecs do the work; where they differ from the standard they are put right here.
"""

import codecs
import functools
import itertools
import re
from typing import NamedTuple

from resiliparse.parse.encoding import map_encoding_to_html5

REPLACEMENT = "\ufffd"

_NAMES = {
    "gbk": "gb18030",
    "big5": "big5-hkscs",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "mac-roman": "macintosh",
    "iso8859-11": "windows-874",
    "iso2022_jp": "iso-2022-jp",
}
"""A Python codec to the name we report; pages declared GBK or GB2312 really are GB18030, and Big5
really is Big5-HKSCS, as the standard reads them."""

_FAMILIES = (
    (re.compile(r"(?:cp|ms|windows-)(125\d|874)"), r"windows-\1"),
    (re.compile(r"iso8859-(\d+)"), r"iso-8859-\1"),
    (
        re.compile(r"(?:cp|ms|windows-)936|(?:x-)?euc-cn|cn-gb|x-gb2312|gb2312-80|gb18030-20\d\d"),
        "gb18030",
    ),
    (re.compile(r"(?:cp|ms|windows-)950|big5[-_]?hkscs(?:[:-]\d{4})?|big5-eten"), "big5-hkscs"),
    (re.compile(r"(?:cp|ms)949|uhc|euc_kr|ks_c_5601"), "euc-kr"),
    (re.compile(r"cp932|ms_kanji"), "shift_jis"),
    (re.compile(r"euc_jp\w*"), "euc-jp"),
    (re.compile(r"(?:cp|ibm)866"), "ibm866"),
    (re.compile(r"(?:x-)?mac-(?:cyrillic|ukrainian)"), "x-mac-cyrillic"),
    (re.compile(r"hz(?:-gb-2312)?"), "hz-gb-2312"),
    (re.compile(r"utf[-_]?8(?:[ -]?(?:bom|sig))?"), "utf-8"),
)
"""Python's names and old names of pages and files to those of the standard. HZ is one of its
replacement encodings, because a browser can be tricked with it; a corpus can not, and old
newsgroups are in it."""

REFUSED = re.compile(r"replacement|iso-2022-(?:cn(?:-ext)?|kr)|csiso2022kr")
"""The other labels of the standard's replacement encoding: nothing is ever decoded so."""

_CODECS = {
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "hz-gb-2312": "hz",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso8859-8",
}
_DOUBLE = frozenset({"gb18030", "big5-hkscs", "shift_jis", "euc-kr", "euc-jp"})

_BIG5_MORE = """
877a㡵𡵓𣚞𦀡㻬𥣞㫵竼龗𤅡𨤍𣇪𠪊𣉞䌊蒄龖鐯䤰蘓墖靊鈘秐稲晠権袝瑌篅枂稬剏遆㓦珄𥶹瓆鿇垳䤯呌䄱𣚎堘穲𧭥讏䚮𦺈䆁𥶙箮𢒼鿈𢓁𢓉𢓌鿉蔄𣖻䂴鿊䓡𪷿拁灮鿋
8e69箸 8e6f簆 8e7e糎 8eab緒 8eb4縝 8ecd者 8ed0耨 8f57菁 8f69蒨 8f6e萏 8fcb覦覩 8ffe起 906d都
907a銹 90dc靜 90f1響 91bf鼖 9244蔃 92af兙兛兝兞 92c8鍮 92d1瑹 9447浧 94ca禛 95d9邗 9644靝 96ed瀞
96fc嬨 9b76爁 9b78矗 9b7b纇 9bc6駖 9bde釔 9bec惞 9bf6澶 9c42輶 9c53侻 9c62營 9c68鄄 9c6b鷰 9c77菏
9cbc尐秣 9cd0婧 9d57輋 9d5a筑 9dc4拐 9ea9恢 9eef痹 9efd汊 9f60鬮 9f66鼗 9fcb僭 9fd8弌 a063蠏 a077拎
a0d5瑨 a0df煢 a0e4牐 a3c0␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡ a3e1€ c6cf廴 c6d3无 c6d5癶
c6d7隶 c6de〃仝 fa5f倩 fa66偽 fabd包 fac5卄 fad5卿 fb48嘅 fbb8婷 fbf3幵 fbf9廐 fc4f彘 fc6c悤 fcb9撐
fce2晴 fcf1杞 fdb7沜渝 fdbb港 fdf1煮 fe52猪 fe6f瑜 feaa瓩 fedd砉
"""
"""Runs of two-byte codes that the standard's Big5 has and Python's lacks: HKSCS of 2008, and of
1999 (Cantonese pages hold 嘅 and 港 so), the signs of ETEN, the euro."""

_PUT_RIGHT: dict[str, dict[int, int]] = {
    "big5-hkscs": str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "gb18030": str.maketrans(
        "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
        "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\u3000︐︒︑︓︔︕︖︗︘︙ḿ\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
    ),
}
"""Codes that Python reads as an older edition: GB 18030-2022 has characters for what was private
use. Big5 A241 and A242 are left as ／ and ＼, which most writers of Big5 meant by them."""


class Characters(NamedTuple):
    """The characters of some bytes, and how many were lost."""

    text: str
    lost: int


def known(label: str | None) -> str | None:
    """The charset that a label means, by the standard's name; null for none, or one refused.

    >>> known(" GB_2312-80 "), known("x-x-big5"), known("latin1"), known("iso-2022-kr")
    ('gb18030', 'big5-hkscs', 'windows-1252', None)
    """
    folded = (label or "").strip().strip("\"'").lower()
    if not folded or REFUSED.fullmatch(folded):
        return None
    codec = map_encoding_to_html5(folded, fallback_utf8=False)
    name = _NAMES.get(codec, codec) if codec else folded
    for pattern, family in _FAMILIES:
        if found := pattern.fullmatch(name):
            return found.expand(family)
    return name if codec else None


def characters(payload: bytes, label: str) -> Characters:
    r"""The characters of the bytes in a charset that `known` names, U+FFFD for what is damaged.

    >>> characters(b"\x80 \xfe\x59 \xd6\xd0\xce", "gb18030")
    Characters(text='€ 龴 中�', lost=1)
    """
    codec = _CODECS.get(label, label)
    try:
        text, lost = payload.decode(codec), 0
    except UnicodeDecodeError:
        text = payload.decode(codec, _handler(label))
        lost = text.count(REPLACEMENT)
    older = _PUT_RIGHT.get(label, {})
    if any(chr(character) in text for character in older):
        text = text.translate(older)
    return Characters(text, lost)


@functools.cache
def _handler(label: str) -> str:
    """The name of what Python asks where its codec for the charset knows no character."""
    if label in _DOUBLE:
        more = _big5_more() if label == "big5-hkscs" else {}
        codecs.register_error(f"wenyuan-{label}", functools.partial(_double, more))
    elif label.startswith("windows-"):
        codecs.register_error("wenyuan-windows", _single)
        return "wenyuan-windows"
    else:
        return "replace"
    return f"wenyuan-{label}"


def _double(more: dict[bytes, str], error: UnicodeError) -> tuple[str, int]:
    """As the standard has it: an ASCII character that ends a broken pair is kept."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if pair in more:
        return more[pair], error.start + 2
    if pair[:1] == b"\x80":
        return "€", error.start + 1
    if error.reason.startswith("incomplete"):
        return REPLACEMENT, error.end
    broken = pair[0] < 0xFF and len(pair) == 2 and pair[1] >= 0x80
    return REPLACEMENT, error.start + 1 + broken


def _single(error: UnicodeError) -> tuple[str, int]:
    """A byte that Windows has no character for is the control character of its number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start]
    return chr(byte) if byte < 0xA0 else REPLACEMENT, error.start + 1


def _big5_more() -> dict[bytes, str]:
    more = {}
    for run in _BIG5_MORE.split():
        code = bytes.fromhex(run[:4])
        for character in run[4:]:
            more[code] = character
            lead, trail = code[0], code[1] + 1
            code = bytes((lead, 0xA1 if trail == 0x7F else trail))
    return more


@functools.cache
def byte_pairs() -> dict[str, bytes]:
    """Every character that GBK and the private area of Windows have in two bytes, and those."""
    pairs: dict[str, bytes] = {}
    for lead, trail in itertools.product(range(0x81, 0xFF), range(0x40, 0xFF)):
        code = bytes((lead, trail))
        text, lost = characters(code, "gb18030")
        if len(text) == 1 and not lost:
            for character in (text, code.decode("gb18030")):
                pairs.setdefault(character, code)
    return pairs
