"""The main text, the title and the date of an HTML page.

Link text leaves here between two marks, so that `boilerplate` can tell menus from prose. The
marks are control characters, which no text keeps.
"""

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from quality.text.unreadable import UnreadableError

LINK_START, LINK_END = "\x02", "\x03"
MARKS = f"[{LINK_START}{LINK_END}]"

_LINK = re.compile(r"<[aA]\s[^<>]*>")
_LINK_CLOSE = re.compile(r"</[aA]\s*>")
_LINK_OVER_LINES = re.compile("\x02[^\x02\x03\n]*\n[^\x02\x03]{0,400}\x03")

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]{0,40})")
_SELF_CLOSING = re.compile(
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
    "|a|p|li|dt|dd|td|th|tr|tbody|thead|tfoot|option|colgroup|html|head|body"
)
"""Elements without an end, or ended by the next of their kind."""

MAX_DEPTH = 1_000
"""Elements inside one another; browsers stop at 512, and parsing time is quadratic in it."""

_NEARLY_EMPTY = 60
_MUCH_MORE = 5

_TITLES = ('meta[property="og:title"]', 'meta[name="ArticleTitle"]')
_DATES = (
    'meta[property="article:published_time"]',
    'meta[property="og:release_date"]',
    'meta[itemprop="datePublished"]',
    'meta[name="publishdate"]',
    'meta[name="pubdate"]',
    'meta[name="PubDate"]',
    'meta[name="weibo: article:create_at"]',
)
_DATE = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(.*))?")
_CHINA = timezone(timedelta(hours=8))


class Page(NamedTuple):
    """What a page holds: its text with marks, its title, when it says it was published."""

    marked: str
    title: str | None
    published_at: datetime | None


def read_page(html: str) -> Page:
    """The marked main text of a page; the whole page's where the main text is nearly empty.

    Raises:
        UnreadableError: `too_deep` where elements are nested beyond `MAX_DEPTH`.
    """
    if _is_too_deep(html):
        raise UnreadableError("too_deep")
    tree = HTMLTree.parse(_mark(html))
    text = _text(tree, main_content=True)
    if len(text) < _NEARLY_EMPTY:
        whole = _text(tree, main_content=False)
        if len(whole) > _MUCH_MORE * len(text):
            text = whole
    marked = _LINK_OVER_LINES.sub(_per_line, text)
    return Page(marked, _title(tree), _published_at(tree))


def _is_too_deep(html: str) -> bool:
    """Whether more elements are open at once than `MAX_DEPTH`, as far as tags alone tell."""
    if html.count("<") <= MAX_DEPTH:
        return False
    opened: dict[str, int] = {}
    depth = 0
    for tag in _TAG.finditer(html):
        closing, name = tag[1], tag[2].lower()
        if _SELF_CLOSING.fullmatch(name):
            continue
        if not closing:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


def _mark(html: str) -> str:
    """The page with its marks; marks it already held only blur which of its lines are links."""
    return _LINK_CLOSE.sub(rf"{LINK_END}\g<0>", _LINK.sub(rf"\g<0>{LINK_START}", html))


def _text(tree: HTMLTree, *, main_content: bool) -> str:
    return str(
        extract_plain_text(
            tree, preserve_formatting=True, main_content=main_content, alt_texts=False
        )
    )


def _per_line(link: re.Match[str]) -> str:
    return link.group().replace("\n", f"{LINK_END}\n{LINK_START}")


def _meta(tree: HTMLTree, selectors: tuple[str, ...]) -> str | None:
    if tree.head is None:
        return None
    for selector in selectors:
        node = tree.head.query_selector(selector)
        content = node.getattr("content") if node is not None else None
        if content and content.strip():
            return str(content)
    return None


def _title(tree: HTMLTree) -> str | None:
    """The page's own name for the article, else <title>, else the first heading."""
    title = _meta(tree, _TITLES) or tree.title
    if not title and tree.body is not None:
        heading = tree.body.query_selector("h1")
        title = heading.text if heading is not None else None
    return re.sub(MARKS, "", title).strip() or None if title else None


def _published_at(tree: HTMLTree) -> datetime | None:
    content = _meta(tree, _DATES)
    return parse_time(content) if content else None


def parse_time(text: str) -> datetime | None:
    """An ISO-like date or time; without a zone it is China Standard Time (UTC+8).

    >>> parse_time("2024-05-16 17:02").isoformat()
    '2024-05-16T17:02:00+08:00'
    """
    found = _DATE.match(text)
    if not found:
        return None
    date, time, zone = found.groups()
    try:
        moment = datetime.fromisoformat(f"{date}T{time or '00:00'}{(zone or '').strip()}")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)
