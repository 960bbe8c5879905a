"""What the kernels know of HTML: elements, entities, and what class names hint at."""

from functools import cache
from html.entities import html5
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.fnv import hashed
from quality.kernels.html.automaton import Automaton, automaton, frozen

Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_KINDS = {
    "paragraph": ("p",),
    "cell": ("td", "th"),
    "row": ("tr",),
    "section": ("tbody", "thead", "tfoot"),
    "table": ("table",),
    "item": ("li",),
    "list": ("ul", "ol", "menu", "dir"),
    "term": ("dt", "dd"),
    "terms": ("dl",),
    "code": ("code", "kbd", "samp", "tt"),
}

TRAITS = ("block", "void", "raw", "skip", "boundary", "closes_p", *_KINDS)
"""block: begins and ends a line; void: has no end; raw: holds no elements; skip: its text is not
of the page; boundary: an end tag outside does not close what is within; closes_p: a paragraph
ends before it; and kinds of elements: those that end one another, and `code`, whose text stands
between back-ticks."""

TRAIT = {name: 1 << number for number, name in enumerate(TRAITS)}

FLAGS = _words(
    "skip link verbatim nav header footer aside form article main list cell heading quote figure "
    "term"
)
"""What a line stands within."""

FLAG = {name: 1 << number for number, name in enumerate(FLAGS)}

_BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "listing main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label map mark math "
    "nobr output q ruby s samp small span strike strong sub sup time tt u var"
)
_VOID = _words(
    "area base basefont bgsound br col embed frame img input link meta param source track wbr"
)
_RAW = _words("iframe noembed noframes noscript script style template textarea title xmp")
_SKIP = _words("applet audio button canvas datalist object optgroup option rp rt select svg video")

TAGS = ("unknown", *_BLOCKS, *_INLINE, *_VOID, *_RAW, *_SKIP)
TAG = {name: number for number, name in enumerate(TAGS)}

_NOT_IN_P = {"body", "caption", "dd", "dt", "html", "tbody", "td", "tfoot", "th", "thead", "tr"}
_CLOSES_P = frozenset(_BLOCKS) - _NOT_IN_P
_BOUNDARY = frozenset({"table", "td", "th", "caption"})

_FLAG_OF = {
    "nav": ("nav", "menu"),
    "header": ("header",),
    "footer": ("footer",),
    "aside": ("aside",),
    "form": ("form", "fieldset"),
    "article": ("article",),
    "main": ("main",),
    "list": (*_KINDS["list"], "dl"),
    "cell": _KINDS["cell"],
    "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "quote": ("blockquote",),
    "figure": ("figure", "figcaption", "caption"),
    "term": ("dt",),
    "verbatim": ("pre", "listing"),
}

HINTS = {
    "good": "article artical content entry post text txt story detail main body zhengwen neirong "
    "markdown rich_media editor doc-",
    "nav": "nav menu crumb breadcrumb location position weizhi path toc catalog sidebar tabs pager "
    "paging pagination prev next dropdown topbar",
    "side": "side aside right left column widget rail",
    "share": "share social tool print fontsize zoom digg like collect favor follow subscribe "
    "weixin wechat qrcode ewm erweima appdown download_app",
    "comment": "comment cmt reply discuss pinglun feedback guestbook message",
    "related": "relat recommend tuijian hot rank guess more xiangguan similar latest topic special",
    "foot": "foot copyright bottom beian declare statement disclaimer mianze friend partner "
    "sitemap link",
    "ad": "advert adsense banner promo sponsor guanggao gg_ _ad ad_ ad- -ad ads popup modal dialog "
    "cookie tooltip mask float",
    "byline": "info author editor source pubtime date time byline tags keyword meta summary",
    "user": "login register search user avatar vote score form btn button",
    "title": "title headline tit h1 biaoti subject",
    "code": "code highlight syntax gutter linenum lineno copy",
    "code_line": "code-line code_line codeline view-line",
}
"""What words in a class, an id or a role hint at, in English and pinyin (field knowledge)."""

