"""Counts the n-grams of a sequence of symbols, and estimates modified Kneser-Ney models of them.

Nothing here knows about text: a symbol is a number, such as a code point. Documents are joined to
one sequence by `BOUNDARY`, which begins and ends it. All n-grams are kept, and probabilities are
exact but for the rounding of 32-bit floats.

Memory is counted by the symbol, since of each length there are at most as many n-grams as symbols.
At order 4 it is no more than 170 bytes, reached where all n-grams differ, and some 130 for prose;
at order 5 about 150 for prose. 20 million symbols of prose need 40 seconds.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BOUNDARY = 0
"""Begins and ends each document: a context at its beginning, an event at its end."""

SYMBOL_BITS = 21
"""A symbol is below 2^21, so that every code point is one."""

FALLBACK = (0.5, 1.0, 1.5)
"""Discounts where the counts are too few to estimate them: those of KenLM's lmplz."""

Symbols = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Grams(NamedTuple):
    """The distinct n-grams of one length, in the order of their keys.

    A key is the row of the first n - 1 symbols among the grams one shorter, and the last symbol:
    `row << SYMBOL_BITS | symbol`. `suffixes` are the rows of the last n - 1 symbols; `begins`
    tells which grams begin with a boundary; `weights` sums what the last symbols weigh. Of single
    symbols all these rows are 0.
    """

    keys: npt.NDArray[np.uint64]
    suffixes: Rows
    counts: Rows
    begins: npt.NDArray[np.bool_]
    weights: Floats

    @property
    def contexts(self) -> Rows:
        """The rows of the first n - 1 symbols."""
        return (self.keys >> np.uint64(SYMBOL_BITS)).astype(np.int32)


class Level(NamedTuple):
    """The n-grams of one length in a model, by their keys as in `Grams`.

    `logs` are natural logarithms of the chance of the last symbol after the others; `backoffs`
    what is added where one more symbol is not known after the gram.
    """

    keys: npt.NDArray[np.uint64]
    suffixes: Rows
    logs: Floats
    backoffs: Floats


class Model(NamedTuple):
    """A back-off model: the levels from single symbols on, and the log-chance of any other."""

    levels: tuple[Level, ...]
    unknown: float


def joined(documents: Iterable[Sequence[int] | Symbols]) -> Symbols:
    """The documents as one sequence.

    >>> joined([[7, 8], [9]]).tolist()
    [0, 7, 8, 0, 9, 0]
    """
    boundary = np.full(1, BOUNDARY, np.uint32)
    parts = [boundary]
    for document in documents:
        parts += [np.asarray(document, np.uint32), boundary]
    return np.concatenate(parts)


def count(symbols: Symbols, order: int, weights: Floats | None = None) -> list[Grams]:
    """The n-grams of up to `order` symbols, none of which reaches over a boundary.

    `weights` says what each symbol weighs, 1 if it is not given.
    """
    if weights is None:
        weights = np.ones(symbols.size, np.float32)
    keys, here, counts, sums = _distinct(symbols.astype(np.uint64), weights)
    nothing = np.zeros(keys.size, np.int32)
    found = [Grams(keys, nothing, counts, keys == BOUNDARY, sums)]
    for length in range(1, order):
        starts = np.flatnonzero(here[: symbols.size - length] >= 0)
        if length > 1:
            starts = starts[symbols[starts + length - 1] != BOUNDARY]
        ends = starts + length
        longer = here[starts].astype(np.uint64) << np.uint64(SYMBOL_BITS) | symbols[ends]
        keys, rows, counts, sums = _distinct(longer, weights[ends])
        suffixes = np.empty(keys.size, np.int32)
        suffixes[rows] = here[starts + 1]
        begins = found[-1].begins[keys >> np.uint64(SYMBOL_BITS)]
        found.append(Grams(keys, suffixes, counts, begins, sums))
        here = np.full(symbols.size, -1, np.int32)
        here[starts] = rows
    return found


def _distinct(
    keys: npt.NDArray[np.uint64], weights: Floats
) -> tuple[npt.NDArray[np.uint64], Rows, Rows, Floats]:
    """The distinct keys in order; each key's row among them; their occurrences, and weights."""
    order = np.argsort(keys)
    known = keys[order]
    first = np.ones(known.size, np.bool_)
    np.not_equal(known[1:], known[:-1], out=first[1:])
    rows = np.empty(known.size, np.int32)
    rows[order] = np.cumsum(first, dtype=np.int32) - np.int32(1)
    places = np.flatnonzero(first)
    counts = np.diff(places, append=known.size).astype(np.int32)
    sums = np.bincount(rows, weights, places.size).astype(np.float32)
    return known[places], rows, counts, sums


