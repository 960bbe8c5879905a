"""Addresses as numbers to sort and search by."""

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

from quality.kernels.arrow import Strings
from quality.kernels.fnv import OFFSET, PRIME


@njit(cache=True, nogil=True)
def fnv1a(texts: Strings) -> npt.NDArray[np.uint64]:
    """The FNV-1a hash of the UTF-8 bytes of each text; of a missing one, that of no bytes."""
    hashes = np.empty(texts.valid.size, np.uint64)
    for row in range(texts.valid.size):
        value = OFFSET
        if texts.valid[row]:
            for at in range(texts.offsets[row], texts.offsets[row + 1]):
                value = (value ^ uint64(texts.data[at])) * PRIME
        hashes[row] = value
    return hashes
