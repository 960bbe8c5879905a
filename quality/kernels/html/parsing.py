"""One pass over the bytes of pages: tags change what is open, text becomes lines."""

from typing import NamedTuple

import numpy as np
from numba import njit

from quality.kernels.html import tree
from quality.kernels.html.scanning import (
    AMP,
    BANG,
    DASH,
    EQUALS,
    GT,
    LT,
    QUESTION,
    SLASH,
    character,
    comment_end,
    find,
    hints_of,
    holds,
    is_letter,
    is_space,
    lookup,
    name_end,
    name_hash,
    put,
    raw_end,
    reference,
    skip_spaces,
    value_span,
)
from quality.kernels.html.tables import (
    CONTENT,
    FLAG,
    HIDING,
    HINTING,
    LINKING,
    NAMING,
    STYLING,
    TAG,
    TRAIT,
    Bytes,
    Parsed,
    Rows,
    Tables,
)

(
    LINE_PAGE, START, END, NODE, LINE_TAG, LINE_FLAGS, LINE_HINTS, CHARS, HAN, STOPS, LINKED, SOFT,
) = range(12)  # fmt: skip
LINE_COLUMNS = 12
"""Of a line: its page, its bytes in `text`, the node that holds it, the tag of that node, the
flags and the hints of all that holds it, its characters but white space, how many of them are Han,
how many punctuation of a sentence, how many in links, and whether it ends with a mere `<br>`."""

META_COLUMNS = 4
"""Of a `<meta>` that says something of the page: the page, `META`'s number, the first byte of its
content in the pages' bytes and the one after its last."""

DEPTH, LINES, NODES, METAS, OUT, SPACE, WIDE, UNENDED = range(8)
"""What changes as the pages are read: open elements, what was written so far, the white space that
is due (1, or 2 with a new line), whether the last character was a wide one, and whether the page
has a title without an end. `CHARS` to `LINKED` and `START` of the line that is being read have the
places of their columns after them."""
LINE = 8

BLOCK, VOID, RAW = TRAIT["block"], TRAIT["void"], TRAIT["raw"]
SKIP, IN_LINK, VERBATIM, HEADING = (FLAG[name] for name in ("skip", "link", "verbatim", "heading"))
BR, TITLE, META, A = (TAG[name] for name in ("br", "title", "meta", "a"))

TITLE_KIND = 9
"""What `<title>` is among the titles of `META`: the last to be believed."""

HIDDEN_STYLE = np.frombuffer(b"display:none", np.uint8)


class Reader(NamedTuple):
    """What the pages are read from and written to."""

    data: Bytes
    text: Bytes
    lines: Rows
    nodes: Rows
    metas: Rows
    stack: Rows
    state: Rows
    known: Tables


class Tag(NamedTuple):
    """A start tag: what its attributes say."""

    hints: int
    hidden: bool
    linked: bool
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
        known,
    )
    for page in range(offsets.size - 1):
        _page(reader, page, offsets[page], offsets[page + 1])
    state = reader.state
    return Parsed(
        reader.text[: state[OUT]],
        reader.lines[: state[LINES]],
        reader.nodes[: state[NODES]],
        reader.metas[: state[METAS]],
    )


@njit(cache=True, nogil=True, forceinline=True)
def _page(reader: Reader, page: int, start: int, end: int) -> None:
    state = reader.state
    tree.add(reader.nodes, state[NODES], tree.Node(page, -1, TAG_HTML, 0), state[LINES])
    root = state[NODES]
    state[NODES] += 1
    state[DEPTH] = state[UNENDED] = 0
    _push(reader, TAG_HTML, root, 0, 0)
    _begin_line(reader)
    closed_comments = True
    at = start
    while at < end:
        if reader.data[at] != LT or at + 1 >= end:
            at = _text(reader, at, end)
            continue
        byte = reader.data[at + 1]
        if is_letter(byte):
            at = _start_tag(reader, page, at, end)
        elif byte == SLASH and at + 2 < end and is_letter(reader.data[at + 2]):
            at = _end_tag(reader, page, at, end)
        elif byte == BANG and at + 3 < end and _is_dashes(reader.data, at + 2) and closed_comments:
            close = comment_end(reader.data, at + 4, end)
            closed_comments = close <= end
            at = close if closed_comments else at + 4
        elif byte in (BANG, QUESTION, SLASH):
            at = find(reader.data, at, end, GT) + 1
        else:
            at = _text(reader, at, end)
    _flush(reader, page, False)
    _close(reader, 0)


