"""Finder of what opens an account: keys of known formats, private keys, passwords beside a cue."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.hits import Hit
from quality.privacy.view import Codes, Positions, View, pattern

_MIX = 40503  # 2**16 over the golden ratio, as for pairs of characters


_KEYS = pattern(
    r"(?:(?:AKIA|ASIA)[0-9A-Z]{16}"  # AWS
    r"|gh[pousr]_[0-9A-Za-z]{36,76}|github_pat_[0-9A-Za-z_]{36,90}|glpat-[0-9A-Za-z_-]{20,64}"
    r"|sk-(?:(?:proj|ant|or|svcacct)-[0-9A-Za-z_-]{20,200}|[0-9A-Za-z]{20,64})"
    r"|[sr]k_live_[0-9A-Za-z]{16,100}|xox[abprs]-[0-9A-Za-z-]{16,120}"
    r"|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,300}"  # Google
    r"|LTAI[0-9A-Za-z]{12,24}|AKID[0-9A-Za-z]{13,40}"  # Aliyun, Tencent
    r"|hf_[0-9A-Za-z]{30,40}|npm_[0-9A-Za-z]{36}|dckr_pat_[0-9A-Za-z_-]{20,64}"
    r"|pypi-[0-9A-Za-z_-]{50,300}"
    r"|eyJ[0-9A-Za-z_-]{8,4000}\.eyJ[0-9A-Za-z_-]{8,8000}\.[0-9A-Za-z_-]{16,1400})"  # RFC 7519
    r"(?![0-9A-Za-z_-])"
)
"""Keys as their issuers publish their form: prefix, alphabet, length. Open ends are bounded."""

_KEY_HEADS = (
    *("aki", "asi", "ghp", "gho", "ghu", "ghs", "ghr", "git", "glp", "sk-", "sk_", "rk_", "xox"),
    *("aiz", "ya2", "lta", "hf_", "npm", "dck", "pyp", "eyj"),
)
_COMMAND_HEADS = ("ide", "req", "mas")
_CUE_HEADS = ("pas", "pwd", "sec", "tok", "api", "ssk", "ss_", "ss-", "bea")
_PEM_HEAD = "-be"
_PEM = pattern(
    r"-BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"((?:[^-\0]|-(?!----)){60,16000})(-----END [A-Z0-9 ]{0,40}-----)?"
)
_PEM_BODY = pattern(r"[0-9A-Za-z+/=]{40}")
_LINK = (
    r"(?:\([^()\n\0]{1,8}\))?[\"'`”’*]{0,3}[ \t]{0,8}(?:=>|:=|[:=|]|[为是係系]:?|\">|>)[ \t]{0,8}"
    r"([\"'`“‘]?)([!-~]{6,160})"
)
_LATIN = pattern(
    r"(?i:pass(?:word|wd|code|phrase)?|pwd|secret|token|api[_-]?(?:secret[_-]?)?key|ss[_-]?key)"
    rf"(?i:[_-]?(?:id|key|value))?{_LINK}"
)
_HAN = pattern(
    rf"(?:密码|密[钥鑰]|口令|秘[钥鑰]|令牌)(?:{_LINK}|[ \t]{{0,2}}(?![:=])([!-~]{{8,64}})(?![!-~]))"
)
_COMMAND = pattern(
    r"(?i:identified\s+by(?:\s+password)?|requirepass|masterauth|password\s+for)"
    r"[ \t]+(['\"]?)([!-~]{6,160})"
)
"""Commands that are given a password: of SQL, of Redis."""

_BEARER = pattern(r"(?i:bearer) ([0-9A-Za-z._~+/=-]{16,2000})")
_NO_SECRET = pattern(
    r"(?:提取|分享|用户名:|(?i:csrf|next|max|page|public[_-]?key|continuation)[_-]?)\Z"
)
_PLACEHOLDER = pattern(
    r"(?i)your|example|sample|placeholder|change.?me|redacted|dummy|foobar|xxx|\*\*|\.\.\."
    r"|insert|replace|enter|string|sha\d|base64|undefined|null"
)
_SIGN = pattern(r"[!#$%&*+@^~]")
_WORDS = pattern(
    r"(?i)my|pass|pwd|secret|token|key|test|demo|fake|12345|abcdef|abc123|qwerty|none"
    r"|true|false|admin|root|guest|user|here|hunter2|auth"
)
_COMMON = pattern(
    r"(?i)(?:your|my|some|new|old|the)?[-_ ]?(?:api|access|db|user)?[-_ ]?"
    r"(?:passw(?:or|0r)?d|secret|token|key|example|changeme|test|demo|admin|root|user|abc|qwerty)?"
    r"[-_ ]?(?:key|here|value|hash)?[-_@]?(?:\d|123|1234|12345|123456|1234567|12345678|123456789)?"
    r"|0?1234567?8?9?0?|[*x_.·?-]+|.*(?:example|placeholder|xxxx|\*\*\*|\.\.\.).*"
    r"|(?:sha|md|aes|rsa|base|utf)-?\d+.*"
)
_CODE = pattern(
    r"[$%<{(\[/#&@~\\]|.{0,64}[(){}<>\[\]]|[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)+;?\Z"
    r"|[A-Za-z]:\\|\.{1,2}/|[a-z]{2,12}://|[a-z]+(?:[_-][a-z]+)+\d?\Z|[A-Z]+(?:_[A-Z0-9]+)+\Z"
)


CELL = pattern(r"(?=[!-~]*\d)(?=[!-~]*[!-/:-~])(?![!-~]*(?:xxx|\*\*))[!-~]{6,64}")
"""A password that fills a cell below 密码."""


def is_placeholder(value: str) -> bool:
    """Whether `value` is code, or stands for what the reader is to put there.

    >>> is_placeholder("your-password"), is_placeholder("${DB_PASSWORD}"), is_placeholder("Xk9mQ27")
    (True, True, False)
    """
    return _PLACEHOLDER.search(value) is not None or _is_common(value) or _is_of_words(value)


def _is_of_words(value: str) -> bool:
    """Whether little is left of `value` without the words that stand in examples."""
    rest = _WORDS.sub("", value)
    return len(rest) < len(value) and not (_SIGN.search(rest) and _is_mixed(rest, 12))


def _is_common(value: str) -> bool:
    return _CODE.match(value) is not None or _COMMON.fullmatch(value) is not None


def bits(value: str) -> float:
    """How many bits `value` holds, were its characters drawn as often as they stand in it.

    >>> bits("aaaaaaaa"), bits("abcdabcd")
    (0.0, 16.0)
    """
    counts = Counter(value).values()
    return sum(-n * math.log2(n / len(value)) for n in counts) + 0.0


def _is_token(c: int) -> bool:
    return 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122 or c in (45, 95)


is_token = compiled(_is_token)


def _is_assigned(codes: Codes, i: int) -> bool:
    """Whether the word at `i` is followed, after quotes and spaces, by a sign that gives a value.

    The signs are : = > | 为 是 係 系, and a space after the word itself.
    """
    end = codes.size - 1
    j = i
    while j < min(end, i + 32) and is_token(codes[j]):
        j += 1
    k = j
    while k < min(end, j + 10) and codes[k] in (
        0x20,
        9,
        0x22,
        0x27,
        0x28,
        0x29,
        0x2A,
        0x60,
        0x201D,
    ):
        k += 1
    return codes[k] in (0x3A, 0x3D, 0x3E, 0x7C, 0x4E3A, 0x662F, 0x4FC2, 0x7CFB)


is_assigned = compiled(_is_assigned)


def _is_long(codes: Codes, i: int) -> bool:
    """Whether a token of at least 16 characters begins at `i`."""
    if is_token(codes[i - 1]) or codes[i - 1] == 46 or i + 16 > codes.size:
        return False
    j = i
    while j < i + 16 and (is_token(codes[j]) or codes[j] == 46):
        j += 1
    return j == i + 16


is_long = compiled(_is_long)


def _is_command(codes: Codes, i: int) -> bool:
    """Whether the word at `i` ends as identified, requirepass or masterauth do, before a space."""
    j = i
    while j < min(codes.size - 1, i + 12) and is_token(codes[j]):
        j += 1
    long = (j == i + 10 or j == i + 11) and codes[i - 1] in (0, 10, 32)
    return bool(long and codes[j] == 32)


is_command = compiled(_is_command)


def _mark_secrets(codes: Codes, table: npt.NDArray[np.uint8], found: Positions) -> int:
    """Positions that may begin a key, a private key or a cue with a value; returns how many."""
    count = 0
    a = b = np.int64(0)
    for i in range(codes.size - 1, 0, -1):
        c = np.int64(codes[i]) + (32 if 65 <= codes[i] <= 90 else 0)
        what = table[((c * _MIX + a) * _MIX + b) & 0xFFFF]
        b = a
        a = c
        if what == 0 and c not in (0x5BC6, 0x53E3, 0x79D8, 0x4EE4):  # 密 口 秘 令
            continue
        if (
            what == 3
            or (what == 1 and is_assigned(codes, i))
            or (what == 4 and is_command(codes, i))
            or (what == 2 and is_long(codes, i))
            or (what == 0 and codes[i + 1] in (0x7801, 0x94A5, 0x9470, 0x4EE4, 0x724C))
        ):
            found[count] = i
            count += 1
    return count


mark_secrets = compiled(_mark_secrets)


@cache
def _table() -> npt.NDArray[np.uint8]:
    """By a hash of three characters in lower case: 1 cue, 2 key, 3 private key, 4 command."""
    table = np.zeros(0x10000, np.uint8)
    for what, heads in ((4, _COMMAND_HEADS), (1, _CUE_HEADS), (2, _KEY_HEADS), (3, (_PEM_HEAD,))):
        for head in heads:
            a, b, c = map(ord, head)
            table[((a * _MIX + b) * _MIX + c) & 0xFFFF] = what
    return table


def secrets(view: View) -> Iterator[Hit]:
    """Keys, private keys, and passwords beside a cue."""
    found = np.empty(view.codes.size, np.int64)
    count = mark_secrets(view.codes, _table(), found)
    for at in found[:count][::-1].tolist():
        hit = _secret(view.text, at)
        if hit is not None:
            yield hit


def _secret(text: str, at: int) -> Hit | None:
    first = text[at]
    if first == "-":
        return _private_key(text, at)
    if first > "~":
        return _beside(_HAN.match(text, at), text, at, "cue_han")
    key = _KEYS.match(text, at)
    if key is not None:
        genuine = "EXAMPLE" not in key[0] and len(set(key[0][6:])) > 7
        return Hit(at, key.end(), "secret", "format") if genuine else None
    if first in "bB":
        return _bearer(text, at)
    return _beside(_LATIN.match(text, at) or _COMMAND.match(text, at), text, at, "cue")


def _private_key(text: str, at: int) -> Hit | None:
    block = _PEM.match(text, at)
    if block is None or _PEM_BODY.search(block[1]) is None:
        return None
    start = at
    while at - start < 4 and text[start - 1] == "-":
        start -= 1
    end = block.end() if block[2] else block.start(1) + len(block[1].rstrip())
    return Hit(start, end, "secret", "private_key")


def _bearer(text: str, at: int) -> Hit | None:
    token = _BEARER.match(text, at)
    if token is None or not _is_mixed(token[1], 48) or is_placeholder(token[1][:24]):
        return None
    return Hit(*token.span(1), "secret", "bearer")


def _beside(match: re.Match[str] | None, text: str, at: int, rule: str) -> Hit | None:
    if match is None or _NO_SECRET.search(text, max(0, at - 14), at):
        return None
    group = 2 if match[2] else 3
    start = match.start(group)
    value = _value(match[group], match[1] or "")
    if rule == "cue":
        genuine = not is_placeholder(value) and _is_mixed(value, 16)
    else:
        genuine = not _is_common(value) and _is_mixed(value, 12)
    return Hit(start, start + len(value), "secret", rule) if genuine else None


def _value(rest: str, quote: str) -> str:
    """The password at the beginning of `rest`: up to its quote, or to what ends a clause."""
    ends = {"“": "”", "‘": "’"}.get(quote, quote) or ",;\"'`|<"
    cut = min((at for end in ends if (at := rest.find(end)) >= 0), default=len(rest))
    value = rest[:cut]
    return value if quote else value.rstrip("(").rstrip(".:!?" + ")" * ("(" not in value))


def _is_mixed(value: str, least: float) -> bool:
    """Whether digits stand among letters or signs, and `value` holds at least so many bits."""
    digits = sum(c.isdecimal() for c in value)
    return len(value) >= 6 and 0 < digits < len(value) and bits(value) >= least
