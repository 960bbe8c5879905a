"""What stands beside a number: cues, labels of serial numbers, links, prices.

Every look behind is bounded, so that a mass of numbers costs time in proportion to its length.
"""

from quality.privacy.view import pattern

STOPS = r"。;!?\n\0〔〕"
"""Where a sentence or a document ends, or a placeholder stands: no cue reaches across."""

_PHONE = pattern(
    r"(?:电话|手机|手提|座机|总机|传真|致电|热线|联系|联络|来电|去电|拨打|咨询|行动|短信|微信"
    r"|物联网|打给|分机|固话|接入号|卡号码|流量卡|(?<![A-Za-z])(?:[Tt]el|TEL|[Pp]hone|PHONE|[Mm]obile|MOBILE|[Ff]ax|FAX"
    rf"|[Cc]ell|[Ww]hats[Aa]pp|[Tt]elephone))[^{STOPS}]{{0,16}}\Z"
    r"|(?:[打拨找]|打这个|号码)[我给:是为 ]{0,3}\Z"
)
_PHONE_IN_LINK = pattern(
    r"(?:[Tt]el|TEL|[Pp]hone|PHONE|[Mm]obile|MOBILE|[Mm]ob|[Cc]ell"
    r"|(?i:msisdn|sms[^\n]{0,12} (?:to|dst|recipient)))[\"':=]{1,4}\+?\Z"
)
_PHONE_ABOVE = pattern(
    rf"(?:电话|手机|座机|固话|传真|热线|联系方式|[Tt]el|TEL|[Ff]ax)[^{STOPS}]{{0,5}}"
    r"\n[ \t]{0,4}\Z"
)
_PHONE_BEHIND = pattern(
    r" ?[(,、] ?(?:[我他她]的?|常用|办公|家庭|单位|联系)?"
    r"(?:电话|手机|手提|座机|固话|传真|[Tt]el|TEL|[Mm]obile|[Ff]ax)"
)
_CARD = pattern(
    r"(?:卡号|[行用记蓄资银联]卡|账号|账户|转账|汇款|打款|收款|开户|VISA|Visa|Master"
    r"|[Cc]ard|CARD|(?i:account|acct|bank|payee|iban)|卡[里内])"
    rf"[^{STOPS}]{{0,40}}\Z|卡[:是为 ]{{0,3}}\Z"
)
_IDENTITY = pattern(
    rf"(?:身份|身分|证件|统一证|统一编号|居留|(?<![A-Za-z])[Ii][Dd])[^{STOPS}]{{0,24}}\Z"
)
_CREDIT = pattern(rf"(?:代码|税号|纳税人识别号|注册号|执照)[^{STOPS}]{{0,16}}\Z")
_DEVICE = pattern(rf"(?:[Ii][Mm][Ee][Ii]|串[号码]|设备识别码)[^{STOPS},]{{0,24}}\Z")
_MACAU = pattern(
    rf"(?:澳门[^{STOPS}]{{0,12}}(?:身份|证)|(?<![A-Za-z])BIR"
    rf"|(?i:maca[uo][ _-]?(?:id|bir)))[^{STOPS}]{{0,16}}\Z"
)

_SERIAL = (
    *(
        "订单",
        "单号",
        "运单",
        "快递",
        "物流",
        "流水",
        "流水号",
        "编号",
        "编码",
        "货号",
        "型号",
        "批号",
    ),
    *("文号", "案号", "票号", "专利", "申请号", "条码", "条形码", "序列号", "序号", "合同", "发票"),
    *(
        "交易",
        "凭证",
        "商品",
        "产品",
        "股票",
        "基金",
        "代码",
        "版本",
        "时间戳",
        "工单",
        "受理",
        "订购",
    ),
    *("取件码", "物料", "货架", "校验码", "验证码", "备案", "许可证", "保单", "存单", "档案"),
    *(
        "保险号",
        "医保",
        "社保",
        "病历号",
        "住院号",
        "门诊号",
        "学号",
        "工号",
        "卡号",
        "账号",
        "户号",
    ),
    *("会员号", "客户号", "车架号", "发动机号", "追踪号", "证号", "房号", "表号"),
    *("保障号", "登记号", "参考号", "检查号", "交易号", "凭证号"),
    *("ISBN", "ISSN", "DOI", "doi", "SKU", "sku"),
)
_QUANTITY = pattern(r"(?:量|读数|总数|数值|约|共计|合计|累计|达到?|超过|总计)[:为是]?\Z")
_LATIN_SERIAL = pattern(r"(?<![A-Za-z])(?:[Ii][Dd]|[Nn][Oo])\Z")
_BETWEEN = " .#:为是(\"'|∣「『【[=\t"
_LINK = pattern(r"(?:://|www\.|[A-Za-z]\?|=)[!-~]*\Z|[A-Za-z]-\Z|[0-9A-Za-z]_\Z")


