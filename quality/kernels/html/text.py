"""Text between tags: character references, white space, and what kinds of characters a line has."""

import numpy as np
from numba import njit

from quality.kernels.html.reader import (
    CHARS,
    HAN,
    IN_LINK,
    LINE,
    LINKED,
    LITERAL,
    OUT,
    SKIP,
    SPACE,
    START,
    STOPS,
    VERBATIM,
    WIDE,
    WITHIN,
    Reader,
    flags_of,
)
from quality.kernels.html.scanning import LT, bits, find, is_space, put, reference
from quality.kernels.html.tables import Bytes, Entities, Rows

NO_BREAK_SPACE = 0xA0
BEYOND = 0x20000
"""What stands for any character beyond the basic plane: nearly all are Han."""
MARKUP = bits("<&")
STOPS_ASCII, STOPS_WIDE = bits(",.!?;"), bits("，！？：；", 0xFF00)


@njit(cache=True, nogil=True, forceinline=True)
def add_text(reader: Reader, entities: Entities, at: int, end: int) -> int:
    """Adds the text up to the next `<` to the line that is being read; the place after it."""
    data, text, state = reader.data, reader.text, reader.state
    state[WITHIN] = flags_of(reader)
    if state[WITHIN] & SKIP:
        return find(data, at + 1, end, LT)
    if data[at] == LT:
        at = _add_one(data, text, state, at)
    while at < end:
        at = _add(data, text, state, at, end)
        if at == end or data[at] == LT:
            break
        point, second, size = reference(data, at, end, entities)
        if size == 0:
            at = _add_one(data, text, state, at)
            continue
        at += size
        characters = np.empty(8, np.uint8)
        bytes_of = put(characters, 0, point)
        if second:
            bytes_of = put(characters, bytes_of, second)
        state[LITERAL] = 1
        _add(characters, text, state, 0, bytes_of)
        state[LITERAL] = 0
    return at


@njit(cache=True, nogil=True)
def _add_one(data: Bytes, text: Bytes, state: Rows, at: int) -> int:
    """Adds a `<` or a `&` that means itself."""
    state[LITERAL] = 1
    at = _add(data, text, state, at, at + 1)
    state[LITERAL] = 0
    return at


@njit(cache=True, nogil=True)
def _add(data: Bytes, text: Bytes, state: Rows, at: int, end: int) -> int:
    """Adds characters up to the next `<` or `&`, unless they are to be taken literally.

    The hot loop: what changes is in local variables, and no array is handed on, which would cost
    as much as a dozen characters.
    """
    verbatim, literal = state[WITHIN] & VERBATIM != 0, state[LITERAL] != 0
    begin, out, due, wide = state[LINE + START], state[OUT], state[SPACE], state[WIDE]
    chars = han = stops = 0
    while at < end:
        lead = int(data[at])
        if lead < 64 and MARKUP >> lead & 1 and not literal:
            break
        size = _size(lead)
        point = _point(lead, int(data[min(at + 1, end - 1)]), int(data[min(at + 2, end - 1)]))
        if point <= 0x20 or point == NO_BREAK_SPACE:
            kind = _space(point)
            if not verbatim:
                due = max(due, kind)
            elif kind and point != 0x0D:
                text[out] = min(point, 0x20)
                out += 1
            at += size
            continue
        before, wide = wide, _is_wide(point)
        # A new line between two wide characters is one of the source, not of the text.
        if due and out > begin and not (due == 2 and before and wide):
            text[out] = 0x20
            out += 1
        due = 0
        for place in range(at, at + size):
            text[out] = data[place]
            out += 1
        at += size
        if point != 0x3000:
            stop = _is_stop(point)
            chars += 1
            han += wide and not stop
            stops += stop
    state[OUT], state[SPACE], state[WIDE] = out, due, wide
    state[LINE + CHARS] += chars
    state[LINE + HAN] += han
    state[LINE + STOPS] += stops
    if state[WITHIN] & IN_LINK:
        state[LINE + LINKED] += chars
    return at


@njit(cache=True, nogil=True, forceinline=True)
def _size(lead: int) -> int:
    """Bytes of the UTF-8 character that begins with `lead`."""
    return 1 + (lead >= 0x80) + (lead >= 0xE0) + (lead >= 0xF0)


@njit(cache=True, nogil=True, forceinline=True)
def _point(lead: int, second: int, third: int) -> int:
    """The character of well-formed UTF-8 bytes, of which it may have fewer than three."""
    if lead < 0x80:
        return lead
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | second & 0x3F
    if lead < 0xF0:
        return (lead & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
    return BEYOND


@njit(cache=True, nogil=True, forceinline=True)
def _space(point: int) -> int:
    """0 for a control character, 1 for white space, 2 for a new line."""
    if point == 0x0A:
        return 2
    return 1 if point == NO_BREAK_SPACE or is_space(point) else 0


@njit(cache=True, nogil=True, forceinline=True)
def _is_wide(point: int) -> bool:
    """Han, kana, and the punctuation and letters of their width."""
    if point < 0x2E80:
        return False
    forms = 0xF900 <= point < 0xFB00 or 0xFE30 <= point < 0xFF61 or point >= BEYOND
    return point < 0xA4D0 or forms


@njit(cache=True, nogil=True, forceinline=True)
def _is_stop(point: int) -> bool:
    """Punctuation that a sentence has and a menu has not."""
    if point < 64:
        return STOPS_ASCII >> point & 1 != 0
    if point < 0x3000:
        return 0x201C <= point <= 0x201D or point == 0x2026
    if point < 0xFF00:
        return 0x3001 <= point <= 0x3002 or 0x300A <= point <= 0x300F
    return point < 0xFF00 + 64 and STOPS_WIDE >> (point - 0xFF00) & 1 != 0
