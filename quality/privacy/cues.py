"""The cues of free-form values, and what stands between a cue and its value."""

import re
from collections.abc import Callable
from string import ascii_letters
from typing import NamedTuple

from quality.privacy import validators
from quality.privacy.view import pattern

_GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
_EDGE = r"(?![0-9A-Za-z])"
_SAYS = (
    rf"(?:\([^()\n\0〔〕]{{1,12}}\))?[\"'”’」』)\]】`*]{{0,3}}{_GAP}"
    rf"(?:(?:[:=;|\t∶︰﹕ː→➡]|=>|->|[为是]:?|(?:好像|大概|应该|就|可能)是){_GAP})?[\"'“‘「『(\[【`*|#]{{0,3}}"
)
"""What stands between a field and its value: in prose, in a cell of a table, in JSON."""

_NOISE = r"[^0-9A-Za-z\u4e00-\u9fff。\n\0〔〕]"
_LOOSE = rf"{_NOISE}{{0,6}}(?:[为是]{_NOISE}{{0,4}})?"
"""What stands between the cue of a contact and its value: any signs, pictures and spaces."""

_SPLIT = rf"{_NOISE}{{0,3}}"
_FILLER = r"[^0-9A-Za-z。;\n\0〔〕]{0,8}?"
_FAR = r"[^0-9A-Za-z。;\n\0〔〕]{0,28}?"
_NOT_A_COUNT = r"(?! ?[人万亿元个年月日次条千百%只块级床楼室岁])"
_NOT_IN_A_WORD = r"(?<![0-9A-Za-z_=/-])"
_NOT_OF_AN_ADDRESS = r"(?![.@]\w)"
_LATIN_NUMBER = r"(?:[ _-]?(?:[Nn][Oo](?![A-Za-z])\.?|[Nn]um(?:ber)?|NUMBER|[Ii][Dd](?![A-Za-z])))?"
_NUMBER = r"[ _]?(?:号码?|编号|账号|帐号|ID|Id|id)"
_WECHAT = (
    rf"(?:[微薇威徽溦]{_SPLIT}[信❤♥]|[Vv]{_SPLIT}信|{_NOT_IN_A_WORD}(?:[Ww]e[Cc]hat|WECHAT|"
    rf"[Vv]{_SPLIT}[Xx]|[Ww]{_SPLIT}[Xx])(?![Ii][Dd]_)"
    r"|(?:[加+➕]我?)(?:[Vv微薇威]|卫星)|(?<![\u4e00-\u9fff])薇|绿泡泡?)"
)
_QQ = (
    rf"(?:{_NOT_IN_A_WORD}[Qq]{_SPLIT}[Qq]|扣{_SPLIT}扣|[企][鹅鵝]|[球秋叩抠蔻丘]{{2}}"
    r"|(?:[加+➕]我?|我)[Qq扣]|(?<![0-9A-Za-z])[Qq]号|🐧|(?<![\u4e00-\u9fff])扣(?=[:0-9]))"
)
_OTHERS = r"(?:[/、和与&+(] ?(?:微信|QQ|qq|VX|vx|电话|手机号?|MSN|同号)(?:同号)?\)?)?"

Check = Callable[[str], bool]


class Cue(NamedTuple):
    """A kind, the heads of its cues, the cue, the cue with its value in a group, and a check.

    Heads are the first two characters of cues, parted by spaces.
    """

    kind: str
    heads: str
    name: re.Pattern[str]
    shape: re.Pattern[str]
    check: Check | None


def _cue(kind: str, heads: str, name: str, value: str, check: Check | None = None) -> Cue:
    return Cue(kind, heads, pattern(name), pattern(name + value), check)


def _is_hk_id(value: str) -> bool:
    bare = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    return validators.is_hk_id(bare) and ("(" in value) == (")" in value)


