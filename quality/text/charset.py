"""Which charset a record is in, and its characters.

A declaration is a hint: the bytes decide. A damaged sequence costs a character, never the page.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_LABELS = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5-hkscs",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "cp1252": "windows-1252",
    "iso2022_jp": "iso-2022-jp",
    "euc_kr": "euc-kr",
    "euc_jp": "euc-jp",
}
"""Python codec to the label we report; pages declared GBK or GB2312 really are GB18030, and Big5
really is Big5-HKSCS, as the WHATWG encoding standard reads them."""

_ESCAPED = {"hz-gb-2312": "hz", "iso-2022-jp": "iso2022_jp"}
"""Charsets whose Chinese is pure ASCII on the wire: only a declaration can tell."""

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_META_WINDOW = 4096
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE_BYTES = 2**15

_FREQUENT = (
    "的一是不了在人有我他这為这个们中来上大为和国國地到以说時时要就出会會可也你对對生能而子那得于着下自"
    "之年過过发發后後作里用道行所然家種种事成方多经經么去法学學如都同现現当當没沒動动面起看定天分还還"
    "进進好小部其些主样樣理心她本前开開但因只从從想实實日者並與與無曰月電网網市新被及"
    "，。、：；“”！？（）《》　のはをにるたいがと이다의에는을가고"
)
"""Frequent characters of both scripts, kana and Hangul: about half of running Chinese text, and
next to none of Chinese read in a wrong charset."""

_CLEAR_FREQUENT = 0.12
_CLEAR_LOST = 0.005
_BINARY_LOST = 0.3
_BINARY_CONTROLS = 0.01
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


class Decoded(NamedTuple):
    """The characters of a record, the charset decided on, and how many characters were lost."""

    text: str
    charset: str
    lost: int


class _Reading(NamedTuple):
    """How a charset reads a sample: its share of lost, and of frequent, non-ASCII characters."""

    label: str
    lost: float
    frequent: float


def decode(payload: bytes, declared: str | None = None, *, html: bool = False) -> Decoded | None:
    """The text of `payload`; null where it is binary rather than text.

    `declared` is what the transport said; with `html` the page's own <meta charset> is heard too.

    >>> decode("中文网页".encode("gbk"), "utf-8")
    Decoded(text='中文网页', charset='gb18030', lost=0)
    """
    hints = [_known(declared)]
    if html and (meta := _META.search(payload[:_META_WINDOW])):
        hints.append(_known(meta.group(1).decode("ascii", "replace")))
    labels = [label for label in hints if label]
    for bom, label in _BOMS:
        if payload.startswith(bom):
            return _replaced(payload.removeprefix(bom), label)
    for label in labels:
        if label.startswith("utf-16"):
            return _unless_binary(_replaced(payload, label))
    if _looks_binary(payload):
        return None
    if payload.isascii():
        escaped = [label for label in labels if label in _ESCAPED]
        return _replaced(payload, escaped[0] if escaped else "utf-8")
    return _strict_utf8(payload, labels) or _best(payload, labels)


def _known(label: str | None) -> str | None:
    """The charset a declaration means, or null for an unknown one."""
    if not label:
        return None
    folded = label.strip().strip("\"'").lower()
    if folded in _ESCAPED:
        return folded
    codec = map_encoding_to_html5(folded, fallback_utf8=False)
    return _LABELS.get(codec, codec) if codec else None


def _detected(payload: bytes) -> str | None:
    """What the byte statistics say, in Python's name where WHATWG knows no such charset."""
    label = detect_encoding(payload, html5_compatible=False)
    try:
        return _known(label) or codecs.lookup(label or "").name
    except LookupError:
        return None


def _looks_binary(payload: bytes) -> bool:
    head = payload[:_SAMPLE_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) * _BINARY_CONTROLS


def _strict_utf8(payload: bytes, labels: list[str]) -> Decoded | None:
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # A short GBK text can be valid UTF-8 by accident, but then only of two-byte characters.
    legacy = [label for label in labels if label in {"gb18030", "big5-hkscs"}]
    if legacy and max(text) < "\u0800":
        reading = _read(payload, legacy[0], cut=False)
        if reading.lost == 0 and reading.frequent > 0:
            return _replaced(payload, legacy[0])
    return Decoded(text, "utf-8", 0)


def _candidates(payload: bytes, labels: list[str]) -> Iterator[str]:
    seen = set()
    for label in (*labels, "utf-8", "gb18030", "big5-hkscs"):
        if label not in seen:
            seen.add(label)
            yield label
    detected = _detected(payload)
    if detected and detected not in seen:
        yield detected


def _best(payload: bytes, labels: list[str]) -> Decoded | None:
    """The first reading that is clearly right, else the likeliest of all.

    The readings are compared on a stretch from the first byte that is not ASCII.
    """
    first = _FOREIGN.search(payload)
    start = first.start() if first else 0
    sample = payload[start : start + _SAMPLE_BYTES]
    cut = len(payload) > start + _SAMPLE_BYTES
    readings = []
    for label in _candidates(sample, labels):
        reading = _read(sample, label, cut=cut)
        readings.append(reading)
        if reading.lost <= _CLEAR_LOST and reading.frequent >= _CLEAR_FREQUENT:
            break
    else:
        readings.sort(key=lambda reading: 2 * reading.lost - reading.frequent)
        readings = readings[:1]
    best = readings[-1]
    return None if best.lost > _BINARY_LOST else _replaced(payload, best.label)


def _read(sample: bytes, label: str, *, cut: bool) -> _Reading:
    """How well a charset reads the sample; one character at its `cut` end may be lost."""
    text, _, lost = _replaced(sample, label)
    foreign = [char for char in text if char > "\x7f"]
    frequent = sum(map(_FREQUENT_SET.__contains__, foreign))
    share = max(lost - cut, 0) / max(len(foreign), 1)
    return _Reading(label, share, frequent / max(len(foreign), 1))


_FREQUENT_SET = frozenset(_FREQUENT)


def _replaced(payload: bytes, label: str) -> Decoded:
    """Decode with a replacement character for every damaged sequence."""
    codec = _ESCAPED.get(label) or {"big5-hkscs": "big5hkscs"}.get(label, label)
    try:
        return Decoded(payload.decode(codec), label, 0)
    except UnicodeDecodeError:
        pass
    if label == "big5-hkscs":
        try:
            return Decoded(payload.decode("cp950"), "big5", 0)
        except UnicodeDecodeError:
            pass
    text = payload.decode(codec, "replace")
    return Decoded(text, label, text.count(REPLACEMENT))


def _unless_binary(decoded: Decoded) -> Decoded | None:
    return None if decoded.lost > len(decoded.text) * _BINARY_LOST else decoded
