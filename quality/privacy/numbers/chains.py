"""Chains of digits in any writing, with short separators: where a number may be hidden.

A compiled loop passes over all text that holds no chain of ten digits, and over the chains that
cannot hold a telephone, an identity or a card number; only what is left costs Python.
"""

import numpy as np

from quality.kernels.compiling import compiled
from quality.privacy.view import Codes, Positions, View
from quality.privacy.writings import Table, class_table, mobile_table

MOST_BETWEEN = 4
"""Characters of separators between two digits of one number: an emoji has up to three."""

_FEWEST, _MOST = 10, 19
"""Digits of a number that is looked for: a fixed number with area code, and the longest card."""

_AT, _GAP, _KIND = 0, 1, 2


def _class_of(code: np.uint32, table: Table) -> int:
    """The class of a code point, as in `class_table`, and of the digits and emoji beyond it."""
    if code < 0x10000:
        return int(table[code])
    if 0x1D7CE <= code <= 0x1D7FF:  # mathematical digits
        return 0x20 | int((code - 0x1D7CE) % 10)
    if 0x1F101 <= code <= 0x1F10A:  # digits with a comma
        return 0x20 | int(code - 0x1F101)
    return 0x80 if 0x1F000 <= code <= 0x1FAFF else 0


class_of = compiled(_class_of)


def _mark_chains(codes: Codes, table: Table, start: Positions, end: Positions) -> int:
    """Chains of ten digits or more that are not one run of plain ones; returns how many.

    One run of 17 counts: the check letter of an identity number may stand apart.
    """
    count = 0
    digits = 0
    first = 0
    last = -1
    odd = False
    for i in range(codes.size):
        kind = class_of(codes[i], table)
        if kind >= 0x80:
            continue
        if digits > 0 and (kind == 0 or i - last > MOST_BETWEEN + 1):
            if digits >= _FEWEST and (odd or digits == 17):
                start[count] = first
                end[count] = last + 1
                count += 1
            digits = 0
        if kind > 0:
            if digits == 0:
                first = i
                odd = False
            odd = odd or kind >= 0x20 or (digits > 0 and i - last > 1)
            digits += 1
            last = i
    return count


mark_chains = compiled(_mark_chains)


def _read_chain(codes: Codes, start: int, end: int, table: Table, chain: Positions) -> int:
    """Where each digit of a chain stands, what gap is before it, its class; returns how many.

    A gap is 0 where nothing is seen between two digits, or else a number for what is.
    """
    count = 0
    seen = 0
    for i in range(start, end):
        kind = class_of(codes[i], table)
        if kind == 0x80:
            seen = (seen * 131 + int(codes[i]) + 1) & 0xFFFFFFFF
        elif kind < 0x80:
            chain[count, _AT] = i
            chain[count, _GAP] = seen
            chain[count, _KIND] = kind
            count += 1
            seen = 0
    return count


read_chain = compiled(_read_chain)


def _is_day(chain: Positions, j: int) -> bool:
    """Whether four digits from `j` are a month and a day of one."""
    month = (chain[j, _KIND] & 15) * 10 + (chain[j + 1, _KIND] & 15)
    day = (chain[j + 2, _KIND] & 15) * 10 + (chain[j + 3, _KIND] & 15)
    return bool(0 < month <= 12 and 0 < day <= 31)


def _is_luhn(chain: Positions, j: int, length: int) -> bool:
    total = 0
    for k in range(length):
        doubled = (chain[j + length - 1 - k, _KIND] & 15) << (k & 1)
        total += doubled - 9 if doubled > 9 else doubled
    return bool(total % 10 == 0)


def _is_checked(chain: Positions, j: int) -> bool:
    """Whether 18 digits from `j` satisfy the check of identity numbers (ISO 7064, MOD 11-2)."""
    total = 0
    for k in range(18):
        total = (total * 2 + (chain[j + k, _KIND] & 15)) % 11
    return bool(total == 1)


