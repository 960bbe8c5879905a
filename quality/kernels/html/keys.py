"""Keys of lines: equal for the same line on the same site."""

import numpy as np
import numpy.typing as npt
from numba import njit

from quality.kernels.fnv import OFFSET, PRIME
from quality.kernels.html import reader as line
from quality.kernels.html.tables import Parsed

LONGEST = 300
"""Bytes of a line beyond which it has no key: what a site repeats is short."""


@njit(cache=True, nogil=True)
def line_keys(parsed: Parsed, sites: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The key of every line, given the key of each page's site; 0 for a long or verbatim line."""
    keys = np.zeros(len(parsed.lines), np.uint64)
    for row in range(len(parsed.lines)):
        one = parsed.lines[row]
        if one[line.END] - one[line.START] > LONGEST or one[line.LINE_FLAGS] & line.VERBATIM:
            continue
        value = OFFSET ^ sites[one[line.LINE_PAGE]]
        for byte in parsed.text[one[line.START] : one[line.END]]:
            value = (value ^ np.uint64(byte)) * PRIME
        # FNV leaves its lower bits poor where texts are short.
        value = (value ^ value >> np.uint64(29)) * np.uint64(0xBF58476D1CE4E5B9)
        keys[row] = (value ^ value >> np.uint64(32)) | np.uint64(1) << np.uint64(63)
    return keys
