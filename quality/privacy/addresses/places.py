"""Places before a door, read backwards: where an address begins."""

import re

from quality.privacy.addresses import regions
from quality.privacy.view import pattern

REACH = 64
"""Characters before a door that its places are looked for in, and before those, its cues."""

ROADS = "路街道巷弄里条段衖坊同"
ESTATES = "区园苑城院厦寓邸府场心舍楼庄村屯湾岸庭居轩阁墅座期代邨岛島"
VILLAGES = "村庄屯寨队社组委会排邻鄰镇乡"
ENDINGS = f"省市县旗州盟镇乡号处{ROADS}{ESTATES}{VILLAGES}"
"""The last characters of roads, of estates and houses, of villages, and of any place."""

_STOPS = "的了在是她他我你它给把址被吗呢吧说到某这此该每对但"
_MAYBE = "那称系其为第共各约近然而"
"""What stands before a place and never in one, and what is as likely in one as before it."""

_AND = "和(?![祥三泰太永仁颐义共呼人中安宁元])(?<![平谐睦田龙静硕林顺县园苑路街].)"
_DATE = "[月日](?=[0-9一二三四五六七八九十])"


def _backwards(stops: str) -> re.Pattern[str]:
    name = rf"(?:(?![{stops}{ENDINGS}]|{_AND}|{_DATE})[一-鿿㐀-䶿·]|[0-9A-Za-z#-])"
    return pattern(
        rf"(?:[附之][0-9〇一二三四五六七八九十]{{0,3}})?[甲乙丙丁第]?{name}{{0,8}}"
        rf"(?:[ ,/]{{0,2}}[东西南北中口侧内旁]?[{ENDINGS}]{name}{{0,12}})*"
    )


_PLACES = _backwards(_STOPS + _MAYBE)
_WIDER = _backwards(_STOPS)
"""Places read from the door outwards, so that one pass finds how far they go."""

_SAID = pattern(
    "(?:.*(?:[位座落设驻迁建开]于|位於|居住|现住|家住|租住|暂住|坐落|座落|地处|[寄送迁搬][往至]|通[讯信訊]处|住处|购入|[关走住][进進]"
    "|驻(?![马扎])))"
)
"""Words that always end before the first place, though a place may stand before them too."""

_LEAD = pattern(
    "(?:.*(?:住所|户籍|户口|老家|家里|住(?!宅)|寄|送|至|于|於|家(?=[^园庄属]{3})|[0-9A-Za-z#-]{5}"
    "|年|今|途经|经过|路过|抵达|返回|赶赴|直奔|穿过|靠近|临近|买下|卖掉|反映|反应|业主|投诉|居民|住户|市民|租客|例如|比如|以及|[栋座间去往请跟叫租就也还仍却已刚再只仅]))"
)
"""What comes before the first place and is no part of it."""

_SIGNS = " ,/"
_WHOLE = (*ENDINGS, "委会")


def beginning(text: str, door: int, reach: int) -> tuple[int, bool]:
    """Where the places before `door` begin, not before `reach`, and whether a region does.

    Where there are no places they begin at `door`.
    """
    near = text[max(reach, door - REACH) : door][::-1]
    chain = _PLACES.match(near)
    if chain is None:
        return door, False
    places = _unbroken(chain[0][::-1])
    lead, known = _lead(places)
    begin = door - len(places) + lead
    stop = near[len(places) : len(places) + 1]
    if not known and stop and stop in _MAYBE:
        return _wider(near, door, begin)
    return begin, known


def _wider(near: str, door: int, begin: int) -> tuple[int, bool]:
    """Where a region begins beyond a character that may belong to a name; else `begin`."""
    chain = _WIDER.match(near)
    places = _unbroken(chain[0][::-1]) if chain else ""
    lead, known = _lead(places)
    return (door - len(places) + lead, True) if known else (begin, False)


def _unbroken(places: str) -> str:
    """The end of `places` in which signs part only what is a place of its own."""
    for at in range(len(places) - 1, 0, -1):
        if places[at] in _SIGNS and not _is_whole(places[:at].rstrip(_SIGNS), places[at]):
            return places[at + 1 :]
    return places


def _is_whole(places: str, sign: str) -> bool:
    """Whether `places` may be parted by `sign` from what follows: a comma needs a known region."""
    if sign != "," and places.endswith(_WHOLE):
        return True
    return regions.ends(places)


def _lead(places: str) -> tuple[int, bool]:
    """How many characters of `places` come before the widest one, and whether it is a region."""
    said = _SAID.match(places)
    skipped = said.end() if said else 0
    rest = places[skipped:]
    ending = next((i for i, c in enumerate(rest) if c in ENDINGS and i), len(rest))
    full = regions.first(rest)
    start, end = regions.first_short(rest[: ending + 1])
    if start >= 0 and (full < 0 or start <= full) and (ending - end >= 2 or end == full):
        return skipped + start, True
    if full >= 0:
        return skipped + regions.widened(rest, full), True
    lead = _LEAD.match(rest[:ending])
    skipped += lead.end() if lead else 0
    return len(places) - len(places[skipped:].lstrip("0123456789-#·" + _SIGNS)), False
