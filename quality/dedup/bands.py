"""How a signature is cut into bands."""

import numpy as np
import numpy.typing as npt

from schemas.tables import PERMUTATIONS

RECALL = 0.98
"""Least share of the pairs at the threshold that must meet in a band. Candidates are verified,
so a band too loose costs time while a band too strict loses copies."""


def s_curve(bands: int, rows: int, similarity: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Probability that two documents of a Jaccard similarity (0 to 1) share one band or more.

    From Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4.

    >>> s_curve(25, 5, [0.3, 0.5, 0.7, 0.9]).round(3).tolist()
    [0.059, 0.548, 0.99, 1.0]
    """
    return 1 - (1 - np.asarray(similarity, np.float64) ** rows) ** bands


def bands(threshold: float) -> tuple[int, int]:
    """The number of bands and the rows of each: as many rows as keep the recall above 98%.

    datasketch weighs false candidates like lost pairs (14 × 9 at .7: recall .44 there, .97 only
    from .85 on); here false candidates are only compared and thrown away. Raises `ValueError`
    for a threshold outside 0 to 1 (0 excluded).

    >>> bands(0.7), bands(0.8), bands(0.9)
    ((25, 5), (18, 7), (11, 11))
    """
    if not 0 < threshold <= 1:
        message = f"the similarity threshold must be above 0 and at most 1, got {threshold}"
        raise ValueError(message)
    for rows in range(PERMUTATIONS, 1, -1):
        count = PERMUTATIONS // rows
        if s_curve(count, rows, threshold) >= RECALL:
            return count, rows
    return PERMUTATIONS, 1