TAG_HTML = TAG["html"]


@njit(cache=True, nogil=True, forceinline=True)
def _is_dashes(data: Bytes, at: int) -> bool:
    return bool(data[at] == DASH and data[at + 1] == DASH)


@njit(cache=True, nogil=True, forceinline=True)
def _push(reader: Reader, tag: int, node: int, flags: int, hints: int) -> None:
    depth = reader.state[DEPTH]
    reader.stack[depth, tree.OPEN_TAG] = tag
    reader.stack[depth, tree.OPEN_NODE] = node
    reader.stack[depth, tree.OPEN_FLAGS] = flags
    reader.stack[depth, tree.OPEN_HINTS] = hints
    reader.state[DEPTH] += 1


@njit(cache=True, nogil=True, forceinline=True)
def _close(reader: Reader, kept: int) -> None:
    """Closes all open elements but the outermost `kept`."""
    for place in range(kept, reader.state[DEPTH]):
        node = reader.stack[place, tree.OPEN_NODE]
        if node >= 0:
            reader.nodes[node, tree.LAST] = reader.state[LINES]
    reader.state[DEPTH] = kept


@njit(cache=True, nogil=True, forceinline=True)
def _holder(reader: Reader) -> int:
    """The node of the innermost open block element."""
    place = reader.state[DEPTH] - 1
    while reader.stack[place, tree.OPEN_NODE] < 0:
        place -= 1
    return int(reader.stack[place, tree.OPEN_NODE])


@njit(cache=True, nogil=True, forceinline=True)
def _flags(reader: Reader) -> int:
    return int(reader.stack[reader.state[DEPTH] - 1, tree.OPEN_FLAGS])


@njit(cache=True, nogil=True, forceinline=True)
def _begin_line(reader: Reader) -> None:
    state = reader.state
    state[LINE + START] = state[OUT]
    for column in (CHARS, HAN, STOPS, LINKED):
        state[LINE + column] = 0
    state[SPACE] = 0
    state[WIDE] = 0


@njit(cache=True, nogil=True, forceinline=True)
def _flush(reader: Reader, page: int, soft: bool) -> None:
    """Ends the line that is being read; one without characters leaves nothing."""
    state = reader.state
    if state[LINE + CHARS] == 0:
        state[OUT] = state[LINE + START]
        if soft and state[LINES] > 0 and reader.lines[state[LINES] - 1, LINE_PAGE] == page:
            # A second <br> in a row ends a paragraph.
            reader.lines[state[LINES] - 1, SOFT] = 0
        _begin_line(reader)
        return
    row = reader.lines[state[LINES]]
    node = _holder(reader)
    row[LINE_PAGE] = page
    row[START] = state[LINE + START]
    row[END] = state[OUT]
    row[NODE] = node
    row[LINE_TAG] = reader.nodes[node, tree.NODE_TAG]
    row[LINE_FLAGS] = _flags(reader)
    row[LINE_HINTS] = reader.stack[state[DEPTH] - 1, tree.OPEN_HINTS]
    for column in (CHARS, HAN, STOPS, LINKED):
        row[column] = state[LINE + column]
    row[SOFT] = soft
    state[LINES] += 1
    _begin_line(reader)


@njit(cache=True, nogil=True, forceinline=True)
def _break(reader: Reader, page: int, soft: bool) -> None:
    """Ends the line; where white space counts, a new line is written instead."""
    state = reader.state
    if not _flags(reader) & VERBATIM:
        _flush(reader, page, soft)
    elif state[OUT] > state[LINE + START] and (soft or reader.text[state[OUT] - 1] != 0x0A):
        reader.text[state[OUT]] = 0x0A
        state[OUT] += 1


