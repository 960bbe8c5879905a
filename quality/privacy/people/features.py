"""What is told of a stretch of characters that may be a name: hashed features, in compiled loops.

A reading begins at a character or a pair that begins family names, and has a family of one
character and 1 or 2 of a given name, or a family of two and 1 to 3.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.people.characters import PAIRS, Characters, characters
from quality.privacy.people.neighbours import FOLLOW, ROLE, neighbours, pair_slot
from quality.privacy.view import Codes, Positions

BITS = 20
"""Weights: 2**BITS."""

NEAR, FEATURES = 27, 52
"""Features of one reading: those of what is near, and all."""

READINGS = 5
"""Readings that begin at one character: lengths 2 and 3, and 3 to 5 with a family of two."""

AROUND, LONGEST = 5, 5
"""Characters looked at on either side of a name, and those of the longest name."""

_SLOTS, _TRIES = 1 << 15, 4
_SOMEBODY = ord("某")
_OPEN, _CLOSE, _LABEL = ord("〔"), ord("〕"), 12
"""A placeholder, and characters of the longest, in which no name begins."""
_AT = ord("@")


class Counts(NamedTuple):
    """How often each reading stands in a document, and its best log odds: a hash table.

    A slot holds the document, shifted by 40 bits, and the hash of the reading; slots of another
    document than `document` are empty. What finds no slot in a few tries is not counted.
    """

    document: Positions
    slots: Positions
    often: npt.NDArray[np.int32]
    best: npt.NDArray[np.float32]


class Desk(NamedTuple):
    """What is at hand while reading: the tables, and room for what is around and is told of it."""

    of: Characters
    usual: npt.NDArray[np.uint8]
    near: npt.NDArray[np.uint8]
    counts: Counts
    window: Positions
    features: Positions


def new_desk(usual: npt.NDArray[np.uint8]) -> Desk:
    """A desk on which no document lies yet; `usual` tells how usual neighbours are."""
    often, best = np.zeros(_SLOTS, np.int32), np.zeros(_SLOTS, np.float32)
    counts = Counts(np.zeros(1, np.int64), np.zeros(_SLOTS, np.int64), often, best)
    window = np.zeros(AROUND + LONGEST + AROUND, np.int64)
    return Desk(characters(), usual, neighbours(), counts, window, np.zeros(FEATURES, np.int64))


def _slot(counts: Counts, key: int, make: bool) -> int:
    """The slot of a key, made if wanted and if there is room; -1 if there is none."""
    document = counts.document[0]
    wanted = document << 40 | key
    at = (key ^ (key >> 17)) & (_SLOTS - 1)
    for _ in range(_TRIES):
        held = counts.slots[at]
        if held == wanted:
            return int(at)
        if held >> 40 != document:
            if not make:
                return -1
            counts.slots[at] = wanted
            counts.often[at] = 0
            counts.best[at] = -100.0
            return int(at)
        at = (at + 1) & (_SLOTS - 1)
    return -1


def _is_pair(pairs: Positions, key: int) -> bool:
    """Whether two characters are a family name."""
    at = (key ^ (key >> 7) ^ (key >> 13)) & (PAIRS - 1)
    while pairs[at] != 0:
        if pairs[at] == key:
            return True
        at = (at + 1) & (PAIRS - 1)
    return False


def _begins(codes: Codes, of: Characters, at: int) -> int:
    """Whether names begin here: 1 with a family of one character, 2 of two, 3 both, else 0."""
    code = codes[at]
    if code >= 0x10000:
        return 0
    first = of.same[code]
    kind = of.family[first]
    if kind >= 2:
        code = codes[at + 1]
        if code >= 0x10000 or not is_pair(of.pairs, np.int64(first) << 16 | of.same[code]):
            kind &= 1
    return int(kind)


def _is_han(code: int) -> bool:
    return 0x3400 <= code < 0xA000 or code >= 0x20000


def _reading(number: int) -> tuple[int, int]:
    """The characters of the family and of the whole name of a reading."""
    if number < 2:
        return 1, 2 + number
    return 2, 1 + number


def _fits(kind: int, number: int, room: int) -> bool:
    """Whether a reading can begin where names of `kind` do and `room` characters are left."""
    family, length = reading(number)
    return (kind & family) > 0 and length <= room


def _look(codes: Codes, at: int, desk: Desk) -> int:
    """Fill the window with what stands around `at`; how many characters of a name there can be.

    Beyond the ends of the document there are zeros.
    """
    window, same = desk.window, desk.of.same
    window[:] = 0
    for i in range(LONGEST + AROUND):
        if at + i >= codes.size or codes[at + i] == 0:
            break
        code = codes[at + i]
        window[AROUND + i] = same[code] if code < 0x10000 else code
    for i in range(1, AROUND + 1):
        code = codes[at - i]
        if code == 0:
            break
        window[AROUND - i] = same[code] if code < 0x10000 else code
    length = 1
    while length < LONGEST and is_han(window[AROUND + length]):
        if window[AROUND + length] == _SOMEBODY:
            break
        length += 1
    return length


def _string_key(window: Positions, length: int) -> int:
    key = np.int64(length)
    for i in range(length):
        key = ((key ^ window[AROUND + i]) * 1000003) & ((1 << 40) - 1)
    return int(key)


def _sighted(desk: Desk, length: int) -> int:
    """How often what begins here stands in the document as a reading."""
    row = slot(desk.counts, string_key(desk.window, length), False)
    return int(desk.counts.often[row]) if row >= 0 else 0


def _sight(codes: Codes, begin: int, stop: int, desk: Desk, places: Positions) -> int:
    """Count the readings of the document at `begin`; where they begin, to `places`; how many.

    Nothing begins in a placeholder, or as the name of an account, after @.
    """
    desk.counts.document[0] += 1
    found, hidden = 0, begin
    for at in range(begin, stop):
        if codes[at] == _OPEN:
            hidden = at + _LABEL
        elif codes[at] == _CLOSE:
            hidden = at
        if not desk.of.begins[codes[at] & 0xFFFF] or at < hidden or codes[at - 1] == _AT:
            continue
        kind = begins(codes, desk.of, at)
        room = look(codes, at, desk) if kind else 0
        if room > 1:
            places[found] = at
            found += 1
            for number in range(READINGS):
                if fits(kind, number, room):
                    row = slot(desk.counts, string_key(desk.window, reading(number)[1]), True)
                    if row >= 0:
                        desk.counts.often[row] += 1
    return found


def _hashed(number: int, a: int, b: int, c: int) -> int:
    """A feature's weight: its number and up to three values, mixed."""
    key = np.uint64(number) * np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ np.uint64(a)) * np.uint64(0xBF58476D1CE4E5B9)
    key ^= key >> np.uint64(29)
    key = (key ^ np.uint64(b)) * np.uint64(0x94D049BB133111EB)
    key ^= key >> np.uint64(31)
    key = (key ^ np.uint64(c)) * np.uint64(0xBF58476D1CE4E5B9)
    return int(key >> np.uint64(64 - BITS))