is_day = compiled(_is_day)
is_luhn = compiled(_is_luhn)
is_checked = compiled(_is_checked)


def _may_be(chain: Positions, j: int, length: int, mobile: Table, begins: bool) -> bool:
    """Whether the digits from `j` pass the cheapest test of what has that many.

    The check digit of a card is weak: it counts only where another gap, or none, is before.
    """
    first = chain[j, _KIND] & 15
    second = chain[j + 1, _KIND] & 15
    if (length == 11 and first == 1) or (length == 13 and first == 8 and second == 6):
        at = j + length - 11
        prefix = (chain[at, _KIND] & 15) * 100 + (chain[at + 1, _KIND] & 15) * 10
        return bool(mobile[prefix + (chain[at + 2, _KIND] & 15)] > 0)
    if first == 0:
        return bool(length <= 12 and second != 0)
    if length == 15:
        return is_day(chain, j + 8)
    if length == 17 and is_day(chain, j + 10):
        return True
    if length == 18 and is_day(chain, j + 10) and is_checked(chain, j):
        return True
    return begins and length >= 16 and 3 <= first != 7 and is_luhn(chain, j, length)


may_be = compiled(_may_be)


def _search_chain(chain: Positions, count: int, mobile: Table, found: list[int]) -> None:
    """Adds what may be a number in one chain to `found`: its first and its last position.

    It begins and ends at a gap or an end of the chain, and the gaps around it are not like those
    in it, which are all alike where all its digits are plain; or it is the whole chain. That keeps
    rows of a table apart from a number. What 18 digits are, their check and date prove.
    """
    for j in range(count - _FEWEST + 1):
        if j > 0 and chain[j, _GAP] == 0:
            continue
        inner = 0
        alike = True
        odd = chain[j, _KIND] >= 0x20
        for e in range(j + 1, min(j + _MOST, count)):
            gap = chain[e, _GAP]
            if gap != 0:
                alike = alike and (inner == 0 or inner == gap)  # noqa: PLR1714 - a tuple is slow when compiled
                inner = gap
            odd = odd or chain[e, _KIND] >= 0x20
            length = e - j + 1
            if length < _FEWEST or (e + 1 < count and chain[e + 1, _GAP] == 0):
                continue
            last = e + 1 == count
            last = e + 1 == count
            begins = j == 0 or chain[j, _GAP] != inner
            alone = begins and (last or chain[e + 1, _GAP] != inner)
            hidden = odd or chain[e, _AT] - chain[j, _AT] != e - j or length == 17
            proven = length == 18 or (length >= 16 and begins) or (length == 17 and last)
            whole = j == 0 and last
            believed = hidden and (proven or whole or (alone and (alike or odd)))
            if believed and may_be(chain, j, length, mobile, begins):
                found.append(chain[j, _AT])
                found.append(chain[e, _AT])


search_chain = compiled(_search_chain)


def _search_chains(
    codes: Codes, start: Positions, end: Positions, table: Table, mobile: Table
) -> Positions:
    """First and last positions, one after the other, of what may be a number in any chain."""
    chain = np.empty((np.max(end - start), 3), np.int64)
    found = [start[0]][:0]
    for i in range(start.size):
        count = read_chain(codes, start[i], end[i], table, chain)
        search_chain(chain, count, mobile, found)
    pairs = np.empty(len(found), np.int64)
    for i in range(len(found)):
        pairs[i] = found[i]
    return pairs


search_chains = compiled(_search_chains)


def suspects(view: View) -> list[list[int]]:
    """First and last position of what may be a number, for a finder to read and to judge."""
    room = view.codes.size // _FEWEST + 1
    start, end = np.empty(room, np.int64), np.empty(room, np.int64)
    count = mark_chains(view.codes, class_table(), start, end)
    if count == 0:
        return []
    pairs = search_chains(view.codes, start[:count], end[:count], class_table(), mobile_table())
    found: list[list[int]] = pairs.reshape(-1, 2).tolist()
    return found
