"""A Sankey diagram laid out: nodes in columns, and flows between them as wide as they are large."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

HEIGHT = 420.0
"""Pixels that the largest column's nodes have together."""

SLOT, GAP, TOP = 20.0, 8.0, 34.0
"""Pixels: what a node's label needs, between two nodes, and above the first."""


@dataclass(frozen=True)
class Flow:
    """So many documents from one node to another; `colour` and `told` are for who draws it."""

    start: str
    end: str
    documents: int
    colour: str
    told: str


class Node(NamedTuple):
    """A node's name, where its bar begins from the top and how long it is, in pixels."""

    name: str
    top: float
    size: float


class Band(NamedTuple):
    """A flow, the columns it leaves and reaches, and where from the top it does, in pixels."""

    flow: Flow
    columns: tuple[int, int]
    left: float
    right: float
    width: float


class Layout(NamedTuple):
    """All nodes by column, all bands, and how high it is."""

    columns: tuple[tuple[Node, ...], ...]
    bands: tuple[Band, ...]
    height: float


def laid_out(columns: Sequence[Sequence[str]], flows: Sequence[Flow]) -> Layout:
    """Place the nodes of each column below each other, in order, and the flows between them.

    Flows leave and reach a node in the order in which they are given. One of no documents is left
    out, and so is a node without a flow.
    """
    flows = [flow for flow in flows if flow.documents]
    sizes = _sizes(flows)
    largest = max((sum(sizes.get(name, 0) for name in names) for names in columns), default=0)
    scale = HEIGHT / max(1, largest)
    placed = tuple(
        tuple(_stacked([(name, scale * sizes[name]) for name in names if name in sizes]))
        for names in columns
    )
    column = {node.name: number for number, nodes in enumerate(placed) for node in nodes}
    leaving = {node.name: node.top for nodes in placed for node in nodes}
    reached = dict(leaving)
    bands = []
    for flow in flows:
        width = scale * flow.documents
        ends = (column[flow.start], column[flow.end])
        bands.append(Band(flow, ends, leaving[flow.start], reached[flow.end], width))
        leaving[flow.start] += width
        reached[flow.end] += width
    bottoms = [nodes[-1].top + nodes[-1].size + SLOT for nodes in placed if nodes]
    return Layout(placed, tuple(bands), max(bottoms, default=TOP) + GAP)


def _sizes(flows: Iterable[Flow]) -> dict[str, int]:
    """The documents of each node: the more of what comes in and what goes out."""
    given: dict[str, int] = {}
    taken: dict[str, int] = {}
    for flow in flows:
        given[flow.start] = given.get(flow.start, 0) + flow.documents
        taken[flow.end] = taken.get(flow.end, 0) + flow.documents
    return {name: max(given.get(name, 0), taken.get(name, 0)) for name in given | taken}


def _stacked(sizes: Iterable[tuple[str, float]]) -> Iterable[Node]:
    top = TOP
    for name, size in sizes:
        slot = max(size, SLOT)
        yield Node(name, top + (slot - size) / 2, size)
        top += slot + GAP
