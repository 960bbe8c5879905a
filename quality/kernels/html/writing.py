"""The kept lines of pages as text in the manner of Markdown."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from quality.kernels.html import reader as line
from quality.kernels.html import tree
from quality.kernels.html.tables import FLAG, TAG, Bytes, Parsed, Rows

Kept = npt.NDArray[np.bool_]

H1, H6, LI, TABLE, TR, TD, TH, PRE = (
    TAG[name] for name in ("h1", "h6", "li", "table", "tr", "td", "th", "pre")
)
UL, OL, MENU, DIR = (TAG[name] for name in ("ul", "ol", "menu", "dir"))
VERBATIM, HEADING, CELL, LIST = FLAG["verbatim"], FLAG["heading"], FLAG["cell"], FLAG["list"]

ITEM_LINES = 12
"""Lines in a list item beyond which the list is a layout, not a list."""

CELL_LINES, CELL_CHARS = 4, 200
"""Lines and characters in a cell beyond which the table is a layout, not a table."""

DEEPEST_LIST = 6
"""Levels of lists that are shown by indentation."""

CODE_HAN = 0.5
"""Share of Han from which preformatted text is prose that someone typed that way, not code."""

NEW_LINE, SPACE, HASH, BAR, TICK, HYPHEN, DOT = (ord(one) for one in "\n #|`-.")
LAYOUT = -1
"""In place of how many cells a table is wide: it lays out the page."""

OUT, LAST, ITEM = range(3)
"""Bytes written, the last line written (-1: none of this page), the last list item begun."""


class Writer(NamedTuple):
    """What is written, and where to; `tables` is what `_data_tables` found."""

    parsed: Parsed
    kept: Kept
    tables: Rows
    text: Bytes
    state: Rows


@njit(cache=True, nogil=True)
def write(parsed: Parsed, kept: Kept, pages: int) -> tuple[Bytes, Rows]:
    """The text of every page, and the offsets of the texts.

    Headings have `#`, list items `-` or their number, tables `|`, code its fences; between
    paragraphs is an empty line.
    """
    # A line grows by its marks: indents, fences, and for a cell the bars and dashes around it.
    size = parsed.text.size + 40 * len(parsed.lines) + 8 * len(parsed.nodes) + 64
    writer = Writer(
        parsed, kept, _data_tables(parsed), np.empty(size, np.uint8), np.zeros(3, np.int64)
    )
    offsets = np.zeros(pages + 1, np.int64)
    state = writer.state
    row = 0
    for page in range(pages):
        state[LAST] = state[ITEM] = -1
        while row < len(parsed.lines) and parsed.lines[row, line.LINE_PAGE] == page:
            row = _write_line(writer, row)
        offsets[page + 1] = state[OUT]
    return writer.text[: state[OUT]], offsets


@njit(cache=True, nogil=True)
def _write_line(writer: Writer, row: int) -> int:
    """Writes a line, or the row of a table that it begins; the next line to write."""
    parsed, text, state = writer.parsed, writer.text, writer.state
    one = parsed.lines[row]
    if one[line.LINE_FLAGS] & CELL and not one[line.LINE_FLAGS] & VERBATIM:
        holder = _up_to(parsed.nodes, one[line.NODE], TR, TABLE)
        if holder >= 0 and writer.tables[holder]:
            _write_row(writer, holder)
            return max(int(parsed.nodes[holder, tree.LAST]), row + 1)
    if not writer.kept[row] or _is_gutter(parsed, row):
        return row + 1
    _separate(parsed, text, state, row)
    if one[line.LINE_FLAGS] & VERBATIM:
        _write_code(parsed, text, state, row)
    else:
        if one[line.LINE_FLAGS] & HEADING:
            _write_heading(parsed.nodes, one[line.NODE], text, state)
        elif one[line.LINE_FLAGS] & LIST:
            _write_marker(parsed.nodes, one[line.NODE], text, state)
        _copy(parsed, text, state, row)
    state[LAST] = row
    return row + 1


@njit(cache=True, nogil=True)
def _put(text: Bytes, state: Rows, byte: int) -> None:
    text[state[OUT]] = byte
    state[OUT] += 1


@njit(cache=True, nogil=True)
def _copy(parsed: Parsed, text: Bytes, state: Rows, row: int) -> None:
    start, end = parsed.lines[row, line.START], parsed.lines[row, line.END]
    text[state[OUT] : state[OUT] + end - start] = parsed.text[start:end]
    state[OUT] += end - start


@njit(cache=True, nogil=True)
def _up_to(nodes: Rows, node: int, tag: int, stop: int) -> int:
    """The nearest node of a tag that holds `node`, or is it; -1 where a `stop` comes first."""
    while node >= 0 and nodes[node, tree.NODE_TAG] != tag:
        if nodes[node, tree.NODE_TAG] == stop:
            return -1
        node = nodes[node, tree.PARENT]
    return node


@njit(cache=True, nogil=True)
def _separate(parsed: Parsed, text: Bytes, state: Rows, row: int) -> None:
    """Ends the line before: the next follows at once in a list or after a `<br>`."""
    last = state[LAST]
    if last < 0:
        return
    _put(text, state, NEW_LINE)
    before, after = parsed.lines[last], parsed.lines[row]
    tight = before[line.SOFT] and before[line.NODE] == after[line.NODE]
    both = before[line.LINE_FLAGS] & after[line.LINE_FLAGS] & LIST
    if not tight and not (both and not (before[line.LINE_FLAGS] & VERBATIM)):
        _put(text, state, NEW_LINE)


@njit(cache=True, nogil=True)
def _write_heading(nodes: Rows, node: int, text: Bytes, state: Rows) -> None:
    while node >= 0 and not H1 <= nodes[node, tree.NODE_TAG] <= H6:
        node = nodes[node, tree.PARENT]
    if node >= 0:
        for _ in range(nodes[node, tree.NODE_TAG] - H1 + 1):
            _put(text, state, HASH)
        _put(text, state, SPACE)


@njit(cache=True, nogil=True)
def _is_list(tag: int) -> bool:
    return tag in (UL, OL, MENU, DIR)


@njit(cache=True, nogil=True)
def _write_marker(nodes: Rows, node: int, text: Bytes, state: Rows) -> None:
    """The indent of a list item, and its mark before its first line."""
    item = _up_to(nodes, node, LI, TABLE)
    if item < 0 or nodes[item, tree.LAST] - nodes[item, tree.FIRST] > ITEM_LINES:
        return
    depth, holder = -1, nodes[item, tree.PARENT]
    parent = holder
    while holder >= 0:
        depth += _is_list(nodes[holder, tree.NODE_TAG])
        holder = nodes[holder, tree.PARENT]
    for _ in range(2 * min(max(depth, 0), DEEPEST_LIST)):
        _put(text, state, SPACE)
    if item == state[ITEM]:
        _put(text, state, SPACE)
        _put(text, state, SPACE)
        return
    state[ITEM] = item
    if parent >= 0 and nodes[parent, tree.NODE_TAG] == OL:
        _write_number(nodes[item, tree.ORDINAL] + 1, text, state)
        _put(text, state, DOT)
    else:
        _put(text, state, HYPHEN)
    _put(text, state, SPACE)


@njit(cache=True, nogil=True)
def _write_number(number: int, text: Bytes, state: Rows) -> None:
    size = 1
    while 10**size <= number:
        size += 1
    for place in range(size - 1, -1, -1):
        _put(text, state, 0x30 + number // 10**place % 10)


@njit(cache=True, nogil=True)
def _trimmed(parsed: Parsed, row: int) -> tuple[int, int]:
    """The bytes of preformatted text without empty lines around it; its first indent stays."""
    start, end = parsed.lines[row, line.START], parsed.lines[row, line.END]
    while end > start and parsed.text[end - 1] <= SPACE:
        end -= 1
    place = start
    while place < end and parsed.text[place] <= SPACE:
        if parsed.text[place] == NEW_LINE:
            start = place + 1
        place += 1
    return start, end


@njit(cache=True, nogil=True)
def _write_code(parsed: Parsed, text: Bytes, state: Rows, row: int) -> None:
    """Preformatted text, between fences where it is code."""
    start, end = _trimmed(parsed, row)
    one = parsed.lines[row]
    code = one[line.HAN] < CODE_HAN * one[line.CHARS] and not one[line.LINE_FLAGS] & CELL
    if code:
        _fence(text, state)
        _put(text, state, NEW_LINE)
    text[state[OUT] : state[OUT] + end - start] = parsed.text[start:end]
    state[OUT] += end - start
    if code:
        _put(text, state, NEW_LINE)
        _fence(text, state)


@njit(cache=True, nogil=True)
def _fence(text: Bytes, state: Rows) -> None:
    for _ in range(3):
        _put(text, state, TICK)


@njit(cache=True, nogil=True)
def _is_gutter(parsed: Parsed, row: int) -> bool:
    """Whether a line is the numbers that stand beside the lines of some code."""
    one = parsed.lines[row]
    if not one[line.LINE_FLAGS] & VERBATIM:
        return False
    for byte in parsed.text[one[line.START] : one[line.END]]:
        if byte > SPACE and not 0x30 <= byte <= 0x39:
            return False
    return True


@njit(cache=True, nogil=True)
def _data_tables(parsed: Parsed) -> Rows:
    """1 for each row (`<tr>`) of a table that holds data, rather than the layout of a page."""
    nodes = parsed.nodes
    tables = np.zeros(len(nodes), np.int64)
    widest = np.zeros(len(nodes), np.int64)
    for node in range(len(nodes)):
        tag = nodes[node, tree.NODE_TAG]
        if tag == TABLE:
            outer = _up_to(nodes, nodes[node, tree.PARENT], TABLE, -1)
            if outer >= 0 and nodes[node, tree.LAST] > nodes[node, tree.FIRST]:
                widest[outer] = LAYOUT
        elif tag in (TD, TH):
            table = _up_to(nodes, node, TABLE, -1)
            if table >= 0:
                if _is_large(parsed, node):
                    widest[table] = -len(nodes)
                widest[table] = (
                    max(widest[table], nodes[node, tree.ORDINAL] + 1)
                    if widest[table] >= 0
                    else widest[table]
                )
    for node in range(len(nodes)):
        if nodes[node, tree.NODE_TAG] == TR:
            table = _up_to(nodes, node, TABLE, -1)
            if table >= 0:
                tables[node] = widest[table] >= 2
    return tables


@njit(cache=True, nogil=True)
def _is_large(parsed: Parsed, cell: int) -> bool:
    """Whether a cell holds more than a value."""
    first, last = parsed.nodes[cell, tree.FIRST], parsed.nodes[cell, tree.LAST]
    if last - first > CELL_LINES:
        return True
    chars = 0
    for row in range(first, last):
        if parsed.lines[row, line.LINE_FLAGS] & VERBATIM:
            return True
        chars += parsed.lines[row, line.CHARS]
    return chars > CELL_CHARS


@njit(cache=True, nogil=True)
def _write_row(writer: Writer, holder: int) -> None:
    """A row of a table, with a rule under the first; nothing where none of it is kept."""
    nodes, text, state = writer.parsed.nodes, writer.text, writer.state
    first, last = nodes[holder, tree.FIRST], nodes[holder, tree.LAST]
    if not writer.kept[first:last].any():
        return
    table = _up_to(nodes, holder, TABLE, -1)
    previous = state[LAST]
    begins = previous < nodes[table, tree.FIRST]
    if previous >= 0:
        _put(text, state, NEW_LINE)
        if begins:
            _put(text, state, NEW_LINE)
    cells = 0
    node = holder + 1
    while node < len(nodes) and nodes[node, tree.PARENT] >= holder:
        if nodes[node, tree.PARENT] == holder:
            _write_cell(writer, node)
            cells += 1
        node += 1
    _put(text, state, BAR)
    if begins:
        _put(text, state, NEW_LINE)
        for _ in range(cells):
            for byte in (BAR, SPACE, HYPHEN, HYPHEN, HYPHEN, SPACE):
                _put(text, state, byte)
        _put(text, state, BAR)
    state[LAST] = last - 1


@njit(cache=True, nogil=True)
def _write_cell(writer: Writer, cell: int) -> None:
    parsed, text, state = writer.parsed, writer.text, writer.state
    _put(text, state, BAR)
    _put(text, state, SPACE)
    for row in range(parsed.nodes[cell, tree.FIRST], parsed.nodes[cell, tree.LAST]):
        if writer.kept[row]:
            _copy(parsed, text, state, row)
            _put(text, state, SPACE)
