"""Gradient-boosted trees, evaluated."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit


class Forest(NamedTuple):
    """Trees one after the other; tree `t` begins at node `roots[t]`.

    A row goes to `left` of a node where its `feature` is at most `threshold`, else to `right`; a
    node whose `feature` is negative is a leaf and adds its `value`.
    """

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]


@njit(cache=True, nogil=True)
def margins(rows: npt.NDArray[np.float32], forest: Forest) -> npt.NDArray[np.float64]:
    """The sum of the trees for each row of features: a logit, where they were trained as one."""
    found = np.zeros(len(rows))
    for row in range(len(rows)):
        for root in forest.roots:
            node = root
            while forest.feature[node] >= 0:
                low = rows[row, forest.feature[node]] <= forest.threshold[node]
                node = forest.left[node] if low else forest.right[node]
            found[row] += forest.value[node]
    return found