def _describe_near(desk: Desk, number: int) -> None:
    """Write the features of a reading by itself, and of what is right beside it."""
    w, out, given, o = desk.window, desk.features, desk.of.given, AROUND
    family, length = reading(number)
    e, k = o + length, number
    f = w[o] if family == 1 else w[o] * 65536 + w[o + 1]
    g1, g2 = w[o + family], (w[o + family + 1] if length - family > 1 else 0)
    g3 = w[o + family + 2] if length - family > 2 else 0
    l1, l2, r1, r2, last = w[o - 1], w[o - 2], w[e], w[e + 1], w[e - 1]
    out[0] = hashed(0, k, 0, 0)
    out[1] = hashed(1, k, f, 0)
    out[2] = hashed(2, k, g1, 0)
    out[3] = hashed(3, k, g2, 0)
    out[4] = hashed(4, g1, g2, g3)
    out[5] = hashed(5, f, g1, 0)
    out[6] = hashed(6, f, g2, k)
    out[7] = hashed(7, f, g1, g2 * 65536 + g3)
    out[8] = hashed(8, k, l1, 0)
    out[9] = hashed(9, l1, l2, 0)
    out[10] = hashed(10, k, r1, 0)
    out[11] = hashed(11, r1, r2, 0)
    out[12] = hashed(12, l1, r1, k)
    out[13] = hashed(13, last, r1, 0)
    out[14] = hashed(14, l1, w[o], 0)
    out[15] = hashed(15, given[g1 & 0xFFFF], given[g2 & 0xFFFF], k)
    inside, begun = usual(desk, w[o], w[o + 1]), usual(desk, l1, w[o])
    ended = usual(desk, last, r1)
    out[16] = hashed(16, inside, usual(desk, w[e - 2], last), k)
    out[17] = hashed(17, begun, ended, k)
    out[18] = hashed(18, inside, begun, k)
    out[19] = hashed(19, usual(desk, w[e - 2], last), ended, k)
    beside = is_beside(desk, l2, l1) & ROLE | is_beside(desk, r1, r2) & FOLLOW
    made = given[g1 & 0xFFFF] * 2 + given[g2 & 0xFFFF]
    out[20] = hashed(20, beside, k, made)
    out[21] = hashed(21, usual(desk, l2, l1), begun, k)
    out[22] = hashed(22, usual(desk, r1, r2), ended, k)
    out[23] = hashed(23, inside * 8 + begun, ended * 8 + usual(desk, w[e - 2], last), k)
    tied, end_tied = bound(desk, w[o], w[o + 1]), bound(desk, w[e - 2], last)
    out[24] = hashed(24, tied, end_tied, k)
    out[25] = hashed(25, tied, bound(desk, l1, w[o]), inside)
    out[26] = hashed(26, end_tied, bound(desk, last, r1), k)


