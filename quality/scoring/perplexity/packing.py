"""A model as a small file, and as the tables that the kernel reads."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from quality.scoring.perplexity.estimating import SYMBOL_BITS, Level, Model
from quality.scoring.perplexity.kernels import UNITS, Hashed, extended, place_all
from quality.scoring.perplexity.reading import HAN, Points, table

KIND = "perplexity"
"""What the file calls itself."""

RARE = HAN
"""The symbol of all Han characters that are not in the alphabet."""

Arrays = Mapping[str, npt.NDArray[Any]]


def numbered(alphabet: Points) -> Points:
    """`reading.table` with small symbols: `RARE`, or a letter's place in the alphabet after it."""
    kinds = table().copy()
    places = np.full(kinds.size, RARE, np.uint32)
    places[alphabet] = RARE + 1 + np.arange(alphabet.size, dtype=np.uint32)
    han = kinds >= HAN
    kinds[han] = places[kinds[han]]
    return kinds


def packed(model: Model, alphabet: Points, unseen: int) -> dict[str, npt.NDArray[Any]]:
    """The file of a model of the symbols that `numbered` gives.

    Where `RARE` was never met, it stands for `unseen` characters that share its chance.
    For each length: how many n-grams extend each one that is one shorter; by what their last
    symbols grow from one to the next, the high and the low bytes apart; surprises and backoffs,
    rounded to 1 / `UNITS` nats.
    """
    size = RARE + 1 + alphabet.size
    rows = model.levels[0].keys.astype(np.int64)
    single = Level(np.arange(size, dtype=np.uint64), *np.zeros((3, size), np.float32))
    single.logs[:] = model.unknown
    single.logs[RARE] -= np.log(max(unseen, 1))
    single.logs[rows], single.backoffs[rows] = model.levels[0].logs, model.levels[0].backoffs
    arrays = {"kind": np.array(KIND), "alphabet": alphabet, "order": np.array(len(model.levels))}
    arrays |= _numbers(single, 1)
    for length, level in enumerate(model.levels[1:], 2):
        contexts = rows[(level.keys >> np.uint64(SYMBOL_BITS)).astype(np.int64)]
        symbols = (level.keys & np.uint64((1 << SYMBOL_BITS) - 1)).astype(np.int32)
        steps = np.diff(symbols, prepend=0)
        begins = np.diff(contexts, prepend=-1) > 0
        steps[begins] = symbols[begins]
        arrays[f"followers{length}"] = np.bincount(contexts, minlength=size).astype(np.uint16)
        arrays[f"high{length}"] = (steps >> 8).astype(np.uint8)
        arrays[f"low{length}"] = (steps & 0xFF).astype(np.uint8)
        arrays |= _numbers(level, length)
        size = level.keys.size
        rows = np.arange(size)
    return arrays


def _numbers(level: Level, length: int) -> dict[str, npt.NDArray[Any]]:
    surprises = np.clip(np.rint(-level.logs * UNITS), 0, 255).astype(np.uint8)
    backoffs = np.clip(np.rint(level.backoffs * UNITS), -128, 127).astype(np.int8)
    return {f"surprises{length}": surprises, f"backoffs{length}": backoffs}


def shared(model: Model, rare: int) -> Model:
    """The model with the chance of `RARE` divided among so many characters."""
    levels = []
    for level in model.levels:
        symbols = level.keys & np.uint64((1 << SYMBOL_BITS) - 1)
        logs = level.logs - np.where(symbols == RARE, np.log(max(rare, 1)), 0)
        levels.append(level._replace(logs=logs.astype(np.float32)))
    return Model(tuple(levels), model.unknown)


def grams_of(arrays: Arrays) -> int:
    """How many n-grams of two symbols or more a file holds."""
    return sum(arrays[f"low{length}"].size for length in range(2, int(arrays["order"]) + 1))


def unpacked(arrays: Arrays) -> Hashed:
    """The tables of a file; `ValueError` where its parts do not fit each other."""
    order = int(arrays["order"])
    singles = _read_numbers(arrays, 1)
    if order < 2 or singles.size != RARE + 1 + arrays["alphabet"].size:
        raise ValueError("as many symbols as numbers, and n-grams of two at least")
    keys = np.arange(singles.size, dtype=np.uint64) + np.uint64(1)
    slots = np.zeros(1 << int(1.5 * grams_of(arrays) + 1).bit_length(), np.uint32)
    for length in range(2, order + 1):
        followers = arrays[f"followers{length}"]
        steps = arrays[f"high{length}"].astype(np.int64) << 8 | arrays[f"low{length}"]
        reached = np.concatenate([[0], np.cumsum(steps)])
        begins = reached[np.cumsum(followers, dtype=np.int64) - followers]
        symbols = reached[1:] - np.repeat(begins, followers)
        keys = extended(np.repeat(keys, followers), symbols.astype(np.uint32))
        place_all(keys, _read_numbers(arrays, length), slots)
    return Hashed(numbered(arrays["alphabet"]), singles, slots, order)


def _read_numbers(arrays: Arrays, length: int) -> Points:
    surprises = arrays[f"surprises{length}"].astype(np.uint32)
    backoffs = (arrays[f"backoffs{length}"].astype(np.int32) + 128).astype(np.uint32)
    return surprises << np.uint32(8) | backoffs
