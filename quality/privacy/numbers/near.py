"""Values of a rare shape, at a distance from their cue: on the line before, behind, in a row.

A number that its check digit or its form proves is believed where its cue stands anywhere near,
before or behind, on this line or another: `IMEI是A和B`, `A(IMEI)`, `device_id: A # IMEI`, and the
rows below a heading. What has a label of serial numbers right before it is left alone.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quality.privacy.hits import Hit
from quality.privacy.numbers import context, validators
from quality.privacy.spotting import Mask, Runs, one_of
from quality.privacy.view import pattern

Verify = Callable[[str, int, int], Hit | None]

_PLACEHOLDER = pattern(r"〔[^〔〕]{0,40}〕?")
_GROUPS_GO_ON = "-._/"


class Reach(NamedTuple):
    """The cues of a kind, and how many characters before and behind a value they may stand."""

    cue: re.Pattern[str]
    before: int
    behind: int

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether a cue stands within reach of `start` to `end`, in the same document.

        >>> Reach(pattern("IMEI"), 20, 8).holds("860123456789012(IMEI)", 0, 15)
        True
        """
        near = text[max(0, start - self.before) : start].rpartition("\0")[2]
        far = text[end : end + self.behind].partition("\0")[0]
        return any(self.cue.search(_PLACEHOLDER.sub("", side)) for side in (near, far))


IMEI = Reach(
    pattern(
        r"(?i:imei|tac\b)|串[号码]|设备(?:识别|标识|串)|机身[号码串]|(?i:device[ _-]?(?:id|no)\b)"
    ),
    90,
    24,
)
ORGANISATION = Reach(
    pattern(
        r"(?:机构|单位|法人|企业|部门)[^0-9A-Za-z。]{0,3}代码|代码证"
        r"|(?i:org(?:ani[sz]ation)?(?:[ _-]?(?:al|inst\w*))?[ _-]?(?:code|no|num|id)|zzjgdm)"
    ),
    80,
    24,
)
_FILE = Reach(
    pattern(r"档案(?:[编序]?[号码]|证?号|编码)|档号|(?i:file|archive|dossier)[ _-]?(?:no|num|id)"),
    80,
    30,
)
_DRIVING = Reach(
    pattern(r"驾驶|驾照|驾证|准驾|司机|交警|交管|车管|扣分|(?i:driv|licen[cs]e)"), 100, 40
)
MACAU = Reach(pattern(r"澳门|澳居|澳人|(?i:maca[uo]|(?<![a-z])BIR(?![a-z]))"), 160, 24)
CARD = Reach(
    pattern(
        r"卡号|[银行储信借贷记蓄用工资存副主联芯折的个张]卡|一卡通|卡[里内上中一二三四甲乙丙①②③④]"
        r"|银行|账[号户]|汇[款入]|转账|打款|收款|付款|开户|花呗|代扣|提现"
        r"|(?i:account|acct|(?<![a-z])acc(?![a-z])|bank|card|payee|iban|visa|master|unionpay)"
    ),
    120,
    24,
)
"""The cues of each kind. A file is that of a driver where driving is spoken of, too."""


def families(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    """Which runs each finder should look at, and the finder."""
    number, length = runs.numeric, runs.length
    yield number & (length == 15), imei
    yield number & (length == 12) & one_of(runs.first, "12345678"), driver_file
    yield (
        (runs.digits >= 5) & ((length == 9) | (length == 8) & (runs.after == ord("-"))),
        organisation,
    )


def imei(text: str, start: int, end: int) -> Hit | None:
    """The number of a device, of which a word stands near."""
    digits = text[start:end]
    if not validators.is_luhn(digits) or len(set(digits)) < 3 or _is_part(text, start, end):
        return None
    if context.is_labelled(text, start) and not context.is_device(text, start):
        return None
    return Hit(start, end, "imei", "luhn_cue") if IMEI.holds(text, start, end) else None


def driver_file(text: str, start: int, end: int) -> Hit | None:
    """The number of a driver's file, where both a file and driving are spoken of near."""
    if not validators.is_province(text[start : start + 2]) or _is_part(text, start, end):
        return None
    near = _FILE.holds(text, start, end) and _DRIVING.holds(text, start, end)
    return Hit(start, end, "driver_file", "cue") if near else None


def organisation(text: str, start: int, end: int) -> Hit | None:
    """The code of an organisation, with or without its hyphen, where its check holds."""
    if text[end] == "-" and end - start == 8:
        end += 2
    value = text[start:end]
    if not validators.is_organisation_code(value) or _is_part(text, start, end):
        return None
    near = ORGANISATION.holds(text, start, end)
    return Hit(start, end, "organisation_code", "gb11714") if near else None


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether letters, digits or further groups go on at either side."""
    before, after = text[start - 1], text[end]
    if before in _GROUPS_GO_ON and text[start - 2].isalnum():
        return True
    return (after in _GROUPS_GO_ON and text[end + 1].isalnum() and text[end + 1].isascii()) or (
        after.isascii() and after.isalnum()
    )
