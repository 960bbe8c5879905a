"""What is kept while pages are read: the open elements, and the line that is being read."""

from typing import NamedTuple

from numba import njit

from quality.kernels.html import tree
from quality.kernels.html.tables import FLAG, Bytes, Rows

(
    LINE_PAGE, START, END, NODE, LINE_TAG, LINE_FLAGS, LINE_HINTS, CHARS, HAN, STOPS, LINKED, LINKS,
    SOFT,
) = range(13)  # fmt: skip
LINE_COLUMNS = 13
"""Of a line: its page, its bytes in `text`, the node that holds it, the tag of that node, the
flags and the hints of all that holds it, its characters but white space, how many of them are Han,
how many punctuation of a sentence, how many in links, how many links begin in it, and whether it
ends with a mere `<br>`."""

META_COLUMNS = 4
"""Of a `<meta>` that says something of the page: the page, `META`'s number, the first byte of its
content in the pages' bytes and the one after its last."""

DEPTH, LINES, NODES, METAS, OUT, SPACE, WIDE, UNENDED, WITHIN, LITERAL, TICK = range(11)
"""What changes as the pages are read: open elements, what was written so far, the white space that
is due (1, or 2 with a new line), whether the last character was a wide one, and whether the page
has a title without an end; the flags of the text that is being added, and whether it is taken
literally; the place after the back-tick before code that has not ended, 0 for none. `CHARS` to
`LINKS` and `START` of the line that is being read have the places of their columns after them."""
LINE = 11
COUNTED = (CHARS, HAN, STOPS, LINKED, LINKS)

SKIP, IN_LINK, VERBATIM, HEADING = (FLAG[name] for name in ("skip", "link", "verbatim", "heading"))

NEW_LINE, SPACE_BYTE, TICK_BYTE = (ord(one) for one in "\n `")


class Reader(NamedTuple):
    """What the pages are read from and written to."""

    data: Bytes
    text: Bytes
    lines: Rows
    nodes: Rows
    metas: Rows
    stack: Rows
    state: Rows


@njit(cache=True, nogil=True, forceinline=True)
def push(reader: Reader, tag: int, node: int, flags: int, hints: int) -> None:
    """Opens an element; `node` is -1 where it is inline."""
    depth = reader.state[DEPTH]
    reader.stack[depth, tree.OPEN_TAG] = tag
    reader.stack[depth, tree.OPEN_NODE] = node
    reader.stack[depth, tree.OPEN_FLAGS] = flags
    reader.stack[depth, tree.OPEN_HINTS] = hints
    reader.state[DEPTH] += 1


@njit(cache=True, nogil=True, forceinline=True)
def pop(reader: Reader, kept: int) -> None:
    """Closes all open elements but the outermost `kept`."""
    for place in range(kept, reader.state[DEPTH]):
        node = reader.stack[place, tree.OPEN_NODE]
        if node >= 0:
            reader.nodes[node, tree.LAST] = reader.state[LINES]
    reader.state[DEPTH] = kept


@njit(cache=True, nogil=True, forceinline=True)
def holder(reader: Reader) -> int:
    """The node of the innermost open block element."""
    place = reader.state[DEPTH] - 1
    while reader.stack[place, tree.OPEN_NODE] < 0:
        place -= 1
    return int(reader.stack[place, tree.OPEN_NODE])


@njit(cache=True, nogil=True, forceinline=True)
def flags_of(reader: Reader) -> int:
    """The flags of all that is open."""
    return int(reader.stack[reader.state[DEPTH] - 1, tree.OPEN_FLAGS])


@njit(cache=True, nogil=True, forceinline=True)
def begin_line(reader: Reader) -> None:
    """Begins an empty line."""
    state = reader.state
    state[LINE + START] = state[OUT]
    for column in COUNTED:
        state[LINE + column] = 0
    state[SPACE] = 0
    state[WIDE] = 0


@njit(cache=True, nogil=True, forceinline=True)
def break_code(reader: Reader) -> None:
    """Begins a line of code; nothing outside of code, or where one has just begun."""
    state, text = reader.state, reader.text
    begun = state[OUT] == state[LINE + START] or text[state[OUT] - 1] == NEW_LINE
    if flags_of(reader) & VERBATIM and not begun:
        text[state[OUT]] = NEW_LINE
        state[OUT] += 1


@njit(cache=True, nogil=True, forceinline=True)
def open_code(reader: Reader) -> None:
    """Writes a back-tick before code within a line."""
    state, text = reader.state, reader.text
    if state[TICK] or flags_of(reader) & (VERBATIM | SKIP):
        return
    if state[SPACE] and state[OUT] > state[LINE + START]:
        text[state[OUT]] = SPACE_BYTE
        state[OUT] += 1
    text[state[OUT]] = TICK_BYTE
    state[OUT] += 1
    state[TICK], state[SPACE], state[WIDE] = state[OUT], 0, 0


@njit(cache=True, nogil=True, forceinline=True)
def close_code(reader: Reader) -> None:
    """Writes a back-tick after code, if any has begun; code without characters leaves nothing."""
    state = reader.state
    if state[TICK] == state[OUT]:
        state[OUT] -= 1
    elif state[TICK]:
        reader.text[state[OUT]] = TICK_BYTE
        state[OUT] += 1
    state[TICK] = 0


@njit(cache=True, nogil=True, forceinline=True)
def flush(reader: Reader, page: int, soft: bool) -> None:
    """Ends the line that is being read; one without characters leaves nothing."""
    state = reader.state
    close_code(reader)
    if state[LINE + CHARS] == 0:
        state[OUT] = state[LINE + START]
        if soft and state[LINES] > 0 and reader.lines[state[LINES] - 1, LINE_PAGE] == page:
            # A second <br> in a row ends a paragraph.
            reader.lines[state[LINES] - 1, SOFT] = 0
        begin_line(reader)
        return
    row = reader.lines[state[LINES]]
    node = holder(reader)
    row[LINE_PAGE] = page
    row[START] = state[LINE + START]
    row[END] = state[OUT]
    row[NODE] = node
    row[LINE_TAG] = reader.nodes[node, tree.NODE_TAG]
    row[LINE_FLAGS] = flags_of(reader)
    row[LINE_HINTS] = reader.stack[state[DEPTH] - 1, tree.OPEN_HINTS]
    for column in COUNTED:
        row[column] = state[LINE + column]
    row[SOFT] = soft
    state[LINES] += 1
    begin_line(reader)


@njit(cache=True, nogil=True, forceinline=True)
def end_line(reader: Reader, page: int, soft: bool) -> None:
    """Ends the line; where white space counts, a new line is written instead."""
    state = reader.state
    if not flags_of(reader) & VERBATIM:
        flush(reader, page, soft)
    elif soft:
        reader.text[state[OUT]] = NEW_LINE
        state[OUT] += 1
    else:
        break_code(reader)
