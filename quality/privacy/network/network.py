"""Finders of the addresses of machines: IPv4, IPv6 and MAC."""

import re
from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.numbers import validators
from quality.privacy.numbers.numbers import Verify
from quality.privacy.spotting import Mask, Runs, one_of
from quality.privacy.view import pattern

_IP = pattern(r"\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z])(?!\.\d|\.in-addr|(?<=\.0)/\d)")
_IP_CUE = pattern(r"(?<![A-Za-z])(?:[Ii][Pp]|主机|登录地址)[^。;\n\0〔〕]{0,16}\Z")
_IPV6 = pattern(r"[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:]{1,35}(?![0-9A-Za-z])(?!/\d)")
_INSIDE_IPV6 = pattern(r"(?:(?<![0-9A-Za-z])[0-9A-Fa-f]{1,4}|:):\Z")
_DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.")  # RFC 5737
_VERSION = pattern(r"(?:版本|[Vv]er(?:sion)?|[Vv]|第|章|节|条|附录|表|图)[ .:号为是]{0,3}\Z")
_MAC = pattern(
    r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z])(?!\1[0-9A-Fa-f])"
)
_INSIDE_MAC = pattern(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{2}[:-]\Z")
_MAC_DOTTED = pattern(r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z.])")
_MAC_BARE = pattern(r"[0-9A-Fa-f]{12}")
_MAC_CUE = pattern(
    r"(?:(?<![0-9A-Za-z_-])(?:[Mm]ac|MAC)(?:[ _-]?[Aa]ddr(?:ess)?)?(?![0-9A-Za-z-])"
    r"|物理地址|硬件地址|[网網]卡)"
    r"[^。;\n\0〔〕]{0,16}\Z"
)


def _ip(text: str, start: int, _end: int) -> Hit | None:
    match = _IP.match(text, start)
    if match is None or text[start - 1] in ".-" or not validators.is_public_ip(match[0]):
        return None
    if match[0].startswith(_DOCUMENTATION):
        return None
    near = text[max(0, start - 24) : start]
    if _VERSION.search(near):
        return None
    # Section and version numbers are small: an address without a cue shows a large octet.
    if max(map(int, match[0].split("."))) < 64 and not _IP_CUE.search(near):
        return None
    return Hit(start, match.end(), "ip", "public_ipv4")


def _ipv6(text: str, start: int, _end: int) -> Hit | None:
    """An address of 2000::/3 that is not set aside for documents (RFC 3849, RFC 9637)."""
    match = _IPV6.match(text, start)
    if (
        match is None
        or text[start - 1] == "."
        or _INSIDE_IPV6.search(text, max(0, start - 6), start)
    ):
        return None
    value = match[0].removesuffix(":") if not match[0].endswith("::") else match[0]
    groups = [int(group, 16) for group in value.split(":") if len(group) in range(1, 5)]
    short = value.count("::") == 1 and ":::" not in value and 3 <= len(groups) < 8
    written = sum(group != "" for group in value.split(":"))
    if len(groups) != written or not (short or ("::" not in value and len(groups) == 8)):
        return None
    if groups[:2] == [0x2001, 0xDB8] or groups[0] == 0x3FFF:
        return None
    return Hit(start, start + len(value), "ip", "public_ipv6")


def _mac(text: str, start: int, _end: int) -> Hit | None:
    match = _MAC.match(text, start)
    if match is None or _INSIDE_MAC.search(text, max(0, start - 4), start):
        return None
    letters = re.search(r"[A-Fa-f]", match[0])
    if letters is None and not _MAC_CUE.search(text, max(0, start - 24), start):
        return None
    return _hardware(start, match[0], "eui48")


def _mac_glued(text: str, start: int, end: int) -> Hit | None:
    """A MAC whose first group has its cue right before it: MAC3C-…."""
    return _mac(text, end - 2, end) if text[start : start + 3].upper() == "MAC" else None


def _mac_beside_cue(text: str, start: int, end: int) -> Hit | None:
    """A MAC of three groups between dots, or of twelve digits in a row."""
    match = _MAC_DOTTED.match(text, start) if end - start == 4 else _MAC_BARE.match(text, start)
    if (
        match is None
        or text[start - 1] == "."
        or not _MAC_CUE.search(text, max(0, start - 24), start)
    ):
        return None
    return _hardware(start, match[0], "cue")


def _hardware(start: int, value: str, rule: str) -> Hit | None:
    digits = re.sub(r"[^0-9A-F]", "", value.upper())
    if digits.startswith("00005E0053") or len(set(digits)) == 1:  # RFC 7042; none, and all
        return None
    return Hit(start, start + len(value), "mac", rule)


def families(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    """Which runs each finder should look at, and the finder."""
    yield runs.numeric & (runs.length <= 3) & (runs.after == ord(".")) & (runs.tail >= 3), _ip
    groups = (runs.tail >= 5) & one_of(runs.after, ":-")
    yield (runs.length == 2) & groups, _mac
    yield (runs.length == 5) & groups & one_of(runs.first, "Mm"), _mac_glued
    yield (
        (runs.length == 4) & one_of(runs.first, "23") & (runs.after == ord(":")),
        _ipv6,
    )
    yield (
        (runs.length == 4) & (runs.after == ord(".")) & (runs.before != ord("."))
        | (runs.length == 12) & ~one_of(runs.before, "._"),
        _mac_beside_cue,
    )
    yield (
        (runs.length == 5) & one_of(runs.first, "Mm") & one_of(runs.after, ":-"),
        _mac_glued,
    )
