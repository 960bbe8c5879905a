"""The names of provinces, prefectures and counties: where an address begins."""

import re
from functools import cache
from importlib import resources

from quality.privacy.view import folded, pattern

_ISLANDS = (
    "台湾省 台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 嘉義市 新竹县 苗栗县"
    " 彰化县 南投县 云林县 嘉义县 嘉義县 屏东县 宜兰县 花莲县 花蓮县 台东县"
    " 澎湖县 金门县 连江县 連江县"
    " 香港特别行政区 澳门特别行政区"
)
_UNSUFFIXED = (
    "香港 九龙 新界 港岛 澳门 氹仔 路环 路環 台湾 台北 新北 桃园 台中 台南 高雄 基隆 彰化 屏东 宜兰"
    " 花莲 花蓮"
)
"""Places of Taiwan, Hong Kong and Macau (authored), as addresses write them."""

_SUFFIX = pattern("(?:维吾尔|壮族|回族)?自治区|特别行政区|[省市盟]|地区")
_TOO_PLAIN = 2  # characters of names that say too little: 城区, 郊区, 新区
_SHORTEST, _LONGEST = 2, 15


def listed() -> list[list[str]]:
    """The names of regions.txt: a province, then its prefectures and counties, row by row."""
    text = resources.files(__package__).joinpath("regions.txt").read_text("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The names with what they are (省, 市, 县 …), and those of provinces and cities without."""
    rows = listed()
    rows.append(_ISLANDS.split())
    full = {folded(name) for row in rows for name in row}
    full -= {name for name in full if len(name) == _TOO_PLAIN and name.endswith("区")}
    wide = {name for row in rows for name in row if name[-1] in "省市盟" or name == row[0]}
    short = {_SUFFIX.split(name)[0] for name in wide} | set(_UNSUFFIXED.split())
    return frozenset(full), frozenset(folded(name) for name in short if len(name) > 1)


@cache
def _by_head(which: int) -> dict[str, tuple[str, ...]]:
    """Names by their first two characters, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(_names()[which], key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    return {head: tuple(names) for head, names in heads.items()}


@cache
def _any_first() -> re.Pattern[str]:
    """A first character of a name: most places of a text are passed over here."""
    characters = {name[0] for names in _names() for name in names}
    return pattern(f"[{''.join(sorted(characters))}]")


def first(text: str) -> int:
    """Where the first name with its suffix begins in `text`; -1 without one.

    >>> first("现住浙江省义乌市")
    2
    """
    return _span(text, 0)[0]


def first_short(text: str) -> tuple[int, int]:
    """Where the first name of a province or city without suffix begins and ends, or (-1, -1).

    >>> first_short("老家浙江义乌")
    (2, 4)
    """
    return _span(text, 1)


def widened(text: str, start: int) -> int:
    """`start`, or where a name without suffix begins that stands right before it.

    >>> widened("现居北京朝阳区", 4)
    2
    """
    short = _names()[1]
    sizes = (n for n in range(3, 1, -1) if n <= start and text[start - n : start] in short)
    return start - next(sizes, 0)


def ends(text: str) -> bool:
    """Whether `text` ends with a name, with its suffix or without.

    >>> ends("他在北京市")
    True
    """
    full, short = _names()
    tails = (text[-size:] for size in range(_SHORTEST, min(_LONGEST, len(text)) + 1))
    return any(tail in full or tail in short for tail in tails)


def _span(text: str, which: int) -> tuple[int, int]:
    heads = _by_head(which)
    for character in _any_first().finditer(text):
        at = character.start()
        for name in heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return at, at + len(name)
    return -1, -1
