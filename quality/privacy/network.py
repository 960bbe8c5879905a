"""Finders of electronic addresses: e-mail, IPv4 and MAC."""

import re
from collections.abc import Iterator

import numpy as np

from quality.privacy import validators
from quality.privacy.hits import Hit
from quality.privacy.numbers import Mask, Verify
from quality.privacy.spotting import Runs, one_of
from quality.privacy.view import View, pattern

_FILES = "png|jpe?g|gif|svg|webp|ico|js|mjs|ts|tsx|jsx|css|scss|html?|md|py|java|jar|whl|json|ya?ml"
_LOCAL = pattern(r"(?<![0-9A-Za-z])[0-9A-Za-z](?:[0-9A-Za-z._%+-]{0,62}[0-9A-Za-z_+-])?\Z")
_SPACED = pattern(r"(?<![0-9A-Za-z])[1-9](?: ?\d){4,10} ?\Z")
_DOMAIN = pattern(
    r" ?(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.){1,5}"
    rf"(?!(?:{_FILES})(?![0-9A-Za-z]))[A-Za-z]{{2,18}}(?![0-9A-Za-z])"
)
_MAILBOX = pattern(
    r" ?(?:(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|foxmail|aliyun)\.(?:com|cn)|yeah\.net"
    r"|(?:gmail|hotmail|outlook|icloud)\.com)(?![0-9A-Za-z])"
)
_HIDDEN = pattern(
    r"(?: ?[(\[{【<] ?(?:at|AT|At|艾特|@) ?[)\]}】>] ?| ?艾特 ?)([0-9A-Za-z-]{1,62}"
    r"(?:(?: ?[(\[{【<] ?(?:dot|DOT|点|\.) ?[)\]}】>] ?|\.|点)[0-9A-Za-z-]{1,62}){0,3}"
    r"(?: ?[(\[{【<] ?(?:dot|DOT|点|\.) ?[)\]}】>] ?|\.|点)[A-Za-z]{2,18})(?![0-9A-Za-z])"
)
_SERVICE = {"git", "hg", "svn"}
_IP = pattern(r"\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z])(?!\.\d)")
_IP_CUE = pattern(r"(?<![A-Za-z])(?:[Ii][Pp]|主机|登录地址)[^。;\n\0〔〕]{0,16}\Z")
_VERSION = pattern(r"(?:版本|[Vv]er(?:sion)?|[Vv]|第|章|节|条|附录|表|图)[ .:号为是]{0,3}\Z")
_MAC = pattern(
    r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z])(?!\1[0-9A-Fa-f])"
)
_MAC_CUE = pattern(r"(?:[Mm][Aa][Cc]|物理地址|网卡)[^。;\n\0〔〕]{0,16}\Z")

HIDDEN_HEADS = ("(a", "(A", "[a", "[A", "{a", "【a", "【A", "<a", "艾特", "(艾", "[艾", "(@", "[@")


def emails(view: View) -> Iterator[Hit]:
    """E-mail addresses around every @ (or # before a mail service); Han neighbours stay."""
    for sign, service, rule in (("@", _DOMAIN, "at"), ("#", _MAILBOX, "hidden_at")):
        for at in np.flatnonzero(view.codes == ord(sign)).tolist():
            domain = service.match(view.text, at + 1)
            start = _local_start(view.text, at) if domain is not None else None
            if domain is not None and start is not None:
                yield Hit(start, domain.end(), "email", rule)


def _local_start(text: str, at: int) -> int | None:
    near = text[max(0, at - 65) : at]
    local = _LOCAL.search(near)
    spaced = _SPACED.search(near)
    if local is None and spaced is None:
        return None
    if local is not None and local[0] in _SERVICE:
        return None
    return at - max(len(m[0]) for m in (local, spaced) if m is not None)


def hidden_email(text: str, at: int) -> Iterator[Hit]:
    """An e-mail address whose @ at `at` is written (at), [at] or 艾特."""
    domain = _HIDDEN.match(text, at)
    if domain is None:
        return
    near = text[max(0, at - 65) : at]
    local = _LOCAL.search(near.rstrip(" "))
    if local is not None:
        yield Hit(at - len(near) + local.start(), domain.end(), "email", "hidden_at")


def _ip(text: str, start: int, _end: int) -> Hit | None:
    match = _IP.match(text, start)
    if match is None or text[start - 1] in ".-" or not validators.is_public_ip(match[0]):
        return None
    near = text[max(0, start - 24) : start]
    if _VERSION.search(near):
        return None
    # Section and version numbers are small: an address without a cue shows a large octet.
    if max(map(int, match[0].split("."))) < 64 and not _IP_CUE.search(near):
        return None
    return Hit(start, match.end(), "ip", "public_ipv4")


def _mac(text: str, start: int, _end: int) -> Hit | None:
    match = _MAC.match(text, start)
    if match is None or text[start - 1] == match[1]:
        return None
    letters = re.search(r"[A-Fa-f]", match[0])
    if letters is None and not _MAC_CUE.search(text[max(0, start - 24) : start]):
        return None
    if set(match[0].upper()) - {match[1]} in ({"F"}, {"0"}):
        return None
    return Hit(start, match.end(), "mac", "eui48")


def families(runs: Runs) -> Iterator[tuple[Mask, Verify]]:
    """Which runs each finder should look at, and the finder."""
    yield runs.numeric & (runs.length <= 3) & (runs.after == ord(".")), _ip
    yield (runs.length == 2) & one_of(runs.after, ":-"), _mac