META = {
    "og:title": 1,
    "articletitle": 2,
    "title": 3,
    "twitter:title": 3,
    "article:published_time": 11,
    "og:release_date": 12,
    "datepublished": 13,
    "publishdate": 14,
    "pubdate": 15,
    "weibo: article:create_at": 16,
    "weibo:article:create_at": 16,
    "og:time": 17,
    "apub:time": 18,
    "date": 19,
    "author": 21,
    "article:author": 22,
    "og:article:author": 23,
    "articleauthor": 24,
    "byl": 25,
}
"""Names of `<meta>` that say the title (1–9), the time (11–19) and the author (21–29), in lower
case; the smaller number is believed first."""


HINTING, LINKING, HIDING, STYLING, NAMING, CONTENT = range(6)

ATTRIBUTES = {
    "class": HINTING,
    "id": HINTING,
    "role": HINTING,
    "href": LINKING,
    "hidden": HIDING,
    "style": STYLING,
    "name": NAMING,
    "property": NAMING,
    "itemprop": NAMING,
    "content": CONTENT,
}
"""The attributes that are read, and what for."""


class Names(NamedTuple):
    """A number for each of some names, found by their hash.

    A name with the hash `h` stands in the first slot from `h % len(slots)` on that is its own; an
    empty slot (0) says that it is not there.
    """

    slots: npt.NDArray[np.uint64]
    values: Rows


class Entities(NamedTuple):
    """The one or two characters (0: none) of the reference with the number `n` are `points[n]`."""

    names: Names
    points: Rows


class Attributes(NamedTuple):
    """What attributes are read for, what the names of metas mean, and the words of hints."""

    names: Names
    metas: Names
    hints: Automaton


class Tables(NamedTuple):
    """`tags` gives each tag a number, by which `traits` and `flags` are.

    `spelled[spelling[t]:spelling[t + 1]]` is the name of tag `t`.
    """

    tags: Names
    traits: Rows
    flags: Rows
    entities: Entities
    attributes: Attributes
    spelled: Bytes
    spelling: Rows


class Parsed(NamedTuple):
    """The lines of pages (`quality.kernels.html.parsing` says what the columns are)."""

    text: Bytes
    lines: Rows
    nodes: Rows
    metas: Rows


@cache
def tables() -> Tables:
    """All tables, made once a process."""
    return Tables(
        names_of({name: number for name, number in TAG.items() if number}),
        frozen([_traits(name) for name in TAGS]),
        frozen([_flags(name) for name in TAGS]),
        Entities(
            names_of({name: number for number, name in enumerate(html5)}),
            frozen([[ord(one[0]), ord(one[1]) if one[1:] else 0] for one in html5.values()]),
        ),
        Attributes(names_of(ATTRIBUTES), names_of(META), automaton(_hint_bits())),
        frozen(list("".join(TAGS).encode()), np.uint8),
        frozen(np.concatenate([[0], np.cumsum([len(tag) for tag in TAGS])])),
    )


def names_of(numbers: dict[str, int]) -> Names:
    """The names with their numbers, none below 0."""
    size = 1 << (4 * len(numbers)).bit_length()
    slots, values = np.zeros(size, np.uint64), np.zeros(size, np.int64)
    for name, number in numbers.items():
        at = hashed(name) % size
        while slots[at]:
            at = (at + 1) % size
        slots[at], values[at] = hashed(name), number
    return Names(frozen(slots, np.uint64), frozen(values))


def _hint_bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for bit, words in enumerate(HINTS.values()):
        for word in words.split():
            bits[word] = bits.get(word, 0) | 1 << bit
    return bits


def _traits(tag: str) -> int:
    names = {
        "block": tag in _BLOCKS,
        "void": tag in _VOID or tag == "hr",
        "raw": tag in _RAW,
        "skip": tag in _SKIP or (tag in _RAW and tag != "title"),
        "boundary": tag in _BOUNDARY,
        "closes_p": tag in _CLOSES_P,
    } | {kind: tag in tags for kind, tags in _KINDS.items()}
    return sum(TRAIT[name] for name, holds in names.items() if holds)


def _flags(tag: str) -> int:
    held = sum(FLAG[flag] for flag, tags in _FLAG_OF.items() if tag in tags)
    return held | (FLAG["skip"] if _traits(tag) & TRAIT["skip"] else 0)
