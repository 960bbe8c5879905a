"""Personal names beyond the cue beside them: bylines, citations, repeats, and a model's reading.

What a field, a role or a form of address tells is in `quality.privacy.names`; here is what needs
lists of names, a whole document, or a trained model.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from quality.privacy.hits import Hit
from quality.privacy.people.citations import citations
from quality.privacy.people.dotted import dotted
from quality.privacy.people.reading import model, names
from quality.privacy.people.repeats import repeats
from quality.privacy.view import View

__all__ = ["mentions"]


def mentions(view: View, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Names that `hits`, what all other finders found, do not hold or overlap.

    In this order, each only where nothing before it found something: names told by a cue that
    stand again in their document, authors of cited works, transliterated names, and what the
    model takes for names.
    """
    found = list(hits)
    for finder in (repeats(view, hits), citations(view), dotted(view), _read(view)):
        more = _apart(found, list(finder))
        found += more
        yield from more


def _read(view: View) -> Iterator[Hit]:
    begins, ends, chances = names(view, model())
    spans = zip(begins.tolist(), ends.tolist(), chances.tolist(), strict=True)
    return (Hit(begin, end, "name", "mention", chance) for begin, end, chance in spans)


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
