"""One pass over the bytes of pages: tags change what is open, text becomes lines."""

from typing import NamedTuple

import numpy as np
from numba import njit

from quality.kernels.html import tree
from quality.kernels.html.reader import (
    DEPTH,
    IN_LINK,
    LINE,
    LINE_COLUMNS,
    LINES,
    LINKS,
    META_COLUMNS,
    METAS,
    NODES,
    OUT,
    SKIP,
    TICK,
    UNENDED,
    VERBATIM,
    Reader,
    begin_line,
    break_code,
    close_code,
    end_line,
    flags_of,
    flush,
    holder,
    open_code,
    pop,
    push,
)
from quality.kernels.html.scanning import (
    BANG,
    DASH,
    EQUALS,
    GT,
    LT,
    SLASH,
    bits,
    comment_end,
    find,
    hints_of,
    holds,
    is_letter,
    lookup,
    name_end,
    name_hash,
    raw_end,
    skip_spaces,
    value_span,
)
from quality.kernels.html.tables import (
    CONTENT,
    HIDING,
    HINTING,
    HINTS,
    LINKING,
    NAMING,
    STYLING,
    TAG,
    TRAIT,
    Attributes,
    Bytes,
    Parsed,
    Rows,
    Tables,
)
from quality.kernels.html.text import add_text

BLOCK, VOID, RAW, CODE = (TRAIT[name] for name in ("block", "void", "raw", "code"))
BR, TITLE, META, A, PRE = (TAG[name] for name in ("br", "title", "meta", "a", "pre"))

TITLE_KIND = 9
"""What `<title>` is among the titles of `META`: the last to be believed."""

DECLARES = bits("!?/")
CODE_LINE = 1 << list(HINTS).index("code_line")
HIDDEN_STYLE = np.frombuffer(b"display:none", np.uint8)


class Tag(NamedTuple):
    """A start tag: what its attributes say of it, or of the page where it is a `<meta>`."""

    hints: int
    flags: int
    kind: int
    start: int
    end: int


