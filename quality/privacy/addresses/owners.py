"""Whose address it is: someone's, or that of a company, an authority or a public place."""

from quality.privacy.view import pattern

_MUSEUMS = "(?:博物|美[术術]|[图圖][书書]|[纪紀]念|展[览覽]|体育|文化)[馆館]"
_PLACE = (
    f"公司|银行|支行|大学|中学|小学|学校|幼儿园|医院|诊所|{_MUSEUMS}|剧院|餐[厅廳]|酒店|宾馆|[饭飯]店|法院|检察院"
    "|委员会|政府|故居|遗址|寺|教堂|公园|景区|商场|超市"
)
"""Places whose address is no secret."""

_PLACE_BEFORE = pattern(
    f"{_PLACE}|总部|分行|注册地|办公|会址|门店|店址|旗舰店|分店|店(?=地址)|地[点點]|[现現]址|营业|经营|校区|药店|酒楼|工厂|厂址"
    "|[我该本市区县监管政理务税通安]局|单位|机构|协会|学会|中心"
)
_SOMEONE_BEFORE = pattern(
    r"家住|现住|租住|居住|住址|户籍|户口|家庭|收货|收件|寄件|住在|住于|住(?=:?\Z)|老家|男|女|身份证|业主|租客|房东"
)
_PLACE_BEHIND = pattern(
    r" ?,?\(?(?!的)(?:(?![的了住在是与和])[一-鿿0-9A-Za-z·]){0,12}?"
    f"(?:{_PLACE}|学院|派出所|服务中心|服务大厅|办事处|管理局|分局|研究所|研究院|故里|书店|门店|大使馆|领事馆)"
)
_SITED = pattern(r"(?:[位设驻建开]于|位於|[坐座]落[于在]|[设开建]在|驻|迁[往至])(?:中国)?:?\Z")
_HOME = pattern("[家户宅]")


def is_of_a_place(text: str, before: str, end: int) -> bool:
    """Whether an address that ends at `end`, with `before` before it, is not someone's.

    Only people live somewhere: what lies somewhere (位于 …) without a word of a home is a place.
    Otherwise the last cue in the sentence decides, and without one a place named right behind.
    """
    sentence = before[max(before.rfind(sign) for sign in "。;!?\n\0") + 1 :]
    if _SITED.search(sentence) and not _HOME.search(sentence):
        return True
    place = max((m.end() for m in _PLACE_BEFORE.finditer(sentence)), default=-1)
    someone = max((m.end() for m in _SOMEONE_BEFORE.finditer(sentence)), default=-1)
    if place >= 0 or someone >= 0:
        return place > someone
    return _PLACE_BEHIND.match(text, end) is not None
