"""The open elements of a page, and the nodes that they become.

Only what places a line is kept: the block elements that hold it. Inline elements are on the stack
for what they say of their text (a link, a hint), and an end tag of theirs never closes a block, so
that `<b><p>…</b>` costs nothing.
"""

from typing import NamedTuple

from numba import njit

from quality.kernels.html.tables import FLAG, TAG, TRAIT, Rows, Tables

DEEPEST = 512
"""Open elements kept, as in browsers; deeper ones are read as if they were not there."""

PAGE, PARENT, NODE_TAG, HINTED, FIRST, LAST, ORDINAL, CHILDREN = range(8)
NODE_COLUMNS = 8
"""Of a node: its page, its parent (-1: none), its tag, the hints of its own class and of those
around it, its first line and the one after its last, which child of its parent it is, and how many
children it has."""

OPEN_TAG, OPEN_NODE, OPEN_FLAGS, OPEN_HINTS = range(4)

BLOCK, BOUNDARY, CLOSES_P = TRAIT["block"], TRAIT["boundary"], TRAIT["closes_p"]
P, LI, DT, DD, TR, TD, TH, TABLE, A = (
    TAG[name] for name in ("p", "li", "dt", "dd", "tr", "td", "th", "table", "a")
)
UL, OL, DL, TBODY, THEAD, TFOOT = (
    TAG[name] for name in ("ul", "ol", "dl", "tbody", "thead", "tfoot")
)
LINK = FLAG["link"]


@njit(cache=True, nogil=True, forceinline=True)
def opened(stack: Rows, depth: int, tag: int, stop: int, known: Tables) -> int:
    """The place of the innermost open element of a tag; -1 beyond a boundary or a `stop` element.

    `stop` is a tag, or -1 for none but the boundaries of tables.
    """
    for place in range(depth - 1, -1, -1):
        at = stack[place, OPEN_TAG]
        if at == tag:
            return place
        if at == stop or known.traits[at] & BOUNDARY:
            return -1
    return -1


@njit(cache=True, nogil=True, forceinline=True)
def within_table(stack: Rows, depth: int, tag: int) -> int:
    """The place of the innermost open part of a table, this side of the table it stands in."""
    for place in range(depth - 1, -1, -1):
        at = stack[place, OPEN_TAG]
        if at == tag:
            return place
        if at == TABLE:
            return -1
    return -1


@njit(cache=True, nogil=True, forceinline=True)
def ended_by(stack: Rows, depth: int, tag: int, known: Tables) -> int:
    """How many elements stay open where an end tag is met; all where it closes none."""
    if tag in (TABLE, TR, TD, TH, TBODY, THEAD, TFOOT):
        place = within_table(stack, depth, tag)
        return place if place >= 0 else depth
    if known.traits[tag] & BLOCK:
        place = opened(stack, depth, tag, -1, known)
        return place if place >= 0 else depth
    for place in range(depth - 1, -1, -1):
        at = stack[place, OPEN_TAG]
        if at == tag:
            return place
        if known.traits[at] & BLOCK:
            break
    return depth


@njit(cache=True, nogil=True, forceinline=True)
def implied_by(stack: Rows, depth: int, tag: int, known: Tables) -> int:
    """How many elements stay open where an element begins: it ends those that cannot hold it."""
    if tag in (TD, TH):
        return min(_or_all(within_table(stack, depth, TD), depth),
                   _or_all(within_table(stack, depth, TH), depth))  # fmt: skip
    if tag == TR:
        return _or_all(within_table(stack, depth, TR), depth)
    if tag in (TBODY, THEAD, TFOOT):
        inner = min(_or_all(within_table(stack, depth, TBODY), depth),
                    _or_all(within_table(stack, depth, THEAD), depth))  # fmt: skip
        return min(inner, _or_all(within_table(stack, depth, TFOOT), depth))
    kept = depth
    if known.traits[tag] & CLOSES_P:
        kept = _or_all(opened(stack, depth, P, -1, known), depth)
    if tag == LI:
        place = max(opened(stack, kept, UL, LI, known), opened(stack, kept, OL, LI, known))
        if place < 0:
            kept = _or_all(opened(stack, kept, LI, -1, known), kept)
    elif tag in (DT, DD):
        inner = max(opened(stack, kept, DT, DL, known), opened(stack, kept, DD, DL, known))
        kept = _or_all(inner, kept)
    return kept


@njit(cache=True, nogil=True, forceinline=True)
def _or_all(place: int, depth: int) -> int:
    return place if place >= 0 else depth


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
