"""Phrases found in a text, and what they cover: spam and furniture.

Where two characters in a row begin a phrase, a tree of phrases is gone down as far as the text
leads. A place is remembered with the last phrase met on the way; from there `shorter` leads to the
other phrases that begin at the same place.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.kernels.repetition import NONE, find, mark_of
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

SYMBOL_BITS = np.uint64(16)
PAIRS = 1 << 16
"""Bits of the table of what two characters in a row may begin; 8 kB stay in the nearest cache."""


class Tree(NamedTuple):
    """The phrases as a tree of their folded characters; node 0 is its root.

    `symbols` has the number of each code point, 0 for what is in no phrase. `pairs` tells whether
    a phrase may begin with two symbols, by the bit at their `pair_of`. `edges` is a hash table of
    `edge_of` node and symbol; `targets` are the nodes they lead to. `classes` has a bit for each
    class of phrase that ends at a node, `sizes` its length, `shorter` the node of the longest
    phrase that begins it, or 0.
    """

    symbols: npt.NDArray[np.uint16]
    pairs: npt.NDArray[np.uint8]
    edges: npt.NDArray[np.uint64]
    targets: npt.NDArray[np.int32]
    classes: npt.NDArray[np.uint16]
    sizes: npt.NDArray[np.int32]
    shorter: npt.NDArray[np.int32]


@compiled
def pair_of(first: Any, second: Any) -> Any:
    """Where two symbols in a row have their place in `Tree.pairs`."""
    return (np.int64(first) * 0x9E5 ^ np.int64(second)) & (PAIRS - 1)


@compiled
def edge_of(node: Any, symbol: Any) -> Any:
    """The key of a node and a symbol in `Tree.edges`."""
    return mark_of((np.uint64(node) << SYMBOL_BITS | np.uint64(symbol)) + np.uint64(1))


@compiled
def find_phrases(visible: Any, tree: Tree, places: Any, nodes: Any) -> int:
    """Write where phrases begin, and the node of the longest; returns at how many places."""
    likely = _likely(visible, tree.symbols, tree.pairs, places)
    symbols, edges, targets = tree.symbols, tree.edges, tree.targets
    classes, shorter = tree.classes, tree.shorter
    events = 0
    for place in places[:likely]:
        node: Any = 0
        at = place
        while at < len(visible):
            slot = find(edges, edge_of(node, symbols[visible[at]]))
            if edges[slot] == NONE:
                break
            node = targets[slot]
            at += 1
        node = node if classes[node] else shorter[node]
        places[events] = place
        nodes[events] = node
        events += node > 0
    return events


@compiled
def _likely(visible: Any, symbols: Any, pairs: Any, places: Any) -> int:
    """Write where two characters may begin a phrase; returns at how many places."""
    found = 0
    before: Any = symbols[visible[0]] if len(visible) > 0 else 0
    for at in range(1, len(visible)):
        symbol = symbols[visible[at]]
        places[found] = at - 1
        pair = pair_of(before, symbol)
        found += pairs[pair >> 3] >> (pair & 7) & 1
        before = symbol
    return found


@compiled
def spam(places: Any, nodes: Any, tree: Tree, marks: Any, row: Any) -> None:
    """The signals of spam, as numbers of characters and of phrases; `marks` is left dirty."""
    for event in range(len(places)):
        node = nodes[event]
        promotes = False
        while node:
            for kind in (GAMBLING, PORN, ADVERTISING):
                if tree.classes[node] >> kind & 1:
                    promotes = True
                    end = places[event] + tree.sizes[node]
                    bit = np.uint8(1 << kind)
                    for at in range(places[event], end):
                        row[c.SPAM_DENSITY] += not marks[at] & np.uint8(SPAM)
                        row[c.GAMBLING_DENSITY + kind] += not marks[at] & bit
                        marks[at] |= bit
            node = tree.shorter[node]
        row[c.SPAM_PHRASES_PER_LINE] += promotes


@compiled
def furniture(places: Any, nodes: Any, tree: Tree, lines: Any) -> int:
    """How many lines are the furniture of a page."""
    found = 0
    event = 0
    for line in lines:
        start, end = line[START], line[END]
        while event < len(places) and places[event] < start:
            event += 1
        furnished = False
        while event < len(places) and places[event] < end:
            node = nodes[event]
            while node:
                stop = places[event] + tree.sizes[node]
                if tree.classes[node] & FURNISHES and stop <= end:
                    first, last = places[event] == start, stop == end
                    furnished |= _furnishes(tree.classes[node], first, last)
                node = tree.shorter[node]
            event += 1
        found += furnished and end - start <= FURNITURE_CHARS
    return found


@compiled
def _furnishes(classes: int, first: bool, last: bool) -> bool:
    """Whether a phrase makes its line furniture, being its first or last one or neither."""
    if classes >> FURNITURE & 1 or (classes >> OPENING & 1 and first):
        return True
    return bool(classes >> WHOLE & 1 and first and last)
