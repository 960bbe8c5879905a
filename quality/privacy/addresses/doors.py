"""Doors: where the number of a house may stand, and how far the doors of one address go."""

from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.addresses.places import ESTATES, ROADS, VILLAGES
from quality.privacy.view import Codes, Positions, View, pattern

_NUMERALS = "〇零一二三四五六七八九十百"
_UNITS = "号栋幢室弄座楼单组队邻鄰委层巷户房铺舖鋪"
_ANYWHERE = "号栋幢单室"
"""What follows a door number, and units so rare elsewhere that any place may stand before."""

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#"
_PLACE, _NUMBER_PART, _UNIT, _RARE, _BETWEEN, _HAN, _DATED = 1, 2, 4, 8, 16, 32, 64
_WIDEST = 16  # characters of a door number: 12-3-1201, 二百一十五
_CLOSE, _CROWD = 5, 64  # characters; doors in a row that stand so close to one another
_SPACE, _DASH, _SINGLE, _FIRST, _ORDINAL, _SEATED, _AFTER_9 = (ord(c) for c in " -单元第座:")


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """What each code point below U+10000 can be beside a door number."""
    table = np.zeros(0x10000, np.uint8)
    table[0x4E00:0xA000] = _HAN
    for characters, flag in (
        (ROADS + ESTATES + VILLAGES + "东西南北中口侧内旁", _PLACE),
        ("0123456789" + _NUMERALS + _LATIN, _NUMBER_PART),
        (_UNITS, _UNIT),
        (_ANYWHERE, _RARE),
        ("甲乙丙丁附之 ,/)", _BETWEEN),
        ("年月日", _DATED),
    ):
        for character in characters:
            table[ord(character)] |= flag
    table[ord("第")] = 0
    return table


def _mark_doors(codes: Codes, classes: npt.NDArray[np.uint8], found: Positions) -> int:
    """Where numbers begin that a unit follows and a place stands before; returns how many."""
    count = 0
    last = 0
    for i in range(2, codes.size - 1):
        unit = classes[codes[i]] if codes[i] < 0x10000 else 0
        if unit & _UNIT == 0 and codes[i] != _DASH:
            continue
        end = i - 1 if codes[i - 1] == _SPACE else i
        at = end
        while at > max(last, end - _WIDEST) and codes[at - 1] < 0x10000:
            if classes[codes[at - 1]] & _NUMBER_PART == 0:
                break
            at -= 1
        if at == end or at <= 1:
            continue
        place = at - 1
        if codes[place] == _ORDINAL and codes[i] == _SEATED and codes[at] < _AFTER_9:
            place -= 1  # 第12座 of a housing estate
        while place > 1 and at - place < 3 and classes[codes[place] & 0xFFFF] & _BETWEEN:
            place -= 1
        before = classes[codes[place]] if codes[place] < 0x10000 else 0
        rare = unit & _RARE and (codes[i] != _SINGLE or codes[i + 1] == _FIRST)
        if before & _PLACE or (rare and before & _HAN and not before & _DATED):
            if count == 0 or found[count - 1] != at:
                found[count] = at
                count += 1
            last = i
    return count


mark_doors = compiled(_mark_doors)


