"""The finder of names written with a space between characters, as a value: 应聘人：王 小 明."""

import re
from collections.abc import Iterator

import numpy as np

from quality.privacy.hits import Hit
from quality.privacy.people.told import COMMON, COMPOUND
from quality.privacy.spotting import one_of
from quality.privacy.view import View

_HAN = "㐀-䶿一-鿿"
_FAMILY = "|".join([f"[{COMMON}]", *(" ".join(family) for family in COMPOUND.split("|"))])
_NAME = re.compile(
    rf"(?:{_FAMILY})(?: [{_HAN}]){{1,2}}(?=[^{_HAN} \[〔]| [^{_HAN}]| [{_HAN}][{_HAN}(\[:])"
)
_BEFORE = ":\"'"


def spaced(view: View) -> Iterator[Hit]:
    """Names of characters each a space apart, right after a colon or a quote."""
    codes = view.codes
    at = np.flatnonzero(one_of(codes, " "))
    at = at[(at > 2) & one_of(codes[at - 1], COMMON + COMPOUND) & one_of(codes[at - 2], _BEFORE)]
    for start in (at - 1).tolist():
        name = _NAME.match(view.text, start)
        if name is not None:
            yield Hit(start, name.end(), "name", "spaced")
