"""The cues of free-form values, and what stands between a cue and its value."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from quality.privacy.cued import dates
from quality.privacy.numbers import validators
from quality.privacy.view import pattern

_GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
_EDGE = r"(?![0-9A-Za-z])"
_QUOTES = r"[\"'”’」』)\]】`*]{0,3}"
_IS = (
    r"[:=;|\t∶︰﹕ː→➡>]|=>|->|[\"'] ?>|(?<=[A-Za-z]) (?:value|content|extension) ?=|[为是係系]:?"
    r"|(?:好像|大概|应该|就|可能)是"
)
_SAYS = (
    rf"(?:\([^()\n\0〔〕]{{1,16}}\))?{_QUOTES}{_GAP}(?:(?:{_IS}){_GAP})?"
    r"[\"'“‘「『(\[【`*|#]{0,3}"
)
"""What stands between a field and its value: in prose, in a cell of a table, in JSON, in XML."""

_NOISE = r"[^0-9A-Za-z\u4e00-\u9fff。\n\0〔〕]"
_LOOSE = rf"{_NOISE}{{0,6}}(?:(?:号码?)?[为是係系]{_NOISE}{{0,4}})?"
"""What stands between the cue of a contact and its value: any signs, pictures and spaces."""

_LATER = (
    r"(?:(?![电手]|热线|订|快递|群|公众|小程序|身份|银行|[元人万亿])[^0-9A-Za-z。!?\n\0〔〕]){0,18}?"
    r"(?:(?:号码?|账号|编号|那个|(?<![A-Za-z])[Ii][Dd])(?:[为是係系]:?|:)|那个)[ \"'“「]{0,2}"
)
"""What leads from a cue to a number said to be its own, within the sentence: 掉了,号码是."""

_SPLIT = rf"{_NOISE}{{0,3}}"
_NOT_A_COUNT = r"(?! ?[人万亿元个年月日次条千百%只块级床楼室岁分])"
_NOT_IN_A_WORD = r"(?<![0-9A-Za-z_=/-])"
_NOT_OF_AN_ADDRESS = r"(?![.@]\w)"
_LATIN_NUMBER = (
    r"(?:[ _.-]?(?:[Nn][Oo](?![A-Za-z])\.?|[Nn]um(?:ber)?|NUMBER|[Ii][Dd](?![A-Za-z])|[Cc]ode))"
)
_NUMBER = r"[ _]?(?:号码?|编号|账号|帐号|ID|Id|id|[Nn]o(?:\.|(?![A-Za-z])))"
_WECHAT = (
    rf"(?:[微薇威徽溦]{_SPLIT}[信❤♥]|[Vv]{_SPLIT}[信❤♥]|{_NOT_IN_A_WORD}(?:[Ww]e[Cc]hat|WECHAT|[Ww]eixin|"
    rf"[Vv]{_SPLIT}[Xx]|[Ww]{_SPLIT}[Xx])(?!(?i:_?id)_)"
    r"|(?:[加+➕][我她他]?)(?:[Vv微薇威]|卫星)|(?<![\u4e00-\u9fff])[薇微](?!信)|绿泡泡?)"
)
_QQ = (
    rf"(?:{_NOT_IN_A_WORD}[Qq]{_SPLIT}[Qq]|扣{_SPLIT}扣|[企][鹅鵝]|[球秋叩抠蔻丘]{{2}}|🐧"
    r"|(?:[加+➕][我她他]? ?|[我的])[Qq扣]|(?<![0-9A-Za-z])[Qq](?:号|我|(?=:))"
    r"|(?<![\u4e00-\u9fff])扣(?=[:0-9]))"
)
_OTHERS = r"(?:[/、和与及&+(] ?(?:微信|QQ|qq|VX|vx|电话|手机号?|MSN|同号)(?:同号)?\)?)?"

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


def words(listed: str) -> str:
    r"""The words, parted by spaces, as alternatives: the longest first, each perhaps torn apart.

    >>> words("护照")
    '(?:护[ \n]{0,3}照)'
    """
    several = sorted(listed.split(), key=len, reverse=True)
    return f"(?:{'|'.join(map(_torn, several))})".replace("证", "[证証]")


def _torn(word: str) -> str:
    return "".join(
        f"{re.escape(c)}[ \n]{{0,3}}" if "一" <= c <= "鿿" and c != word[-1] else re.escape(c)
        for c in word
    )


def heads(listed: str) -> tuple[str, ...]:
    """The first two characters of the words; of Latin ones in either case.

    >>> sorted(heads("护照 pp"))
    ['PP', 'Pp', 'pP', 'pp', '护照']
    """
    pairs = {word[:2] for word in listed.split()}
    split = ((pair[0], pair[1]) for pair in pairs)
    cases = ((a + b, a + b.upper(), a.upper() + b, a.upper() + b.upper()) for a, b in split)
    return tuple(sorted({head for some in cases for head in some}))


def _latin(listed: str) -> str:
    """The words as alternatives in any case, with what may part them: mr_no, mrNo, MR no."""
    several = "|".join(word.replace("_", "[ _.-]?") for word in listed.split())
    return rf"(?:(?<![0-9A-Za-z])(?i:{several}))"


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
    after: str = _NOT_A_COUNT
    check: Check | None = None
    rare: str = ""
    near: str = ""
    latin: str = ""
    rule: str = "cue"

    def made(self) -> Cue:
        value = rf"(?:{self.value}){_EDGE}{self.after}"
        return Cue(
            self.kind,
            (*self.heads, *heads(self.latin)),
            pattern(self.name),
            tuple(pattern(f"{self.name}{link}({value})") for link in self.links),
            pattern(value),
            self.check,
            pattern(rf"(?<![0-9A-Za-z])(?:{self.rare}){_EDGE}") if self.rare else None,
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
_SUFFIX = words("编号 证号 卡号 序号 流水号 账号 账户 号码 号 ID id")

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
        heads(_PASSPORTS),
        rf"(?:{words(_PASSPORTS)}|{_latin(_LATIN_PASSPORTS)}{_LATIN_NUMBER}?"
        r"|(?i:type)[\"']?[:=] ?[\"']?P(?![a-z]))",
        (rf"(?:号码?|编号)?{_SAYS}{_NOISE}{{0,2}}",),
        _PASSPORT,
        rare=_PASSPORT,
        latin=f"{_LATIN_PASSPORTS} type",
    ),
    _Written(
        "passport",
        ("护照",),
        rf"{words('护照')}",
        (rf"(?:号码?|编号){_SAYS}", _LATER),
        r"[A-Z]{1,2}\d{6,8}|\d{9}",
    ),
    _Written(
        "permit",
        heads(_PERMITS),
        rf"(?:{words(_PERMITS)}|{_latin(_LATIN_PERMITS)}{_LATIN_NUMBER}?)(?:身份)?[证証卡]?",
        (rf"(?:[^0-9A-Za-z。;\n\0〔〕]{{0,8}}?|{_SAYS}){_NOISE}{{0,2}}", _LATER),
        rf"{_PERMIT}|\d{{8}}(?:\d{{2}})?(?:\([A-Z]\))?",
        check=_is_no_date,
        rare=_PERMIT,
        latin=_LATIN_PERMITS,
    ),
    _Written(
        "birth_date",
        (),
        _latin(_LATIN_BIRTHS),
        (_SAYS,),
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
                rf"(?:身[份分]证|HKID|[Ii][Dd] ?(?:[Cc]ard|CARD)){_LATIN_NUMBER}?"
                rf"(?:[^0-9A-Za-z。;\n\0〔〕]{{0,8}}?|{_SAYS})"
                rf"([A-Za-z]{{1,2}} ?\d{{6}} ?[(\[]?[0-9Aa]\)?){_EDGE}"
            ),
        ),
        check=_is_hk_id,
    ),
    _Written(
        "qq",
        (
            *heads("加q 我q 的q +q ➕q q号 q我 q:"),
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
        _QQ,
        (
            rf"{_OTHERS}(?:{_NUMBER}|群号?)?{_OTHERS}{_LOOSE}",
            rf"{_LATIN_NUMBER}{_SAYS}",
            _LATER,
        ),
        r"[1-9]\d{4,10}",
        after=_NOT_OF_AN_ADDRESS + _NOT_A_COUNT,
        latin="qq",
    ),
    _Written(
        "wechat",
        (
            *heads("v信 加v 加我 加她 加他 +v ➕v"),
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
        _WECHAT,
        (
            rf"{_OTHERS}(?:{_NUMBER})?{_OTHERS}(?:同号)?{_QUOTES}{_GAP}"
            rf"(?:[:=;|\t为是係∶︰﹕→➡〇]|(?<=[号D账d❤♥])|{_NOISE}{{1,6}}(?<=[^\x00-\x7f]))"
            rf"{_NOISE}{{0,6}}",
            rf"(?:{_NUMBER})?{_GAP}[(\[/「]?(?=[A-Za-z_-]*\d[-_0-9A-Za-z]*{_EDGE})(?=[A-Za-z])",
            _LATER,
        ),
        r"[A-Za-z][-_0-9A-Za-z]{5,19}|[1-9]\d{5,10}",
        after=_NOT_OF_AN_ADDRESS + _NOT_A_COUNT,
        check=_is_no_product,
        latin="wechat weixin wx vx",
    ),
    _Written(
        "wechat",
        ("加微", "加薇", "加威", "加V", "加v", "加我"),
        r"加我?的?(?:[微薇威Vv]信?|[Vv][Xx])",
        (rf"(?:{_NUMBER})?{_LOOSE}",),
        r"[A-Za-z][-_0-9A-Za-z]{5,19}",
        after=_NOT_OF_AN_ADDRESS,
        check=_is_no_product,
    ),
    Cue(
        "wechat",
        ("wx",),
        pattern(_NOT_IN_A_WORD),
        (pattern(rf"{_NOT_IN_A_WORD}(wxid_[0-9a-z]{{8,24}}){_EDGE}"),),
    ),
    _Written(
        "social_security",
        heads(f"{_INSURANCES} 个人"),
        rf"(?:{words(_INSURANCES)}{_OF_INSURANCE}[ \n]?{_SUFFIX}"
        rf"|{_latin(_LATIN_INSURANCES)}{_LATIN_NUMBER}|(?<![\u4e00-\u9fff])个人(?:社保|参保)?编号)",
        (_SAYS,),
        rf"{_CODED}{{4,22}}",
        check=_is_no_date,
        latin=_LATIN_INSURANCES,
    ),
    _Written(
        "social_security",
        heads("社保卡 医保卡 社会保障卡 健保卡 医疗证"),
        words("社保卡 医保卡 社会保障卡 健保卡 医疗证"),
        (_LATER,),
        rf"{_CODED}{{4,22}}",
        check=_is_no_date,
    ),
    _Written(
        "medical_record",
        (*heads(f"{_HOSPITALS} 登记"), *["诊号", "T号", "R号", "I号", "线号", "超号"]),
        rf"(?:(?:{words(_HOSPITALS)}{_OF_HOSPITALS}|{_SCANS})[ \n]?{_SUFFIX}"
        rf"|{_latin(_LATIN_HOSPITALS)}{_LATIN_NUMBER})",
        (_SAYS,),
        rf"(?!\d{{4}}SR){_CODED}{{2,19}}",
        check=_is_no_date,
        latin=_LATIN_HOSPITALS,
    ),
    _Written(
        "medical_record",
        heads("就诊卡 诊疗卡 健康卡 病历 病历本 病案 复诊卡 覆诊咭"),
        words("就诊卡 诊疗卡 健康卡 病历 病历本 病案 复诊卡 覆诊咭"),
        (_LATER,),
        rf"{_CODED}{{3,19}}",
        check=_is_no_date,
    ),
    _Written(
        "medical_record",
        heads("登记号 档案号 档案编号 检验号 化验号 卡号 ID号"),
        words("登记号 档案号 档案编号 检验号 化验号 ID号"),
        (rf"码?{_SAYS}",),
        rf"(?!\d{{4}}SR){_CODED}{{3,19}}",
        check=_is_no_date,
        near="体检|體檢|病[人房区历案]|住院|门诊|患者|就诊|抽血|化验|诊断|HIS",
    ),
    Cue(
        "landline",
        ("电话", "座机", "传真", "手机", "联系", *heads("te fa")),
        pattern(rf"(?:电话|座机|传真|手机|联系方式|{_NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))"),
        (
            pattern(
                rf"(?:电话|座机|传真|手机|联系方式|{_NOT_IN_A_WORD}(?:[Tt]el|TEL|[Ff]ax|FAX))"
                rf"(?:号码?)?{_GAP}(?:\([^()\n\0〔〕]{{1,6}}\))?{_GAP}"
                rf"(?:[:=]{_GAP}|[为是]{_GAP}:?{_GAP})?"
                rf"((?!400|800)[2-9]\d{{2,3}}[ -]?\d{{4}}){_EDGE}(?![-.]?\d){_NOT_A_COUNT}"
            ),
        ),
        latin=("tel", "fax"),
    ),
)
CUES = tuple(one if isinstance(one, Cue) else one.made() for one in _WRITTEN)
"""Every cue, with the value it gives away in the last group that matched."""