def before(text: str, start: int, room: int) -> str:
    """At most `room` characters before `start`."""
    return text[max(0, start - room) : start]


def is_phone(text: str, start: int, end: int = 0) -> bool:
    """Whether a word for telephones stands before `start`, in the same sentence, or behind `end`.

    A word that ends the line before counts, and one in brackets or after a comma behind.

    >>> is_phone("电话是:138", 4), is_phone("电话。138", 3), is_phone("138(手机)", 0, 3)
    (True, False, True)
    """
    if is_link(text, start):
        return _PHONE_IN_LINK.search(before(text, start, 40)) is not None
    near = before(text, start, 26)
    if _PHONE.search(near) is not None or _PHONE_ABOVE.search(near) is not None:
        return True
    return end > 0 and _PHONE_BEHIND.match(text, end) is not None


def is_card(text: str, start: int) -> bool:
    """Whether a word for cards or accounts stands before `start`, in the same sentence."""
    return _CARD.search(before(text, start, 44)) is not None


def is_identity(text: str, start: int) -> bool:
    """Whether a word for identity papers stands before `start`, in the same sentence."""
    return _IDENTITY.search(before(text, start, 28)) is not None


def is_macau(text: str, start: int) -> bool:
    """Whether the identity card of Macau is named before `start`, in the same sentence."""
    return _MACAU.search(before(text, start, 36)) is not None


def is_credit(text: str, start: int) -> bool:
    """Whether a word for credit codes or tax numbers stands before `start`."""
    return _CREDIT.search(before(text, start, 24)) is not None


def is_device(text: str, start: int) -> bool:
    """Whether a word for the number of a device stands before `start`."""
    return _DEVICE.search(before(text, start, 30)) is not None


def is_serial(text: str, start: int) -> bool:
    """Whether the number at `start` is labelled as one of a thing, or is part of a link.

    >>> is_serial("订单号:138", 4), is_serial("电话:138", 3), is_serial("=138", 1)
    (True, False, True)
    """
    return (
        is_labelled(text, start)
        or _LATIN_SERIAL.search(before(text, start, 12).rstrip(_BETWEEN)) is not None
        or is_link(text, start)
    )


def is_labelled(text: str, start: int) -> bool:
    """Whether a Chinese label of serial numbers stands right before `start`."""
    near = before(text, start, 24).rstrip(_BETWEEN)
    shorter = near.removesuffix("码").removesuffix("号").removesuffix("编")
    return near.endswith(_SERIAL) or shorter.endswith(_SERIAL)


def is_quantity(text: str, start: int) -> bool:
    """Whether the number at `start` is said to be an amount of something."""
    return _QUANTITY.search(before(text, start, 8)) is not None


def is_link(text: str, start: int) -> bool:
    """Whether `start` stands inside a link, a parameter or a name made of letters."""
    last = text[start - 1]
    if not "!" <= last <= "~":
        return False
    near = before(text, start, 120)
    signs = last in "-_" or "=" in near or "?" in near or "://" in near or "www." in near
    return signs and _LINK.search(near) is not None


def is_decimal(text: str, start: int) -> bool:
    """Whether the number at `start` is a price, or what follows a decimal point."""
    return text[start - 1] in "¥$€£" or (text[start - 1] == "." and text[start - 2].isdecimal())
