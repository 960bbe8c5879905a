"""The finder of postal addresses: chains of places that go down to a door number."""

from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.spotting import Runs, one_of
from quality.privacy.view import pattern

_LEVELS = "省市区县旗州盟镇乡村屯庄"
_WAYS = "路街道巷弄段里坊园苑城院厦寓邸府场同组号楼栋幢座堡营社田湾岸"
_DOORS = "号栋幢室弄座楼户单巷"
_STARTS = pattern(
    "北京|上海|天津|重庆|河北省?|山西省?|辽宁省?|吉林省?|黑龙江省?|江苏省?|浙江省?|安徽省?|福建省?|江西省?"
    "|山东省?|河南省?|湖北省?|湖南省?|广东省?|海南省?|四川省?|贵州省?|云南省?|陕西省?|甘肃省?|青海省?|台湾省?"
    "|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台北|台中|台南|高雄|新北|桃园|新竹|九龙|新界"
    "|广州|深圳|杭州|南京|武汉|成都|西安|苏州|郑州|长沙|沈阳|青岛|宁波|东莞|无锡|佛山|合肥|大连|福州|厦门"
    "|济南|温州|哈尔滨|长春|石家庄|南宁|昆明|南昌|贵阳|太原|兰州|海口|乌鲁木齐|呼和浩特|银川|西宁|拉萨"
)
"""Provinces, their capitals and the largest cities: where an address often begins."""

_STOPS = "的了在是于位住居到往至由与及或给寄送址地处为有着过把被将就你我他她们这那其该此某第驻"
_CHAIN_BACKWARDS = pattern(
    rf"[甲乙丙丁附]?(?: ?[{_LEVELS}{_WAYS}]"
    rf"(?:(?![{_STOPS}{_LEVELS}{_WAYS}])[一-鿿·]|[0-9A-Za-z-]){{0,10}})+"
)
"""A chain of places read from the door outwards, so that one pass finds where it begins."""

_TAIL = pattern(
    r"[0-9A-Za-z]{1,5}(?:-[0-9A-Za-z]{1,4})*(?:号(?:楼|院|门)?|栋|幢|室|弄|座|楼|单元|巷)"
    rf"(?:(?:(?![{_STOPS}])[一-鿿]){{0,8}}?"
    r"(?:[0-9A-Za-z]{1,5}(?:[-#][0-9A-Za-z]{1,5})*|[一二三四五六七八九十]{1,3})"
    r"(?:号(?:楼|院|门)?|栋|幢|座|弄|巷|单元|层|楼|门|室|房|户|之\d{1,2})){0,5}"
    r"(?:[A-Z]?\d{1,4}(?:-\d{1,4}){0,2}(?![0-9A-Za-z元年月日万%]))?"
)
_NOT_A_DOOR = pattern(
    "(?:线|文|令|公告|决定|机|船|卫星|井|矿|病|标|墓|坑|油|公路|台风|通知|议案|选手|库|站)"
)
_CUE = pattern(r"(?:地址|住址|住所地?|户籍地?|家住|现住|居住于|住|寄往|送至)[ :为在于是]{0,3}\Z")
_ROAD = pattern("[路街道巷弄段里坊园苑院厦寓邸府场组村屯庄]|胡同|小区|(?<=新)城")
_COUNTED = pattern(r"[0-9]+[座栋幢户]\Z")
_DOOR = pattern("[号栋幢室弄座楼户巷]|单元")


def addresses(text: str, runs: Runs) -> Iterator[Hit]:
    """Addresses, each from the widest place named down to the last door number."""
    reach = 0
    doors = one_of(runs.before, _LEVELS + _WAYS + "甲乙丙丁附 ") & (runs.length <= 5)
    for start in runs.start[doors & one_of(runs.after, _DOORS + "-")].tolist():
        hit = _address(text, start) if start >= reach else None
        if hit is not None:
            reach = hit.end
            yield hit


def _address(text: str, start: int) -> Hit | None:
    tail = _TAIL.match(text, start)
    if tail is None or _NOT_A_DOOR.match(text, tail.end()):
        return None
    begin = _beginning(text, start)
    body = text[begin:start]
    levelled = _STARTS.match(body) or any(level in body[1:] for level in _LEVELS)
    if not levelled and not _CUE.search(text[max(0, begin - 8) : begin]):
        return None
    if len(_DOOR.findall(tail[0])) < 2 and not _leads_to(body, tail[0]):
        return None
    return Hit(begin, tail.end(), "address", "chain")


def _beginning(text: str, door: int) -> int:
    """Where the chain of places before `door` begins: at a known place, if one comes first."""
    near = text[max(0, door - 60) : door][::-1]
    chain = _CHAIN_BACKWARDS.match(near)
    if chain is None:
        return door
    body = chain[0][::-1]
    known = _STARTS.search(body)
    first = next(i for i, character in enumerate(body) if character in _LEVELS + _WAYS)
    return door - len(body) + (known.start() if known and known.start() <= first else 0)


def _leads_to(body: str, door: str) -> bool:
    """Whether one door number is believed: on a road, and not so many houses of a village."""
    road = [m[0] for m in _ROAD.finditer(body)]
    return bool(road) and not (_COUNTED.fullmatch(door) and road[-1] in "村屯庄组道路")
