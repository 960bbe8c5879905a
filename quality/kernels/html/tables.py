"""What the kernels know of HTML: elements, entities, and what class names hint at."""

import operator
from collections.abc import Callable
from functools import cache
from html.entities import html5
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]

TRAITS = ("block", "void", "raw", "skip", "boundary", "closes_p", "link", "verbatim")
"""block: begins and ends a line; void: has no end; raw: holds no elements; skip: its text is not
of the page; boundary: an end tag outside does not close what is within; closes_p: a paragraph
ends before it; link: an `<a>`; verbatim: white space counts."""

TRAIT = {name: 1 << number for number, name in enumerate(TRAITS)}

FLAGS = (
    "skip",
    "link",
    "verbatim",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "article",
    "main",
    "list",
    "cell",
    "heading",
    "quote",
    "figure",
    "term",
)
"""What a line stands within."""

FLAG = {name: 1 << number for number, name in enumerate(FLAGS)}

_BLOCKS = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
]
_INLINE = [
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "map",
    "mark",
    "math",
    "nobr",
    "output",
    "q",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
]
_VOID = "area base basefont bgsound br col embed frame img input link meta param source track wbr"
_RAW = "iframe noembed noframes noscript script style template textarea title xmp"
_SKIP = "applet audio button canvas datalist object optgroup option rp rt select svg video"

TAGS = ("unknown", *_BLOCKS, *_INLINE, *_VOID.split(), *_RAW.split(), *_SKIP.split())
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
    "list": ("ul", "ol", "dl", "dir", "menu"),
    "cell": ("td", "th"),
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


class Automaton(NamedTuple):
    """Aho and Corasick's automaton: `found[s]` is what the words stand for that end in state `s`.

    `step[s, c]` is the state after a byte of class `c`, and `classes` gives each byte its class.
    """

    step: npt.NDArray[np.int16]
    found: Rows
    classes: Bytes


class Tables(NamedTuple):
    """Names are FNV-1a hashes, sorted; `tags`, `traits` and `flags` are by number of the tag.

    `spelled[spelling[t]:spelling[t + 1]]` is the name of tag `t`.
    """

    names: npt.NDArray[np.uint64]
    tags: Rows
    traits: Rows
    flags: Rows
    entities: npt.NDArray[np.uint64]
    points: Rows
    metas: npt.NDArray[np.uint64]
    kinds: Rows
    attributes: npt.NDArray[np.uint64]
    uses: Rows
    hints: Automaton
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
    names = sorted((hashed(name), number) for name, number in TAG.items() if number)
    entities = sorted((hashed(name), chars) for name, chars in html5.items())
    metas = sorted((hashed(name), kind) for name, kind in META.items())
    attributes = sorted((hashed(name), use) for name, use in ATTRIBUTES.items())
    return Tables(
        _frozen([name for name, _ in names], np.uint64),
        _frozen([number for _, number in names]),
        _frozen([_traits(name) for name in TAGS]),
        _frozen([_flags(name) for name in TAGS]),
        _frozen([name for name, _ in entities], np.uint64),
        _frozen([[ord(chars[0]), ord(chars[1]) if chars[1:] else 0] for _, chars in entities]),
        _frozen([name for name, _ in metas], np.uint64),
        _frozen([kind for _, kind in metas]),
        _frozen([name for name, _ in attributes], np.uint64),
        _frozen([use for _, use in attributes]),
        automaton(
            {word: 1 << bit for bit, words in enumerate(HINTS.values()) for word in words.split()}
        ),
        _frozen(list("".join(TAGS).encode()), np.uint8),
        _frozen(np.concatenate([[0], np.cumsum([len(tag) for tag in TAGS])])),
    )


def _traits(tag: str) -> int:
    names = {
        "block": tag in _BLOCKS,
        "void": tag in _VOID.split() or tag == "hr",
        "raw": tag in _RAW.split(),
        "skip": tag in _SKIP.split() or (tag in _RAW.split() and tag != "title"),
        "boundary": tag in _BOUNDARY,
        "closes_p": tag in _CLOSES_P,
        "link": tag == "a",
        "verbatim": tag in {"pre", "listing"},
    }
    return sum(TRAIT[name] for name, holds in names.items() if holds)


def _flags(tag: str) -> int:
    held = sum(FLAG[flag] for flag, tags in _FLAG_OF.items() if tag in tags)
    return held | (FLAG["skip"] if _traits(tag) & TRAIT["skip"] else 0)


def automaton(words: dict[str, int], merge: Callable[[int, int], int] = operator.or_) -> Automaton:
    """The automaton of `words`, each with what it stands for; `merge` joins what ends together.

    >>> automaton({"nav": 1, "side": 2}).found.max()
    2
    """
    classes = np.zeros(256, np.uint8)
    for byte in sorted({byte for word in words for byte in word.encode()}):
        classes[byte] = classes.max() + 1
    tree: list[dict[int, int]] = [{}]
    found = [0]
    for word, bits in words.items():
        state = 0
        for byte in word.encode():
            if byte not in tree[state]:
                tree[state][byte] = len(tree)
                tree.append({})
                found.append(0)
            state = tree[state][byte]
        found[state] = merge(found[state], bits)
    step = np.zeros((len(tree), int(classes.max()) + 1), np.int16)
    _fill(step, tree, found, classes, merge)
    return Automaton(_frozen(step, np.int16), _frozen(found), _frozen(classes, np.uint8))


def _fill(
    step: npt.NDArray[np.int16],
    tree: list[dict[int, int]],
    found: list[int],
    classes: Bytes,
    merge: Callable[[int, int], int],
) -> None:
    """The steps of every state, from the root outwards: a missing one is that of its suffix."""
    suffix = [0] * len(tree)
    queue = [0]
    for state in queue:
        found[state] = merge(found[state], found[suffix[state]])
        step[state] = step[suffix[state]]
        for byte, target in tree[state].items():
            suffix[target] = int(step[suffix[state], classes[byte]]) if state else 0
            queue.append(target)
        for byte, target in tree[state].items():
            step[state, classes[byte]] = target


def hashed(name: str) -> int:
    """FNV-1a of the name's UTF-8 bytes, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def _frozen(values: object, dtype: npt.DTypeLike = np.int64) -> npt.NDArray[Any]:
    array = np.array(values, dtype)
    array.flags.writeable = False
    return array
