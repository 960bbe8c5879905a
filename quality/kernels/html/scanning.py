"""Reading the bytes of a page: names, attributes, character references, where things end."""

import numpy as np
from numba import njit

from quality.kernels.fnv import OFFSET, PRIME
from quality.kernels.html.automaton import Automaton
from quality.kernels.html.tables import Bytes, Entities, Names

LT, GT, AMP, SLASH, EQUALS, BANG, DASH = (ord(one) for one in "<>&/=!-")


def bits(characters: str, base: int = 0) -> int:
    """A word with a bit for each character: membership is a shift, which a loop is not."""
    return sum(1 << ord(one) - base for one in characters)


SPACES, NAME_ENDS, QUOTES = bits(" \t\n\f\r"), bits(">/="), bits("\"'")
REPLACEMENT = 0xFFFD

LONGEST_ENTITY = 32
"""Characters of the longest named reference, `&CounterClockwiseContourIntegral;`."""


@njit(cache=True, nogil=True, forceinline=True)
def is_space(byte: int) -> bool:
    """Whether HTML calls the byte white space."""
    return byte < 64 and SPACES >> byte & 1 != 0


@njit(cache=True, nogil=True, forceinline=True)
def is_letter(byte: int) -> bool:
    """Whether the byte is an ASCII letter."""
    return 0x61 <= byte | 0x20 <= 0x7A


@njit(cache=True, nogil=True, forceinline=True)
def lowered(byte: int) -> int:
    """The byte in lower case."""
    return byte | 0x20 if 0x41 <= byte <= 0x5A else byte


@njit(cache=True, nogil=True, forceinline=True)
def name_hash(data: Bytes, at: int, end: int) -> np.uint64:
    """The hash of a name in lower case, as `fnv.hashed` makes it."""
    value = OFFSET
    for place in range(at, end):
        value = (value ^ np.uint64(lowered(data[place]))) * PRIME
    return value


@njit(cache=True, nogil=True, forceinline=True)
def lookup(names: Names, value: np.uint64) -> int:
    """The number of the name with a hash, -1 where it is not there."""
    last = np.uint64(names.slots.size - 1)
    at = value & last
    while names.slots[at]:
        if names.slots[at] == value:
            return int(names.values[at])
        at = (at + np.uint64(1)) & last
    return -1


@njit(cache=True, nogil=True, forceinline=True)
def name_end(data: Bytes, at: int, end: int) -> int:
    """Where the name of a tag or of an attribute ends."""
    while at < end:
        byte = data[at]
        if byte <= 0x20 or (byte < 64 and NAME_ENDS >> byte & 1):
            break
        at += 1
    return at


@njit(cache=True, nogil=True, forceinline=True)
def skip_spaces(data: Bytes, at: int, end: int) -> int:
    """The first place from `at` that is not white space."""
    while at < end and data[at] <= 0x20:
        at += 1
    return at


@njit(cache=True, nogil=True, forceinline=True)
def find(data: Bytes, at: int, end: int, wanted: int) -> int:
    """The first place from `at` that holds the byte, `end` where none does."""
    while at < end and data[at] != wanted:
        at += 1
    return at


@njit(cache=True, nogil=True, forceinline=True)
def value_span(data: Bytes, at: int, end: int) -> tuple[int, int, int]:
    """First and last byte of the attribute value at `at`, and where the reading goes on.

    A quote that is never closed ends with the tag, so that it does not swallow the page.
    """
    quote = data[at] if at < end else 0
    if quote < 64 and QUOTES >> quote & 1:
        close = find(data, at + 1, end, quote)
        if close < end:
            return at + 1, close, close + 1
        close = find(data, at + 1, end, GT)
        return at + 1, close, close
    close = at
    while close < end and data[close] > 0x20 and data[close] != GT:
        close += 1
    return at, close, close


@njit(cache=True, nogil=True, forceinline=True)
def comment_end(data: Bytes, at: int, end: int) -> int:
    """Where the comment whose text begins at `at` is over, `end` + 1 where it never is."""
    if at < end and data[at] == GT:
        return at + 1
    place = at
    while place + 2 < end:
        if data[place + 2] != GT:
            place += 3 if data[place + 2] != DASH else 1
        elif data[place + 1] == DASH and data[place] == DASH:
            return place + 3
        else:
            place += 1
    return end + 1


