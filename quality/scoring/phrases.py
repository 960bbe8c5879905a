"""An automaton that finds lists of phrases in one pass (Aho and Corasick, 1975)."""

import collections
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.signals.bits import CLASSES, CODE_POINTS

LONGEST = 31
"""Characters of the longest phrase: each length has a bit of 32."""


class Automaton(NamedTuple):
    """The tables `quality.kernels.signals.Tables` names so; state 0 has read nothing of use."""

    symbols: npt.NDArray[np.uint16]
    moves: npt.NDArray[np.int32]
    classes: npt.NDArray[np.uint16]
    lengths: npt.NDArray[np.uint32]


def sections(listed: str) -> dict[str, list[str]]:
    r"""The phrases of a list by section: [name] begins one, # a comment, spaces part phrases.

    >>> sections("# games\n[gambling]\n百家乐 百家樂\n")
    {'gambling': ['百家乐', '百家樂']}
    """
    found: dict[str, list[str]] = {}
    name = ""
    for line in listed.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(line.split())
    return {name: phrases for name, phrases in found.items() if phrases}


def automaton(phrases: Mapping[int, Sequence[str]]) -> Automaton:
    """The automaton of the phrases of each class, none empty, width and case folded.

    >>> tables = automaton({0: ["ＡＢ", "b"]})
    >>> tables.symbols[[ord("a"), ord("Ａ"), ord("c")]].tolist(), tables.classes.tolist()
    ([1, 1, 0], [0, 0, 1, 1])
    """
    folded = {kind: sorted(set(map(fold, listed))) for kind, listed in phrases.items()}
    everything = [(phrase, kind) for kind, listed in folded.items() for phrase in listed]
    if any(not 0 < len(phrase) <= LONGEST for phrase, _ in everything):
        message = f"a phrase has 1 to {LONGEST} characters"
        raise ValueError(message)
    alphabet = sorted({character for phrase, _ in everything for character in phrase})
    numbers = {character: number for number, character in enumerate(alphabet, 1)}
    tree: list[dict[int, int]] = [{}]
    ends: list[tuple[int, int, int]] = []
    for phrase, kind in sorted(everything):
        ends.append((_grow(tree, [numbers[c] for c in phrase]), kind, len(phrase)))
    lengths = np.zeros((len(tree), CLASSES), np.uint32)
    for state, kind, size in ends:
        lengths[state, kind] |= np.uint32(1 << size)
    moves = _link(tree, lengths, len(alphabet) + 1)
    classes = ((lengths > 0) << np.arange(CLASSES)).sum(axis=1).astype(np.uint16)
    return Automaton(_symbols(numbers), moves, classes, lengths)


def fold(text: str) -> str:
    """The form in which phrases are compared."""
    return unicodedata.normalize("NFKC", text).lower()


def _symbols(numbers: dict[str, int]) -> npt.NDArray[np.uint16]:
    """The number of each code point whose folded form is one character of the alphabet."""
    symbols = np.zeros(CODE_POINTS, np.uint16)
    for code in range(0x10000):
        folded = fold(chr(code))
        if folded in numbers:
            symbols[code] = numbers[folded]
    return symbols


def _grow(tree: list[dict[int, int]], phrase: Sequence[int]) -> int:
    """The state that has read `phrase`, added to the prefix tree where it is new."""
    state = 0
    for symbol in phrase:
        if symbol not in tree[state]:
            tree[state][symbol] = len(tree)
            tree.append({})
        state = tree[state][symbol]
    return state


def _link(
    tree: list[dict[int, int]], lengths: npt.NDArray[np.uint32], width: int
) -> npt.NDArray[np.int32]:
    """Every move of every state, the phrases of shorter suffixes taken in, breadth first."""
    moves = np.zeros((len(tree), width), np.int32)
    suffixes = [0] * len(tree)
    queue = collections.deque([0])
    while queue:
        state = queue.popleft()
        suffix = suffixes[state]
        moves[state] = moves[suffix]
        lengths[state] |= lengths[suffix]
        for symbol, child in tree[state].items():
            suffixes[child] = int(moves[suffix, symbol]) if state else 0
            moves[state, symbol] = child
            queue.append(child)
    return moves
