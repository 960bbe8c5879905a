"""What looks like personal data and is nobody's: the makers of numbers and words for negatives."""

import uuid
from collections.abc import Callable, Sequence

from tests.quality.privacy.authored import identity, ownership, reach, words
from tests.quality.privacy.authored.draw import DIGITS, Draw, listed
from tests.quality.privacy.authored.reach import ALNUM, HEX

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HOTLINES = listed(
    "110 119 120 122 12345 12315 12306 12333 12366 95588 95533 95599 10086 10010 10000 12348 12369"
)
MODELS = listed(
    "iPhone15ProMax HUAWEI-P60 RTX4090 i7-13700K B760M ThinkPad-X1 MI-14 DDR5-6000 ESP32-S3 "
    "STM32F103C8T6 WH-1000XM5 SM-S9180 DS-2CD3T46 KFR-35GW XPS13-9310"
)
TEAMS = listed("火箭队 深圳女篮 海港队 校一队 红星队 机械学院队 蓝鲸队 电力女排")


def order(draw: Draw) -> str:
    """An order number that begins with its moment, too long for any card."""
    return (
        f"20{draw.below(18, 24)}{draw.below(1, 12):02}{draw.below(1, 28):02}{draw.text(DIGITS, 14)}"
    )


def serial(draw: Draw) -> str:
    return draw.digits(draw.below(8, 10))


def tracking(draw: Draw) -> str:
    head, length = draw.one([("SF", 13), ("YT", 13), ("JD00", 11), ("JT", 13), ("EB", 9)])
    return head + draw.digits(length) + ("CN" if head == "EB" else "")


def isbn(draw: Draw) -> str:
    stem = f"9787{draw.digits(8)}"
    check = -sum(int(d) * (1 + 2 * (n % 2)) for n, d in enumerate(stem)) % 10
    return f"978-7-{stem[4:7]}-{stem[7:12]}-{check}"


def issn(draw: Draw) -> str:
    return f"{draw.digits(4)}-{draw.text(DIGITS, 3)}{draw.one(DIGITS + 'X')}"


def moment(draw: Draw) -> str:
    return f"{calendar(draw)} {draw.below(0, 23):02}:{draw.below(0, 59):02}:{draw.below(0, 59):02}"


def calendar(draw: Draw) -> str:
    return f"{identity.day(draw, 2008, 2024):%Y-%m-%d}"


def date_words(draw: Draw) -> str:
    seen = identity.day(draw, 1950, 2024)
    return f"{seen.year}年{seen.month}月{seen.day}日"


def date_compact(draw: Draw) -> str:
    return f"{identity.day(draw, 2008, 2024):%Y%m%d}"


def clock(draw: Draw) -> str:
    """Milliseconds since 1970."""
    return f"1{draw.below(5, 7)}{draw.text(DIGITS, 11)}"


def price(draw: Draw) -> str:
    return f"{draw.below(1, 99999)}.{draw.text(DIGITS, 2)}"


def amount(draw: Draw) -> str:
    """With thousands; some have the eleven digits of a mobile number."""
    if draw.chance(0.4):
        return f"{int('1' + draw.one('3578') + draw.text(DIGITS, 9)):,}"
    return f"{draw.below(10_000, 900_000_000):,}.{draw.text(DIGITS, 2)}"


def statistic(draw: Draw) -> str:
    """Eleven digits as a count, without marks."""
    return f"{draw.one('13579')}{draw.text(DIGITS, 10)}"


def paper(draw: Draw) -> str:
    head = draw.one(["国办发", "沪府发", "粤教函", "财税", "银保监发", "浙人社发", "川办规"])
    return f"{head}〔{draw.below(2009, 2024)}〕{draw.below(1, 260)}号"


def lawsuit(draw: Draw) -> str:
    court = draw.one(["京0105", "沪0115", "粤0304", "浙0106", "川01", "鄂0102", "最高法"])
    sort = draw.one(["民初", "刑终", "执", "行申", "民再", "破"])
    return f"（{draw.below(2014, 2024)}）{court}{sort}{draw.below(1, 39999)}号"


def version(draw: Draw) -> str:
    return f"{draw.below(0, 24)}.{draw.below(0, 40)}.{draw.below(0, 30)}" + draw.one(
        ["", "-rc.1", f".{draw.below(100, 9999)}"]
    )


def four_part(draw: Draw) -> str:
    """A version of four numbers that no network could route."""
    return f"{draw.below(0, 19)}.0.{draw.below(256, 9999)}.{draw.below(1, 400)}"


def coordinates(draw: Draw) -> str:
    return (
        f"{draw.below(22, 42)}.{draw.text(DIGITS, 6)},{draw.below(102, 122)}.{draw.text(DIGITS, 6)}"
    )


def stock(draw: Draw) -> str:
    return draw.one(["600", "000", "300", "688", "002"]) + draw.text(DIGITS, 3)


def doi(draw: Draw) -> str:
    issue = f"{draw.below(2008, 2024)}.{draw.text(DIGITS, 2)}.{draw.text(DIGITS, 3)}"
    return f"10.{draw.below(1000, 9999)}/j.cnki.{issue}"


def url(draw: Draw) -> str:
    host = draw.one(["news.huateng.cn", "www.jinqiao-bbs.com", "m.ruifeng.cn"])
    return f"https://{host}/{draw.below(2010, 2024)}/{draw.text(DIGITS, 4)}/c{draw.digits(9)}.html"


def hotline(draw: Draw) -> str:
    return draw.one(HOTLINES)


def service(draw: Draw) -> str:
    return f"{draw.one(['400', '800'])}-{draw.digits(3)}-{draw.text(DIGITS, 4)}"