@njit(cache=True, nogil=True, forceinline=True)
def raw_end(data: Bytes, at: int, end: int, name: Bytes) -> int:
    """Where the end tag of an element that holds no elements begins, `end` where there is none."""
    size = name.size
    while at < end:
        at = find(data, at, end, LT)
        if at + 1 + size < end and data[at + 1] == SLASH:
            same = 0
            while same < size and lowered(data[at + 2 + same]) == name[same]:
                same += 1
            if same == size and not is_letter(data[at + 2 + size]):
                return at
        at += 1
    return end


@njit(cache=True, nogil=True, forceinline=True)
def reference(data: Bytes, at: int, end: int, known: Entities) -> tuple[int, int, int]:
    """The one or two code points that `&…` at `at` means, and its length; 0 bytes for no reference.

    Legacy names without a semicolon count only where no letter or digit follows, as in an
    attribute: Chinese pages hold more bare `&copy=` in addresses than `&copyright`.
    """
    place = at + 1
    if place < end and data[place] == 0x23:
        return _numeric(data, at, end)
    value = OFFSET
    best, length = -1, 0
    while place < end and place - at <= LONGEST_ENTITY:
        byte = data[place]
        if not (is_letter(byte) or 0x30 <= byte <= 0x39):
            break
        value = (value ^ np.uint64(byte)) * PRIME
        place += 1
    if place < end and data[place] == 0x3B:
        best = lookup(known.names, (value ^ np.uint64(0x3B)) * PRIME)
        length = place + 1 - at
    if best < 0 and not (place < end and data[place] == EQUALS):
        best, length = lookup(known.names, value), place - at
    if best < 0:
        return 0, 0, 0
    return known.points[best, 0], known.points[best, 1], length


@njit(cache=True, nogil=True, forceinline=True)
def _numeric(data: Bytes, at: int, end: int) -> tuple[int, int, int]:
    """A numeric reference; what is no character becomes U+FFFD."""
    place = at + 2
    base = 10
    if place < end and data[place] | 0x20 == 0x78:
        base = 16
        place += 1
    first = place
    value = 0
    while place < end and place - first < 8:
        byte = data[place]
        if 0x30 <= byte <= 0x39:
            value = value * base + byte - 0x30
        elif base == 16 and 0x61 <= byte | 0x20 <= 0x66:
            value = value * base + (byte | 0x20) - 0x57
        else:
            break
        place += 1
    if place == first:
        return 0, 0, 0
    if place < end and data[place] == 0x3B:
        place += 1
    if 0x80 <= value < 0xA0:
        value = CONTROLS[value - 0x80]
    if value == 0 or 0xD800 <= value < 0xE000 or value > 0x10FFFF:
        value = REPLACEMENT
    return value, 0, place - at


CONTROLS = tuple(
    ord(bytes([byte]).decode("cp1252", "replace")) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    else byte
    for byte in range(0x80, 0xA0)
)  # fmt: skip
"""Numeric references to C1 controls mean the characters of windows-1252."""


@njit(cache=True, nogil=True, forceinline=True)
def hints_of(data: Bytes, at: int, end: int, words: Automaton) -> int:
    """The bits of the hints in an attribute's value."""
    bits = 0
    state = 0
    for place in range(at, end):
        state = words.step[state, words.classes[lowered(data[place])]]
        bits |= words.found[state]
    return bits


@njit(cache=True, nogil=True, forceinline=True)
def holds(data: Bytes, at: int, end: int, wanted: Bytes) -> bool:
    """Whether the span holds some bytes, spaces between them passed over."""
    matched = 0
    for place in range(at, end):
        byte = lowered(data[place])
        if is_space(byte):
            continue
        matched = matched + 1 if byte == wanted[matched] else int(byte == wanted[0])
        if matched == wanted.size:
            return True
    return False


@njit(cache=True, nogil=True, forceinline=True)
def put(text: Bytes, out: int, point: int) -> int:
    """Writes a code point as UTF-8 at `out`; the place after it."""
    if point < 0x80:
        text[out] = point
        return out + 1
    if point < 0x800:
        text[out] = 0xC0 | point >> 6
    else:
        if point < 0x10000:
            text[out] = 0xE0 | point >> 12
        else:
            text[out] = 0xF0 | point >> 18
            out += 1
            text[out] = 0x80 | point >> 12 & 0x3F
        out += 1
        text[out] = 0x80 | point >> 6 & 0x3F
    text[out + 1] = 0x80 | point & 0x3F
    return out + 2
