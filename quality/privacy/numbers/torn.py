"""Numbers of a fixed shape that are torn by spaces (`F12 345 67 84`), beside their cue.

What follows the cue is put together again, up to the first character that no such number holds,
and must then be one number from its first character to its last.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quality.privacy.hits import Hit
from quality.privacy.numbers import plates, validators
from quality.privacy.view import pattern

_FILLER = r"(?: ?[Nn][Oo]\.?)?[^0-9A-Za-z。;!?\0〔〕]{0,12}?"
_TORN = r"(?P<torn>[0-9A-Za-z](?:[ ()\[\]/-]{0,3}[0-9A-Za-z]){5,22}(?: ?[)\]])?)(?![0-9A-Za-z])"

_OPENED = pattern(r"[0-9A-Za-z)] ?[(,][^0-9A-Za-z。\n\0〔〕]{0,6}\Z")
_BEFORE = pattern(rf"(?<![0-9A-Za-z]){_TORN} ?[(,][^0-9A-Za-z。\n\0〔〕]{{0,6}}\Z")
"""How a value ends that has its cue behind it, in brackets or after a comma."""


def _always(_value: str) -> bool:
    return True


def _is_imei(value: str) -> bool:
    return validators.is_luhn(value) and len(set(value)) > 2


class Torn(NamedTuple):
    """A kind, the heads of its cues, its cues, the shape of a value put together, its check."""

    kind: str
    heads: tuple[str, ...]
    cues: str
    shape: str
    is_valid: Callable[[str], bool] = _always


_PAPERS = ("身份", "身分")
_ALL = (
    Torn(
        "mo_id",
        ("澳门", "BI"),
        "澳门[^0-9A-Za-z。\n\0]{0,6}身[份分]证|BIR",
        r"[157]\d{6}\(\d\)|[157]/?\d{6}/\d",
    ),
    Torn(
        "tw_id",
        (*_PAPERS, "居留", "统一", "ID", "Id", "id"),
        "身[份分]证|居留证|统一证|(?<![A-Za-z])[Ii][Dd]",
        r"[A-Z][1289A-D]\d{8}",
        validators.is_tw_id,
    ),
    Torn(
        "credit_code",
        ("信用", "税号", "纳税", "执照", "us", "US"),
        "信用代码|税号|纳税人识别|执照|(?<![A-Za-z])(?:uscc|USCC)",
        "[0-9A-Z]{18}",
        validators.is_credit_code,
    ),
    Torn(
        "organisation_code",
        ("机构",),
        "机构代码",
        "[0-9A-Z]{8}-?[0-9X]",
        validators.is_organisation_code,
    ),
    Torn(
        "driver_file",
        ("驾驶", "驾照", "驾证", "档案"),
        "驾[驶照证][^0-9。\n\0]{0,4}档案编?|档案编",
        r"\d{12}",
    ),
    Torn(
        "imei",
        ("IM", "im", "Im", "串号", "串码", "设备"),
        "[Ii][Mm][Ee][Ii]|串[号码]|设备识别码",
        r"\d{15}",
        _is_imei,
    ),
)
_PLATE = pattern(
    rf"[{plates.PROVINCES}] ?[A-HJ-NP-Z](?: ?[·.-] ?| ?)"
    r"[A-HJ-NP-Z0-9](?: ?[A-HJ-NP-Z0-9]){3}"
    r"(?:(?: ?[A-HJ-NP-Z0-9]){1,2}(?! ?[0-9A-Za-z])|[挂学警])"
)
PLATE_HEADS = tuple(
    f"{province}{letter}" for province in plates.PROVINCES for letter in " ABCDEFGHJKLMNPQRSTUVWXYZ"
)


def _finder(one: Torn) -> Callable[[str, int], Iterator[Hit]]:
    cue = pattern(rf"(?:{one.cues})[证号码]{{0,3}}(?:[12](?=:))?{_FILLER}{_TORN}")
    name, shape = pattern(one.cues), pattern(one.shape)

    def beside_cue(text: str, at: int) -> Iterator[Hit]:
        match = cue.match(text, at)
        if match is None and _OPENED.search(text, max(0, at - 8), at) and name.match(text, at):
            match = _BEFORE.search(text, max(0, at - 56), at)
        if match is None or " " not in match["torn"]:
            return
        written = match["torn"]
        if written[-1] in ")]" and not {"(", "["}.intersection(written):
            written = written[:-1].rstrip(" ")
        value = written.replace(" ", "").upper()
        bare = re.sub(r"[()\[\]]", "", value)
        if shape.fullmatch(value) is not None and one.is_valid(bare):
            start = match.start("torn")
            yield Hit(start, start + len(written), one.kind, "hidden")

    return beside_cue


def plate(text: str, at: int) -> Iterator[Hit]:
    """A plate torn by spaces that begins at `at`.

    Without a word for cars before it, a lone space behind the province is that of a sentence.
    """
    match = _PLATE.match(text, at)
    if match is None or " " not in match[0]:
        return
    digits = sum(character.isdecimal() for character in match[0])
    torn = digits >= 2 and (match[0][1] != " " or match[0].count(" ") > 2)
    if torn or (digits and plates.is_car(text, at)):
        yield Hit(at, match.end(), "plate", "hidden")


CUED = (*((one.heads, _finder(one)) for one in _ALL), (PLATE_HEADS, plate))
"""The first two characters of cues, and who looks at what stands beside them."""
