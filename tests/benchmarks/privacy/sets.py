"""Labelled texts, and what a finder is."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import polars as pl

from quality.privacy.agreement import SPANS
from tests.quality.privacy.authored import Case, Half, cases

Found = tuple[int, int, str]
"""Start and end in characters, and the kind, one of `schemas.tables.FINDING_KINDS`."""

Finder = Callable[[list[str]], list[list[Found]]]
"""Gives what it finds in each text, in the order of the texts."""


class Labelled(NamedTuple):
    """Texts, and all personal data in each."""

    texts: list[str]
    truth: list[list[Found]]


def authored(half: Half) -> dict[str, Labelled]:
    """The parts of a half: `plain` with all negatives, `obfuscated`, and the negatives, `clean`."""
    every = cases(half)
    return {
        "plain": _labelled(case for case in every if case.spelling == "plain"),
        "obfuscated": _labelled(case for case in every if case.spelling == "obfuscated"),
        "clean": _labelled(case for case in every if not case.spans),
    }


def rows(found: list[list[Found]]) -> pl.DataFrame:
    """The findings as `quality.privacy.agreement.SPANS`; the id is the number of the text."""
    listed = [
        (str(n), kind, start, end) for n, some in enumerate(found) for start, end, kind in some
    ]
    return pl.DataFrame(listed, schema=SPANS, orient="row")


def _labelled(some: Iterable[Case]) -> Labelled:
    chosen = list(some)
    truth = [[(span.start, span.end, span.kind) for span in case.spans] for case in chosen]
    return Labelled([case.text for case in chosen], truth)
