"""A raw record on a screen: as text, with personal data masked as far as finders can see it.

What is plain in a document's text may be split by tags or written in escapes in its raw record.
A value of the text that cannot be found in the record to be masked is a reason to show nothing.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from quality.privacy import find, masked
from quality.privacy.view import folded
from quality.text.charset import decode
from schemas.sources import MEDIA_TYPES, Format
from schemas.tables import FINDING_KINDS

NOT_TEXT = "not text"
NOT_MASKABLE = "not shown: personal data in it cannot be masked in its raw form"

_BINARY = frozenset({MEDIA_TYPES["pdf"], MEDIA_TYPES["docx"]})
_JSON = frozenset({"jsonl", "chat", "parquet", "sql"})
_BETWEEN = r"(?:<[^<>]{0,500}>|\\n|[\s　])*"
"""What may stand between two characters of a value that the text shows in one piece."""

_AUTHOR_TAG = re.compile(
    r"<meta\b(?=[^<>]{0,2000}=\s{0,9}[\"'\\]{0,2}[\w:.-]{0,40}(?:author|byl)\b)[^<>]{0,2000}>",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"(\bcontent\s{0,9}=\s{0,9})(?:(\\?[\"']).*?\2|[^\s\"'\\>]+)", re.IGNORECASE | re.DOTALL
)
"""What a page's head says of its author, in JSON with its quotation marks escaped."""

_INLINE = re.compile(r"</?(?:a|b|em|font|i|span|strong|u)(?:\s[^<>]{0,2000})?>", re.IGNORECASE)


def masked_raw(
    data: bytes, document: dict[str, Any], form: Format, text: str, *, reveal: bool
) -> tuple[str | None, str | None]:
    """The raw record of `document` as text, masked unless `reveal`; or null, and why.

    `text` is the document's own text, before redaction.
    """
    raw = _as_text(data, document, form)
    if raw is None:
        return None, f"{NOT_TEXT}: {document['media_type']}, {len(data):,} bytes"
    if reveal:
        return raw, None
    shown: str | None = _without_authors(_plain(raw, form), document.get("author"))
    for kind, value in _values(text):
        shown = _hidden(shown, kind, value) if shown is not None else None
    if shown is None:
        return None, NOT_MASKABLE
    shown = _masked_fields(shown) if form in _JSON else masked(shown)
    seen = _INLINE.sub("", shown)
    return (None, NOT_MASKABLE) if masked(seen) != seen else (shown, None)


def _as_text(data: bytes, document: dict[str, Any], form: Format) -> str | None:
    if document["media_type"] in _BINARY:
        return None
    # Rows of tables and queries are shown as JSON, whatever charset a field of theirs is in.
    decoded = decode(data, "utf-8" if form in {"parquet", "sql"} else document["charset"])
    return decoded.text if decoded else None


def _plain(raw: str, form: Format) -> str:
    r"""The record with its escapes undone, so that what they hide can be seen and masked.

    >>> _plain(r'{"text": "\u4e2d\u6587"}', "jsonl"), _plain("&#20013;", "html")
    ('{"text": "中文"}', '中')
    """
    if form in _JSON:
        text = json.dumps(json.loads(raw), ensure_ascii=False)
        raw = text.encode(errors="replace").decode()  # half a surrogate pair is no character
    return html.unescape(raw) if "&" in raw else raw


def _without_authors(raw: str, author: str | None) -> str:
    """The record without the author that the document tells, and those that a page's head names.

    >>> _without_authors('<meta name="author" content="王小明"><p>文/李大白', "李大白")
    '<meta name="author" content="〔姓名〕"><p>文/〔姓名〕'
    """
    label = f"〔{FINDING_KINDS['name']}〕"
    raw = _AUTHOR_TAG.sub(lambda tag: _CONTENT.sub(rf"\1\2{label}\2", tag[0]), raw)
    return (_hidden(raw, "name", author) if author and author.strip() else None) or raw


def _values(text: str) -> Iterator[tuple[str, str]]:
    """The values of the findings in `text`, the longest first."""
    found = find(pl.Series([text])).to_list()[0]
    values = {(one["kind"], text[one["start"] : one["end"]]) for one in found}
    yield from sorted(values, key=lambda value: (-len(value[1]), value))


def _hidden(shown: str, kind: str, value: str) -> str | None:
    """`shown` without `value`, whatever its width or the tags in it; null if it is not there.

    >>> _hidden("电话<b>138</b>12345678", "mobile", "13812345678")
    '电话<b>〔手机号〕'
    """
    label = f"〔{FINDING_KINDS[kind]}〕"
    characters = [re.escape(one) for one in folded(value) if not one.isspace()]
    pieces: list[str] = []
    at = 0
    for match in re.finditer(_BETWEEN.join(characters), folded(shown)):
        pieces += [shown[at : match.start()], label]
        at = match.end()
    return "".join((*pieces, shown[at:])) if pieces else None


def _masked_fields(shown: str) -> str:
    """JSON with each text in it masked, as what its field's name says it is.

    >>> _masked_fields('{"姓名": "王小明", "text": "好"}')
    '{"姓名": "〔姓名〕", "text": "好"}'
    """
    try:
        return json.dumps(_masked_value("", json.loads(shown)), ensure_ascii=False)
    except ValueError:  # what was unescaped has broken it: it is only for reading now
        return masked(shown)


def _masked_value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked_value(key, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_masked_value(name, one) for one in value]
    if isinstance(value, bool | None):
        return value
    cue = f"{name}："
    named = masked(f"{cue}{value}")
    if named == f"{cue}{value}":
        return value
    return named.removeprefix(cue) if named.startswith(cue) else masked(str(value))
