"""Which charset a record is in, how sure that is, and its characters.

A declaration is a hint: the bytes decide. A damaged sequence costs a character, never the page.
"""

import codecs
import re
from typing import NamedTuple

from quality.text.encodings import REPLACEMENT, characters, known
from quality.text.fragments import mixed
from quality.text.readings import ESCAPED, WIDE, Decision, Hints, decide, decide_wide

__all__ = ["REPLACEMENT", "Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_REFUSED = re.compile(rb"\x1b\$\)[ACEG]")
"""What begins ISO-2022-CN and ISO-2022-KR, which are not decoded."""

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
_DECLARATIONS_BYTES = 4096
_IN_PAGE = {"x-user-defined": "windows-1252"}

_DECLARED = 5.0
_DECLARED_WEAKLY = 2.0
_WEAK = frozenset({"windows-1252"})
"""What servers and editors say that were never told."""
_MARKED = 30.0

_SURE_BYTES = 64
"""So many bytes beyond ASCII are valid UTF-8 only in UTF-8."""
_HEAD_BYTES = 2**15
_BINARY_LOST = 0.3
_BINARY_CONTROLS = 0.01
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_ASCII = bytes(range(128))


class Decoded(NamedTuple):
    """The characters of a record, the charset decided on, and how many characters were lost.

    `confidence` is the chance that the charset is right, 0 to 1, as weighed against all others.
    """

    text: str
    charset: str
    lost: int
    confidence: float


def decode(payload: bytes, declared: str | None = None, *, html: bool = False) -> Decoded | None:
    """The text of `payload`; null where it is binary rather than text, or in a refused charset.

    `declared` is what the transport said; with `html` the page's own declarations are heard too.

    >>> decode("中文网页".encode("gbk"), "utf-8")[:3]
    ('中文网页', 'gb18030', 0)
    """
    hints = _hints(payload, declared, html=html)
    for bom, label in _BOMS:
        if payload.startswith(bom):
            payload = payload.removeprefix(bom)
            if label != "utf-8":
                return _unless_binary(Decoded(*_in(payload, label), 1.0))
            hints = {label: _MARKED}
    binary = _looks_binary(payload)
    if binary or not hints.keys().isdisjoint(WIDE):
        wide = _wide(payload, hints)
        if wide or binary:
            return wide
    if payload.isascii():
        return _seven_bits(payload, hints)
    return _strict_utf8(payload, hints) or _wide(payload, hints) or _legacy(payload, hints)


def _hints(payload: bytes, declared: str | None, *, html: bool) -> Hints:
    """What the transport and the page say of the charset, in nats for each they name.

    A page whose own declaration can be read is not of two bytes a letter, whatever it says.
    """
    labels = [known(declared)]
    if html:
        head = payload[:_DECLARATIONS_BYTES]
        for found in (_META.search(head), _XML.match(head)):
            said = found[1].decode("ascii", "replace").lower() if found else ""
            label = known(_IN_PAGE.get(said, said))
            labels.append("utf-8" if label in WIDE else label)
    hints: Hints = {}
    for label in labels:
        if label:
            weight = _DECLARED_WEAKLY if label in _WEAK else _DECLARED
            hints[label] = hints.get(label, 0.0) + weight
    return hints


def _in(payload: bytes, label: str) -> tuple[str, str, int]:
    text, lost = characters(payload, label)
    return text, label, lost


def _looks_binary(payload: bytes) -> bool:
    head = payload[:_HEAD_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) * _BINARY_CONTROLS


def _seven_bits(payload: bytes, hints: Hints) -> Decoded | None:
    if _REFUSED.search(payload):
        return None
    label = next((label for label in hints if label in ESCAPED), "utf-8")
    return Decoded(*_in(payload, label), 1.0)


def _strict_utf8(payload: bytes, hints: Hints) -> Decoded | None:
    """The text where it is valid UTF-8 and not so short that this may be chance."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(payload.translate(None, _ASCII)) >= _SURE_BYTES:
        return Decoded(text, "utf-8", 0, 1.0)
    reading, confidence = decide(payload, hints)
    return Decoded(text, "utf-8", 0, confidence) if reading.label == "utf-8" else None


def _wide(payload: bytes, hints: Hints) -> Decoded | None:
    decision = decide_wide(payload, hints)
    return _unless_binary(_decoded(payload, decision)) if decision else None


def _legacy(payload: bytes, hints: Hints) -> Decoded | None:
    decision = decide(payload, hints)
    if decision.reading.lost > _BINARY_LOST:
        return None
    if fragments := mixed(payload, decision.reading.label):
        return Decoded(*fragments, decision.confidence)
    return _decoded(payload, decision)


def _decoded(payload: bytes, decision: Decision) -> Decoded:
    return Decoded(*_in(payload, decision.reading.label), decision.confidence)


def _unless_binary(decoded: Decoded) -> Decoded | None:
    return None if decoded.lost > len(decoded.text) * _BINARY_LOST else decoded