def _describe_far(desk: Desk, number: int) -> None:
    """Write the features of a reading with what is farther, and with its document."""
    w, out, given, o = desk.window, desk.features, desk.of.given, AROUND
    family, length = reading(number)
    e, k = o + length, number
    often = min(sighted(desk, length), 5)
    other = min(sighted(desk, length + 1 if number in (0, 2) else length - 1), 9)
    f = w[o] if family == 1 else w[o] * 65536 + w[o + 1]
    l1, l2, l3 = w[o - 1], w[o - 2], w[o - 3]
    r1, r2, r3, last = w[e], w[e + 1], w[e + 2], w[e - 1]
    right = 1 if is_han(r1) else 2 if r1 == 0 else 3
    left = 1 if is_han(l1) else 2 if l1 == 0 else 3
    out[27] = hashed(27, l1, l2, l3)
    out[28] = hashed(28, r1, r2, r3)
    out[29] = hashed(29, last, r1, r2)
    out[30] = hashed(30, l2, l1, w[o])
    out[31] = hashed(31, l1, w[o], w[o + 1])
    out[32] = hashed(32, often, k, 0)
    out[33] = hashed(33, often, other, k)
    out[34] = hashed(34, right, left, k)
    out[35] = hashed(35, k, given[r1 & 0xFFFF] if r1 < 0x10000 else 0, right)
    out[36] = hashed(36, f, r1, k)
    out[37] = hashed(37, f, l1, k)
    out[38] = hashed(38, last, length - family, r1)
    out[39] = hashed(39, w[e - 2], last, r1)
    out[40] = hashed(40, l2, r1, k)
    out[41] = hashed(41, l1, r2, k)
    out[42] = hashed(42, r2, k, r1 == 0x3001)
    out[43] = hashed(43, l1, r1, desk.of.family[r2 & 0xFFFF] if r2 < 0x10000 else 0)
    out[44] = hashed(44, l1, item_before(w, desk.of), k)
    out[45] = hashed(45, 1 if is_han(l1) else l1, 1 if is_han(r1) else r1, k)
    beside = is_beside(desk, l2, l1) & ROLE | is_beside(desk, r1, r2) & FOLLOW
    out[46] = hashed(46, beside, l1 if beside & FOLLOW else r1, k)
    out[47] = hashed(47, beside, 2 * left + right, k)
    out[48] = hashed(48, beside, min(often, 2), usual(desk, l1, w[o]) * 8 + usual(desk, last, r1))
    out[49] = hashed(49, beside, f, k)
    out[50] = hashed(50, 1 if is_han(l1) else l1, 1 if is_han(r2) else r2, r1 if r1 < 0x3400 else 1)
    tied = bound(desk, w[o], w[o + 1])
    out[51] = hashed(51, tied * 8 + bound(desk, l1, w[o]), bound(desk, last, r1), beside)


def _is_beside(desk: Desk, first: int, second: int) -> int:
    """Whether two characters end a role or begin what follows names, as bits."""
    return int(desk.near[pair_slot(first, second)])


def _usual(desk: Desk, first: int, second: int) -> int:
    """How usual it is that two characters are neighbours, 0 to 7."""
    return int(desk.usual[hashed(99, first, second, 0)] & 7)


def _bound(desk: Desk, first: int, second: int) -> int:
    """How much oftener two characters are neighbours than by chance, 0 to 7."""
    return int(desk.usual[hashed(99, first, second, 0)] >> 3)


def _count_pairs(codes: Codes, of: Characters, counts: Positions) -> None:
    """Count the neighbours in a text, at the places of `counts` that they have in a table."""
    before = 0
    for code in codes:
        after = np.int64(of.same[code] if code < 0x10000 else code)
        counts[hashed(99, before, int(after), 0)] += 1
        before = int(after)


def _count_bonds(
    codes: Codes, of: Characters, counts: Positions, singles: Positions, bonds: Positions
) -> None:
    """Write how many times oftener than by chance neighbours are, at their places of a table.

    `singles` counts characters by their low 16 bits.
    """
    before = 0
    for code in codes:
        after = np.int64(of.same[code] if code < 0x10000 else code)
        row = hashed(99, before, int(after), 0)
        chance = float(singles[before & 0xFFFF]) * float(singles[after & 0xFFFF]) / codes.size
        bonds[row] = max(bonds[row], np.int64(counts[row] / (chance + 1e-9)))
        before = int(after)


def _item_before(w: Positions, of: Characters) -> int:
    """How what stands before the sign before a name looks like a name: its length, its family."""
    at = AROUND - 1
    if is_han(w[at]) or w[at] == 0:
        return 0
    length = 0
    while at - length > 0 and is_han(w[at - length - 1]):
        length += 1
    first = w[at - length]
    return 2 * length + (1 if length and first < 0x10000 and of.family[first] & 1 else 0)


slot, is_pair, begins = compiled(_slot), compiled(_is_pair), compiled(_begins)
is_han, reading, fits = compiled(_is_han), compiled(_reading), compiled(_fits)
look, string_key = compiled(_look), compiled(_string_key)
sighted, sight = compiled(_sighted), compiled(_sight)
hashed, item_before = compiled(_hashed), compiled(_item_before)
usual, bound = compiled(_usual), compiled(_bound)
count_pairs, count_bonds = compiled(_count_pairs), compiled(_count_bonds)
is_beside = compiled(_is_beside)
describe_near, describe_far = compiled(_describe_near), compiled(_describe_far)
