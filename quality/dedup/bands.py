"""How a signature is cut into bands."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from schemas.corpus import Dedup
from schemas.tables import PERMUTATIONS

RECALL = 0.98
"""Least share of the pairs at the threshold that must meet in a band. Candidates are verified,
so a band too loose costs time while a band too strict loses copies."""


class Bands(NamedTuple):
    """So many bands of `rows` minima each."""

    number: int
    rows: int


def s_curve(bands: int, rows: int, similarity: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Probability that two documents of a Jaccard similarity (0 to 1) share one band or more.

    From Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4.

    >>> s_curve(25, 5, [0.3, 0.5, 0.7, 0.9]).round(3).tolist()
    [0.059, 0.548, 0.99, 1.0]
    """
    return 1 - (1 - np.asarray(similarity, np.float64) ** rows) ** bands


def bands_of(dedup: Dedup) -> Bands:
    """The bands that corpus.yaml names, or else those for its lowest threshold.

    >>> bands_of(Dedup()), bands_of(Dedup(bands=9, rows=13))
    (Bands(number=25, rows=5), Bands(number=9, rows=13))
    """
    if dedup.bands and dedup.rows:
        return Bands(dedup.bands, dedup.rows)
    return bands(dedup.lowest)


def bands(threshold: float) -> Bands:
    """The number of bands and the rows of each: as many rows as keep the recall above 98%.

    datasketch weighs false candidates like lost pairs (14 × 9 at .7: recall .44 there, .97 only
    from .85 on); here false candidates are only compared and thrown away. Raises `ValueError`
    for a threshold outside 0 to 1 (0 excluded).

    >>> bands(0.7), bands(0.9)
    (Bands(number=25, rows=5), Bands(number=11, rows=11))
    """
    if not 0 < threshold <= 1:
        message = f"the similarity threshold must be above 0 and at most 1, got {threshold}"
        raise ValueError(message)
    for rows in range(PERMUTATIONS, 1, -1):
        count = PERMUTATIONS // rows
        if s_curve(count, rows, threshold) >= RECALL:
            return Bands(count, rows)
    return Bands(PERMUTATIONS, 1)
