"""Compiled loops: the n-grams of windows of texts, their sums, and fitting the weights of them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.language.kernels import code_point, width
from quality.scoring.linear.tokens import NEW_LINE, SYMBOL

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]
Slots = npt.NDArray[np.uint64]
Weights = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]

FACTOR = np.uint64(0x9E3779B97F4A7C15)
STEP = np.uint64(0xD1B54A32D192ED03)
"""Odd 64-bit constants: 2**64 over the golden ratio and over the plastic number squared, as
Weyl sequences have them; they spread neighbouring code points over all bits."""

HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)

SMALLEST = 1e-9
"""The least chance whose logarithm is taken."""


@compiled
def fingerprint(gram: np.uint64, order: int) -> np.uint64:
    """32 bits of an n-gram: two of a million agree by chance once in 4,000 texts of n-grams."""
    return (gram + np.uint64(order)) * FACTOR >> HALF


@compiled
def windows_of(size: int, window: int, most: int) -> int:
    """How many windows a text of `size` bytes is read in."""
    return min(most, max(1, (size + window - 1) // window))


@compiled
def spans(
    data: Bytes, starts: Offsets, stops: Offsets, window: int, most: int
) -> tuple[Offsets, Offsets]:
    """Where the windows of the texts begin and end, and the first window of each text.

    A text of at most `most` times `window` bytes is cut into equal parts and read whole; of a
    longer one, `most` windows are read that begin at even distances.
    """
    count = 0
    for row in range(starts.size):
        count += windows_of(stops[row] - starts[row], window, most)
    places = np.empty((count, 2), np.int64)
    first = np.zeros(starts.size + 1, np.int64)
    out = 0
    for row in range(starts.size):
        start, size = starts[row], stops[row] - starts[row]
        parts = windows_of(size, window, most)
        for part in range(parts):
            at = start + size * part // parts
            end = min(start + size * (part + 1) // parts, at + window)
            while at < end and data[at] & 0xC0 == 0x80:
                at += 1
            places[out, 0] = at
            places[out, 1] = end
            out += 1
        first[row + 1] = out
    return places, first


@compiled
def push(grams: npt.NDArray[np.uint64], token: np.uint64) -> None:
    """Moves on by a token: `grams` are the n-grams that end in it, of 1 token and more."""
    for order in range(grams.size - 1, 0, -1):
        grams[order] = grams[order - 1] * STEP + token
    grams[0] = token


@compiled
def fingerprints(
    data: Bytes, places: Offsets, table: Points, orders: int
) -> tuple[Points, Offsets]:
    """The fingerprints of the n-grams of each window, of 1 to `orders` tokens, and their ends."""
    room = 0
    for line in range(places.shape[0]):
        room += places[line, 1] - places[line, 0]
    found = np.empty(room * orders, np.uint32)
    ends = np.zeros(places.shape[0] + 1, np.int64)
    grams = np.empty(orders, np.uint64)
    out = 0
    for line in range(places.shape[0]):
        grams[:] = NEW_LINE
        at, end = places[line]
        while at < end:
            size = width(data[at])
            point = code_point(data, at, size)
            at += size
            token = np.uint64(table[point] if point < table.size else SYMBOL)
            if token == 0:
                continue
            push(grams, token)
            for order in range(orders):
                found[out] = fingerprint(grams[order], order)
                out += 1
        ends[line + 1] = out
    return found[:out], ends


@compiled
def hashed(keys: Points) -> Slots:
    """A hash table of the keys; its size is a power of two, more than twice their number.

    A slot holds the key in its upper 32 bits and its number, from 1 on, in its lower; 0 is free.
    """
    size = 2
    while size <= 2 * keys.size:
        size *= 2
    slots = np.zeros(size, np.uint64)
    mask = np.uint64(size - 1)
    for number in range(keys.size):
        key = np.uint64(keys[number])
        slot = key & mask
        while slots[slot] != 0:
            slot = (slot + np.uint64(1)) & mask
        slots[slot] = key << HALF | np.uint64(number + 1)
    return slots


@compiled
def place_in(slots: Slots, key: np.uint64, mask: np.uint64) -> int:
    """The number of the key, from 0 on; -1 where it is none."""
    slot = key & mask
    while slots[slot] != 0:
        if slots[slot] >> HALF == key:
            return int(slots[slot] & LOW) - 1
        slot = (slot + np.uint64(1)) & mask
    return -1


@compiled
def numbered(found: Points, slots: Slots) -> npt.NDArray[np.int32]:
    """The number of each fingerprint; -1 where it is not known."""
    mask = np.uint64(slots.size - 1)
    numbers = np.empty(found.size, np.int32)
    for at in range(found.size):
        numbers[at] = place_in(slots, np.uint64(found[at]), mask)
    return numbers


class Grams(NamedTuple):
    """The n-grams of 1 to `orders` tokens that a model knows: row `slots` says, its `weights`."""

    table: Points
    slots: Slots
    weights: Weights
    orders: int


@compiled
def sums(
    data: Bytes, places: Offsets, known: Grams
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The sums of the weights of each window's n-grams, and how many n-grams it has.

    A window of nothing but new lines counts as one without any.
    """
    table, slots, weights, orders = known
    columns = weights.shape[1]
    totals = np.zeros((places.shape[0], columns), np.int64)
    counts = np.zeros(places.shape[0], np.int64)
    mask = np.uint64(slots.size - 1)
    grams = np.empty(orders, np.uint64)
    held = np.empty(columns, np.int32)
    for line in range(places.shape[0]):
        grams[:] = NEW_LINE
        held[:] = 0
        says = False
        at, end = places[line]
        while at < end:
            size = width(data[at])
            point = code_point(data, at, size)
            at += size
            token = np.uint64(table[point] if point < table.size else SYMBOL)
            if token == 0:
                continue
            push(grams, token)
            counts[line] += orders
            says |= token != NEW_LINE
            for order in range(orders):
                number = place_in(slots, fingerprint(grams[order], order), mask)
                if number >= 0:
                    for column in range(columns):
                        held[column] += np.int32(weights[number, column])
        totals[line] = held
        if not says:
            counts[line] = 0
    return totals, counts


