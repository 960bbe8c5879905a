"""Makes a model small: of its n-grams those whose loss would hurt most are kept."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quality.scoring.perplexity.estimating import SYMBOL_BITS, Floats, Grams, Level, Model

Kept = npt.NDArray[np.bool_]


def pruned(model: Model, grams: Sequence[Grams], budget: int) -> Model:
    """The model with at most `budget` n-grams of two symbols or more, and chances that sum to 1.

    An n-gram is worth the weight of its occurrences times what each would lose, in nats, were it
    left out (Seymore and Rosenfeld, 1996). Those that a kept one begins or ends with are kept too.
    """
    worths = [_worth(model, grams, place) for place in range(1, len(grams))]
    every = np.sort(np.concatenate(worths))[::-1]
    if every.size <= budget:
        return model
    kept = [np.zeros(worth.size, np.bool_) for worth in worths]
    bottom, top = 0, every.size
    while top - bottom > max(1, budget // 200):
        middle = (bottom + top) // 2
        some = closed(model, [worth > every[middle] for worth in worths])
        if sum(int(one.sum()) for one in some) > budget:
            top = middle
        else:
            bottom, kept = middle, some
    return only(model, kept)


def _worth(model: Model, grams: Sequence[Grams], place: int) -> Floats:
    level, shorter = model.levels[place], model.levels[place - 1]
    without = shorter.backoffs[grams[place].contexts] + shorter.logs[level.suffixes]
    return grams[place].weights * (level.logs - without)


def closed(model: Model, kept: Sequence[Kept]) -> list[Kept]:
    """Those kept, of two symbols on, and all that they begin or end with."""
    found = [one.copy() for one in kept]
    for place in range(len(found) - 1, 0, -1):
        level = model.levels[place + 1]
        found[place - 1][_contexts(level)[found[place]]] = True
        found[place - 1][level.suffixes[found[place]]] = True
    return found


def only(model: Model, kept: Sequence[Kept]) -> Model:
    """The model with these n-grams, closed, of two symbols on; what is left goes to the others."""
    levels = [model.levels[0]]
    rows = np.arange(model.levels[0].keys.size)
    for level, some in zip(model.levels[1:], kept, strict=True):
        contexts = rows[_contexts(level)[some]]
        symbols = level.keys[some] & np.uint64((1 << SYMBOL_BITS) - 1)
        keys = contexts.astype(np.uint64) << np.uint64(SYMBOL_BITS) | symbols
        here = Level(
            keys,
            rows[level.suffixes[some]].astype(np.int32),
            level.logs[some],
            np.zeros(keys.size, np.float32),
        )
        levels[-1] = levels[-1]._replace(backoffs=_backoffs(levels[-1], here, contexts))
        levels.append(here)
        rows = np.cumsum(some) - 1
    return Model(tuple(levels), model.unknown)


def _backoffs(shorter: Level, level: Level, contexts: npt.NDArray[np.int64]) -> Floats:
    """What makes the chances after each gram of `shorter` sum to 1."""
    size = shorter.keys.size
    taken = np.bincount(contexts, np.exp(level.logs.astype(np.float64)), size)
    covered = np.bincount(contexts, np.exp(shorter.logs[level.suffixes].astype(np.float64)), size)
    left = np.maximum(1 - taken, 1e-6) / np.maximum(1 - covered, 1e-6)
    return np.log(left).astype(np.float32)


def _contexts(level: Level) -> npt.NDArray[np.int64]:
    return (level.keys >> np.uint64(SYMBOL_BITS)).astype(np.int64)
