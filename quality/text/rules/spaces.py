"""White space: between the letters of a line set wide, around lines and around the text."""

import polars as pl

from quality.text.rules import Among, Rule, replacing

_BLANK = r"[ \t\u{a0}\u{1680}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]"
_CJK = r"[\p{Han}\u{3001}-\u{3002}\u{3008}-\u{3011}\u{ff01}-\u{ff5e}“”‘’…—]"
_STOPS = r"[，。；！？]"
_LOOSE_STOPS = r"[，。；！？] | [，。；！？]|[，。；！？]　|　[，。；！？]"

_LEAST_GAPS = 8
_GAPS_A_TOUCH = 9
"""Gaps for each pair of characters that touch; a word here and there may have stayed together."""

_INDENT = r"(?m)^[ \t]*[\u{3000}\u{2002}\u{2003}][ \t\u{3000}\u{2002}\u{2003}]*"
_TRAILING = r"(?m)[ \t\u{3000}]+$"
_ENDS = " \t\n\u3000"


def letter_spacing() -> Rule:
    r"""Lines of running text in which every character stands apart.

    A line needs a full-width stop: without one, characters that stand apart may be a list, a
    heading or a row of a table.
    """
    return Rule(
        "letter_spacing",
        lambda s: s.str.contains(rf"(?:{_CJK}{_BLANK}+){{{_LEAST_GAPS}}}"),
        lambda s: (s.str.len_chars() - _tightened(s).str.len_chars()).cast(pl.UInt32),
        _tightened,
    )


def _tightened(text: pl.Series) -> pl.Series:
    lines = text.str.split("\n").explode()
    starts = text.str.count_matches("\n") + 1
    rows = pl.int_range(text.len(), eager=True).repeat_by(starts).explode()
    gaps = lines.str.count_matches(rf"\p{{Han}}{_BLANK}+")
    touching = lines.str.count_matches(r"\p{Han}") - lines.str.count_matches(r"\p{Han}+")
    apart = (
        (gaps >= _LEAST_GAPS)
        & (gaps >= _GAPS_A_TOUCH * touching)
        & lines.str.contains(_STOPS)
        & ~lines.str.contains(r"[│┃|]")
    )
    frame = pl.DataFrame({"row": rows, "line": lines, "apart": apart})
    tight = pl.col("line").str.replace_all(rf"({_CJK}){_BLANK}+", "${1}")
    return (
        frame.group_by("row", maintain_order=True)
        .agg(pl.when("apart").then(tight).otherwise("line"))["line"]
        .list.join("\n")
    )


def spaces() -> tuple[Rule | Among, ...]:
    """One kind of space within lines, none at their ends, few empty lines, none around it all."""
    return (
        replacing("space", r"\u{a0}", " "),
        Among(lambda s: s.str.contains(_LOOSE_STOPS), (letter_spacing(),)),
        replacing("space", _INDENT, "", r"[\u{3000}\u{2002}\u{2003}]"),
        replacing("space", _TRAILING, "", r"[ \t\u{3000}](?:\n|$)"),
        replacing("space", r"\n{4,}", "\n\n"),
        Rule(
            "space",
            lambda s: _stripped(s).str.len_bytes() < s.str.len_bytes(),
            lambda s: pl.repeat(1, s.len(), dtype=pl.UInt32, eager=True),
            _stripped,
        ),
    )


def _stripped(text: pl.Series) -> pl.Series:
    """Without blank lines around it; the indent of its first line stays."""
    return text.str.strip_chars_start("\n").str.strip_chars_end(_ENDS)
