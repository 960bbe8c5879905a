"""The finder of postal addresses: from the widest place written down to the last door.

A door number is spotted, its places are read backwards and its further doors forwards. It is an
address where the places are told (a region, a level such as 镇, or a cue such as 住址 before them)
and the number is that of a house: on a road, in an estate or a village, or with a second door
behind it. A number 号 on a road needs no wider place. What the text gives to a company, an
authority or a public place has the rule `public`, all else `chain`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from quality.privacy.addresses.doors import DOORS, NOT_A_DOOR, UNIT, doors
from quality.privacy.addresses.owners import is_of_a_place
from quality.privacy.addresses.places import REACH, beginning
from quality.privacy.hits import Hit
from quality.privacy.view import View, pattern

_CUE = pattern(
    "(?:地址|住址|住所地?|住处|户籍地?|户籍所在地|户口|居住地|所在地|老家|家|住|居|搬|寄|送|收货|收件|产权"
    r"|坐落|门牌号?|通讯处|通信处)(?:[:为在于是到了往至给] ?){0,3} ?[(\[{\"“「]?\Z"
)
_LEVEL = pattern(
    "(?<![小社园校地厂库片景院辖住西东南北一二三四五六七八九0-9])区|[市县旗镇乡](?!场|区)|街道|自治州|省"
)
_ROAD = (
    "(?:(?:[街巷弄衖]|(?<![铁道网思电管出各条])路(?<![立级速]公路)|大道|胡同"
    "|[路街道][东西南北中]?[0-9一二三四五六七八九十]+段|(?<=[一-鿿]{2})(?:[里条坊]"
    "|(?<![交车流通轨管隧步河航跑赛频渠街国省县乡快])道))[东西南北中口侧内旁]?)"
)
_HOUSING = "小区|社区|花园|家园|公寓|大厦|广[场場]|中心|宿舍"
_ESTATE = (
    f"(?:{_HOUSING}|园区|家属院|新村|商城|新城|山庄"
    "|[一-鿿](?<![学医法剧影戏察研政])[园苑院寓邸府厦舍墅轩庭湾灣城居阁閣軒里邨]"
    "|[一二三四五六七八九东西南北]区|号院|[一-鿿][0-9一二三四五六七八九十][期代]|[东西南北主附]楼)"
)
_VILLAGE = "(?:[村庄屯寨队社组委邻鄰]|委会)"
_ON_A_ROAD = pattern(rf"{_ROAD}\Z")
_IN_AN_ESTATE = pattern(rf"{_ESTATE}\Z")
_NO_NAME = pattern(
    r"(?:\A|[ ,/])(?:[0-9A-Za-z]*|高速|[国省县]道?|[铁公马一二两大小老新旧这该本沿环上下主中线十])"
    r"[路街]\Z|(?:本|老旧|住宅|安置|新建|居民|高层|一个|各个)(?:小区|社区|公寓|花园)\Z"
)
_COUNTED = pattern("[一两][栋幢座户层楼](?![^室]{0,4}(?:单元|室))")
_NAMED = ("号", "号楼", "栋", "幢", "座", "组", "队")
_WIDE = pattern("[省市县区镇乡村路街]")
_BETWEEN = "甲乙丙丁附之第 ,/"
_TOWER = pattern("[0-9A-Z]{1,3}[栋幢][0-9]{1,2}(?:单元|-[0-9])|[0-9A-Z]{1,3}[栋幢][0-9]{3,4}室")
_DIGITS = "0123456789"
_NUMBERED = pattern("[0-9]+(?:-[0-9]+)? ?号")
_SITES = {
    **dict.fromkeys(
        ("号", "号楼", "号院", "组", "队"), pattern(rf"(?:{_ROAD}|{_ESTATE}|{_VILLAGE})\Z")
    ),
    **dict.fromkeys(("弄", "巷"), pattern(rf"{_ROAD}(?<!坊)\Z")),
    **dict.fromkeys(("室", "房"), pattern(r"[楼厦座院舍]\Z")),
    "": pattern(rf"(?:{_ROAD}|{_ESTATE})\Z"),
    "户": pattern(r"(?!)"),
}
_BY_A_PLACE = pattern(r"(?:[镇乡村路街巷]|社区|街道)[一-鿿]{1,6}\Z")
"""A hamlet or a house with a name of its own, where a region or a cue begins the address."""

_HIGH = pattern(rf"(?:{_HOUSING}|[苑邸寓庭轩邨]|[0-9一二三四五六七八九]期)\Z")
"""What a single door stands in, by its unit: that of a number without unit is the dash in it."""


def addresses(view: View) -> Iterator[Hit]:
    """Addresses, each from the widest place named down to the last door."""
    reach = 0
    for door in doors(view):
        hit = _address(view.text, door, reach) if door >= reach else None
        if hit is not None:
            reach = hit.end
            yield hit


class _Doors(NamedTuple):
    """Doors as written, the unit of the first (or nothing), and whether there are several."""

    written: str
    unit: str
    several: bool

    @classmethod
    def of(cls, written: str) -> "_Doors":
        units = UNIT.findall(written)
        room = bool(units) and written[-1].isascii()
        several = len(units) + written.count("-") + room >= 2
        return cls(written, units[0] if units else "", several)


def _address(text: str, door: int, reach: int) -> Hit | None:
    match = DOORS.match(text, door)
    if match is None or _COUNTED.match(match[0]):
        return None
    behind, found = match.end(), _Doors.of(match[0])
    if (not found.several or match[0][-1] == "号") and NOT_A_DOOR.match(text, behind):
        return None
    near = text[max(reach, door - 16) : door].rstrip(_BETWEEN)
    sited = _is_sited(near, found)
    if not sited and not (found.unit in _NAMED and match[0][0] in _DIGITS and _WIDE.search(near)):
        return None  # before anything that costs more
    begin, known = beginning(text, door, reach)
    places = text[begin:door].rstrip(_BETWEEN)
    cued = _CUE.search(text, max(0, begin - 16), begin) is not None
    if not (_is_told(places, found, known=known, cued=cued) if sited else known):
        return None
    if not (sited or cued or found.several or _BY_A_PLACE.search(places)):
        return None
    before = text[max(0, begin - REACH) : begin]
    return Hit(
        begin, behind, "address", "public" if is_of_a_place(text, before, behind) else "chain"
    )


def _is_sited(near: str, found: _Doors) -> bool:
    """Whether such doors stand in what is `near` before them: 号 on a road, 栋 in an estate."""
    if found.several and found.unit != "号":
        return True
    return _SITES.get(found.unit, _HIGH).search(near) is not None


def _is_told(places: str, found: _Doors, *, known: bool, cued: bool) -> bool:
    """Whether the places are named well enough to be those of an address."""
    if known or cued or _LEVEL.search(places, 2):
        return bool(places)
    if len(places) < 3 or _NO_NAME.search(places):
        return False
    if _ON_A_ROAD.search(places):  # 自由路23号
        return found.several or _NUMBERED.match(found.written) is not None
    named = _IN_AN_ESTATE.search(places) or _TOWER.match(found.written)
    return found.several and named is not None  # 阳光花园6栋502
