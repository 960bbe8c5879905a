"""Finder of e-mail addresses, plain or hidden from machines: 艾特, (at), [dot], 点, spaces."""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.cued.secrets import bits, is_placeholder
from quality.privacy.hits import Hit
from quality.privacy.view import Codes, Positions, View, pattern

_ROOM = 66  # a local part has at most 64 characters (RFC 5321), and its neighbours decide
_FILES = "png|jpe?g|gif|svg|webp|ico|js|mjs|ts|tsx|jsx|css|scss|html?|md|py|java|jar|whl|json|ya?ml"
_NOWHERE = "invalid|local|localhost|localdomain"
_TLD = (
    "com|cn|net|org|edu|gov|info|cc|me|io|hk|tw|mo|jp|uk|us|co|tv|top|vip|xyz|name|biz|asia|ai|app"
)
_LOCAL = pattern(r"[0-9A-Za-z_+-](?:[0-9A-Za-z._%+-]{0,62}[0-9A-Za-z])?(?![0-9A-Za-z])")
_DIGITS = pattern(r"\d(?: ?\d){3,9} ?[1-9](?![0-9A-Za-z])")
_LETTERS = pattern(r"[0-9A-Za-z](?: [0-9A-Za-z._-]){1,30} [0-9A-Za-z](?![0-9A-Za-z])")
"""Local parts read backwards from the sign: as written, and with spaces between characters."""

_DOMAIN = pattern(
    r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.){1,5}"
    rf"(?!(?:{_FILES}|{_NOWHERE})(?![0-9A-Za-z]))(?:[A-Za-z]{{2,18}}|xn--[0-9a-z]{{2,20}})"
    rf"(?![0-9A-Za-z])(?!\.(?:{_NOWHERE})(?![0-9A-Za-z]))"
)
_HAN_DOMAIN = pattern(
    r"[0-9A-Za-z\u4e00-\u9fff-]{1,20}\.(?:中国|公司|网络|網络|網絡|香港|台湾|(?:cn|com|net|org)(?![0-9A-Za-z]))"
)
_DOT = (
    r"(?: ?[(\[{<【] ?(?:dot|DOT|Dot|[点點.。]) ?[)\]}>】] ?"
    r"| ?[.点點。·] ?|[ _-](?:dot|DOT|Dot)[ _-])"
)
_HIDDEN_DOMAIN = pattern(
    rf"(?:[0-9A-Za-z][0-9A-Za-z-]{{0,30}}{_DOT}){{1,4}}(?:{_TLD})(?![0-9A-Za-z])(?!\.(?:{_NOWHERE}))"
)
_SERVICES = (
    *("vip.qq", "qq", "163", "126", "139", "188", "189", "263", "sina", "sohu", "foxmail"),
    *("aliyun", "yeah", "gmail", "hotmail", "outlook", "live", "icloud", "yahoo", "msn", "tom"),
)
_MAILBOX = pattern(
    rf"(?:{'|'.join(' ?'.join(map(re.escape, name)) for name in _SERVICES)}){_DOT}"
    rf"(?:(?:c ?o ?m|n ?e ?t)(?:{_DOT}(?:cn|tw|hk))?|c ?n)(?![0-9A-Za-z])"
)
_AUTHORITY = pattern(r"://[!-.0-9;-?A-~]{0,64}(?::([!-.0-?A-~]{1,64}))?\Z")
"""What stands between scheme:// and @: a user, and a password."""

_PROMPT = pattern(r":[/~]| [~/\w.-]{1,40}\] ?[#$%]|[\]:] ?[#$%]")
_CUE = pattern(r"[邮郵][箱件址]|[电電][邮郵]|信箱|伊妹儿|[Mm]ail|投稿|联系")
_SIGN = pattern(r"[@﹫ⓐ#]|[Aa][Tt]|[艾爱]特|小老鼠")
_FIRST = "@﹫ⓐ#Aa艾爱小"
_OPEN, _CLOSE = " ([{<【_*-", " )]}>】_*-"
_SHELLS = frozenset({"git", "hg", "svn", "ssh"})
PUBLIC = frozenset(
    {
        *("service", "services", "support", "info", "admin", "administrator", "webmaster", "help"),
        *("noreply", "no-reply", "postmaster", "hostmaster", "abuse", "security", "privacy"),
        *(
            "legal",
            "contact",
            "contactus",
            "sales",
            "hr",
            "job",
            "jobs",
            "press",
            "media",
            "office",
        ),
        *("marketing", "feedback", "kefu", "tougao", "zhaopin", "editor", "editorial", "enquiry"),
        *("enquiries", "mail", "hello", "business", "pr", "bd", "ir", "team", "customer", "cs"),
        *("customerservice", "newsletter", "root", "moderator", "system", "news", "shangwu"),
    }
)
"""Local parts that belong to a role and not to a person (RFC 2142, and those of Chinese pages)."""


def _is_word(c: int) -> bool:
    return 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122


is_word = compiled(_is_word)


