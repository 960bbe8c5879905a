"""Finders of free-form values that only a cue beside them gives away."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy import validators
from quality.privacy.hits import Hit
from quality.privacy.spotting import head_table
from quality.privacy.view import Codes, Positions, View, pattern

_MIX = 40503  # as in `spotting`, whose table of pairs this shares
_REACH = 40
"""A value begins within so many characters of its cue, or there is none."""

_GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
_EDGE = r"(?![0-9A-Za-z])"
_SAYS = (
    rf"(?:\([^()\n\0〔〕]{{1,12}}\))?[\"'”’」』)\]】`*]{{0,3}}{_GAP}"
    rf"(?:(?:[:=;|\t∶︰﹕ː→➡]|=>|->|[为是]:?){_GAP})?[\"'“‘「『(\[【`*|#]{{0,3}}"
)
"""What stands between a field and its value: in prose, in a cell of a table, in JSON."""

_NOISE = r"[^0-9A-Za-z\u4e00-\u9fff。\n\0〔〕]"
_LOOSE = rf"{_NOISE}{{0,6}}(?:[为是]{_NOISE}{{0,4}})?"
"""What stands between the cue of a contact and its value: any signs, pictures and spaces."""

_SPLIT = rf"{_NOISE}{{0,3}}"
_FILLER = r"[^0-9A-Za-z。;\n\0〔〕]{0,8}?"
_NOT_A_COUNT = r"(?! ?[人万亿元个年月日次条千百%只块级])"
_NOT_IN_A_WORD = r"(?<![0-9A-Za-z_=/-])"
_NOT_OF_AN_ADDRESS = r"(?![.@]\w)"
_LATIN_NUMBER = r"(?:[ _-]?(?:[Nn][Oo](?![A-Za-z])\.?|[Nn]um(?:ber)?|NUMBER|[Ii][Dd](?![A-Za-z])))?"
_NUMBER = r" ?(?:号码?|编号|账号|帐号|ID|Id|id)"
_WECHAT = (
    rf"(?:[微薇威徽溦]{_SPLIT}[信❤♥]|[Vv]{_SPLIT}信|{_NOT_IN_A_WORD}(?:[Ww]e[Cc]hat|WECHAT|"
    rf"[Vv]{_SPLIT}[Xx]|[Ww]{_SPLIT}[Xx])|(?:[加+➕]我?)(?:[Vv微薇威]|卫星)|(?<![\u4e00-\u9fff])薇|绿泡泡?)"
)
_QQ = (
    rf"(?:{_NOT_IN_A_WORD}[Qq]{_SPLIT}[Qq]|扣{_SPLIT}扣|[企][鹅鵝]|[球秋叩抠蔻丘]{{2}}"
    r"|(?:[加+➕]我?|我)[Qq扣]|(?<![0-9A-Za-z])[Qq]号)"
)
_OTHERS = r"(?:[/、和与&+(] ?(?:微信|QQ|qq|VX|vx|电话|手机号?|MSN|同号)(?:同号)?\)?)?"

Check = Callable[[str], bool]


class Cue(NamedTuple):
    """A kind, the first two characters of its cues, and the cue with its value in a group."""

    kind: str
    heads: tuple[str, ...]
    shape: re.Pattern[str]
    check: Check | None = None


def _is_hk_id(value: str) -> bool:
    bare = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    return validators.is_hk_id(bare) and ("(" in value) == (")" in value)


def _is_no_date(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", value) is None


def _is_no_product(value: str) -> bool:
    return re.match(r"(?i)windows|wechat|weixin|android|iphone|harmony|https?\b", value) is None


CUES = (
    Cue(
        "passport",
        ("护照", "旅行", "pa", "Pa", "PA"),
        pattern(
            rf"(?:护照|旅行证|{_NOT_IN_A_WORD}(?:[Pp]assport|PASSPORT)){_LATIN_NUMBER}"
            rf"(?:{_FILLER}|{_SAYS}){_NOISE}{{0,2}}"
            r"((?:[EKGDSPHegkdsph]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|(?:[DSPdsp][Ee]|MA|KJ)\d{7}"
            rf"|1[45]\d{{7}}){_EDGE})"
        ),
    ),
    Cue(
        "passport",
        ("护照",),
        pattern(rf"护照(?:号码?|编号){_SAYS}([A-Z]{{1,2}}\d{{6,8}}|\d{{9}}){_EDGE}{_NOT_A_COUNT}"),
    ),
    Cue(
        "permit",
        ("通行", "回乡", "台胞", "往来", "来往", "居留", "永居"),
        pattern(
            r"(?:通行证|回乡[证卡]|台胞证|往来港澳|往来台湾|来往内地|来往大陆|居留(?:身份)?[证卡]|永居证)"
            rf"(?:{_FILLER}|{_SAYS}){_NOISE}{{0,2}}"
            r"((?:[HMhm]\d{8}(?:\d{2})?|[CLTclt]\d{8}|[Cc][A-Za-z]\d{7}|\d{8}(?:\d{2})?(?:\([A-Z]\))?"
            rf"|[A-Z]{{3}}\d{{12}}){_EDGE}){_NOT_A_COUNT}"
        ),
        _is_no_date,
    ),
    Cue(
        "hk_id",
        ("身份", "身分", "HK", "ID", "id", "Id"),
        pattern(
            rf"(?:身[份分]证|HKID|[Ii][Dd] ?(?:[Cc]ard|CARD)){_LATIN_NUMBER}(?:{_FILLER}|{_SAYS})"
            rf"([A-Za-z]{{1,2}} ?\d{{6}} ?[(\[]?[0-9Aa]\)?){_EDGE}"
        ),
        _is_hk_id,
    ),
    Cue(
        "qq",
        (
            *(
                "QQ",
                "qq",
                "Qq",
                "qQ",
                "扣扣",
                "企鹅",
                "企鵝",
                "加Q",
                "加q",
                "加扣",
                "我Q",
                "我q",
                "我扣",
            ),
            *(
                "Q号",
                "q号",
                "球球",
                "秋秋",
                "叩叩",
                "抠抠",
                "蔻蔻",
                "丘丘",
                "+Q",
                "+q",
                "➕Q",
                "➕q",
                "+扣",
            ),
        ),
        pattern(
            rf"{_QQ}{_OTHERS}(?:账号|号码?|群号?|ID|id)?{_OTHERS}{_LOOSE}"
            rf"([1-9]\d{{4,10}}){_EDGE}{_NOT_OF_AN_ADDRESS}{_NOT_A_COUNT}"
        ),
    ),
    Cue(
        "wechat",
        (
            *(
                "微信",
                "薇信",
                "威信",
                "徽信",
                "溦信",
                "V信",
                "v信",
                "微❤",
                "薇❤",
                "微♥",
                "加V",
                "加v",
            ),
            *(
                "加薇",
                "加微",
                "加威",
                "加卫",
                "+V",
                "+v",
                "+微",
                "+薇",
                "➕V",
                "➕v",
                "➕微",
                "➕薇",
            ),
            *(
                "We",
                "we",
                "WE",
                "VX",
                "vx",
                "Vx",
                "vX",
                "WX",
                "wx",
                "Wx",
                "wX",
                "加我",
                "薇:",
                "薇号",
            ),
            "绿泡",
        ),
        pattern(
            rf"{_WECHAT}{_OTHERS}(?:{_NUMBER})?{_OTHERS}(?:同号)?"
            rf"[\"'”』」】)\]*`]{{0,3}}(?:{_GAP}(?:[:=;|\t为是∶︰﹕→➡〇]|(?<=[号D账d❤♥])|{_NOISE}{{1,6}}(?<=[^\x00-\x7f]))"
            rf"{_NOISE}{{0,6}}"
            rf"([A-Za-z][-_0-9A-Za-z]{{5,19}}|[1-9]\d{{5,10}}){_EDGE}{_NOT_OF_AN_ADDRESS}{_NOT_A_COUNT}"
            rf"|{_GAP}((?=[A-Za-z_-]*\d)[A-Za-z][-_0-9A-Za-z]{{5,19}}){_EDGE}{_NOT_OF_AN_ADDRESS})"
        ),
        _is_no_product,
    ),
    Cue(
        "wechat",
        ("加微", "加薇", "加威", "加V", "加v", "加我"),
        pattern(
            rf"加我?的?(?:[微薇威Vv]信?|[Vv][Xx])(?:{_NUMBER})?{_LOOSE}"
            rf"([A-Za-z][-_0-9A-Za-z]{{5,19}}){_EDGE}{_NOT_OF_AN_ADDRESS}"
        ),
        _is_no_product,
    ),
    Cue(
        "social_security",
        (
            "社保",
            "社会",
            "医保",
            "医疗",
            "公积",
            "公積",
            "养老",
            "養老",
            "参保",
            "參保",
            "健保",
            "劳保",
            "农合",
        ),
        pattern(
            r"(?:社保(?:卡|电脑|个人)?|社会保[障险](?:卡|个人)?|医保(?:卡|证|个人)?|医疗保险(?:卡|证|手册)?|医疗证"
            r"|公[积積]金(?:卡|个人|职工)?|[养養]老(?:保险|金)(?:手册)?|[参參]保(?:人|个人|人员|职工)?|健保卡?|劳保"
            rf"|农合(?:医疗)?证?)(?:编号|证号|账号|账户|号码?|ID){_SAYS}"
            rf"([A-Za-z]{{0,4}}-?\d[0-9A-Za-z-]{{4,22}}){_EDGE}{_NOT_A_COUNT}"
        ),
    ),
    Cue(
        "medical_record",
        (
            *(
                "住院",
                "病案",
                "门诊",
                "急诊",
                "病历",
                "病例",
                "就诊",
                "就医",
                "健康",
                "诊疗",
                "检查",
                "檢查",
            ),
            *(
                "影像",
                "放射",
                "病理",
                "超声",
                "标本",
                "體檢",
                "体检",
                "患者",
                "病人",
                "挂号",
                "登记",
                "诊号",
            ),
            *("T号", "R号", "I号", "线号", "超号"),
        ),
        pattern(
            r"(?:(?:住院|门诊|门急诊|急诊)(?:病历|病案|登记|流水|就诊)?|病案|病历|病例|就[诊医](?:卡|流水)?|健康卡|诊疗卡"
            r"|[检檢]查单?|影像|放射|病理|超声|标本|[体體][检檢]|患者|病人|挂号|登记|(?:(?<=C)T|(?<=M)R|(?<=MR)I|线|超)(?=号))"
            rf"(?:号码?|编号|序号|账号|流水号|ID|id){_SAYS}"
            rf"([A-Za-z]{{0,4}}-?\d[0-9A-Za-z-]{{2,19}}){_EDGE}{_NOT_A_COUNT}"
        ),
    ),
    Cue(
        "landline",
        ("电话", "座机", "传真", "手机", "联系", "Te", "te", "TE", "Fa", "fa", "FA"),
        pattern(
            rf"(?:电话|座机|传真|手机|联系方式|{_NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))(?:号码?)?"
            rf"{_GAP}(?:\([^()\n\0〔〕]{{1,6}}\))?{_GAP}(?:[:=]{_GAP}|[为是]{_GAP}:?{_GAP})?"
            rf"((?!400|800)[2-9]\d{{2,3}}[ -]?\d{{4}}){_EDGE}(?![-.]?\d){_NOT_A_COUNT}"
        ),
    ),
)
"""Every cue, with the value it gives away in the last group that matched."""

_PARTED = "微薇威扣QqVvWw"
"""First characters of cues that signs and pictures part from the second."""


def _mark_cues(
    codes: Codes,
    table: npt.NDArray[np.uint8],
    parted: npt.NDArray[np.bool_],
    found: Positions,
    second: Positions,
) -> int:
    """Where a cue may begin, and its second character; returns how many.

    Cues without a digit within reach (or a letter, where the table says 2) have no value, and
    cost nothing more.
    """
    count = 0
    digit = letter = codes.size + _REACH
    for i in range(codes.size - 2, 0, -1):
        c = codes[i]
        j = i + 1
        what = table[(c * _MIX + codes[j]) & 0xFFFF]
        if what == 0 and parted[c & 0xFFFF]:
            while j < i + 4 and j < codes.size - 1 and is_noise(codes[j]):
                j += 1
            what = table[(c * _MIX + codes[j]) & 0xFFFF]
        if what > 0 and (digit - j <= _REACH or (what == 2 and letter - j <= _REACH)):
            found[count] = i
            second[count] = j
            count += 1
        if 48 <= c <= 57:
            digit = i
        elif 65 <= c <= 90 or 97 <= c <= 122:
            letter = i
    return count


def _is_noise(c: int) -> bool:
    """Whether `c` is no letter, digit, Han character or end: as the pattern `_NOISE`."""
    alike = 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122 or 0x4E00 <= c <= 0x9FFF
    return not alike and c not in (0, 10, 0x3002, 0x3014, 0x3015)


is_noise = compiled(_is_noise)
mark_cues = compiled(_mark_cues)


def beside_cues(view: View) -> Iterator[Hit]:
    """Every value beside a cue of `CUES`."""
    cues, table, parted = _tables()
    found, second = np.empty(view.codes.size, np.int64), np.empty(view.codes.size, np.int64)
    count = mark_cues(view.codes, table, parted, found, second)
    text = view.text
    for at, other in zip(found[:count].tolist(), second[:count].tolist(), strict=True):
        if text[at - 1] == "〔":
            continue  # the label of a placeholder is no cue
        for cue in cues.get(text[at] + text[other], ()):
            yield from values(cue, text, at)


@cache
def _tables() -> tuple[dict[str, tuple[Cue, ...]], npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """The cues by their heads, what each pair of characters wants near, and what may be parted."""
    cues: dict[str, tuple[Cue, ...]] = {}
    for cue in CUES:
        for head in cue.heads:
            cues[head] = (*cues.get(head, ()), cue)
    table = head_table(cues).astype(np.uint8)
    table[head_table(head for cue in CUES if cue.kind == "wechat" for head in cue.heads)] = 2
    parted = np.zeros(0x10000, np.bool_)
    parted[[ord(c) for c in _PARTED]] = True
    return cues, table, parted


def values(cue: Cue, text: str, at: int) -> Iterator[Hit]:
    """The value beside the cue that stands at `at`, if there is one."""
    match = cue.shape.match(text, at)
    if match is None or match.lastindex is None:
        return
    start, end = match.span(match.lastindex)
    if cue.check is None or cue.check(text[start:end]):
        yield Hit(start, end, cue.kind, "cue")
