"""The 64-bit hash FNV-1a (Fowler, Noll and Vo; RFC 9923): its constants, and that of a name."""

from numba import uint64

OFFSET, PRIME = uint64(0xCBF29CE484222325), uint64(0x100000001B3)


def hashed(name: str) -> int:
    """The hash of the name's UTF-8 bytes.

    >>> hex(hashed("a"))
    '0xaf63dc4c8601ec8c'
    """
    value = int(OFFSET)
    for byte in name.encode():
        value = (value ^ byte) * int(PRIME) % 2**64
    return value