def _sign_end(codes: Codes, i: int) -> int:
    """Where the sign for @ that begins at `i` ends, or 0: @, #, at, 艾特, 小老鼠."""
    c, d = codes[i], codes[i + 1]
    end = 0
    if c in (0x61, 0x41):
        if d in (0x74, 0x54) and not is_word(codes[i - 1]) and not is_word(codes[i + 2]):
            end = i + 2
    elif c in (0x827E, 0x7231):
        end = i + 2 if d == 0x7279 else 0
    elif c == 0x5C0F:
        end = i + 3 if d == 0x8001 and codes[i + 2] == 0x9F20 else 0
    else:
        end = i + 1
    return end


def _has_domain(codes: Codes, i: int) -> bool:
    """Whether at most three signs, a label, and what may be a dot (or end a host) stand at `i`."""
    stop = min(codes.size - 1, i + 66)
    j = i
    while j < i + 3 and j < stop and codes[j] < 0x4E00 and not is_word(codes[j]):
        j += 1
    first = j
    while j < stop and (is_word(codes[j]) or codes[j] == 45):
        j += 1
    c = codes[j]
    goes_on = 0x4E00 <= c < 0xA000
    if j > first:
        goes_on |= c in (0x20, 0x2E, 0x2F, 0x3A, 0xB7, 0x3002)
        goes_on |= c in (0x28, 0x5B, 0x7B, 0x3C, 0x3010)
    return bool(goes_on)


sign_end = compiled(_sign_end)
has_domain = compiled(_has_domain)


def _mark_signs(codes: Codes, table: npt.NDArray[np.bool_], found: Positions) -> int:
    """Positions of signs for @ between a local part and a domain; returns how many."""
    count = 0
    for i in range(1, codes.size - 3):
        if not table[codes[i] & 0xFFFF]:
            continue
        end = sign_end(codes, i)
        k = i - 1
        while k > max(0, i - 4) and 0 < codes[k] < 0x4E00 and not is_word(codes[k]):
            k -= 1
        if end > 0 and is_word(codes[k]) and has_domain(codes, end):
            found[count] = i
            count += 1
    return count


mark_signs = compiled(_mark_signs)


def emails(view: View) -> Iterator[Hit]:
    """E-mail addresses around every sign that stands for @, and passwords of connection URLs."""
    table = np.zeros(0x10000, np.bool_)
    table[[ord(c) for c in _FIRST]] = True
    found = np.empty(view.codes.size, np.int64)
    last = 0
    for at in found[: mark_signs(view.codes, table, found)].tolist():
        hit = _around(view.text, at) if at >= last else None
        if hit is not None:
            last = hit.end
            yield hit


def _around(text: str, at: int) -> Hit | None:
    sign = _SIGN.match(text, at)
    if sign is None:
        return None
    left, right = _widened(text, at, sign.end())
    near = text[max(0, left - 130) : left]
    plain = sign[0] == "@" and (left, right) == (at, at + 1)
    authority = _AUTHORITY.search(near) if plain else None
    if authority is not None:
        password = authority[1]
        found = password is not None and bits(password) >= 8 and not is_placeholder(password)
        return Hit(at - len(password), at, "secret", "url") if found else None
    end, hidden = _domain_end(text, left, sign[0], right)
    start, spaced = _local_start(near, left) if end is not None else (None, False)
    if end is None or start is None or _is_shell(text, start, left, end):
        return None
    if text[start:left].lower() in PUBLIC:
        return Hit(start, end, "email", "public")
    return Hit(start, end, "email", "hidden_at" if hidden or spaced else "at")


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The sign with the brackets and spaces around it, at most three on a side."""
    for _ in range(3):
        start -= text[start - 1] in _OPEN and not (text[start - 1] in "_-" and text[start] == "@")
        end += text[end] in _CLOSE
    return start, end


def _domain_end(text: str, left: int, sign: str, right: int) -> tuple[int | None, bool]:
    """Where the domain at `right` ends, if there is one, and whether anything hides it.

    A sign that stands free, as in `me at work`, wants a mail service or a hidden dot.
    """
    plain = _DOMAIN.match(text, right)
    service = _MAILBOX.match(text, right)
    hidden = _HIDDEN_DOMAIN.match(text, right)
    written = text[left:right]
    if written == "@":
        end = _end(plain) or _end(service) or _end(hidden)
        return end or _end(_HAN_DOMAIN.match(text, right)), end != _end(plain)
    cue = _CUE.search(text[max(0, left - 60) : left].rpartition("\0")[2])
    if service is not None or (sign == "#" and cue is None):
        return _end(service), True
    if sign == "#":
        return _end(plain), True
    if written.strip(" _-*") == sign and sign[0] in "@aA":
        return (_end(hidden) if plain is None or cue else None), True
    return _end(plain) or _end(hidden), True


def _end(match: re.Match[str] | None) -> int | None:
    return match.end() if match is not None else None


def _local_start(near: str, left: int) -> tuple[int | None, bool]:
    """Where the local part before `left` begins, if there is one, and whether spaces hide it."""
    back = near[: -_ROOM - 1 : -1]
    written = _end(_LOCAL.match(back)) or 0
    length = max(written, *(_end(p.match(back)) or 0 for p in (_DIGITS, _LETTERS)))
    return (left - length if length else None), length > written


def _is_shell(text: str, start: int, at: int, end: int) -> bool:
    """Whether user@host is of a shell, a repository or another service, and no mailbox."""
    if text[start:at] in _SHELLS or _PROMPT.match(text, end):
        return True
    return text[start - 1] == "@" and _MAILBOX.match(text, at + 1) is None
