"""Rolling hashes of character n-grams."""

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

BASE = uint64(0x9E3779B97F4A7C15)
"""The base of the polynomial: 2**64 over the golden ratio, made odd."""


@njit(cache=True, nogil=True)
def mix(value: np.uint64) -> np.uint64:
    """Stir all 64 bits: the finaliser of MurmurHash3, a bijection."""
    value ^= value >> uint64(33)
    value *= uint64(0xFF51AFD7ED558CCD)
    value ^= value >> uint64(33)
    value *= uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> uint64(33))


@njit(cache=True, nogil=True)
def mix32(value: np.uint32) -> np.uint32:
    """Stir all 32 bits: the finaliser of MurmurHash3, which `affine32` applies to its input."""
    value = uint32(value ^ (value >> uint32(16)))
    value = uint32(value * uint32(0x85EBCA6B))
    value = uint32(value ^ (value >> uint32(13)))
    value = uint32(value * uint32(0xC2B2AE35))
    return uint32(value ^ (value >> uint32(16)))


@njit(cache=True, nogil=True)
def ngram_hashes(
    points: npt.NDArray[np.uint32], count: int, n: int, out: npt.NDArray[np.uint64]
) -> int:
    """Write the 64-bit hash of each of the n-grams of `points[:count]`; return how many.

    The hash is the polynomial of the code points in `BASE`, modulo 2**64, rolled one character at
    a time and then stirred by `mix`.
    """
    if count < n:
        return 0
    top = uint64(1)
    value = uint64(0)
    for i in range(n - 1):
        top *= BASE
        value = value * BASE + uint64(points[i])
    for i in range(n - 1, count):
        value = value * BASE + uint64(points[i])
        out[i - n + 1] = mix(value)
        value -= uint64(points[i - n + 1]) * top
    return count - n + 1
