"""Forms for vertical writing that stand in horizontal text."""

import functools
import operator

import polars as pl

from quality.text.rules import Rule

_MARKS = dict(zip("︐︑︒︓︔︕︖︙︰", "，、。：；！？…：", strict=True))
"""U+FE30 is the two dot leader by name; writers of Big5 take it for the colon."""

_BRACKETS = dict(
    zip(
        ("︵︶", "︷︸", "︹︺", "︻︼", "︽︾", "︿﹀", "﹁﹂", "﹃﹄", "﹇﹈", "︗︘"),
        ("（）", "｛｝", "〔〕", "【】", "《》", "〈〉", "「」", "『』", "［］", "〖〗"),
        strict=True,
    )
)
_MARK = f"[{''.join(_MARKS)}]"
_BRACKET = f"[{''.join(_BRACKETS)}]"


def _pairs() -> dict[str, str]:
    """A pattern for each pair of which a bracket at least is vertical, and what it becomes.

    What running text has between brackets is meant; in a table drawn with lines they stand alone.
    """
    pairs = {}
    for form, flat in _BRACKETS.items():
        others = rf"│┃|{flat}{''.join(_BRACKETS)}"
        inside = rf"([^\s{others}][^\n{others}]{{0,60}})"
        pair = f"{flat[0]}${{1}}{flat[1]}"
        pairs[f"{form[0]}{inside}[{form[1]}{flat[1]}]"] = pair
        pairs[f"{flat[0]}{inside}{form[1]}"] = pair
    return pairs


_PAIRS = _pairs()


def vertical() -> tuple[Rule, ...]:
    """Marks wherever they stand, brackets where they make a pair in a line."""
    return (
        Rule(
            "vertical",
            lambda s: s.str.contains(_MARK),
            lambda s: s.str.count_matches(_MARK),
            lambda s: s.str.replace_many(list(_MARKS), list(_MARKS.values())),
        ),
        Rule(
            "vertical",
            lambda s: s.str.contains(_BRACKET),
            lambda s: functools.reduce(operator.add, map(s.str.count_matches, _PAIRS)),
            _mend_pairs,
        ),
    )


def _mend_pairs(text: pl.Series) -> pl.Series:
    for pattern, pair in _PAIRS.items():
        text = text.str.replace_all(pattern, pair)
    return text
