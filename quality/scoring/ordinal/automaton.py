"""An automaton that finds a list of phrases in tokens as they come (Aho and Corasick, 1975)."""

import collections
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.signals.bits import CODE_POINTS
from quality.scoring.phrases import fold


class Automaton(NamedTuple):
    """The tables of `kernels.Words`; state 0 has read nothing of use."""

    symbols: npt.NDArray[np.uint16]
    moves: npt.NDArray[np.int32]
    longest: npt.NDArray[np.uint8]


def automaton(phrases: Sequence[str]) -> Automaton:
    """The automaton of non-empty `phrases` of at most 255 characters, width and case folded.

    >>> tables = automaton(["ＡＢ", "b"])
    >>> tables.symbols[[ord("a"), ord("Ａ"), ord("c")]].tolist(), tables.longest.tolist()
    ([1, 1, 0], [0, 0, 2, 1])
    """
    folded = sorted({fold(phrase) for phrase in phrases})
    alphabet = sorted(set("".join(folded)))
    numbers = {character: number for number, character in enumerate(alphabet, 1)}
    tree, ends = _tree([[numbers[character] for character in phrase] for phrase in folded])
    moves, longest = _link(tree, ends, len(alphabet) + 1)
    return Automaton(_symbols(numbers), moves, longest)


def _symbols(numbers: dict[str, int]) -> npt.NDArray[np.uint16]:
    """The number of each code point whose folded form is one character of the alphabet."""
    symbols = np.zeros(CODE_POINTS, np.uint16)
    for code in range(0x10000):
        folded = fold(chr(code))
        if folded in numbers:
            symbols[code] = numbers[folded]
    return symbols


def _tree(phrases: Sequence[Sequence[int]]) -> tuple[list[dict[int, int]], list[int]]:
    """The prefix tree of `phrases`, and the length of the phrase that ends in each state."""
    tree: list[dict[int, int]] = [{}]
    ends = [0]
    for phrase in phrases:
        state = 0
        for symbol in phrase:
            if symbol not in tree[state]:
                tree[state][symbol] = len(tree)
                tree.append({})
                ends.append(0)
            state = tree[state][symbol]
        ends[state] = len(phrase)
    return tree, ends


def _link(
    tree: list[dict[int, int]], ends: list[int], width: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Every move of every state, shorter suffixes taken in, breadth first."""
    moves = np.zeros((len(tree), width), np.int32)
    longest = np.array(ends, np.uint8)
    suffixes = [0] * len(tree)
    queue = collections.deque([0])
    while queue:
        state = queue.popleft()
        suffix = suffixes[state]
        moves[state] = moves[suffix]
        longest[state] = max(longest[state], longest[suffix])
        for symbol, child in tree[state].items():
            suffixes[child] = int(moves[suffix, symbol]) if state else 0
            moves[state, symbol] = child
            queue.append(child)
    return moves, longest