@njit(cache=True, nogil=True, forceinline=True)
def _start_tag(reader: Reader, page: int, at: int, end: int) -> int:
    data, known = reader.data, reader.known
    close = name_end(data, at + 1, end)
    place = lookup(known.names, name_hash(data, at + 1, close))
    tag = known.tags[place] if place >= 0 else 0
    found, after = _attributes(reader, tag, close, end)
    traits = known.traits[tag]
    if tag == BR:
        _break(reader, page, True)
    elif tag == META:
        _meta(reader, page, found)
    elif traits & RAW:
        return _raw(reader, page, tag, after, end)
    if traits & VOID or tag == 0:
        if traits & BLOCK:
            _break(reader, page, False)
        return after
    _open(reader, page, tag, found)
    return after


@njit(cache=True, nogil=True, forceinline=True)
def _open(reader: Reader, page: int, tag: int, found: Tag) -> None:
    """Opens an element: what it ends is closed, and a block element begins a line and a node."""
    known, state = reader.known, reader.state
    block = known.traits[tag] & BLOCK
    if block:
        _break(reader, page, False)
        _close(reader, tree.implied_by(reader.stack, state[DEPTH], tag, known))
    if tag == A:
        tree.unlink(reader.stack, state[DEPTH])
    if state[DEPTH] == tree.DEEPEST:
        return
    flags = _flags(reader) | known.flags[tag]
    if tag == A and found.linked:
        flags |= IN_LINK
    if found.hidden:
        flags |= SKIP
    hints = reader.stack[state[DEPTH] - 1, tree.OPEN_HINTS] | found.hints
    node = -1
    if block:
        node = state[NODES]
        begun = tree.Node(page, _holder(reader), tag, found.hints)
        tree.add(reader.nodes, node, begun, state[LINES])
        state[NODES] += 1
    _push(reader, tag, node, flags, hints)


@njit(cache=True, nogil=True, forceinline=True)
def _attributes(reader: Reader, tag: int, at: int, end: int) -> tuple[Tag, int]:
    """What the attributes say, and where the tag is over."""
    data, known = reader.data, reader.known
    hints = kind = start = stop = 0
    hidden = linked = False
    while True:
        at = skip_spaces(data, at, end)
        if at >= end or data[at] == GT:
            break
        close = name_end(data, at, end)
        if close == at:
            at += 1
            continue
        place = lookup(known.attributes, name_hash(data, at, close))
        use = known.uses[place] if place >= 0 else -1
        at = skip_spaces(data, close, end)
        first = last = at
        if at < end and data[at] == EQUALS:
            first, last, at = value_span(data, skip_spaces(data, at + 1, end), end)
        if use == HINTING:
            hints |= hints_of(data, first, last, known)
        elif use == CONTENT:
            start, stop = first, last
        elif use == NAMING and tag == META:
            kind = _meta_kind(data, first, last, known)
        linked |= use == LINKING
        hidden |= use == HIDING or (use == STYLING and holds(data, first, last, HIDDEN_STYLE))
    return Tag(hints, hidden, linked, kind, start, stop), min(at + 1, end)


@njit(cache=True, nogil=True, forceinline=True)
def _meta_kind(data: Bytes, at: int, end: int, known: Tables) -> int:
    place = lookup(known.metas, name_hash(data, at, end))
    return int(known.kinds[place]) if place >= 0 else 0


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
def _raw(reader: Reader, page: int, tag: int, at: int, end: int) -> int:
    """Passes over an element that holds no elements; a title is told of as a meta is.

    A title without an end is over at the next tag: it must not swallow the page.
    """
    data, state, known = reader.data, reader.state, reader.known
    name = known.spelled[known.spelling[tag] : known.spelling[tag + 1]]
    if tag != TITLE:
        return find(data, raw_end(data, at, end, name), end, GT) + 1
    close = end if state[UNENDED] else raw_end(data, at, end, name)
    if close == end:
        state[UNENDED] = 1
        close = find(data, at, end, LT)
    if not _flags(reader) & SKIP:
        _tell(reader, page, TITLE_KIND, at, close)
    return close