def estimate(grams: Sequence[Grams], *, continued: bool = True) -> Model:
    """The interpolated modified Kneser-Ney model (Chen and Goodman, 1999) of counted n-grams.

    Where `continued`, shorter n-grams count by how many symbols come before them, as Kneser and
    Ney found; else by how often they occur, which bears pruning better.
    """
    levels: list[Level] = []
    unknown = 0.0
    shorter: Floats = np.zeros(1, np.float32)
    for place, each in enumerate(grams):
        counts = _adjusted(each, grams[place + 1 :], first=place == 0, continued=continued)
        contexts = each.contexts
        kept, left = _discounted(counts, contexts, shorter.size)
        if place == 0:
            unknown = float(left[0]) / (each.keys.size + 1)
            chances = kept + unknown
        else:
            levels[-1] = levels[-1]._replace(backoffs=np.log(left).astype(np.float32))
            chances = kept + left[contexts] * shorter[each.suffixes]
        shorter = chances.astype(np.float32)
        levels.append(
            Level(each.keys, each.suffixes, np.log(shorter), np.zeros(shorter.size, np.float32))
        )
    return Model(tuple(levels), float(np.log(unknown)))


def _adjusted(grams: Grams, longer: Sequence[Grams], *, first: bool, continued: bool) -> Rows:
    """What the n-grams count: the longest by occurrence, and those that nothing can precede."""
    if not longer or not continued:
        return grams.counts
    counts = np.bincount(longer[0].suffixes, minlength=grams.keys.size).astype(np.int32)
    return counts if first else np.where(grams.begins, grams.counts, counts)


def _discounted(
    counts: Rows, contexts: Rows, size: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The discounted chance of each n-gram, and what each of `size` contexts has left for others.

    A context that nothing follows has 1 left.
    """
    discounts = np.array([0.0, *discounts_of(counts)])
    taken = discounts[np.minimum(counts, 3)]
    totals = np.bincount(contexts, counts, size)
    left = np.bincount(contexts, taken, size)
    empty = totals == 0
    totals[empty] = left[empty] = 1
    return (counts - taken) / totals[contexts], left / totals


def discounts_of(counts: Rows) -> tuple[float, float, float]:
    """What is taken from counts of 1, of 2, and of 3 or more (Chen and Goodman, 1999).

    >>> [round(one, 3) for one in discounts_of(np.array([1, 1, 1, 1, 2, 2, 3, 4], np.int32))]
    [0.5, 1.25, 1.0]
    >>> discounts_of(np.array([1, 1, 2], np.int32))
    (0.5, 1.0, 1.5)
    """
    seen = np.bincount(np.minimum(counts, 5), minlength=6)
    if not seen[1:5].all():
        return FALLBACK
    share = seen[1] / (seen[1] + 2 * seen[2])
    one, two, three = (
        many - (many + 1) * share * float(seen[many + 1]) / float(seen[many]) for many in (1, 2, 3)
    )
    if min(one, two, three) <= 0:
        return FALLBACK
    return float(one), float(two), float(three)


def surprises(model: Model, symbols: Symbols) -> npt.NDArray[np.float64]:
    """The surprise of each symbol but the first, in nats, after the symbols before it.

    The sequence begins with a boundary, and a boundary within it ends what is remembered.
    """
    size = symbols.size
    nats = np.full(size, -model.unknown)
    pending = np.zeros(size)
    rows = np.zeros(size, np.int64)
    blocked = np.zeros(size, np.bool_)
    for length, level in enumerate(model.levels, 1):
        ends = np.arange(length - 1, size)
        if length > 2:
            blocked[ends] |= symbols[ends - length + 2] == BOUNDARY
        context = rows[ends - 1] if length > 1 else np.zeros(size, np.int64)
        known = context >= 0
        known[blocked[ends]] = False
        if length > 1:
            pending[ends[known]] += model.levels[length - 2].backoffs[context[known]]
        found = np.full(size, -1, np.int64)
        found[ends[known]] = find(level.keys, context[known], symbols[ends[known]])
        hit = np.flatnonzero(found >= 0)
        nats[hit] = -level.logs[found[hit]]
        pending[hit] = 0
        rows = found
    return (nats - pending)[1:]


def find(
    keys: npt.NDArray[np.uint64], contexts: npt.NDArray[np.int64], symbols: Symbols
) -> npt.NDArray[np.int64]:
    """The row of each context and symbol among the keys; -1 where there is none."""
    wanted = contexts.astype(np.uint64) << np.uint64(SYMBOL_BITS) | symbols
    rows = np.searchsorted(keys, wanted)
    known = rows < keys.size
    known[known] = keys[rows[known]] == wanted[known]
    return np.where(known, rows, -1)
