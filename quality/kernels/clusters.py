"""Who is kept of texts that are near-duplicates of each other."""

import numpy as np
import numpy.typing as npt
from numba import njit

Integers = npt.NDArray[np.int64]


@njit(cache=True, nogil=True)
def kept_instead(
    texts: int, better: Integers, worse: Integers, similarity: npt.NDArray[np.float32]
) -> tuple[Integers, npt.NDArray[np.float32]]:
    """For each text the one kept instead of it (itself where it is kept), and how alike they are.

    Texts are numbered by preference. A text is kept unless a better one that is kept makes a pair
    with it: then the most similar such, of equals the better one, is kept instead. The pairs are in
    the order of `worse`.
    """
    instead = np.arange(texts)
    alike = np.ones(texts, np.float32)
    for i in range(better.size):
        mine, other = worse[i], better[i]
        if instead[other] != other:
            continue
        nearer = similarity[i] > alike[mine]
        equally = similarity[i] == alike[mine] and other < instead[mine]
        if instead[mine] == mine or nearer or equally:
            instead[mine], alike[mine] = other, similarity[i]
    return instead, alike


@njit(cache=True, nogil=True)
def families(texts: int, left: Integers, right: Integers) -> Integers:
    """For each of `texts` the smallest number among those that pairs link it to.

    Union-find with path halving (Tarjan and van Leeuwen 1984), the smaller root on top.
    """
    parent = np.arange(texts)
    for i in range(left.size):
        a, b = left[i], right[i]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        parent[max(a, b)] = min(a, b)
    for i in range(texts):
        parent[i] = parent[parent[i]]
    return parent