@njit(cache=True, nogil=True, forceinline=True)
def _end_tag(reader: Reader, page: int, at: int, end: int) -> int:
    data, known, state = reader.data, reader.known, reader.state
    close = name_end(data, at + 2, end)
    place = lookup(known.names, name_hash(data, at + 2, close))
    after = min(find(data, close, end, GT) + 1, end)
    if place < 0:
        return after
    tag = known.tags[place]
    if tag == BR:
        _break(reader, page, True)
        return after
    kept = max(tree.ended_by(reader.stack, state[DEPTH], tag, known), 1)
    if known.traits[tag] & BLOCK:
        if reader.stack[kept, tree.OPEN_FLAGS] & VERBATIM and kept < state[DEPTH] and tag in PRES:
            _flush(reader, page, False)
        else:
            _break(reader, page, False)
    _close(reader, kept)
    return after


PRES = (TAG["pre"], TAG["listing"])


@njit(cache=True, nogil=True, forceinline=True)
def _text(reader: Reader, at: int, end: int) -> int:
    """Adds the text up to the next `<` to the line that is being read."""
    flags = _flags(reader)
    if flags & SKIP:
        return find(reader.data, at + 1, end, LT)
    return _add_text(reader, flags, at, end)


@njit(cache=True, nogil=True, forceinline=True)
def _next(data: Bytes, at: int, end: int, known: Tables) -> tuple[int, int, int]:
    """The one or two characters that the text has at `at`, and the bytes that they take."""
    point, size = character(data, at)
    second = 0
    if point == AMP:
        point, second, size = reference(data, at, end, known)
        if size == 0:
            point, size = AMP, 1
    return 0x20 if point == 0xA0 else point, second, size


@njit(cache=True, nogil=True, forceinline=True)
def _add_text(reader: Reader, flags: int, at: int, end: int) -> int:
    """As `_text`. The state of the line is held in local variables: this loop is the hot one."""
    data, text, state = reader.data, reader.text, reader.state
    verbatim = flags & VERBATIM != 0
    begin, out, due, wide = state[LINE + START], state[OUT], state[SPACE], state[WIDE]
    chars = han = stops = 0
    first = at
    while at < end and (data[at] != LT or at == first):
        point, second, size = _next(data, at, end, reader.known)
        at += size
        if point <= 0x20:
            if verbatim and is_space(point) and point != 0x0D:
                text[out] = point
                out += 1
            elif is_space(point):
                due = 2 if point == 0x0A or due == 2 else 1
            continue
        is_wide = _is_wide(point)
        # A new line between two wide characters is one of the source, not of the text.
        if due and out > begin and not (due == 2 and is_wide and wide):
            text[out] = 0x20
            out += 1
        due, wide = 0, is_wide
        out = put(text, out, point)
        if second:
            out = put(text, out, second)
        if point not in (0x3000, 0xFEFF):
            stop = _is_stop(point)
            chars += 1
            han += is_wide and not stop
            stops += stop
    state[OUT], state[SPACE], state[WIDE] = out, due, wide
    state[LINE + CHARS] += chars
    state[LINE + HAN] += han
    state[LINE + STOPS] += stops
    if flags & IN_LINK:
        state[LINE + LINKED] += chars
    return at


@njit(cache=True, nogil=True, forceinline=True)
def _is_wide(point: int) -> bool:
    """Han, kana, and the punctuation and letters of their width."""
    if point < 0x2E80:
        return False
    return point < 0xA4D0 or 0xF900 <= point < 0xFB00 or 0xFE30 <= point < 0xFF61 or point > 0x1FFFF


@njit(cache=True, nogil=True, forceinline=True)
def _is_stop(point: int) -> bool:
    """Punctuation that a sentence has and a menu has not."""
    if point < 0x80:
        return point in (0x2C, 0x2E, 0x21, 0x3F, 0x3B)
    if point < 0x3000:
        return 0x201C <= point <= 0x201D or point == 0x2026
    if point < 0xFF00:
        return 0x3001 <= point <= 0x3002 or 0x300A <= point <= 0x300F
    return point in (0xFF0C, 0xFF01, 0xFF1F, 0xFF1A, 0xFF1B)
