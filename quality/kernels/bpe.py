"""Byte-pair encoding without the encoding: how many tokens each text has.

Merging pairs in order of rank takes a queue of all pairs of a text. This walks through the text
once instead, on two facts. Tokens are the encoding of their bytes if and only if each two
neighbours are the encoding of theirs: until something is merged across a border, both sides are
merged as they would be alone. And every beginning of a text has one encoding, so a place that no
token leads on from will never do, and is not tried again.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.arrow import Strings
from quality.kernels.ngrams import BASE

I32 = npt.NDArray[np.int32]

BYTES = 256
NONE = -1


Map = npt.NDArray[np.uint64]
"""Keys of less than 2**40 to values of less than 2**24, by open addressing: 2**k slots, each
`key << 24 | value` or `FREE`, so that a look touches one place in memory."""

FREE = uint64(2**64 - 1)
KEY = uint64(24)
VALUE = uint64(2**24 - 1)


class Encoding(NamedTuple):
    """The tokens 0 to n - 1, the 256 bytes first and the others in the order of their merges.

    Token `t` has `length[t]` bytes and is merged from `left[t]` and `right[t]`, which are `NONE`
    for a byte; `shorter[t]` is the longest other token that it begins with, or `NONE`. `pairs` maps
    `left << 20 | right` to the token. `trie` maps `node << 8 | byte` to the next node, from node 0
    on; `ends[node]` is the token that ends there, or `NONE`.
    """

    length: I32
    left: I32
    right: I32
    shorter: I32
    pairs: Map
    trie: Map
    ends: I32


def encoding(tokens: Sequence[bytes], left: Sequence[int], right: Sequence[int]) -> Encoding:
    """The encoding of these tokens and merges, which are as `Encoding` says."""
    lengths = np.array([len(token) for token in tokens], np.int32)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    data = np.frombuffer(b"".join(tokens), np.uint8)
    return _encoding(data, ends, lengths, np.array(left, np.int32), np.array(right, np.int32))


@njit(cache=True, nogil=True)
def count_tokens(texts: Strings, using: Encoding) -> npt.NDArray[np.uint32]:
    """How many tokens each text has; takes 5 bytes of memory a byte of the longest text.

    A null has none.
    """
    counts = np.zeros(texts.valid.size, np.uint32)
    longest = 0
    for row in range(texts.valid.size):
        longest = max(longest, texts.offsets[row + 1] - texts.offsets[row])
    held = np.empty(longest, np.int32)
    dead = np.zeros(longest + 1, np.bool_)
    for row in range(texts.valid.size):
        if texts.valid[row]:
            text = texts.data[texts.offsets[row] : texts.offsets[row + 1]]
            dead[: text.size + 1] = False
            counts[row] = _count(text, using, held, dead)
    return counts


@njit(cache=True, nogil=True)
def _count(
    text: npt.NDArray[np.uint8], using: Encoding, held: I32, dead: npt.NDArray[np.bool_]
) -> int:
    """The number of tokens of one text, which come to lie in `held`."""
    count = place = 0
    token = _longest(text, 0, using)
    while place < text.size:
        while token != NONE and (
            dead[place + using.length[token]]
            or (count > 0 and not _stay_apart(held[count - 1], token, using))
        ):
            token = using.shorter[token]
        if token == NONE:  # nothing leads on from here: the token before is another one
            dead[place] = True
            count -= 1
            token = held[count]
            place -= using.length[token]
        else:
            held[count] = token
            count += 1
            place += using.length[token]
            token = _longest(text, place, using)
    return count


@njit(cache=True, nogil=True)
def _longest(text: npt.NDArray[np.uint8], place: int, using: Encoding) -> int:
    """The longest token that the text goes on with; `NONE` at its end."""
    node, best = 0, NONE
    for i in range(place, text.size):
        node = _get(using.trie, _step(node, text[i]))
        if node == NONE:
            break
        if using.ends[node] != NONE:
            best = using.ends[node]
    return best


@njit(cache=True, nogil=True)
def _stay_apart(one: int, other: int, using: Encoding) -> bool:
    """Whether two tokens are the encoding of their bytes: nothing is merged across the border.

    Undoes the merges inside both, the last one first, and asks before each whether the two parts
    at the border would have been merged by then. Of equal merges the left one comes first.
    """
    before = 2**31 - 1
    while True:
        across = _get(using.pairs, _pair(one, other))
        if across != NONE and across < before:
            return False
        if one > other:
            before, one = one, using.right[one]
        else:
            before, other = other + 1, using.left[other]
        if min(one, other) == NONE:
            return True


@njit(cache=True, nogil=True)
def _encoding(
    data: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    length: I32,
    left: I32,
    right: I32,
) -> Encoding:
    count = length.size
    pairs = _map(count)
    for token in range(BYTES, count):
        _put(pairs, _pair(left[token], right[token]), token)
    trie = _map(data.size)
    ends = np.full(data.size + 1, NONE, np.int32)
    nodes = 1
    for token in range(count):
        node = 0
        for i in range(starts[token], starts[token + 1]):
            key = _step(node, data[i])
            node = _get(trie, key)
            if node == NONE:
                node = nodes
                nodes += 1
                _put(trie, key, node)
        ends[node] = token
    shorter = np.full(count, NONE, np.int32)
    for token in range(count):
        node = 0
        for i in range(starts[token], starts[token + 1] - 1):
            node = _get(trie, _step(node, data[i]))
            if ends[node] != NONE:
                shorter[token] = ends[node]
    return Encoding(length, left, right, shorter, pairs, trie, ends[:nodes].copy())


@njit(cache=True, nogil=True)
def _pair(left: int, right: int) -> np.uint64:
    return (uint64(left) << uint64(20)) | uint64(right)


@njit(cache=True, nogil=True)
def _step(node: int, byte: int) -> np.uint64:
    return (uint64(node) << uint64(8)) | uint64(byte)


@njit(cache=True, nogil=True)
def _map(entries: int) -> Map:
    slots = 4
    while slots < 2 * entries:
        slots *= 2
    return np.full(slots, FREE)


@njit(cache=True, nogil=True)
def _slot(of: Map, key: np.uint64) -> np.uint64:
    """Where `key` is, or would be put."""
    mask = uint64(of.size - 1)
    slot = (key * BASE) >> uint64(40) & mask
    while of[slot] != FREE and of[slot] >> KEY != key:
        slot = (slot + uint64(1)) & mask
    return slot


@njit(cache=True, nogil=True)
def _put(into: Map, key: np.uint64, value: int) -> None:
    into[_slot(into, key)] = (key << KEY) | uint64(value)


@njit(cache=True, nogil=True)
def _get(of: Map, key: np.uint64) -> int:
    entry = of[_slot(of, key)]
    return NONE if entry == FREE else int(np.int64(entry & VALUE))
