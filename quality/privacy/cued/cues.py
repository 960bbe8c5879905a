"""The cues of free-form values."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from quality.privacy.cued import dates
from quality.privacy.cued import wording as w
from quality.privacy.numbers import validators
from quality.privacy.view import pattern

Check = Callable[[str], bool]


class Cue(NamedTuple):
    """How the values of a kind are told by a cue: the ways are asked in order.

    `name` is the cue, and the heads its first two characters (spaces between them left out);
    `shapes` are the cue with its value in a group; `alike` is a further value after a first, and
    the value before its cue; `rare` is a value of a form so rare that it is believed anywhere in
    the sentence; where there is `near`, it must match near a cue that says little alone. `latin`
    are its words in letters, and `suffix` says that a word for a number must follow in all ways.
    """

    kind: str
    heads: tuple[str, ...]
    name: re.Pattern[str]
    shapes: tuple[re.Pattern[str], ...]
    alike: re.Pattern[str] | None = None
    check: Check | None = None
    rare: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    latin: tuple[str, ...] = ()
    suffix: bool = False
    rule: str = "cue"


def _is_hk_id(value: str) -> bool:
    bare = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    return validators.is_hk_id(bare) and ("(" in value) == (")" in value)


def _is_no_date(value: str) -> bool:
    date = (
        r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
        r"|(?P<sign>[-/.])(?:0?[1-9]|1[0-2])(?P=sign)(?:0?[1-9]|[12]\d|3[01]))"
    )
    return re.fullmatch(date, value) is None


def _is_no_product(value: str) -> bool:
    return re.match(r"(?i)windows|wechat|weixin|android|iphone|harmony|https?\b", value) is None


def _is_no_mobile(value: str) -> bool:
    return not validators.is_mobile(value)


class _Written(NamedTuple):
    """A cue as it is written down: patterns of its name, of what links it to its value, of both."""

    kind: str
    heads: Iterable[str]
    name: str
    links: Iterable[str]
    value: str
    after: str = w.NOT_A_COUNT
    check: Check | None = None
    rare: str = ""
    near: str = ""
    latin: str = ""
    rule: str = "cue"

    def made(self) -> Cue:
        value = rf"(?:{self.value}){w.EDGE}{self.after}"
        return Cue(
            self.kind,
            (*self.heads, *w.heads(self.latin)),
            pattern(self.name),
            tuple(pattern(f"{self.name}{link}({value})") for link in self.links),
            pattern(value),
            self.check,
            pattern(rf"(?<![0-9A-Za-z])(?:{self.rare}){w.EDGE}") if self.rare else None,
            pattern(self.near) if self.near else None,
            tuple(self.latin.split()),
            self.kind in {"social_security", "medical_record"},
            self.rule,
        )


_LATIN_BIRTHS = "date_of_birth birth_date birth_time birth_day birth dob d.o.b csrq csny"

_PASSPORTS, _LATIN_PASSPORTS = "护照 旅行证", "passport pp huzhao"
_PASSPORT = (
    r"[EKGDSPHegkdsph]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|(?:[DSPdsp][Ee]|MA|KJ)\d{7}|1[45]\d{7}"
)
_PERMITS = (
    "通行证 回乡证 回乡卡 台胞证 往来港澳 往来台湾 来往内地 来往大陆 居留证 居留卡 居留身份证 "
    "永居证 永居卡 永久居留 大通证 港澳证 五星卡"
)
_LATIN_PERMITS = "home_return_permit travel_permit exit_entry_permit residence_permit hrp mtp"
_PERMIT = r"[HMhm]\d{8}(?:\d{2})?|[CLTclt]\d{8}|[Cc][A-Za-z]\d{7}|[A-Z]{3}\d{12}"

_INSURANCES = (
    "社保 社会保障 社会保险 医保 医疗保险 医疗证 公积金 公積金 养老 养老保险 养老金 養老 養老保險 "
    "工伤保险 失业保险 生育保险 参保 參保 健保 劳保 农合 强积金 強積金"
)
_OF_INSURANCE = (
    "(?:卡|咭|证|证书|手册|个人|电脑|职工|人员|人|基金|受益人|成员|参保|缴费|保险|金|医疗){0,3}"
    "(?:个人|职工|电脑)?"
)
_LATIN_INSURANCES = (
    "social_security social_insurance insured insurance_card ss si medicare medical_insurance "
    "sbkh shebao yibao gjj provident_fund pension mpf"
)
_CODED = r"[A-Za-z]{0,4}-?\d[0-9A-Za-z-]"
_SUFFIX = w.words("编号 证号 卡号 序号 流水号 账号 账户 号码 号 ID id")

_HOSPITALS = (
    "住院 门诊 门急诊 急诊 病历 病案 病例 就诊 就医 健康卡 诊疗卡 诊疗 检查 檢查 影像 放射 病理 "
    "超声 标本 體檢 体检 患者 病人 复诊 復診 覆诊 入院 出院"
)
_OF_HOSPITALS = "(?:首页|卡|咭|登记|流水|病历|病案|单|本|档案|就诊|住院|门诊|记录){0,2}"
_LATIN_HOSPITALS = (
    "mr mrn emr inpatient outpatient admission patient visit medical_record hospital case_history "
    "zyh mzh blh jzkh"
)
_SCANS = r"(?:(?:(?<=C)T|(?<=M)R|(?<=MR)I|线|超)(?=号)|(?<![\u4e00-\u9fff])登记(?=号))"

_ASCII = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:"

_WRITTEN = (
    _Written(
        "passport",
        w.heads(_PASSPORTS),
        rf"(?:{w.words(_PASSPORTS)}|{w.latin(_LATIN_PASSPORTS)}{w.LATIN_NUMBER}?"
        r"|(?i:type)[\"']?[:=] ?[\"']?P(?![a-z]))",
        (rf"(?:号码?|编号)?{w.SAYS}{w.NOISE}{{0,2}}",),
        _PASSPORT,
        rare=_PASSPORT,
        latin=f"{_LATIN_PASSPORTS} type",
    ),
    _Written(
        "passport",
        ("护照",),
        rf"{w.words('护照')}",
        (rf"(?:号码?|编号){w.SAYS}", w.LATER),
        r"[A-Z]{1,2}\d{6,8}|\d{9}",
    ),
    _Written(
        "permit",
        w.heads(_PERMITS),
        rf"(?:{w.words(_PERMITS)}|{w.latin(_LATIN_PERMITS)}{w.LATIN_NUMBER}?)(?:身份)?[证証卡]?",
        (rf"(?:[^0-9A-Za-z。;\n\0〔〕]{{0,8}}?|{w.SAYS}){w.NOISE}{{0,2}}", w.LATER),
        rf"{_PERMIT}|\d{{8}}(?:\d{{2}})?(?:\([A-Z]\))?",
        check=_is_no_date,
        rare=_PERMIT,
        latin=_LATIN_PERMITS,
    ),
    _Written(
        "birth_date",
        (),
        w.latin(_LATIN_BIRTHS),
        (w.SAYS,),
        dates.CELL.pattern,
        after="",
        latin=_LATIN_BIRTHS,
        rule="field",
    ),
    Cue(
        "hk_id",
        ("身份", "身分", "HK", "ID", "id", "Id"),
        pattern(r"(?:身[份分]证|HKID|[Ii][Dd] ?(?:[Cc]ard|CARD))"),
        (
            pattern(
                rf"(?:身[份分]证|HKID|[Ii][Dd] ?(?:[Cc]ard|CARD)){w.LATIN_NUMBER}?"
                rf"(?:[^0-9A-Za-z。;\n\0〔〕]{{0,8}}?|{w.SAYS})"
                rf"([A-Za-z]{{1,2}} ?\d{{6}} ?[(\[]?[0-9Aa]\)?){w.EDGE}"
            ),
        ),
        check=_is_hk_id,
    ),
    _Written(
        "qq",
        (
            *w.heads("加q 我q 的q +q ➕q q号 q我 q:"),
            *[
                "扣扣",
                "企鹅",
                "企鵝",
                "加扣",
                "我扣",
                "球球",
                "秋秋",
                "叩叩",
                "抠抠",
                "蔻蔻",
                "丘丘",
                "扣:",
                "🐧",
            ],
            *(f"扣{digit}" for digit in "123456789"),
        ),
        w.QQ,
        (
            rf"{w.OTHERS}(?:{w.NUMBER}|群号?)?{w.OTHERS}{w.LOOSE}",
            rf"{w.LATIN_NUMBER}{w.SAYS}",
            w.LATER,
        ),
        r"[1-9]\d{4,10}",
        after=w.NOT_OF_AN_ADDRESS + w.NOT_A_COUNT,
        latin="qq",
    ),
    _Written(
        "wechat",
        (
            *w.heads("v信 加v 加我 加她 加他 +v ➕v"),
            *[
                "微信",
                "薇信",
                "威信",
                "徽信",
                "溦信",
                "微❤",
                "薇❤",
                "微♥",
                "V❤",
                "v❤",
                "V♥",
                "v♥",
                "加薇",
                "加微",
                "加威",
                "加卫",
            ],
            *["+微", "+薇", "➕微", "➕薇", "绿泡", "薇号"],
            *(f"{word}{c}" for word in "薇微" for c in _ASCII),
        ),
        w.WECHAT,
        (
            rf"{w.OTHERS}(?:{w.NUMBER})?{w.OTHERS}(?:同号)?{w.QUOTES}{w.GAP}"
            rf"(?:[:=;|\t为是係∶︰﹕→➡〇]|(?<=[号D账d❤♥])|{w.NOISE}{{1,6}}(?<=[^\x00-\x7f]))"
            rf"{w.NOISE}{{0,6}}",
            rf"(?:{w.NUMBER})?{w.GAP}[(\[/「]?(?=[A-Za-z_-]*\d[-_0-9A-Za-z]*{w.EDGE})(?=[A-Za-z])",
            w.LATER,
        ),
        r"[A-Za-z][-_0-9A-Za-z]{5,19}|[1-9]\d{5,10}",
        after=w.NOT_OF_AN_ADDRESS + w.NOT_A_COUNT,
        check=_is_no_product,
        latin="wechat weixin wx vx",
    ),
    _Written(
        "wechat",
        ("加微", "加薇", "加威", "加V", "加v", "加我"),
        r"加我?的?(?:[微薇威Vv]信?|[Vv][Xx])",
        (rf"(?:{w.NUMBER})?{w.LOOSE}",),
        r"[A-Za-z][-_0-9A-Za-z]{5,19}",
        after=w.NOT_OF_AN_ADDRESS,
        check=_is_no_product,
    ),
    Cue(
        "wechat",
        ("wx",),
        pattern(w.NOT_IN_A_WORD),
        (pattern(rf"{w.NOT_IN_A_WORD}(wxid_[0-9a-z]{{8,24}}){w.EDGE}"),),
    ),
    _Written(
        "social_security",
        w.heads(f"{_INSURANCES} 个人"),
        rf"(?:{w.words(_INSURANCES)}{_OF_INSURANCE}[ \n]?{_SUFFIX}"
        rf"|{w.latin(_LATIN_INSURANCES)}{w.LATIN_NUMBER}|(?<![\u4e00-\u9fff])个人(?:社保|参保)?编号)",
        (w.SAYS,),
        rf"{_CODED}{{4,22}}",
        check=_is_no_date,
        latin=_LATIN_INSURANCES,
    ),
    _Written(
        "social_security",
        w.heads("社保卡 医保卡 社会保障卡 健保卡 医疗证"),
        w.words("社保卡 医保卡 社会保障卡 健保卡 医疗证"),
        (w.LATER,),
        rf"{_CODED}{{4,22}}",
        check=_is_no_date,
    ),
    _Written(
        "medical_record",
        (*w.heads(f"{_HOSPITALS} 登记"), *["诊号", "T号", "R号", "I号", "线号", "超号"]),
        rf"(?:(?:{w.words(_HOSPITALS)}{_OF_HOSPITALS}|{_SCANS})[ \n]?{_SUFFIX}"
        rf"|{w.latin(_LATIN_HOSPITALS)}{w.LATIN_NUMBER})",
        (w.SAYS,),
        rf"(?!\d{{4}}SR){_CODED}{{2,19}}",
        check=_is_no_date,
        latin=_LATIN_HOSPITALS,
    ),
    _Written(
        "medical_record",
        w.heads("就诊卡 诊疗卡 健康卡 病历 病历本 病案 复诊卡 覆诊咭"),
        w.words("就诊卡 诊疗卡 健康卡 病历 病历本 病案 复诊卡 覆诊咭"),
        (w.LATER,),
        rf"{_CODED}{{3,19}}",
        check=_is_no_date,
    ),
    _Written(
        "medical_record",
        w.heads("登记号 档案号 档案编号 检验号 化验号 卡号 ID号"),
        w.words("登记号 档案号 档案编号 检验号 化验号 ID号"),
        (rf"码?{w.SAYS}",),
        rf"(?!\d{{4}}SR){_CODED}{{3,19}}",
        check=_is_no_date,
        near="体检|體檢|病[人房区历案]|住院|门诊|患者|就诊|抽血|化验|诊断|HIS",
    ),
    Cue(
        "landline",
        ("电话", "座机", "传真", "手机", "联系", *w.heads("te fa")),
        pattern(rf"(?:电话|座机|传真|手机|联系方式|{w.NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))"),
        (
            pattern(
                rf"(?:电话|座机|传真|手机|联系方式|{w.NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))"
                rf"(?:号码?)?{w.GAP}(?:\([^()\n\0〔〕]{{1,6}}\))?{w.GAP}"
                rf"(?:[:=]{w.GAP}|[为是]{w.GAP}:?{w.GAP})?"
                rf"((?!400|800)[2-9]\d{{2,3}}[ -]?\d{{4}}){w.EDGE}(?![-.]?\d){w.NOT_A_COUNT}"
            ),
        ),
        latin=("tel", "fax"),
    ),
)
CUES = tuple(one if isinstance(one, Cue) else one.made() for one in _WRITTEN)
"""Every cue, with the value it gives away in the last group that matched."""
