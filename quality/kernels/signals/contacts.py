"""Invitations to get in touch, with the number or the name of an account that is given."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals.bits import CONTACTS, INVITATION, NAME
from quality.kernels.signals.links import narrow
from quality.kernels.signals.phrases import Tree

GLUE_MOST, VALUE_MOST = 6, 24
"""Characters between a cue and its value, and of the value, at most."""

VALUE_LEAST = 5
"""Digits of the shortest number (95588), letters and digits of the shortest account's name."""

PLAIN, DIGIT, LETTER, SIGN, GLUE, JOINT = range(6)
"""What a character is to a value: nothing, a digit of any width or shape, a Latin letter of any
width, a sign inside of one, what joins a cue to it, what does so and inside of it."""

MARKED = np.uint8(0x80)
NAMED = 1 << NAME | 1 << INVITATION


@compiled
def contact_characters(
    visible: Any, roles: Any, places: Any, nodes: Any, tree: Tree, marks: Any
) -> int:
    """How many characters are in invitations and what they give; `marks` is left dirty.

    An invitation (加微信) counts by itself; a cue (电话, 微信) only with a value after it.
    """
    total = 0
    for event in range(len(places)):
        node = nodes[event]
        while node:
            classes = tree.classes[node]
            if classes & CONTACTS:
                end = places[event] + tree.sizes[node]
                stop = value(visible, roles, end, classes & NAMED != 0)
                if stop > end or classes >> INVITATION & 1:
                    for at in range(places[event], stop):
                        total += marks[at] < MARKED
                        marks[at] |= MARKED
            node = tree.shorter[node]
    return total


@compiled
def value(visible: Any, roles: Any, start: int, named: bool) -> int:
    """Where the value of a cue that ends at `start` ends; `start` where there is none."""
    at = start
    while at < min(start + GLUE_MOST, len(visible)) and roles[_place(visible[at])] >= GLUE:
        at += 1
    glued = at > start
    digits, letters, end = 0, 0, at
    for place in range(at, min(at + VALUE_MOST, len(visible))):
        role = roles[_place(visible[place])]
        if role in (PLAIN, GLUE) or (role == LETTER and not named):
            break
        digits += role == DIGIT
        letters += role == LETTER
        if role in (DIGIT, LETTER):
            end = place + 1
    if digits >= VALUE_LEAST:
        return end
    return end if named and glued and digits + letters >= VALUE_LEAST else start


@compiled
def _place(code: int) -> int:
    """Where the role of a code point stands: that of its narrow twin, 0 beyond the table."""
    code = narrow(code)
    return code if code < 0x10000 else 0
