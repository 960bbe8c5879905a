"""Finders of personal names: after a field name, after a role, before a form of address."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from quality.privacy.hits import Hit

COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文"
)
RARE = (
    "肖庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒"
    "耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车"
    "冉房边净阴闫丘邬骆郎冀虞褚娄米储宫古匡蒲敖缪蓝邝满应瞿辜冼匹宗艾褟佟郁厉刁占池卞仇晏窦岑喻蔺"
    "鞠麦仲慕党迟明连滕巩楚栾奚商桑麻戚母戈晋芮阙相郜卓尚扶岩"
)
COMPOUND = (
    "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|长孙|慕容|夏侯|司徒|司空|东方|令狐|宇文|独孤|南宫|端木|轩辕"
    "|澹台|闻人|万俟|呼延|赫连|钟离|太史|申屠|公羊|濮阳|淳于|单于|仲孙|东郭|百里|西门|南门|第五|闾丘"
)
"""Family names (authored): the most frequent first, as the national registers rank them."""

_AMBIGUOUS = "高何于许曾任余方石金康安常文白易时盛单解强应明连相关位向路项管严温武毛程段史江万尚"
_STRICT = "".join(c for c in COMMON if c not in _AMBIGUOUS)
"""Family names that seldom begin another word: all that is believed where no sign separates."""

_HAN = "㐀-䶿一-鿿𠀀-𲎯"
_GLUE = (
    "的了着过是在有和与及或等为之不应须可能将被把向从以于其此该各每由所而则且并如若因但也都就才还又"
    "再已未曾没时们者某称说道问答给对让叫请你我他她它您"
)
_GIVEN = f"(?:(?![{_GLUE}老])[{_HAN}])"
_FORMS = "先生|女士|小姐|太太|老师|医生|大夫|律师|师傅|教授|经理|主任|同志|总监|院长|局长|老板"
_DOTTED = f"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,7}}){{1,3}}"
_NAME = (
    f"(?!(?:[{COMMON}{RARE}])某)(?:{_DOTTED}|(?:{COMPOUND})[{_HAN}]{{1,2}}"
    f"|[{COMMON}{RARE}](?!{_FORMS})[{_HAN}]{{1,2}}|[{COMMON}{RARE}](?={_FORMS}))"
)
_NEXT_FIELD = (
    "性别|男|女|年龄|年纪|出生|生日|民族|籍贯|电话|手机|联系|身份|证件|住址|地址|住所|职务|职业|单位|科室|住院"
    "|病历|床号|邮箱|微信|学历|学号|班级|部门|国籍|先生|女士|小姐|太太|老师|医生|经理|主任"
)
_FIELDS = (
    "姓名|姓 {0,4}名|名字|联系人|联络人|患者姓名|患者|病人|经办人|法定代表人|法人代表"
    "|法人|代表人|负责人|原告|被告人|被告|被申请人|申请人|被上诉人|上诉人|委托代理人|代理人|诉讼代理人|收件人|收货人|寄件人|发件人"
    "|开户名|户名|持卡人|投保人|被保险人|受益人|家长|监护人|学生|考生|当事人|被害人|受害人|证人|嫌疑人"
    "|申报人|填表人|报名人|签收人|承租人|出租人|借款人|担保人|保证人|甲方|乙方|丙方|买方|卖方|车主|业主|户主"
    "|主治医师|主治医生|医师|护士|审判长|审判员|书记员|执行人"
    "|来电人|反映人|投诉人|举报人|咨询人|诉求人|消费者|市民"
    "|债权人|債权人|债务人|債务人|辩护人|辯护人|声请人|聲请人|相对人|自诉人|抗告人|告诉人|第三人|法定代理人|监护人"
    "|承办人|承辦人|申办人|申辦人|收款人|付款人|汇款人|匯款人|寄货人|订货人|取件人|领取人|预约人|预订人|预定人"
    "|乘客|旅客|乘车人|乘机人|入住人|客户|客人|顾客|会员|员工|职工|司机|驾驶人|驾驶员|被保人|家属|家屬"
    "|父亲|父親|母亲|母親|配偶|妻子|丈夫|儿子|女儿|班主任|指导教师|指导老师|导师|填报人|报案人|报警人|值班员"
    "|检察员|公诉人|鉴定人|主刀|术者|麻醉师|经纪人|保荐人|机主|住户|租客|房东|网友|受访者|传承人"
)
_NOT_NAMES = (
    "项目|单位|安全|方案|相关|全体|应当|施工|计划|管理|申请|单独|连带|明确|解除|位于|关于|路线|时间|关键|经理|主任|"
    "陈述|陈明|陈设|陈旧|陈列|黄疸|周围|周身|周期|马上|江湖|汪汪|田间|叶酸|夏季|钟头|胡乱|胡言|林业|郭外|马虎|孔径|龙头|唐氏|魏晋|宋代|朱红|"
    "周[一二三四五六日天末年边]|钱包|石油|石头|黄金|黄色|马路|江山|江南|江北|林区|林木|田野|田地|唐朝|宋朝|王国|王朝|叶片|叶子"
    "|毛病|毛巾|胡子|胡同|谢意|谢绝|贺卡|段落|雷达|雷电|孔雀|"
    "雷同|白天|钱款|钱物|侯诊|程序|康复|罗列|梁柱|丁类|丁型|邱吉|黎明|范围|汤药|陆续|熊猫|沈阳|江苏|苏州|徐州|郑州|杭州"
)
CELL = re.compile(
    rf"(?!{_NOT_NAMES}|[{COMMON}{RARE}]某)"
    rf"(?:{_DOTTED}|(?:{COMPOUND})[{_HAN}]{{1,2}}|[{COMMON}{RARE}][{_HAN}]{{1,2}})"
)
"""What stands in a cell below a heading like 姓名, if it is a name."""
_GAP = r"[ \t]{0,8}"  # bounded: long runs of space must not cost their square
_SPACED = "|".join(" ".join(family) for family in COMPOUND.split("|"))
_AFTER_FIELD = re.compile(
    rf"(?:{_FIELDS})(?:姓名|名称)?(?:\([^()\n\0〔〕]{{1,8}}\))?[\]】]?{_GAP}"
    rf"(?:[:|]{_GAP}|[ \t]{_GAP})(?!{_NOT_NAMES})({_NAME})(?=[^{_HAN}·]|{_NEXT_FIELD})"
    rf"|(?:姓名|[收寄]件人|联系人|户名):{_GAP}"
    rf"((?:[{COMMON}{RARE}]|(?:{_SPACED}))(?: [{_HAN}]){{1,2}})(?=[^{_HAN} ]| {{2}})"
    rf"|(?:姓名|名字|我叫|名叫)[是为]:?{_GAP}"
    rf"((?:{COMPOUND}|[{_STRICT}]){_GIVEN}{{1,2}})(?=[^{_HAN}·])"
)
_ROLES = (
    "患者|病人|原告人?|被告人?|被申请人|申请人|被上诉人|上诉人|委托代理人|法定代表人|经办人|联系人|嫌疑人"
    "|被害人|受害人|证人|当事人|审判长|审判员|书记员|居民|村民|市民|姓名|收件人|户名|我叫|名叫|他叫|她叫"
    "|来电人|反映人|投诉人|举报人|咨询人|诉求人|消费者|业主|债权人|債权人|债务人|債务人|辩护人|辯护人|声请人|聲请人"
    "|相对人|自诉人|抗告人|告诉人|第三人|承办人|承辦人|收款人|付款人|汇款人|匯款人|报案人|驾驶人|驾驶员|司机|乘客|旅客"
    "|客户|顾客|学生|学员|丈夫|妻子|男子|女子|男生|女生"
    "|监护人|家属|家长|持有人|持证人|乘机人|入住人|病患|民众|骑手|户主|车主|户名|名字|机主|失主|班主任|值班员|主治医师"
    "|医师|护士|经办|复核|寄件人|取件人|领款人|领用人|借款人|出借人|承租人|出租人|担保人|保证人|投保人|被保险人|受益人"
)
_FOLLOWS = (
    "[因诉系于在与和向称说]|离婚|纠纷|签订|支付|偿还|出具|借款|拖欠|之间"
    rf"|身份|护照|账号|档案|微信|反映|反应|表示|咨询|投诉|举报|要求|认为|来电|{_NEXT_FIELD}"
)
_AFTER_ROLE = re.compile(
    rf"(?:{_ROLES})(?!{_NOT_NAMES})(?:"
    rf"((?:{COMPOUND}|[{_STRICT}](?!{_FORMS})){_GIVEN}{{1,2}}?)(?<!氏)(?=[^{_HAN}·]|{_FOLLOWS})"
    rf"|({_GIVEN}{{1,7}}(?:·{_GIVEN}{{1,7}}?){{1,3}})(?=[^{_HAN}·]|[的死被]|{_FOLLOWS}))"
)
_HONORIFICS = ("先生", "女士", "小姐")
_PROFESSIONS = (
    *("老师", "医生", "医师", "律师", "师傅", "大夫", "太太", "同学", "护士", "護士", "警官"),
    *("阿姨", "大爷", "大爺", "大妈", "大媽", "奶奶", "爷爷", "爺爺", "叔叔"),
)
_BEFORE_HONORIFIC = re.compile(
    rf"(?:(?:{COMPOUND}){_GIVEN}{{0,2}}|[{_STRICT}]{_GIVEN}{{1,2}}|(?<=[^{_HAN}])[{COMMON}]{_GIVEN}{{0,2}}"
    rf"|(?<=[的和与及向给叫请跟找位是到对让为由被将])[{_STRICT}])\Z"
)
_BEFORE_PROFESSION = re.compile(
    rf"(?:(?<=[^{_HAN}])[{_STRICT}]{_GIVEN}{{0,2}}|(?<=[的和与及向给叫请跟找位是到])[{_STRICT}])\Z"
)
_NOT_BEFORE_TITLE = re.compile(
    "(?:谢谢|感谢|多谢|万能|方言|文学|文科|文化|武术|康复|金牌|马列|江湖|龙头|田径|黄埔|何以|余下|黄花|白领|高级|石家|苏丹|约旦"
    "|[陈吴鲁宋郑许曹蔡燕韩赵魏]国)\\Z"
)
FIELD_HEADS = tuple({field[:2] for field in _FIELDS.split("|")} | {"姓 "})
ROLE_HEADS = tuple({role[:2] for role in _ROLES.split("|")})
TITLE_HEADS = _HONORIFICS + _PROFESSIONS


def after_field(text: str, at: int) -> Iterator[Hit]:
    """A name after a field name and a separator: 姓名：…, 联系人 …."""
    match = _AFTER_FIELD.match(text, at)
    if match is not None:
        start, end = match.span(match.lastindex or 1)
        yield _told(text, start, end, "field")


def after_role(text: str, at: int) -> Iterator[Hit]:
    """A name glued to a role, where what follows ends it: 原告…诉, 患者…，."""
    match = _AFTER_ROLE.match(text, at)
    if match is not None:
        start, end = match.span(match.lastindex or 1)
        if text[start + 1] != "某":
            yield _told(text, start, end, "role")


def before_title(text: str, at: int) -> Iterator[Hit]:
    """A family name or a full name before a form of address; the form itself stays."""
    near = text[max(0, at - 5) : at]
    honorific = text.startswith(_HONORIFICS, at)
    match = (_BEFORE_HONORIFIC if honorific else _BEFORE_PROFESSION).search(near)
    if match is not None and not _NOT_BEFORE_TITLE.search(near):
        yield _told(text, at - len(near) + match.start(), at, "title")


def _told(text: str, start: int, end: int, rule: str) -> Hit:
    """A name by `rule`; one that everybody knows is only mentioned: 孙中山先生 is no customer."""
    return Hit(start, end, "name", "mention" if text[start:end] in _known() else rule)


@cache
def _known() -> frozenset[str]:
    return frozenset((files(__package__) / "known.txt").read_text("utf-8").split())