def wrong_id(draw: Draw) -> str:
    """18 digits whose check digit is wrong."""
    number = identity.resident_id(draw)
    others = [d for d in DIGITS if d != number[-1]]
    return number[:-1] + draw.one(others)


def wrong_birth(draw: Draw) -> str:
    """18 digits with a right check and an impossible day."""
    stem = (
        draw.one(words.REGIONS)
        + f"{draw.below(1950, 2005)}{draw.one(['0230', '1345', '0631', '0000'])}"
    )
    return identity.checked_resident(stem + draw.text(DIGITS, 3))


def wrong_card(draw: Draw) -> str:
    """A number as long as a card whose Luhn digit is wrong."""
    number = ownership.card(draw)
    return number[:-1] + str((int(number[-1]) + draw.below(1, 9)) % 10)


def wrong_device(draw: Draw) -> str:
    """15 digits whose Luhn digit is wrong."""
    number = reach.imei(draw)
    return number[:-1] + str((int(number[-1]) + draw.below(1, 9)) % 10)


def wrong_code(draw: Draw) -> str:
    """18 characters like a credit code, with a wrong check."""
    code = ownership.credit_code(draw)
    return code[:-1] + draw.one([c for c in ownership.CODE_ALPHABET if c != code[-1]])


def private_ip(draw: Draw) -> str:
    host = f"{draw.below(0, 255)}.{draw.below(1, 254)}"
    return draw.one(
        [f"192.168.{host}", f"10.{draw.below(0, 255)}.{host}", f"172.16.{host}", "127.0.0.1"]
    )


def model(draw: Draw) -> str:
    return draw.one(MODELS)


def chemical(draw: Draw) -> str:
    """A number of the Chemical Abstracts Service, with its check digit."""
    stem = draw.digits(draw.below(4, 7))
    check = sum(int(d) * n for n, d in enumerate(reversed(stem), 1)) % 10
    return f"{stem[:-2]}-{stem[-2:]}-{check}"


def company(draw: Draw) -> str:
    city = draw.own(words.DISTRICTS)[2].rstrip("区")
    return f"{city}{draw.own(words.BRANDS)}{draw.own(words.TRADES)}有限公司"


def institution(draw: Draw) -> str:
    _, city, district = draw.own(words.DISTRICTS)
    return f"{city}{district}{draw.own(words.INSTITUTIONS)}"


def place(draw: Draw) -> str:
    """A place that goes no further than a district."""
    return "".join(draw.own(words.DISTRICTS))


def road(draw: Draw) -> str:
    return draw.own(words.ROADS)


def colour(draw: Draw) -> str:
    return "#" + draw.text(HEX, 6)


def digest(draw: Draw) -> str:
    return draw.text(HEX, draw.one([32, 40, 64]))


def identifier(draw: Draw) -> str:
    return str(uuid.UUID(int=int(draw.text(HEX, 32), 16), version=4))


def dump(draw: Draw) -> str:
    """Bytes as a dump shows them: eight or sixteen, not the six of a device."""
    return " ".join(draw.text(HEX, 2) for _ in range(draw.one([8, 16])))


def score(draw: Draw) -> str:
    return f"{draw.below(60, 128)}:{draw.below(60, 128)}"


def team(draw: Draw) -> str:
    return draw.own(TEAMS)


def masked_mobile(draw: Draw) -> str:
    return f"1{draw.below(30, 99)}****{draw.text(DIGITS, 4)}"


def masked_id(draw: Draw) -> str:
    return f"{draw.one(words.REGIONS)}********{draw.text(DIGITS, 4)}"


def masked_card(draw: Draw) -> str:
    return f"{draw.one(['6222', '6217', '6228'])} **** **** {draw.text(DIGITS, 4)}"


def masked_name(draw: Draw) -> str:
    surname = draw.own(words.SURNAMES)
    return surname + draw.one(["某", "某某", "某某", "**"])


def count(draw: Draw) -> str:
    return str(draw.below(2, 999))


def reading(draw: Draw) -> str:
    return f"{draw.below(90, 180)}/{draw.below(55, 110)}"


def code(draw: Draw) -> str:
    """A verification code or the number of a seat."""
    return draw.digits(6)


def train(draw: Draw) -> str:
    return draw.one("GDKZT") + str(draw.below(11, 9800))


def flight(draw: Draw) -> str:
    return draw.one(["CA", "MU", "CZ", "HU", "3U"]) + draw.digits(4)


def key_name(draw: Draw) -> str:
    return draw.one(
        ["your-api-key", "YOUR_TOKEN_HERE", "xxxxxxxxxxxxxxxx", "<你的密钥>", "********"]
    )


def random_word(draw: Draw) -> str:
    """A part of an address on the web."""
    return draw.text(ALNUM, draw.below(8, 11))


def batch(draw: Draw) -> str:
    return draw.text(CAPITALS, 2) + draw.digits(8)


def _named(makers: Sequence[Callable[[Draw], str]]) -> dict[str, Callable[[Draw], str]]:
    return {maker.__name__: maker for maker in makers}


CLEAN = _named(
    [
        order, serial, tracking, isbn, issn, moment, calendar, date_words, date_compact,
        clock, price, amount, statistic, paper, lawsuit, version, four_part, coordinates,
        stock, doi, url, hotline, service, wrong_id, wrong_birth, wrong_card,
        wrong_device, wrong_code, private_ip, model, chemical, company, institution,
        place, road, colour, digest, identifier, dump, score, team, masked_mobile,
        masked_id, masked_card, masked_name, count, reading, code, train, flight,
        key_name, random_word, batch,
    ]
)  # fmt: skip
"""Negatives name a maker by the name of its function."""
