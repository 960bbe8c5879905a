"""Personal names beyond the cue beside them: bylines, citations, repeats, and a model's reading.

What a field, a role or a form of address tells is in `told`; the other modules need lists of names,
a whole document, or a trained model.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from quality.privacy.hits import Hit
from quality.privacy.people.citations import citations
from quality.privacy.people.dotted import dotted
from quality.privacy.people.reading import model, names
from quality.privacy.people.repeats import repeats
from quality.privacy.people.spaced import spaced
from quality.privacy.view import View, folded

__all__ = ["mentions"]


def mentions(view: View, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Names that `hits`, what all other finders found, do not hold or overlap.

    In this order, each only where nothing before it found something: names told by a cue that
    stand again in their document, authors of cited works, transliterated names, names
    with spaces between their characters, and what the model takes for names.
    """
    found = list(hits)
    for finder in (repeats(view, hits), citations(view), dotted(view), spaced(view), _read(view)):
        more = _apart(found, list(finder))
        found += more
        yield from more


_NO_ENDS = "区镇县市姓队字氏"
_HAN = "㐀-䶿一-鿿"
_OF_COMPANY = re.compile(
    rf"(?:(?![的与和系为是在任等及由被称说从向])[{_HAN}]){{1,12}}?有限(?:责任)?公司"
)
"""What follows the beginning of a company's name."""


@cache
def _never() -> frozenset[str]:
    """Words that are no names, whatever the model makes of them."""
    text = (files("quality.privacy.people") / "never.txt").read_text("utf-8")
    return frozenset(folded(text).split())


def _read(view: View) -> Iterator[Hit]:
    begins, ends, chances = names(view, model())
    never = _never()
    for begin, end, chance in zip(begins.tolist(), ends.tolist(), chances.tolist(), strict=True):
        name = view.text[begin:end]
        named = name not in never and name[-1] not in _NO_ENDS
        if named and not _OF_COMPANY.match(view.text, end):
            yield Hit(begin, end, "name", "mention", chance)


def _apart(found: Sequence[Hit], more: Sequence[Hit]) -> list[Hit]:
    """Those of `more` that overlap none of `found`."""
    if not found or not more:
        return list(more)
    spans = np.array(sorted((hit.start, hit.end) for hit in found), np.int64)
    reach = np.maximum.accumulate(spans[:, 1])
    ends = np.array([hit.end for hit in more], np.int64)
    before = np.searchsorted(spans[:, 0], ends) - 1
    return [
        hit
        for hit, row in zip(more, before.tolist(), strict=True)
        if row < 0 or reach[row] <= hit.start
    ]
