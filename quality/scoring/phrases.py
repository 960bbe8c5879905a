"""Lists of phrases, and the tree in which the kernel finds them."""

import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from quality.kernels.repetition import NONE, find, slots_for
from quality.kernels.signals.bits import CODE_POINTS
from quality.kernels.signals.phrases import PAIRS, Tree, edge_of, pair_of

LEAST = 2
"""Characters of the shortest phrase: two of them are looked at first."""


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


def tree(phrases: Mapping[int, Sequence[str]]) -> Tree:
    """The tree of the phrases of each class, of two characters and more, width and case folded.

    >>> found = tree({0: ["ＡＢ"], 1: ["abb"]})
    >>> found.symbols[[ord("a"), ord("Ａ"), ord("c")]].tolist(), found.classes.tolist()
    ([1, 1, 0], [0, 0, 1, 2])
    >>> found.sizes.tolist(), found.shorter.tolist()
    ([0, 0, 2, 3], [0, 0, 0, 2])
    """
    folded = sorted((fold(phrase), kind) for kind, listed in phrases.items() for phrase in listed)
    if any(len(phrase) < LEAST for phrase, _ in folded):
        message = f"a phrase has {LEAST} characters or more"
        raise ValueError(message)
    alphabet = sorted({character for phrase, _ in folded for character in phrase})
    numbers = {character: number for number, character in enumerate(alphabet, 1)}
    nodes: list[dict[int, int]] = [{}]
    classes, sizes, shorter = [0], [0], [0]
    pairs = np.zeros(PAIRS, np.bool_)
    for phrase, kind in folded:
        path = _grow(nodes, [numbers[character] for character in phrase])
        for column in (classes, sizes, shorter):
            column.extend([0] * (len(nodes) - len(column)))
        node = path[-1]
        classes[node] |= 1 << kind
        sizes[node] = len(phrase)
        pairs[pair_of(numbers[phrase[0]], numbers[phrase[1]])] = True
    _inherit(nodes, classes, shorter)
    edges, targets = _edges(nodes)
    return Tree(
        _symbols(numbers),
        np.packbits(pairs, bitorder="little"),
        edges,
        targets,
        np.array(classes, np.uint16),
        np.array(sizes, np.int32),
        np.array(shorter, np.int32),
    )


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


def _grow(nodes: list[dict[int, int]], phrase: Sequence[int]) -> list[int]:
    """The nodes that `phrase` leads through, added to the tree where they are new."""
    path = [0]
    for symbol in phrase:
        if symbol not in nodes[path[-1]]:
            nodes[path[-1]][symbol] = len(nodes)
            nodes.append({})
        path.append(nodes[path[-1]][symbol])
    return path


def _inherit(nodes: list[dict[int, int]], classes: list[int], shorter: list[int]) -> None:
    """Write the longest phrase that begins each node, itself left out; parents come first."""
    for node, children in enumerate(nodes):
        for child in children.values():
            shorter[child] = node if classes[node] else shorter[node]


def _edges(
    nodes: list[dict[int, int]],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """The edges of the tree as a hash table, and where each leads."""
    edges = np.full(slots_for(2 * len(nodes)), NONE, np.uint64)
    targets = np.zeros(len(edges), np.int32)
    for node, children in enumerate(nodes):
        for symbol, child in children.items():
            key = edge_of(node, symbol)
            slot = find(edges, np.uint64(key))
            edges[slot], targets[slot] = key, child
    return edges, targets
