"""Phrases found by an automaton, and what they cover: spam, furniture, invitations."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals import columns as c
from quality.kernels.signals.bits import (
    ADVERTISING,
    FURNISHES,
    FURNITURE,
    GAMBLING,
    OPENING,
    PORN,
    SPAM,
    WHOLE,
)
from quality.kernels.signals.reading import END, START

FURNITURE_CHARS = 100
"""Visible characters of the longest line of furniture: a foot with a licence and a filing number
has about 80; what is longer is a text that mentions them."""


@compiled
def walk(visible: Any, symbols: Any, moves: Any, classes: Any, places: Any, states: Any) -> int:
    """Write where phrases end, and in which state; returns at how many places."""
    state = 0
    events = 0
    for at in range(len(visible)):
        state = moves[state, symbols[visible[at]]]
        if classes[state]:
            places[events] = at
            states[events] = state
            events += 1
    return events


@compiled
def longest(lengths: int) -> int:
    """The length of the longest of the phrases that end here: the highest bit set."""
    size = 0
    while lengths > 1:
        lengths >>= 1
        size += 1
    return size


@compiled
def spam(places: Any, states: Any, lengths: Any, classes: Any, marks: Any, row: Any) -> None:
    """The signals of spam, as numbers of characters and of phrases; `marks` is left dirty."""
    for event in range(len(places)):
        state = states[event]
        if not classes[state] & SPAM:
            continue
        row[c.SPAM_PHRASES_PER_LINE] += 1
        end = places[event] + 1
        for kind in (GAMBLING, PORN, ADVERTISING):
            bit = np.uint8(1 << kind)
            for at in range(end - longest(lengths[state, kind]), end):
                row[c.SPAM_DENSITY] += not marks[at] & np.uint8(SPAM)
                row[c.GAMBLING_DENSITY + kind] += not marks[at] & bit
                marks[at] |= bit


@compiled
def furniture(places: Any, states: Any, lengths: Any, classes: Any, lines: Any) -> int:
    """How many lines are the furniture of a page."""
    found = 0
    event = 0
    for line in lines:
        start, end = line[START], line[END]
        while event < len(places) and places[event] < start:
            event += 1
        furnished = False
        while event < len(places) and places[event] < end:
            state = states[event]
            if classes[state] & FURNISHES:
                size = places[event] + 1 - start
                last = places[event] + 1 == end
                furnished |= _furnishes(lengths[state], size, last)
            event += 1
        found += furnished and end - start <= FURNITURE_CHARS
    return found


@compiled
def _furnishes(lengths: Any, size: int, last: bool) -> bool:
    """Whether a phrase that ends `size` characters into a line makes it furniture."""
    shortest = lengths[FURNITURE] & (~lengths[FURNITURE] + np.uint32(1))
    if shortest > 0 and longest(shortest) <= size:
        return True
    if size > 31:
        return False
    exact = np.uint32(1) << np.uint32(size)
    if lengths[OPENING] & exact:
        return True
    return last and (lengths[WHOLE] & exact) != 0
