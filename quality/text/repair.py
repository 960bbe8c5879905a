"""Repair and normalisation of text, counted by kind.

Only damage is repaired: a correct text keeps every character but its white space. Width, script,
punctuation and wording are never touched.
"""

import functools
import html
import html.entities
import operator
from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from quality.text import mojibake
from schemas.tables import REPAIRS

_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
_MARKUP = r"<[a-zA-Z/!][^<>]*>|<!\[CDATA|`|\]\(|[\"'“‘「『]&[a-zA-Z#]"
"""Text that holds HTML or Markdown, or quotes an entity, means its entities: they stay."""

_SYLLABLE = (
    r"\((?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[iuü]?[aeo]?"
    r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][aeiou]?(?:ng|n|r)?\)"
)
"""One toned pinyin syllable in brackets."""

_LITTER_SHARE = 0.8
"""A converter glosses Traditional characters only; a teacher glosses others too."""

_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\u{84}\u{86}-\u{9f}]"
_ZERO_WIDTH = (
    r"[\u{ad}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{2069}"
    r"\u{feff}\u{fff9}-\u{fffb}]"
)
_ZERO_WIDTH_GUARDS = (
    r"\u{ad}|\u{feff}|[\u{200b}-\u{200f}\u{202a}-\u{202e}]",
    r"[\u{2060}-\u{2069}]",
    r"[\u{fff9}-\u{fffb}]",
)
_STRAY_JOINER = r"(^|[\x00-\x7f\p{Han}\u{3000}-\u{303f}\u{ff00}-\u{ffef}])[\u{200c}\u{200d}]+"
"""A joiner after a character that begins no emoji sequence and no cluster of another script."""

_INDENT = r"(?m)^[ \t]*[\u{3000}\u{2002}\u{2003}][ \t\u{3000}\u{2002}\u{2003}]*"
_TRAILING = r"(?m)[ \t\u{3000}]+$"
_ENDS = " \t\n\u3000"


class _Rule(NamedTuple):
    """`applies` finds the rows worth a closer look, cheaply; `tally` and `mend` do the work."""

    kind: str
    applies: Callable[[pl.Series], pl.Series]
    tally: Callable[[pl.Series], pl.Series]
    mend: Callable[[pl.Series], pl.Series]


def repair(text: pl.Series, lost: pl.Series | None = None) -> tuple[pl.Series, pl.Series]:
    r"""The repaired text and, row by row, how many edits of each kind it took (REPAIRS).

    Null stays null. Kinds: mojibake, newline, entity, control, zero_width, pinyin, space; and
    decode, where `lost` says how many characters of each text its charset could not give.

    >>> fixed, repairs = repair(pl.Series(["出現(xiàn)&nbsp;了\u200b。"]))
    >>> fixed.item(), [r["kind"] for r in repairs.item()]
    ('出現 了。', ['entity', 'zero_width', 'pinyin', 'space'])
    """
    text = text.clone()  # scatter writes in place
    found = []
    if lost is not None:
        damaged_rows = (lost > 0).arg_true()
        found.append(_edits("decode", damaged_rows, lost.gather(damaged_rows)))
    for rule in _rules():
        rows = rule.applies(text).fill_null(value=False).arg_true()
        if rows.is_empty():
            continue
        damaged = text.gather(rows)
        counts = rule.tally(damaged)
        touched = (counts > 0).arg_true()
        if touched.is_empty():
            continue
        where = rows.gather(touched)
        text = text.scatter(where, rule.mend(damaged.gather(touched)))
        found.append(_edits(rule.kind, where, counts.gather(touched)))
    return text, _by_row(found, text.len()).alias("repairs")


def _edits(kind: str, rows: pl.Series, counts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": rows.cast(pl.UInt32), "count": counts.cast(pl.UInt32)}).select(
        "row", pl.lit(kind).alias("kind"), "count"
    )


def _by_row(edits: list[pl.DataFrame], rows: int) -> pl.Series:
    """One list of edits a row, in the order of the rules; an empty list where there were none."""
    every = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    listed = (
        pl.concat([_edits("", pl.Series([]), pl.Series([])), *edits])
        .group_by("row", "kind", maintain_order=True)
        .agg(pl.col("count").sum())
        .group_by("row", maintain_order=True)
        .agg(pl.struct("kind", "count").alias("repairs"))
    )
    joined = every.join(listed, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("repairs").fill_null([]).cast(REPAIRS))["repairs"]