def _is_no_date(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", value) is None


def _is_no_product(value: str) -> bool:
    return re.match(r"(?i)windows|wechat|weixin|android|iphone|harmony|https?\b", value) is None


CUES = (
    _cue(
        "passport",
        "护照 旅行 pa Pa PA",
        rf"(?:护照|旅行证|{_NOT_IN_A_WORD}(?:[Pp]assport|PASSPORT))",
        rf"{_LATIN_NUMBER}(?:{_FAR}|{_SAYS}){_NOISE}{{0,2}}"
        r"((?:[EKGDSPHegkdsph]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|(?:[DSPdsp][Ee]|MA|KJ)\d{7}"
        rf"|1[45]\d{{7}}){_EDGE})",
    ),
    _cue(
        "passport",
        "护照",
        "护照(?:号码?|编号)",
        rf"{_SAYS}([A-Z]{{1,2}}\d{{6,8}}|\d{{9}}){_EDGE}{_NOT_A_COUNT}",
    ),
    _cue(
        "permit",
        "通行 回乡 台胞 往来 来往 居留 永居",
        r"(?:通行证|回乡[证卡]|台胞证|往来港澳|往来台湾|来往内地|来往大陆|居留(?:身份)?[证卡]|永居证)",
        rf"(?:{_FILLER}|{_SAYS}){_NOISE}{{0,2}}"
        r"((?:[HMhm]\d{8}(?:\d{2})?|[CLTclt]\d{8}|[Cc][A-Za-z]\d{7}|\d{8}(?:\d{2})?(?:\([A-Z]\))?"
        rf"|[A-Z]{{3}}\d{{12}}){_EDGE}){_NOT_A_COUNT}",
        _is_no_date,
    ),
    _cue(
        "permit",
        "通行 回乡 往来 来往",
        "(?:通行证|回乡[证卡])",
        rf"{_FAR}((?:[HM]\d{{8}}(?:\d\d)?|[CL]\d{{8}}|C[A-Z]\d{{7}}){_EDGE})",
    ),
    _cue(
        "hk_id",
        "身份 身分 HK ID id Id",
        r"(?:身[份分]证|HKID|[Ii][Dd] ?(?:[Cc]ard|CARD))",
        rf"{_LATIN_NUMBER}(?:{_FILLER}|{_SAYS})"
        rf"([A-Za-z]{{1,2}} ?\d{{6}} ?[(\[]?[0-9Aa]\)?){_EDGE}",
        _is_hk_id,
    ),
    _cue(
        "qq",
        "QQ qq Qq qQ 扣扣 企鹅 企鵝 加Q 加q 加扣 我Q 我q 我扣 Q号 q号 球球 秋秋 叩叩 抠抠 "
        "蔻蔻 丘丘 +Q +q ➕Q ➕q +扣 扣: 🐧: "
        "🐧1 🐧2 🐧3 🐧4 🐧5 🐧6 🐧7 🐧8 🐧9 扣1 扣2 扣3 扣4 扣5 扣6 扣7 扣8 扣9",
        _QQ,
        rf"{_OTHERS}(?:{_NOISE}{{0,3}}(?:账号|号码?|群号?|ID|id))?{_OTHERS}{_LOOSE}"
        rf"([1-9]\d{{4,10}}){_EDGE}{_NOT_OF_AN_ADDRESS}{_NOT_A_COUNT}",
    ),
    _cue(
        "wechat",
        "微信 薇信 威信 徽信 溦信 V信 v信 微❤ 薇❤ 微♥ 加V 加v 加薇 加微 加威 加卫 +V +v "
        "+微 +薇 ➕V ➕v ➕微 ➕薇 We we WE VX vx Vx vX WX wx Wx wX 加我 薇: 薇号 绿泡 "
        + " ".join(f"薇{letter}" for letter in ascii_letters),
        _WECHAT,
        rf"{_OTHERS}(?:{_NUMBER})?{_OTHERS}(?:同号)?"
        rf"[\"'”』」】)\]*`]{{0,3}}(?:{_GAP}(?:[:=;|(\t为是∶︰﹕→➡〇]|(?<=[号D账d❤♥])"
        rf"|{_NOISE}{{1,6}}(?<=[^\x00-\x7f])){_NOISE}{{0,6}}"
        rf"([A-Za-z][-_0-9A-Za-z]{{5,19}}|[1-9]\d{{5,10}}){_EDGE}{_NOT_OF_AN_ADDRESS}{_NOT_A_COUNT}"
        rf"|{_GAP}((?=[A-Za-z_-]*\d)[A-Za-z][-_0-9A-Za-z]{{5,19}}){_EDGE}{_NOT_OF_AN_ADDRESS})",
        _is_no_product,
    ),
    _cue(
        "wechat",
        "加微 加薇 加威 加V 加v 加我",
        r"加我?的?(?:[微薇威Vv]信?|[Vv][Xx])",
        rf"(?:{_NUMBER})?{_LOOSE}"
        rf"([A-Za-z][-_0-9A-Za-z]{{5,19}}){_EDGE}{_NOT_OF_AN_ADDRESS}",
        _is_no_product,
    ),
    _cue("wechat", "wx", _NOT_IN_A_WORD, rf"(wxid_[0-9a-z]{{8,24}}){_EDGE}"),
    _cue(
        "social_security",
        "社保 社会 医保 医疗 工伤 失业 生育 人编 公积 公積 养老 養老 参保 參保 健保 劳保 农合",
        r"(?:社保(?:卡|电脑|个人)?|社会保[障险](?:卡|个人)?|医保(?:卡|证|个人)?|医疗保险(?:卡|证|手册)?|医疗证|(?:工伤|失业|生育)保险|(?<=个)人(?=编号)"
        r"|公[积積]金(?:卡|个人|职工)?|[养養]老(?:保险|金)(?:手册)?|[参參]保(?:人|个人|人员|职工)?|健保卡?|劳保"
        r"|农合(?:医疗)?证?)(?:编号|证号|账号|账户|号码?|ID)",
        rf"{_SAYS}"
        rf"([A-Za-z]{{0,4}}-?\d[0-9A-Za-z-]{{4,22}}){_EDGE}{_NOT_A_COUNT}",
    ),
    _cue(
        "medical_record",
        "住院 病案 门诊 急诊 病历 病例 就诊 就医 健康 诊疗 检查 檢查 影像 放射 病理 超声 "
        "标本 體檢 体检 患者 病人 诊号 登记 T号 R号 I号 线号 超号",
        r"(?:(?:住院|门诊|门急诊|急诊)(?:病历|病案|登记|流水|就诊)?|病案|病历|病例|就[诊医](?:卡|流水)?|健康卡|诊疗卡"
        r"|[检檢]查单?|影像|放射|病理|超声|标本|[体體][检檢]|患者|病人|(?<![\u4e00-\u9fff])登记(?=号)|(?:(?<=C)T|(?<=M)R|(?<=MR)I|线|超)(?=号))"
        r"(?:号码?|编号|序号|账号|流水号|ID|id)",
        rf"{_SAYS}"
        rf"((?!\d{{4}}SR)[A-Za-z]{{0,4}}-?\d[0-9A-Za-z-]{{2,19}}){_EDGE}{_NOT_A_COUNT}",
    ),
    _cue(
        "landline",
        "电话 座机 传真 手机 联系 Te te TE Fa fa FA",
        rf"(?:电话|座机|传真|手机|联系方式|{_NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))",
        rf"(?:号码?)?{_GAP}(?:\([^()\n\0〔〕]{{1,6}}\))?{_GAP}(?:[:=]{_GAP}|[为是]{_GAP}:?{_GAP})?"
        rf"((?!400|800)[2-9]\d{{2,3}}[ -]?\d{{4}}){_EDGE}(?![-.]?\d){_NOT_A_COUNT}",
    ),
)
"""Every cue, with the value it gives away in the last group that matched."""
