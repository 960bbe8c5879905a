"""The rules of repair, a subject a module; quality/text/repair.py puts them in order.

Belongs here: what damage looks like and what it is mended to. Does not belong here: what depends
on anything but the text itself.
"""

import functools
import operator
from collections.abc import Callable
from typing import NamedTuple

import polars as pl


class Rule(NamedTuple):
    """`applies` finds the rows worth a closer look, cheaply; `tally` and `mend` do the work."""

    kind: str
    applies: Callable[[pl.Series], pl.Series]
    tally: Callable[[pl.Series], pl.Series]
    mend: Callable[[pl.Series], pl.Series]


class Among(NamedTuple):
    """Rules for rows among those that `applies` finds, so that one look spares many."""

    applies: Callable[[pl.Series], pl.Series]
    rules: tuple[Rule, ...]


def replacing(kind: str, pattern: str, value: str, *guards: str) -> Rule:
    """A rule that replaces `pattern`; where given, `guards` find its rows several times faster."""
    return Rule(
        kind,
        lambda s: functools.reduce(operator.or_, map(s.str.contains, guards or (pattern,))),
        lambda s: s.str.count_matches(pattern),
        lambda s: s.str.replace_all(pattern, value),
    )
