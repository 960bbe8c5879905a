"""The open elements of a page, and the nodes that they become.

Only what places a line is kept: the block elements that hold it. Inline elements are on the stack
for what they say of their text (a link, a hint), and an end tag of theirs never closes a block, so
that `<b><p>…</b>` costs nothing.
"""

from typing import NamedTuple

from numba import njit

from quality.kernels.html.tables import FLAG, TAG, TRAIT, Rows

DEEPEST = 512
"""Open elements kept, as in browsers; deeper ones are read as if they were not there."""

PAGE, PARENT, NODE_TAG, HINTED, FIRST, LAST, ORDINAL, CHILDREN = range(8)
NODE_COLUMNS = 8
"""Of a node: its page, its parent (-1: none), its tag, the hints of its own class and of those
around it, its first line and the one after its last, which child of its parent it is, and how many
children it has."""

OPEN_TAG, OPEN_NODE, OPEN_FLAGS, OPEN_HINTS = range(4)

BLOCK, BOUNDARY, CLOSES_P = TRAIT["block"], TRAIT["boundary"], TRAIT["closes_p"]
PARAGRAPH, CELL, ROW, SECTION, TABLE, ITEM, LIST, TERM, TERMS = (
    TRAIT[name]
    for name in ("paragraph", "cell", "row", "section", "table", "item", "list", "term", "terms")
)
IN_TABLE = CELL | ROW | SECTION
LINK, A = FLAG["link"], TAG["a"]


@njit(cache=True, nogil=True, forceinline=True)
def nearest(stack: Rows, depth: int, wanted: int, stop: int, traits: Rows) -> int:
    """The place of the innermost open element with a wanted trait, before any with one to stop at.

    `depth` where there is none.
    """
    for place in range(depth - 1, -1, -1):
        held = traits[stack[place, OPEN_TAG]]
        if held & wanted:
            return place
        if held & stop:
            break
    return depth


@njit(cache=True, nogil=True, forceinline=True)
def ended_by(stack: Rows, depth: int, tag: int, traits: Rows) -> int:
    """How many elements stay open where an end tag is met; all where it closes none."""
    own = traits[tag]
    stop = BOUNDARY if own & BLOCK else BLOCK
    if own & (IN_TABLE | TABLE):
        stop = TABLE
    for place in range(depth - 1, -1, -1):
        at = stack[place, OPEN_TAG]
        if at == tag:
            return place
        if traits[at] & stop:
            break
    return depth


@njit(cache=True, nogil=True, forceinline=True)
def implied_by(stack: Rows, depth: int, tag: int, traits: Rows) -> int:
    """How many elements stay open where an element begins: it ends those that cannot hold it."""
    own = traits[tag]
    kept = depth
    if own & CLOSES_P:
        kept = nearest(stack, kept, PARAGRAPH, BOUNDARY, traits)
    if own & IN_TABLE:
        kept = nearest(stack, kept, own & IN_TABLE, TABLE, traits)
    elif own & (ITEM | TERM):
        kept = nearest(stack, kept, own & (ITEM | TERM), LIST | TERMS | BOUNDARY, traits)
    return kept


@njit(cache=True, nogil=True, forceinline=True)
def unlink(stack: Rows, depth: int) -> None:
    """Ends the open links without closing what stands in them: a link holds no link."""
    for place in range(depth - 1, -1, -1):
        if not stack[place, OPEN_FLAGS] & LINK:
            return
        stack[place, OPEN_FLAGS] &= ~LINK
        if stack[place, OPEN_TAG] == A:
            stack[place, OPEN_TAG] = 0


class Node(NamedTuple):
    """A block element that begins: its page, its parent, its tag and its own hints."""

    page: int
    parent: int
    tag: int
    hints: int


@njit(cache=True, nogil=True, forceinline=True)
def add(nodes: Rows, count: int, node: Node, lines: int) -> None:
    """Writes a node after `count` others and `lines` lines."""
    row = nodes[count]
    row[PAGE], row[PARENT], row[NODE_TAG], row[HINTED] = node
    row[FIRST] = row[LAST] = lines
    row[ORDINAL] = row[CHILDREN] = 0
    if node.parent >= 0:
        row[ORDINAL] = nodes[node.parent, CHILDREN]
        nodes[node.parent, CHILDREN] += 1
