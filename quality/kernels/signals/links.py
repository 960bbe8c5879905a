"""Web addresses: with a scheme, with www., or a bare domain of a known ending."""

from typing import Any

import numpy as np

from quality.kernels.compiling import compiled
from quality.kernels.signals.bits import URL

COLON, SLASH, DOT, DASH, W = 0x3A, 0x2F, 0x2E, 0x2D, 0x77
WIDTH = 0xFEE0
"""What a full-width character has more than its ASCII twin."""

LONGEST_ENDING = 6
TAIL = (0x2E, 0x2C, 0x3A, 0x3B, 0x21, 0x3F, 0x7E, 0x2A, 0x2D, 0x26, 0x3D, 0x5F, 0x23, 0x40)
""". , : ; ! ? ~ * - & = _ # @ at the end of an address belong to the sentence around it."""


@compiled
def link_characters(codes: Any, kinds: Any, places: Any, domains: Any) -> int:
    """The characters in web addresses, at most one in each run of characters of addresses.

    An address has a dot or a colon, which are among `places`.
    """
    total = 0
    end = 0
    for place in places:
        if place >= end and (codes[place] == COLON or narrow(codes[place]) == DOT):
            start = place
            while start > end and kinds[start - 1] & URL:
                start -= 1
            end = place + 1
            while end < len(codes) and kinds[end] & URL:
                end += 1
            total += _link(codes[start:end], domains)
    return total


@compiled
def narrow(code: Any) -> Any:
    """The ASCII twin of a full-width character, lower case; any other as it is."""
    code = np.int64(code)
    if 0xFF01 <= code <= 0xFF5E:
        code -= WIDTH
    return code | 0x20 if 0x41 <= code <= 0x5A else code


@compiled
def _link(run: Any, domains: Any) -> int:
    """The characters of the address in a run, 0 where there is none."""
    end = len(run)
    while end > 0 and narrow(run[end - 1]) in TAIL:
        end -= 1
    for at in range(end):
        code = narrow(run[at])
        if code == COLON and _is_scheme(run, at, end):
            return end - at + _letters_before(run, at)
        if code == W and _is_www(run, at, end):
            return end - at
    return _bare(run, end, domains)


@compiled
def _is_scheme(run: Any, at: int, end: int) -> bool:
    """Whether :// stands here, with letters before and something after."""
    if at == 0 or at + 3 >= end or run[at + 1] != SLASH or run[at + 2] != SLASH:
        return False
    return _is_letter(narrow(run[at - 1]))


@compiled
def _letters_before(run: Any, at: int) -> int:
    size = 0
    while size < at and _is_letter(narrow(run[at - size - 1])):
        size += 1
    return size


@compiled
def _is_www(run: Any, at: int, end: int) -> bool:
    """Whether www. stands here, not inside a word, and something comes after it."""
    if at + 4 >= end or (at > 0 and _is_label(narrow(run[at - 1]))):
        return False
    second, third, dot = narrow(run[at + 1]), narrow(run[at + 2]), narrow(run[at + 3])
    return bool(second == W and third == W and dot == DOT)


@compiled
def _bare(run: Any, end: int, domains: Any) -> int:
    """The characters of a run that begins with a domain of a known ending, else 0."""
    start = 0
    while start < end and not _is_label(narrow(run[start])):
        start += 1
    stop, dot = start, -1
    while stop < end:
        code = narrow(run[stop])
        if code == DOT:
            dot = stop
        elif not _is_label(code):
            break
        stop += 1
    if dot <= start or stop - dot - 1 > LONGEST_ENDING or _goes_on(run, stop, end):
        return 0
    key: Any = 0
    for at in range(dot + 1, stop):
        small = np.int64(run[at]) - (WIDTH if run[at] >= 0xFF01 else 0)
        if not 0x61 <= small <= 0x7A:
            return 0
        key = key << 5 | (small & 31)
    place = min(np.searchsorted(domains, key), len(domains) - 1)
    return end - start if domains[place] == key else 0


@compiled
def _goes_on(run: Any, stop: int, end: int) -> bool:
    """Whether what comes after a domain is no path, query, anchor or port."""
    return stop < end and run[stop] != SLASH and run[stop] not in (0x3F, 0x23, COLON)


@compiled
def _is_letter(code: int) -> bool:
    return 0x61 <= code <= 0x7A


@compiled
def _is_label(code: int) -> bool:
    """Whether a narrow code point can be part of a label of a domain."""
    return 0x61 <= code <= 0x7A or 0x30 <= code <= 0x39 or code == DASH
