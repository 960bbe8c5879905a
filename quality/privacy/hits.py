"""What a finder yields, and how overlapping hits become findings."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.tables import FINDING_KINDS

_RANK = {kind: rank for rank, kind in enumerate(FINDING_KINDS)}


class Hit(NamedTuple):
    """Personal data at `start` to `end` (characters of a view), and the rule that decided.

    `confidence` is 0 where it is that of the rule, and not told case by case.
    """

    start: int
    end: int
    kind: str
    rule: str
    confidence: float = 0.0


def resolve(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order and without overlap: the longest wins, what is left of a loser stays.

    Ties go to the kind listed first. Leftovers stay because a half of an account number that
    reaches out of an address is still half an account number.

    >>> [hit[:4] for hit in resolve([Hit(0, 4, "qq", "cue"), Hit(2, 9, "mobile", "plan")])]
    [(0, 2, 'qq', 'cue'), (2, 9, 'mobile', 'plan')]
    """
    resolved: list[Hit] = []
    cluster: list[Hit] = []
    reach = -1
    for hit in sorted(set(hits)):
        if hit.start >= reach and cluster:
            resolved.extend(_untangle(cluster))
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit.end)
    return resolved + _untangle(cluster)


def _untangle(cluster: list[Hit]) -> list[Hit]:
    if len(cluster) < 2:
        return cluster
    placed: list[Hit] = []
    for hit in sorted(cluster, key=lambda h: (h.start - h.end, _RANK[h.kind], h.start, h.rule)):
        placed.extend(hit._replace(start=a, end=b) for a, b in _gaps(hit, sorted(placed)))
    return sorted(placed)


def _gaps(hit: Hit, placed: list[Hit]) -> Iterator[tuple[int, int]]:
    start = hit.start
    for other in placed:
        if other.end <= start or other.start >= hit.end:
            continue
        if other.start > start:
            yield start, other.start
        start = other.end
    if start < hit.end:
        yield start, hit.end
