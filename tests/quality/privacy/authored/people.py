"""Names, births and addresses."""

from tests.quality.privacy.authored import words
from tests.quality.privacy.authored.draw import Draw
from tests.quality.privacy.authored.identity import day

HAN = "〇一二三四五六七八九"


def name(draw: Draw) -> str:
    surname = draw.own(words.DOUBLE_SURNAMES if draw.chance(0.08) else words.SURNAMES)
    given = draw.own(words.GIVEN) + (draw.own(words.GIVEN) if draw.chance(0.72) else "")
    return surname + given


def name_double(draw: Draw) -> str:
    given = draw.own(words.GIVEN) + (draw.own(words.GIVEN) if draw.chance(0.6) else "")
    return draw.own(words.DOUBLE_SURNAMES) + given


def name_traditional(draw: Draw) -> str:
    surname = "歐陽" if draw.chance(0.05) else draw.own(words.TRADITIONAL_SURNAMES)
    second = draw.own(words.TRADITIONAL_GIVEN) if draw.chance(0.92) else ""
    return surname + draw.own(words.TRADITIONAL_GIVEN) + second


def name_minority(draw: Draw) -> str:
    return f"{draw.own(words.MINORITY_GIVEN)}·{draw.own(words.MINORITY_FATHERS)}"


def name_whole(draw: Draw) -> str:
    """A Tibetan, Mongolian or Yi name without a dot."""
    return draw.own(words.MINORITY_WHOLE)


def birth(draw: Draw) -> str:
    born = day(draw)
    return f"{born.year}年{born.month}月{born.day}日"


def birth_dash(draw: Draw) -> str:
    return f"{day(draw):%Y-%m-%d}"


def birth_slash(draw: Draw) -> str:
    born = day(draw)
    return f"{born.year}/{born.month}/{born.day}"


def birth_dot(draw: Draw) -> str:
    return f"{day(draw):%Y.%m.%d}"


def birth_compact(draw: Draw) -> str:
    return f"{day(draw):%Y%m%d}"


def birth_month(draw: Draw) -> str:
    born = day(draw)
    return f"{born.year}年{born.month}月"


def birth_han(draw: Draw) -> str:
    born = day(draw)
    year = "".join(HAN[int(d)] for d in str(born.year))
    return f"{year}年{_han(born.month)}月{_han(born.day)}日"


def birth_republic(draw: Draw) -> str:
    """Counted from 1911, as in Taiwan."""
    born = day(draw, 1950, 2010)
    return f"民國{born.year - 1911}年{born.month}月{born.day}日"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, HAN[tens] + "十")
    return head + (HAN[ones] if ones else "")


def address(draw: Draw) -> str:
    province, city, district = draw.own(words.DISTRICTS)
    head = draw.one([province + city, city or province]) + district
    number = f"{draw.own(words.ROADS)}{draw.below(1, 399)}号"
    flat = f"{draw.below(1, 28)}{draw.one(['栋', '号楼', '幢'])}"
    room = f"{draw.below(1, 32)}0{draw.below(1, 4)}室"
    within = draw.own(words.ESTATES) + flat
    endings = [
        number,
        number + room,
        number + within + room,
        number + within + f"{draw.below(1, 4)}单元" + room,
        f"{draw.own(words.STREETS)}街道{draw.own(words.COMMUNITIES)}社区{flat}{room}",
    ]
    return head + draw.one(endings)


def address_short(draw: Draw) -> str:
    """Within a town that everybody knows: no province, no city."""
    road, estate = draw.own(words.ROADS), draw.own(words.ESTATES)
    room = f"{draw.below(1, 28)}栋{draw.below(1, 4)}单元{draw.below(1, 32)}0{draw.below(1, 4)}"
    return f"{road}{draw.below(1, 399)}号{estate}{room}室"


def address_lane(draw: Draw) -> str:
    road = draw.own(words.ROADS)
    house = f"{draw.below(12, 999)}弄{draw.below(1, 60)}号{draw.below(1, 6)}0{draw.below(1, 4)}室"
    return f"上海市{draw.own(['徐汇区', '静安区', '虹口区', '普陀区'])}{road}{house}"


def address_village(draw: Draw) -> str:
    place = "".join(draw.own(words.COUNTIES))
    return f"{place}{draw.own(words.VILLAGES)}村{draw.below(1, 12)}组{draw.below(1, 180)}号"


def address_hk(draw: Draw) -> str:
    area, street = draw.own(words.HK_STREETS)
    building = draw.own(words.HK_BUILDINGS)
    return (
        f"{area}{street}{draw.below(2, 688)}號{building}{draw.below(1, 38)}樓{draw.one('ABCDEF')}室"
    )


def address_mo(draw: Draw) -> str:
    street, building = draw.own(words.MO_STREETS), draw.own(words.MO_BUILDINGS)
    return (
        f"澳門{street}{draw.below(2, 188)}號{building}{draw.below(1, 28)}樓{draw.one('ABCDEF')}座"
    )


def address_tw(draw: Draw) -> str:
    head = draw.own(words.TW_DISTRICTS) + draw.own(words.TW_ROADS)
    lane = f"{draw.below(2, 420)}巷" + (f"{draw.below(1, 40)}弄" if draw.chance(0.5) else "")
    floor = f"{draw.below(2, 14)}樓" + (f"之{draw.below(1, 5)}" if draw.chance(0.5) else "")
    return f"{head}{lane if draw.chance(0.6) else ''}{draw.below(1, 300)}號{floor}"
