"""The implicit label of AI-made text (GB 45438-2025): where it stands, what it says, taken off.

The standard asks for a field `AIGC` in a file's metadata, with who made and who passed on what is
there. A text has it in front matter, or as its first line.
"""

import functools
import html
import json
import operator
import re

import polars as pl

from quality.text.rules import Among, Rule
from schemas.tables import AI_LABEL

_HEAD = 4_000
"""Characters from the beginning within which a label is looked for in a text."""

_HTML_HEAD = 64 * 2**10

_KEY = r"[\"']?AIGC[\"']?[ \t]*[:：]"
_OBJECT = r"\s*\{[^{}]{0,3000}\}"
_NESTED = r"[ \t]*(?:\r?\n[ \t]+[^\s][^\n]*){1,9}"
_VALUE = f"(?:{_OBJECT}|{_NESTED})"
_END = r"[ \t]*(?:\r?\n|\z)"
_FENCE = r"\A\s*---[ \t]*\r?\n"
_OTHERS = r"(?:[^\n-][^\n]*\r?\n){0,40}?"

_FORMS = {
    rf"{_FENCE}{_KEY}{_VALUE}\s*\n---{_END}\s*": "",
    rf"({_FENCE}{_OTHERS}){_KEY}{_VALUE}{_END}": "${1}",
    rf"\A\s*(?:\{{\s*{_KEY}{_OBJECT}\s*\}}|{_KEY}{_VALUE}){_END}\s*": "",
}
"""Front matter that is nothing but a label, a label among other fields, a first line; and what
stays of each."""

_META = re.compile(
    r"<meta\b(?=[^>]*\bname\s*=\s*[\"']?AIGC\b)[^>]*?\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_DATA = re.compile(rf"{_KEY}({_OBJECT})")


def label_rule() -> Among:
    """Takes the label off, and the front matter with it where nothing else stands there."""
    rule = Rule(
        "ai_label",
        lambda s: read_labels(labels_of_texts(s)).is_not_null(),
        lambda s: pl.repeat(1, s.len(), dtype=pl.UInt32, eager=True),
        _without,
    )
    return Among(lambda s: s.str.contains("AIGC", literal=True), (rule,))


def _without(text: pl.Series) -> pl.Series:
    """Of the forms the first that is there."""
    done = pl.Series([False]).new_from_index(0, text.len())
    for form, rest in _FORMS.items():
        here = text.str.contains(form) & ~done
        text = text.zip_with(~here, text.str.replace(form, rest))
        done = done | here
    return text


def labels_of_texts(text: pl.Series) -> pl.Series:
    r"""The label at the head of each text as it stands there; null where there is none.

    >>> labels_of_texts(pl.Series(["AIGC: {Label: 1}\n正文", "AIGC：一种技术。"])).to_list()
    ['AIGC: {Label: 1}\n', None]
    """
    rows = text.str.contains("AIGC", literal=True).fill_null(value=False).arg_true()
    nothing = pl.Series("label", [None], dtype=pl.String).new_from_index(0, text.len())
    if rows.is_empty():
        return nothing
    some = text.gather(rows).str.head(_HEAD)
    found = [some.str.extract(f"({form})", 1) for form in _FORMS]
    label = functools.reduce(lambda one, other: one.zip_with(one.is_not_null(), other), found)
    return nothing.scatter(rows, label)


def label_of_html(page: str) -> str | None:
    """The label in the head of a page as it stands there: a `meta`, a comment or data of a script.

    >>> label_of_html('''<meta name="AIGC" content='{"Label": "1"}'>''')
    '{"Label": "1"}'
    """
    if "AIGC" not in page:
        return None
    head = page[:_HTML_HEAD].partition("</head>")[0]
    if meta := _META.search(head):
        return html.unescape(meta[1] or meta[2] or "") or None
    return label_in(head)


def label_in(data: str) -> str | None:
    """The label anywhere in some metadata: XML, a comment, JSON.

    >>> label_in("<dc:x>{&quot;AIGC&quot;: {&quot;Label&quot;: &quot;2&quot;}}</dc:x>")
    '{"Label": "2"}'
    """
    found = _DATA.search(html.unescape(data)) if "AIGC" in data else None
    return found[1].strip() if found else None


def read_labels(label: pl.Series) -> pl.Series:
    """What labels of any form say (AI_LABEL); null where nothing that the standard names.

    >>> read_labels(pl.Series(['{"Label": "1", "ProduceID": "7"}', "好"]))[0]["ProduceID"]
    '7'
    """
    nothing = pl.Series("ai_label", [None], dtype=AI_LABEL).new_from_index(0, label.len())
    if label.null_count() == label.len():
        return nothing
    fields = [_field(label, field.name) for field in AI_LABEL.fields]
    said = functools.reduce(operator.or_, (field.is_not_null() for field in fields))
    read = pl.DataFrame(fields).to_struct().cast(AI_LABEL)
    return read.zip_with(said, nothing).alias("ai_label")


def _field(label: pl.Series, name: str) -> pl.Series:
    r"""The value of one field, in JSON or YAML, in quotes or bare."""
    key = rf"(?:^|[\s{{,])[\"']?{name}[\"']?\s*[:：]\s*"
    value = r"(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^\s\"',}][^,}\r\n]*))"
    quoted, single, bare = (label.str.extract(key + value, group) for group in (1, 2, 3))
    escaped = quoted.str.contains("\\", literal=True).fill_null(value=False)
    if escaped.any():
        rows = escaped.arg_true()
        quoted = quoted.scatter(rows, [_unescaped(one) for one in quoted.gather(rows)])
    found = quoted.zip_with(quoted.is_not_null(), single.str.replace_all("''", "'", literal=True))
    return found.zip_with(found.is_not_null(), bare.str.strip_chars()).alias(name)


def _unescaped(value: str) -> str:
    try:
        text = str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value
    return text.encode("utf-8", "replace").decode("utf-8")