@njit(cache=True, nogil=True)
def parse(data: Bytes, offsets: Rows, known: Tables) -> Parsed:
    """The lines, nodes and metas of every page `data[offsets[i]:offsets[i + 1]]`, in order.

    `text` holds the characters of the lines: references resolved, white space collapsed but where
    it counts. Memory is about 200 bytes for each `<` of the pages, and 1.25 times their size.
    """
    marks = 1
    for byte in data:
        marks += byte == LT
    reader = Reader(
        data,
        np.empty(data.size + data.size // 4 + 16, np.uint8),
        np.empty((marks + offsets.size, LINE_COLUMNS), np.int64),
        np.empty((marks + offsets.size, tree.NODE_COLUMNS), np.int64),
        np.empty((marks, META_COLUMNS), np.int64),
        np.zeros((tree.DEEPEST, 4), np.int64),
        np.zeros(LINE + LINE_COLUMNS, np.int64),
    )
    for page in range(offsets.size - 1):
        _page(reader, known, page, offsets[page], offsets[page + 1])
    state = reader.state
    return Parsed(
        reader.text[: state[OUT]],
        reader.lines[: state[LINES]],
        reader.nodes[: state[NODES]],
        reader.metas[: state[METAS]],
    )


@njit(cache=True, nogil=True, forceinline=True)
def _page(reader: Reader, known: Tables, page: int, start: int, end: int) -> None:
    state = reader.state
    tree.add(reader.nodes, state[NODES], tree.Node(page, -1, TAG_HTML, 0), state[LINES])
    root = state[NODES]
    state[NODES] += 1
    state[DEPTH] = state[UNENDED] = state[TICK] = 0
    push(reader, TAG_HTML, root, 0, 0)
    begin_line(reader)
    closed_comments = True
    at = start
    while at < end:
        if reader.data[at] != LT or at + 1 >= end:
            at = add_text(reader, known.entities, at, end)
            continue
        byte = reader.data[at + 1]
        if is_letter(byte):
            at = _start_tag(reader, known, page, at, end)
        elif byte == SLASH and at + 2 < end and is_letter(reader.data[at + 2]):
            at = _end_tag(reader, known, page, at, end)
        elif byte == BANG and at + 3 < end and _is_dashes(reader.data, at + 2) and closed_comments:
            close = comment_end(reader.data, at + 4, end)
            closed_comments = close <= end
            at = close if closed_comments else at + 4
        elif byte < 64 and DECLARES >> byte & 1:
            at = find(reader.data, at, end, GT) + 1
        else:
            at = add_text(reader, known.entities, at, end)
    flush(reader, page, False)
    pop(reader, 0)


TAG_HTML = TAG["html"]


@njit(cache=True, nogil=True, forceinline=True)
def _is_dashes(data: Bytes, at: int) -> bool:
    return bool(data[at] == DASH and data[at + 1] == DASH)


@njit(cache=True, nogil=True, forceinline=True)
def _start_tag(reader: Reader, known: Tables, page: int, at: int, end: int) -> int:
    data = reader.data
    close = name_end(data, at + 1, end)
    tag = max(lookup(known.tags, name_hash(data, at + 1, close)), 0)
    found, after = _attributes(data, tag, known.attributes, close, end)
    traits = known.traits[tag]
    if tag == BR:
        end_line(reader, page, True)
    elif tag == META:
        _meta(reader, page, found)
    elif traits & RAW:
        name = known.spelled[known.spelling[tag] : known.spelling[tag + 1]]
        if tag == TITLE:
            return _title(reader, page, name, after, end)
        return find(data, raw_end(data, after, end, name), end, GT) + 1
    if traits & VOID or tag == 0:
        if traits & BLOCK:
            end_line(reader, page, False)
        return after
    if traits & BLOCK:
        end_line(reader, page, False)
        pop(reader, tree.implied_by(reader.stack, reader.state[DEPTH], tag, known.traits))
    node = _node(reader, page, tag, found.hints) if traits & BLOCK else -1
    _open(reader, tag, node, found.flags | known.flags[tag], found.hints)
    if traits & CODE:
        open_code(reader)
    if found.hints & CODE_LINE:
        break_code(reader)
    return after


@njit(cache=True, nogil=True, forceinline=True)
def _node(reader: Reader, page: int, tag: int, hints: int) -> int:
    """The node of a block element that begins."""
    state = reader.state
    node = state[NODES]
    tree.add(reader.nodes, node, tree.Node(page, holder(reader), tag, hints), state[LINES])
    state[NODES] += 1
    return int(node)


@njit(cache=True, nogil=True, forceinline=True)
def _open(reader: Reader, tag: int, node: int, flags: int, hints: int) -> None:
    """Opens an element within those that are open."""
    depth = reader.state[DEPTH]
    if tag == A:
        tree.unlink(reader.stack, depth)
        reader.state[LINE + LINKS] += 1
    if depth < tree.DEEPEST:
        hints |= reader.stack[depth - 1, tree.OPEN_HINTS]
        push(reader, tag, node, flags_of(reader) | flags, hints)


@njit(cache=True, nogil=True, forceinline=True)
def _attributes(data: Bytes, tag: int, known: Attributes, at: int, end: int) -> tuple[Tag, int]:
    """What the attributes say, and where the tag is over."""
    hints = flags = kind = start = stop = 0
    while True:
        at = skip_spaces(data, at, end)
        if at >= end or data[at] == GT:
            break
        close = name_end(data, at, end)
        if close == at:
            at += 1
            continue
        use = lookup(known.names, name_hash(data, at, close))
        at = skip_spaces(data, close, end)
        first = last = at
        if at < end and data[at] == EQUALS:
            first, last, at = value_span(data, skip_spaces(data, at + 1, end), end)
        if use == HINTING:
            hints |= hints_of(data, first, last, known.hints)
        elif use == CONTENT:
            start, stop = first, last
        elif use == NAMING and tag == META:
            kind = max(lookup(known.metas, name_hash(data, first, last)), 0)
        elif use == LINKING and tag == A:
            flags |= IN_LINK
        elif use == HIDING or (use == STYLING and holds(data, first, last, HIDDEN_STYLE)):
            flags |= SKIP
    return Tag(hints, flags, kind, start, stop), min(at + 1, end)


@njit(cache=True, nogil=True, forceinline=True)
def _meta(reader: Reader, page: int, found: Tag) -> None:
    if found.kind and found.end > found.start:
        _tell(reader, page, found.kind, found.start, found.end)


@njit(cache=True, nogil=True, forceinline=True)
def _tell(reader: Reader, page: int, kind: int, start: int, end: int) -> None:
    row = reader.metas[reader.state[METAS]]
    row[0], row[1], row[2], row[3] = page, kind, start, end
    reader.state[METAS] += 1


@njit(cache=True, nogil=True, forceinline=True)
def _title(reader: Reader, page: int, name: Bytes, at: int, end: int) -> int:
    """Tells of the title as of a meta; one without an end must not swallow the page."""
    data, state = reader.data, reader.state
    close = end if state[UNENDED] else raw_end(data, at, end, name)
    if close == end:
        state[UNENDED] = 1
        close = find(data, at, end, LT)
    if not flags_of(reader) & SKIP:
        _tell(reader, page, TITLE_KIND, at, close)
    return close


@njit(cache=True, nogil=True, forceinline=True)
def _leaves(stack: Rows, kept: int) -> int:
    """The hints that hold no longer where but `kept` elements stay open."""
    return int(stack[kept, tree.OPEN_HINTS] & ~stack[kept - 1, tree.OPEN_HINTS])


@njit(cache=True, nogil=True, forceinline=True)
def _end_tag(reader: Reader, known: Tables, page: int, at: int, end: int) -> int:
    data, state = reader.data, reader.state
    close = name_end(data, at + 2, end)
    tag = lookup(known.tags, name_hash(data, at + 2, close))
    after = min(find(data, close, end, GT) + 1, end)
    if tag < 0:
        return after
    if tag == BR:
        end_line(reader, page, True)
        return after
    if known.traits[tag] & CODE:
        close_code(reader)
    kept = max(tree.ended_by(reader.stack, state[DEPTH], tag, known.traits), 1)
    if kept < state[DEPTH] and _leaves(reader.stack, kept) & CODE_LINE:
        break_code(reader)
    if known.traits[tag] & BLOCK:
        if reader.stack[kept, tree.OPEN_FLAGS] & VERBATIM and kept < state[DEPTH] and tag == PRE:
            flush(reader, page, False)
        else:
            end_line(reader, page, False)
    pop(reader, kept)
    return after
