"""What a line of a page is like, in numbers: itself, what holds it, and what stands around it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from quality.kernels.html import reader as line
from quality.kernels.html import tree
from quality.kernels.html.automaton import Automaton
from quality.kernels.html.scanning import bits, lowered
from quality.kernels.html.tables import FLAGS, HINTS, Bytes, Parsed, Rows

Features = npt.NDArray[np.float32]
Sums = npt.NDArray[np.int64]

PLACES = FLAGS[3:]
"""The flags that are features: what is skipped is no line, and link and verbatim are counted."""

HOLDERS = 4
"""The node of a line, its parent and so on: how many of them are described."""

HOLDER_HINTS = ("good", "comment", "related", "foot", "byline", "title")

NEAR = (1, 2, 3)
"""How far before and after a line its neighbours are described."""

_OWN = (
    "chars", "han", "stop_share", "stops", "linked", "digits", "notice", "ends", "soft", "verbatim",
    "links",
)  # fmt: skip
_HELD = ("chars", "linked", "stops", "lines", "prose", "children")
_MAIN = ("in", "parent", "grandparent", "before", "after", "place", "share", "own", "child")
_PAGE = (
    "chars", "linked", "prose", "place", "chars_before", "last", "next", "prose_before",
    "prose_after",
)  # fmt: skip
_NEAR = ("chars", "linked")

FEATURES = (
    *_OWN,
    *(f"within_{name}" for name in PLACES),
    *(f"hint_{name}" for name in HINTS),
    *(f"holder{level}_{name}" for level in range(HOLDERS) for name in _HELD),
    *(f"holder{level}_hint_{name}" for level in (1, 2) for name in HOLDER_HINTS),
    *(f"main_{name}" for name in _MAIN),
    *(f"page_{name}" for name in _PAGE),
    *(f"near{step:+d}_{name}" for gap in NEAR for step in (-gap, gap) for name in _NEAR),
)
"""The columns of what `describe` returns; every share is 0 to 1, every count of characters is
the logarithm of one more, and distances are in lines, at most `FAR`."""

FAR = 50
WITHIN, HINT, HOLDER, HOLDER_HINT, MAIN, PAGE_AT, NEAR_AT = (
    FEATURES.index(name)
    for name in (
        f"within_{PLACES[0]}", "hint_good", "holder0_chars", "holder1_hint_good", "main_in",
        "page_chars", "near-1_chars",
    )
)  # fmt: skip
HELD, KINDS, HINT_COUNT, PLACE_COUNT = len(_HELD), len(HOLDER_HINTS), len(HINTS), len(PLACES)
FIRST_PLACE = len(FLAGS) - len(PLACES)
HINT_BITS = tuple(list(HINTS).index(name) for name in HOLDER_HINTS)

PROSE_CHARS = 20
"""Characters from which a line with punctuation, and few of them in links, counts as prose."""

NOTICE_BYTES = 300
"""Bytes of a line in which notices are looked for: a notice is short, or begins its line."""

ENDS_CJK = bits("。」』", 0x3000)
ENDS_ASCII, ENDS_WIDE = bits('.!?;:"'), bits("！？：；", 0xFF00)
COUNTED = (line.CHARS, line.LINKED, line.STOPS)
SUM_CHARS, SUM_LINKED, SUM_STOPS, SUM_PROSE = range(4)


class Page(NamedTuple):
    """A page among others: its lines are those from `start` to `stop`, `main` its main node."""

    parsed: Parsed
    sums: Sums
    weights: npt.NDArray[np.float64]
    main: int
    start: int
    stop: int


@njit(cache=True, nogil=True)
def describe(parsed: Parsed, notices: Automaton) -> Features:
    """The features of every line: lines by `FEATURES`."""
    lines = parsed.lines
    found = np.zeros((len(lines), len(FEATURES)), np.float32)
    sums = _sums(lines)
    weights = _weights(parsed, sums)
    lengths = np.zeros(NOTICE_BYTES, np.int64)
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop, line.LINE_PAGE] == lines[start, line.LINE_PAGE]:
            stop += 1
        page = Page(parsed, sums, weights, _main_node(parsed, weights, start), start, stop)
        for row in range(start, stop):
            _own(parsed, notices, lengths, row, found[row])
            _holders(page, row, found[row])
            _main(page, row, found[row])
        _page(page, found)
        start = stop
    return found


@njit(cache=True, nogil=True)
def is_prose(row: Rows) -> bool:
    """Whether a line reads as running text."""
    few = row[line.LINKED] * 5 < row[line.CHARS] * 2
    return bool(row[line.CHARS] >= PROSE_CHARS and row[line.STOPS] >= 1 and few)


@njit(cache=True, nogil=True)
def prose_lines(lines: Rows) -> npt.NDArray[np.bool_]:
    """Which lines read as running text."""
    found = np.zeros(len(lines), np.bool_)
    for row in range(len(lines)):
        found[row] = is_prose(lines[row])
    return found


@njit(cache=True, nogil=True)
def _sums(lines: Rows) -> Sums:
    """Characters, those in links, punctuation, and those in prose, of the lines before each."""
    sums = np.zeros((len(lines) + 1, 4), np.int64)
    for row in range(len(lines)):
        for column in range(3):
            sums[row + 1, column] = sums[row, column] + lines[row, COUNTED[column]]
        prose = lines[row, line.CHARS] if is_prose(lines[row]) else 0
        sums[row + 1, SUM_PROSE] = sums[row, SUM_PROSE] + prose
    return sums


@njit(cache=True, nogil=True)
def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


@njit(cache=True, nogil=True)
def _weights(parsed: Parsed, sums: Sums) -> npt.NDArray[np.float64]:
    """How much prose each node holds, less the further down it stands and the more is in links."""
    weights = np.zeros(len(parsed.nodes))
    for row in range(len(parsed.lines)):
        one = parsed.lines[row]
        if is_prose(one):
            weight = 1 + min(one[line.STOPS], 8) + min(one[line.CHARS] / 100, 3)
            node = one[line.NODE]
            for part in (1.0, 0.7, 0.4, 0.2):
                weights[node] += weight * part
                if parsed.nodes[node, tree.PARENT] < 0:
                    break
                node = parsed.nodes[node, tree.PARENT]
    for node in range(len(weights)):
        first, last = parsed.nodes[node, tree.FIRST], parsed.nodes[node, tree.LAST]
        chars = sums[last, SUM_CHARS] - sums[first, SUM_CHARS]
        weights[node] *= 1 - _share(sums[last, SUM_LINKED] - sums[first, SUM_LINKED], chars)
    return weights


@njit(cache=True, nogil=True)
def _main_node(parsed: Parsed, weights: npt.NDArray[np.float64], first_line: int) -> int:
    """The weightiest node of the page that `first_line` is of."""
    nodes = parsed.nodes
    node = parsed.lines[first_line, line.NODE]
    while nodes[node, tree.PARENT] >= 0:
        node = nodes[node, tree.PARENT]
    best, page = int(node), nodes[node, tree.PAGE]
    while node < len(nodes) and nodes[node, tree.PAGE] == page:
        if weights[node] > weights[best]:
            best = int(node)
        node += 1
    return best


@njit(cache=True, nogil=True)
def _own(parsed: Parsed, notices: Automaton, lengths: Rows, row: int, out: Features) -> None:
    one = parsed.lines[row]
    chars = max(one[line.CHARS], 1)
    text = parsed.text[one[line.START] : one[line.END]]
    out[0] = np.log1p(one[line.CHARS])
    out[1] = one[line.HAN] / chars
    out[2] = one[line.STOPS] / chars
    out[3] = min(one[line.STOPS], 10)
    out[4] = one[line.LINKED] / chars
    out[5] = _digits(text) / chars
    out[6] = notice_share(text, notices, lengths)
    out[7] = _ends_sentence(text)
    out[8] = one[line.SOFT]
    out[9] = (one[line.LINE_FLAGS] & line.VERBATIM) != 0
    out[10] = np.log1p(one[line.LINKS])
    for bit in range(PLACE_COUNT):
        out[WITHIN + bit] = one[line.LINE_FLAGS] >> (bit + FIRST_PLACE) & 1
    for bit in range(HINT_COUNT):
        out[HINT + bit] = one[line.LINE_HINTS] >> bit & 1


@njit(cache=True, nogil=True)
def _digits(text: Bytes) -> int:
    count = 0
    for byte in text:
        count += 0x30 <= byte <= 0x39
    return count


@njit(cache=True, nogil=True)
def notice_share(text: Bytes, notices: Automaton, lengths: Rows) -> float:
    """Share of the first bytes of a line that are in words of notices, 0 to 1.

    `lengths` is space for `NOTICE_BYTES` numbers: the longest word that ends at each byte.
    """
    state = 0
    size = min(text.size, NOTICE_BYTES)
    for place in range(size):
        state = notices.step[state, notices.classes[lowered(text[place])]]
        lengths[place] = notices.found[state]
    covered = left = 0
    for place in range(size - 1, -1, -1):
        left = max(left - 1, lengths[place])
        covered += left > 0
    return _share(covered, size)


@njit(cache=True, nogil=True)
def _ends_sentence(text: Bytes) -> bool:
    """Whether the last character is punctuation that ends a sentence or a clause."""
    size = text.size
    if size == 0:
        return False
    last = int(text[size - 1])
    if last < 0x80:
        return last < 64 and ENDS_ASCII >> last & 1 != 0
    if size < 3:
        return False
    point = (int(text[size - 3]) & 0x0F) << 12 | (int(text[size - 2]) & 0x3F) << 6 | last & 0x3F
    if 0xFF00 <= point < 0xFF00 + 64:
        return ENDS_WIDE >> (point - 0xFF00) & 1 != 0
    if 0x3000 <= point < 0x3000 + 64:
        return ENDS_CJK >> (point - 0x3000) & 1 != 0
    return 0x201D <= point <= 0x2026


@njit(cache=True, nogil=True)
def _holders(page: Page, row: int, out: Features) -> None:
    parsed, sums = page.parsed, page.sums
    node = parsed.lines[row, line.NODE]
    prose = sums[page.stop, SUM_PROSE] - sums[page.start, SUM_PROSE]
    for level in range(HOLDERS):
        holder = parsed.nodes[node]
        first, last = holder[tree.FIRST], holder[tree.LAST]
        chars = sums[last, SUM_CHARS] - sums[first, SUM_CHARS]
        at = HOLDER + level * HELD
        out[at] = np.log1p(chars)
        out[at + 1] = _share(sums[last, SUM_LINKED] - sums[first, SUM_LINKED], chars)
        out[at + 2] = _share(sums[last, SUM_STOPS] - sums[first, SUM_STOPS], chars)
        out[at + 3] = np.log1p(last - first)
        out[at + 4] = _share(sums[last, SUM_PROSE] - sums[first, SUM_PROSE], prose)
        out[at + 5] = np.log1p(holder[tree.CHILDREN])
        if 1 <= level <= 2:
            for kind in range(KINDS):
                bit = holder[tree.HINTED] >> HINT_BITS[kind] & 1
                out[HOLDER_HINT + (level - 1) * KINDS + kind] = bit
        if holder[tree.PARENT] >= 0:
            node = holder[tree.PARENT]


@njit(cache=True, nogil=True)
def _main(page: Page, row: int, out: Features) -> None:
    parsed, sums, weights, main = page.parsed, page.sums, page.weights, page.main
    nodes = parsed.nodes
    node = parsed.lines[row, line.NODE]
    first, last = nodes[main, tree.FIRST], nodes[main, tree.LAST]
    outer = main
    for column in range(3):
        out[MAIN + column] = nodes[outer, tree.FIRST] <= row < nodes[outer, tree.LAST]
        if nodes[outer, tree.PARENT] >= 0:
            outer = nodes[outer, tree.PARENT]
    out[MAIN + 3] = min(max(first - row, 0), FAR)
    out[MAIN + 4] = min(max(row - last + 1, 0), FAR)
    out[MAIN + 5] = (row - first) / (last - first) if first <= row < last else -1
    chars = sums[page.stop, SUM_CHARS] - sums[page.start, SUM_CHARS]
    out[MAIN + 6] = _share(sums[last, SUM_CHARS] - sums[first, SUM_CHARS], chars)
    out[MAIN + 7] = _share(weights[node], weights[main])
    out[MAIN + 8] = nodes[node, tree.PARENT] == main


@njit(cache=True, nogil=True)
def _page(page: Page, found: Features) -> None:
    lines, sums, start, stop = page.parsed.lines, page.sums, page.start, page.stop
    chars = sums[stop, SUM_CHARS] - sums[start, SUM_CHARS]
    linked = sums[stop, SUM_LINKED] - sums[start, SUM_LINKED]
    prose = sums[stop, SUM_PROSE] - sums[start, SUM_PROSE]
    last, following = -FAR, 2 * FAR + stop
    for row in range(start, stop):
        out = found[row]
        out[PAGE_AT] = np.log1p(chars)
        out[PAGE_AT + 1] = _share(linked, chars)
        out[PAGE_AT + 2] = _share(prose, chars)
        out[PAGE_AT + 3] = (row - start) / (stop - start)
        out[PAGE_AT + 4] = _share(sums[row, SUM_CHARS] - sums[start, SUM_CHARS], chars)
        out[PAGE_AT + 5] = min(row - last, FAR) if last >= start else FAR
        out[PAGE_AT + 7] = _share(sums[row, SUM_PROSE] - sums[start, SUM_PROSE], prose)
        out[PAGE_AT + 8] = _share(sums[stop, SUM_PROSE] - sums[row + 1, SUM_PROSE], prose)
        if is_prose(lines[row]):
            last = row
        _neighbours(lines, row, start, stop, out)
    for row in range(stop - 1, start - 1, -1):
        found[row, PAGE_AT + 6] = min(following - row, FAR)
        if is_prose(lines[row]):
            following = row


@njit(cache=True, nogil=True)
def _neighbours(lines: Rows, row: int, start: int, stop: int, out: Features) -> None:
    """Length and links of the lines around; -1 for the links of one that is not there."""
    at = NEAR_AT
    for gap in NEAR:
        for other in (row - gap, row + gap):
            out[at + 1] = -1
            if start <= other < stop:
                out[at] = np.log1p(lines[other, line.CHARS])
                out[at + 1] = lines[other, line.LINKED] / max(lines[other, line.CHARS], 1)
            at += 2