def doors(view: View) -> list[int]:
    """Positions in `view` where a door number may begin, in order.

    Where more than _CROWD stand within _CLOSE characters of the one before, the rest of them are
    passed over: no text is written so, and it would cost time without end.
    """
    found = np.empty(view.codes.size // 2 + 1, np.int64)
    spotted = found[: mark_doors(view.codes, _classes(), found)]
    document = np.searchsorted(view.starts, spotted, side="right")
    close = np.diff(spotted, prepend=-_CLOSE - 1) <= _CLOSE
    close &= np.diff(document, prepend=0) == 0
    nth = np.arange(close.size)
    crowded = nth - np.maximum.accumulate(np.where(close, 0, nth)) >= _CROWD
    kept: list[int] = spotted[~crowded].tolist()
    return kept


_NUMBER = rf"(?:[0-9A-Za-z]{{1,5}}(?:[-#][0-9A-Za-z]{{1,5}}){{0,3}}|[{_NUMERALS}]{{1,6}})"
_DASHED = r"[A-Z]?\d{1,3}(?:-\d{1,5}){1,3}(?![-0-9A-Za-z.:比胜负年月日])"
_UNIT_WORD = (
    r"(?:(?<!\d\d\d)(?<!\d\d\d )座"
    "|号(?:楼(?![上下道前后梯])|院|街坊|门(?![口前外牌卫店面票诊])|弄|房|室|铺|[甲乙丙](?!方))?"
    "|[栋幢室弄楼巷组邻鄰委排层门户铺舖鋪档檔期区段之]|单元|队(?![伍员长])|房(?!地))"
)
_OTHER = (
    "(?:线|文(?![化具])|令|公告|决定|机(?!关)|船|卫星|井|矿|病|标|墓|坑|油|公路|台风|通知|议案|选手|库|站"
    "|店(?!铺)|地块|厂房|航站|码头|泊位|仓|倉|车间|高炉|变电|桥|隧道|洞|窗口|诊|床|项目|工程|出口|展|赛"
    "|教学楼|实验|提案|样|闸|楼市|疫苗|作品|种|车厢|电站|铁路|电梯|特|人行|天桥|口|岗|舱|馆|支渠|电线杆|堆场|院区|以上|以下|左右)"
)
_SEAT = r"(?:\d{1,2}[层楼区])?\d{1,3}排\d{1,3}座"
_DOOR = (
    rf"(?:{_NUMBER} ?{_UNIT_WORD}"
    rf"|[东西南北中左右前后](?:单元|户|门|座|栋|幢)|之[0-9{_NUMERALS}]{{1,3}}(?=[0-9])|之[0-9]{{1,3}}(?=[{_NUMERALS}]))"
)
_STOPS = "的了在是有被把与及或到由为这那其此该每各共约近等"
_AND = "(?<![祥三泰太永仁颐义共人安])和(?![平谐睦园苑])"
_NAME = f"(?:(?![{_STOPS}]|{_AND}|将(?![军軍]))[一-鿿A-Za-z])"
_PLACE_NAME = (
    f"{_NAME}{{0,9}}?(?:小区|社区|花园|家园|公寓|大厦|广[场場]|中心|宿舍|家属院|商城|大院|新村"
    "|[园苑城院寓邸府场場区路街道村庄里湾庭居轩軒阁閣楼厦邨東东西南北座])"
)
_GAP = (
    r"(?:[,/] ?|(?:[ ,/]{0,2}\([^()\n\0〔〕]{1,16}\)[ ,/]?| {1,2})?"
    rf"(?:[附之甲乙丙丁]|{_NAME}{{0,10}}?(?={_NUMBER}(?:栋|幢|单元|座|室|号楼))|{_PLACE_NAME})?)"
)
_ROOM = (
    r" ?(?:[A-Z]{1,2}(?!\d)|[A-Za-z]?\d{1,4}[A-Za-z]?(?:[-#][A-Za-z]?\d{1,4}){0,2})"
    r"(?![0-9A-Za-z.:%]| ?[元年月日时点分万亿个人名米公平斤次条件岁路例吨块栋座星型])"
)
DOORS = pattern(
    rf"(?!{_SEAT})(?:{_NUMBER} ?{_UNIT_WORD}(?!{_OTHER})|{_DASHED})(?:{_GAP}{_DOOR}){{0,7}}"
    rf"(?:{_PLACE_NAME}\d{{1,3}}(?:[-#]\d{{1,5}}){{1,2}}(?![-#0-9A-Za-z.年月日]))?"
    rf"(?:[附之]{_NUMBER}[号室]?(?![0-9A-Za-z]))?(?:(?<=[栋幢座楼层元院号门厦坊])(?:附|宿舍|公寓)?{_ROOM}|地下(?![室铁车停水])|地[铺舖鋪])?"
)
"""From the first door number to the last door of the address."""

NOT_A_DOOR = pattern(_OTHER)
"""What follows a number that is not that of a house."""

UNIT = pattern("号楼|号院|单元|[号队栋幢室弄座楼层户房巷组铺舖鋪邻鄰委门]")
"""A unit among the doors of an address."""