@compiled
def pooled(lines: Floats, first: Offsets, share: float) -> Floats:
    """For each text and column the mean of the highest `share` of its windows, at least one.

    NaN where no window of a text has a number.
    """
    texts, columns = first.size - 1, lines.shape[1]
    found = np.full((texts, columns), np.nan, np.float32)
    for row in range(texts):
        for column in range(columns):
            mine = lines[first[row] : first[row + 1], column]
            mine = np.sort(mine[~np.isnan(mine)])[::-1]
            if mine.size:
                found[row, column] = mine[: max(1, int(np.ceil(mine.size * share)))].mean()
    return found


class Examples(NamedTuple):
    """Windows to learn from.

    The n-grams of window `i` are `numbers[ends[i]:ends[i + 1]]`, each of which counts `scales[i]`;
    its class is `targets[i]`, and it weighs `importance[i]`.
    """

    numbers: npt.NDArray[np.int32]
    ends: Offsets
    scales: Floats
    targets: npt.NDArray[np.int64]
    importance: Floats


class State(NamedTuple):
    """Weights, n-grams by classes, and biases; and the sums of their squared gradients."""

    weights: Floats
    squares: Floats
    biases: Floats
    bias_squares: Floats


@compiled
def descend(found: Examples, order: Offsets, state: State, rate: float, decay: float) -> float:
    """One pass of AdaGrad over the windows in `order`, which changes `state`; the mean loss.

    `decay` draws the weights of a window's n-grams to 0.
    """
    weights, squares, biases, bias_squares = state
    classes = biases.size
    chance = np.empty(classes, np.float32)
    loss = 0.0
    for line in order:
        mine = found.numbers[found.ends[line] : found.ends[line + 1]]
        target, scale = found.targets[line], found.scales[line]
        chance[:] = 0
        for number in mine:
            for kind in range(classes):
                chance[kind] += weights[number, kind]
        chance *= scale
        chance += biases
        chance -= chance.max()
        chance[:] = np.exp(chance)
        chance /= chance.sum()
        loss -= found.importance[line] * np.log(max(chance[target], SMALLEST))
        chance[target] -= 1
        chance *= found.importance[line]
        for kind in range(classes):
            step = chance[kind]
            bias_squares[kind] += step * step
            biases[kind] -= rate * step / np.sqrt(bias_squares[kind])
        for number in mine:
            for kind in range(classes):
                step = chance[kind] * scale + decay * weights[number, kind]
                squares[number, kind] += step * step
                weights[number, kind] -= rate * step / np.sqrt(squares[number, kind])
    return loss / max(1, order.size)
