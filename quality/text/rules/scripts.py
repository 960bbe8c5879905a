"""Which Han characters only Simplified, or only Traditional, text has."""

import functools


@functools.cache
def traditional() -> str:
    """A pattern of the Han characters that Big5 has and GB 2312 has not."""
    return _only_in("big5", "gb2312")


@functools.cache
def simplified() -> str:
    """A pattern of the Han characters that GB 2312 has and Big5 has not."""
    return _only_in("gb2312", "big5")


def _only_in(codec: str, other: str) -> str:
    chars = (chr(c) for c in range(0x4E00, 0xA000))
    return f"[{''.join(c for c in chars if _encodes(c, codec) and not _encodes(c, other))}]"


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