def _replacing(kind: str, pattern: str, value: str, *guards: str) -> _Rule:
    """A rule that replaces `pattern`; where given, `guards` find its rows several times faster."""
    return _Rule(
        kind,
        lambda s: functools.reduce(operator.or_, map(s.str.contains, guards or (pattern,))),
        lambda s: s.str.count_matches(pattern),
        lambda s: s.str.replace_all(pattern, value),
    )


def _stripped(text: pl.Series) -> pl.Series:
    """Without blank lines around it; the indent of its first line stays."""
    return text.str.strip_chars_start("\n").str.strip_chars_end(_ENDS)


def _entities(text: pl.Series) -> dict[str, str]:
    """Every real entity that occurs in `text`, however often escaped, and what it stands for."""
    found = text.str.extract_all(_ENTITY).explode().drop_nulls().unique().sort()
    decoded = {entity: _unescape(entity) for entity in found.to_list()}
    return {entity: char for entity, char in decoded.items() if char}


def _unescape(entity: str) -> str | None:
    bare = "&" + entity.replace("&amp;", "&").replace("amp;", "").lstrip("&")
    if entity.endswith("&amp;") or bare == "&":
        return "&"
    if not bare.startswith("&#") and bare[1:] not in html.entities.html5:
        return None
    char = html.unescape(bare)
    return char if char.isprintable() or char.isspace() else None


def _entity_count(text: pl.Series) -> pl.Series:
    known = list(_entities(text))
    found = text.str.extract_all(_ENTITY)
    return found.list.eval(pl.element().is_in(known)).list.sum()


def _decode_entities(text: pl.Series) -> pl.Series:
    known = _entities(text)
    return text.str.replace_many(list(known), list(known.values()), leftmost=True)


@functools.cache
def _traditional() -> str:
    """A pattern of the Han characters that Big5 has and GB 2312 has not."""
    chars = (chr(c) for c in range(0x4E00, 0xA000))
    only = (c for c in chars if _encodes(c, "big5") and not _encodes(c, "gb2312"))
    return f"[{''.join(only)}]"


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _pinyin_count(text: pl.Series) -> pl.Series:
    """Glosses left by a converter; none where other characters are glossed as well."""
    litter = text.str.count_matches(_traditional() + _SYLLABLE)
    every = text.str.count_matches(r"\p{Han}" + _SYLLABLE)
    return litter * (litter >= every * _LITTER_SHARE)


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    """In order: each rule may rely on those before it."""
    return (
        _Rule("mojibake", mojibake.suspicious, mojibake.count, mojibake.mend),
        _Rule(
            "entity",
            lambda s: (
                s.str.contains("&", literal=True)
                & s.str.contains(_ENTITY)
                & ~s.str.contains(_MARKUP)
            ),
            _entity_count,
            _decode_entities,
        ),
        _replacing("newline", r"\r\n|[\r\x0b\x0c\u{85}\u{2028}\u{2029}]", "\n"),
        _replacing("control", _CONTROL, ""),
        _replacing("zero_width", _ZERO_WIDTH, "", *_ZERO_WIDTH_GUARDS),
        _replacing("zero_width", _STRAY_JOINER, "${1}", r"[\u{200c}\u{200d}]"),
        _Rule(
            "pinyin",
            lambda s: s.str.contains(_SYLLABLE),
            _pinyin_count,
            lambda s: s.str.replace_all(f"({_traditional()}){_SYLLABLE}", "${1}"),
        ),
        _replacing("space", r"\u{a0}", " "),
        _replacing("space", _INDENT, "", r"[\u{3000}\u{2002}\u{2003}]"),
        _replacing("space", _TRAILING, "", r"[ \t\u{3000}](?:\n|$)"),
        _replacing("space", r"\n{4,}", "\n\n"),
        _Rule(
            "space",
            lambda s: _stripped(s).str.len_bytes() < s.str.len_bytes(),
            lambda s: pl.repeat(1, s.len(), dtype=pl.UInt32, eager=True),
            _stripped,
        ),
    )
