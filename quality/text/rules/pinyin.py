"""Pinyin in brackets that a converter left after Traditional characters."""

import polars as pl

from quality.text.rules import Rule
from quality.text.rules.scripts import traditional

_SYLLABLE = (
    r"\((?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[iuü]?[aeo]?"
    r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][aeiou]?(?:ng|n|r)?\)"
)
"""One toned pinyin syllable in brackets."""

_LITTER_SHARE = 0.8
"""A converter glosses Traditional characters only; a teacher glosses others too."""


def pinyin() -> Rule:
    """Glosses left by a converter; none where other characters are glossed as well."""
    return Rule(
        "pinyin",
        lambda s: s.str.contains(_SYLLABLE),
        _litter,
        lambda s: s.str.replace_all(f"({traditional()}){_SYLLABLE}", "${1}"),
    )


def _litter(text: pl.Series) -> pl.Series:
    litter = text.str.count_matches(traditional() + _SYLLABLE)
    every = text.str.count_matches(r"\p{Han}" + _SYLLABLE)
    return litter * (litter >= every * _LITTER_SHARE)
