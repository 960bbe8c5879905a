"""HTML entities that stand in a text as they are: whole ones, and those that lost a part."""

import functools
import html
import html.entities
import operator
import re
import unicodedata

import polars as pl

from quality.text.rules import Among, Rule

_AMPERSAND = r"&(?:amp;|#38;|#x26;)*"
_ENTITY = _AMPERSAND + r"(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
_MARKUP = r"<[a-zA-Z/!][^<>]*>|<!\[CDATA|`|\]\(|[\"'“‘「『]&[a-zA-Z#]"
"""Text that holds HTML or Markdown, or quotes an entity, means its entities: they stay."""

_HALVES = {
    " ": ("nbsp", "nbs", "nbp", "nsp", "nb"),
    "&": ("amp", "am"),
    '"': ("quot", "quo", "qout"),
    "<": ("lt",),
    ">": ("gt",),
    "“": ("ldquo",),
    "”": ("rdquo",),
    "‘": ("lsquo",),
    "’": ("rsquo",),
    "—": ("mdash",),
    "…": ("hellip",),
    "·": ("middot",),
    "\u2002": ("ensp",),
    "\u2003": ("emsp",),
}
"""What stands in Chinese pages for each, the right name first; the others end in a semicolon."""

_ALONE = frozenset({"amp", "lt", "gt"})
"""Names that are words of programs, so that they say nothing without their ampersand."""

_HALF_NUMBER = r"&#\d{3,6}(?-u:\b)"
_HALF = "|".join(name for names in _HALVES.values() for name in names)
_SIGN = "[&＆]|" + "|".join(f"{names[0]};" for names in _HALVES.values())
_GUARD = rf"[&＆] ?(?:{_HALF})(?-u:\b)|{_HALF_NUMBER}|(?-u:\b)(?:{_HALF})[;；]"
_PARAMETER = rf"&(?:{_HALF})[=(]"


def entities() -> Rule:
    """Whole entities, however often escaped."""
    return Rule(
        "entity",
        lambda s: (
            s.str.contains("&", literal=True) & s.str.contains(_ENTITY) & ~s.str.contains(_MARKUP)
        ),
        _entity_count,
        _decode_entities,
    )


def halves() -> Among:
    """Entities without their semicolon, ampersand or a letter, in text that holds Han."""
    rule = Rule(
        "entity",
        lambda s: (
            s.str.contains(_GUARD)
            & s.str.contains(r"\p{Han}")
            & ~s.str.contains(_MARKUP)
            & ~s.str.contains(_PARAMETER)
        ),
        _half_count,
        _mend_halves,
    )
    return Among(lambda s: s.str.contains(_SIGN), (rule,))


def _half_count(text: pl.Series) -> pl.Series:
    counts = (text.str.count_matches(pattern) for pattern in _half_patterns(text).values())
    return functools.reduce(operator.add, counts)


def _mend_halves(text: pl.Series) -> pl.Series:
    for char, pattern in _half_patterns(text).items():
        text = text.str.replace_all(pattern, char.replace("$", "$$"))
    return text


def _half_patterns(text: pl.Series) -> dict[str, str]:
    """A pattern for each character that half an entity in `text` stands for."""
    patterns = {char: _half(*names) for char, names in _HALVES.items()}
    numbers = text.str.extract_all(_HALF_NUMBER).explode().drop_nulls().unique().sort()
    for number in numbers.to_list():
        if char := _unescape(f"{number};"):
            known = patterns.get(char)
            pattern = rf"{number}(?-u:\b)"
            patterns[char] = f"{known}|{pattern}" if known else pattern
    return patterns


def _half(name: str, *misspelt: str) -> str:
    r"""A pattern for what is left of an entity.

    >>> _half("lt")
    '[&＆] ?(?:lt)[;；]|[&＆]lt(?-u:\\b)'
    """
    alone = "" if name in _ALONE else rf"|(?-u:\b){name};"
    names = "|".join((name, *misspelt))
    return rf"[&＆] ?(?:{names})[;；]|[&＆]{name}(?-u:\b){alone}"


def _entities(text: pl.Series) -> dict[str, str]:
    """Every real entity that occurs in `text`, however often escaped, and what it stands for."""
    found = text.str.extract_all(_ENTITY).explode().drop_nulls().unique().sort()
    decoded = {entity: _unescape(entity) for entity in found.to_list()}
    return {entity: char for entity, char in decoded.items() if char}


def _unescape(entity: str) -> str | None:
    name = re.sub(f"^{_AMPERSAND}", "", entity)
    if not name:
        return "&"
    if not name.startswith("#") and name not in html.entities.html5:
        return None
    char = html.unescape(f"&{name}")
    shown = char.isprintable() or char.isspace()
    # What has no width is taken out by a later rule.
    return char if shown or unicodedata.category(char) == "Cf" else None


def _entity_count(text: pl.Series) -> pl.Series:
    known = list(_entities(text))
    found = text.str.extract_all(_ENTITY)
    return found.list.eval(pl.element().is_in(known)).list.sum()


def _decode_entities(text: pl.Series) -> pl.Series:
    known = _entities(text)
    longest = sorted(known, key=len, reverse=True)  # the first that fits is taken
    return text.str.replace_many(longest, [known[one] for one in longest], leftmost=True)
