"""Finding many words at once."""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Automaton(NamedTuple):
    """Aho and Corasick's automaton: `found[s]` is what the words stand for that end in state `s`.

    `step[s, c]` is the state after a byte of class `c`, and `classes` gives each byte its class.
    """

    step: npt.NDArray[np.int16]
    found: npt.NDArray[np.int64]
    classes: npt.NDArray[np.uint8]


def automaton(words: dict[str, int], merge: Callable[[int, int], int] = operator.or_) -> Automaton:
    """The automaton of `words`, each with what it stands for; `merge` joins what ends together.

    >>> int(automaton({"nav": 1, "side": 2}).found.max())
    2
    """
    classes = np.zeros(256, np.uint8)
    for byte in sorted({byte for word in words for byte in word.encode()}):
        classes[byte] = classes.max() + 1
    tree: list[dict[int, int]] = [{}]
    found = [0]
    for word, bits in words.items():
        state = 0
        for byte in word.encode():
            if byte not in tree[state]:
                tree[state][byte] = len(tree)
                tree.append({})
                found.append(0)
            state = tree[state][byte]
        found[state] = merge(found[state], bits)
    step = np.zeros((len(tree), int(classes.max()) + 1), np.int16)
    _fill(step, tree, found, classes, merge)
    return Automaton(frozen(step, np.int16), frozen(found), frozen(classes, np.uint8))


def _fill(
    step: npt.NDArray[np.int16],
    tree: list[dict[int, int]],
    found: list[int],
    classes: npt.NDArray[np.uint8],
    merge: Callable[[int, int], int],
) -> None:
    """The steps of every state, from the root outwards: a missing one is that of its suffix."""
    suffix = [0] * len(tree)
    queue = [0]
    for state in queue:
        found[state] = merge(found[state], found[suffix[state]])
        step[state] = step[suffix[state]]
        for byte, target in tree[state].items():
            suffix[target] = int(step[suffix[state], classes[byte]]) if state else 0
            queue.append(target)
        for byte, target in tree[state].items():
            step[state, classes[byte]] = target


def frozen(values: object, dtype: npt.DTypeLike = np.int64) -> npt.NDArray[Any]:
    """The values as a read-only array: a writable twin would be compiled for again."""
    array = np.array(values, dtype)
    array.flags.writeable = False
    return array
