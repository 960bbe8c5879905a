"""Finders of free-form values that only a cue beside them gives away."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from quality.privacy import validators
from quality.privacy.hits import Hit
from quality.privacy.view import pattern

_GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
_EDGE = r"(?![0-9A-Za-z])"
_SAYS = rf"{_GAP}(?:[:=]{_GAP}|[为是]{_GAP}:?{_GAP})?"
_FILLER = r"[^0-9A-Za-z。;\n\0〔〕]{0,8}?"
_NOT_A_COUNT = r"(?! ?[人万亿元个年月日次条千百%])"
_NOT_IN_A_WORD = r"(?<![0-9A-Za-z_=/-])"
_WECHAT_CUE = (
    r"(?:微信|薇信|威信|V信|v信|加[Vv薇]"
    rf"|{_NOT_IN_A_WORD}(?:[Ww]e[Cc]hat|WECHAT|[Vv][Xx]|[Ww][Xx]))"
)


class Cue(NamedTuple):
    """A kind, the first two characters of its cues, and the cue with its value in a group."""

    kind: str
    heads: tuple[str, ...]
    shape: re.Pattern[str]


CUES = (
    Cue(
        "passport",
        ("护照", "pa", "Pa", "PA"),
        pattern(
            rf"(?:护照|{_NOT_IN_A_WORD}(?:[Pp]assport|PASSPORT))(?: ?[Nn][Oo]\.?)?{_FILLER}"
            r"((?:[EKGDSPHegkdsph]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|(?:[DSPdsp][Ee]|MA|KJ)\d{7}"
            rf"|1[45]\d{{7}}){_EDGE})"
        ),
    ),
    Cue(
        "permit",
        ("通行", "回乡", "台胞", "往来", "居留"),
        pattern(
            rf"(?:通行证|回乡证|台胞证|往来港澳|往来台湾|居留证|居留卡){_FILLER}"
            r"((?:[HMhm]\d{8}(?:\d{2})?|[CLcl]\d{8}|[Cc][A-Za-z]\d{7}|\d{8}|[A-Z]{3}\d{12})"
            rf"{_EDGE}){_NOT_A_COUNT}"
        ),
    ),
    Cue(
        "hk_id",
        ("身份", "身分", "HK", "ID", "id"),
        pattern(
            rf"(?:身[份分]证|HKID|[Ii][Dd] ?[Cc]ard){_FILLER}([A-Za-z]{{1,2}}\d{{6}}[0-9Aa]){_EDGE}"
        ),
    ),
    Cue(
        "qq",
        ("QQ", "qq", "Qq", "扣扣", "企鹅", "加Q", "加q", "加扣"),
        pattern(
            rf"(?:{_NOT_IN_A_WORD}[Qq][Qq]|扣扣|企鹅|加[Qq扣])(?:号码?|账号|群号?)?"
            rf"{_SAYS}([1-9]\d{{4,10}}){_EDGE}(?![.@]\w){_NOT_A_COUNT}"
        ),
    ),
    Cue(
        "wechat",
        (
            *("微信", "薇信", "威信", "V信", "v信", "加V", "加v", "加薇", "We", "we"),
            *("WE", "VX", "vx", "Vx", "vX", "WX", "wx", "Wx"),
        ),
        pattern(
            rf"{_WECHAT_CUE}(?:号码?|账号|ID|id|Id)?(?:同号)?{_GAP}(?:[:=为是]|(?<=[号D账d])){_GAP}"
            rf"([A-Za-z][-_0-9A-Za-z]{{5,19}}|[1-9]\d{{5,10}}){_EDGE}(?![.@]\w){_NOT_A_COUNT}"
            rf"|{_WECHAT_CUE}{_GAP}"
            rf"((?=[A-Za-z_-]*\d)[A-Za-z][-_0-9A-Za-z]{{5,19}}){_EDGE}(?![.@]\w)"
        ),
    ),
    Cue(
        "medical_record",
        ("住院", "病案", "门诊", "病历", "病例", "就诊", "医保", "社保", "社会", "健康", "诊疗"),
        pattern(
            r"(?:(?:住院|门诊)(?:病历|病案)?|病案|病历|病例|就诊卡?|医保卡?|社保卡?|社会保障卡?|健康卡|诊疗卡)"
            rf"(?:号码?|编号|账号|ID){_SAYS}([A-Za-z]{{0,4}}-?\d[0-9A-Za-z-]{{2,19}}){_EDGE}"
        ),
    ),
    Cue(
        "landline",
        ("电话", "座机", "传真", "手机", "联系", "Te", "te", "TE", "Fa", "fa", "FA"),
        pattern(
            rf"(?:电话|座机|传真|手机|联系方式|{_NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))(?:号码?)?"
            rf"{_GAP}(?:\([^()\n\0〔〕]{{1,6}}\))?{_SAYS}"
            rf"((?!400|800)[2-9]\d{{2,3}}[ -]?\d{{4}}){_EDGE}(?![-.]?\d){_NOT_A_COUNT}"
        ),
    ),
)
"""Every cue, with the value it gives away in the last group that matched."""


def values(cue: Cue, text: str, at: int) -> Iterator[Hit]:
    """The value beside the cue that stands at `at`, if there is one."""
    match = cue.shape.match(text, at)
    if match is None or match.lastindex is None:
        return
    start, end = match.span(match.lastindex)
    if cue.kind == "hk_id" and not validators.is_hk_id(text[start:end].upper()):
        return
    yield Hit(start, end, cue.kind, "cue")
