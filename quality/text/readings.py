"""Readings of the same bytes in several charsets, and which of them is the likeliest."""

import math
import re
from typing import NamedTuple

from resiliparse.parse.encoding import detect_encoding

from quality.text.encodings import characters, known
from quality.text.likelihood import likelihood

Hints = dict[str, float]
"""What speaks for a charset before its reading is looked at, in nats."""

WIDE = ("utf-16le", "utf-16be")
ESCAPED = frozenset({"hz-gb-2312", "iso-2022-jp"})
"""Charsets whose Chinese is pure ASCII on the wire: only a declaration can tell."""

_USUAL: Hints = {"utf-8": 0.0, "gb18030": -1.0, "big5-hkscs": -2.0}
_SELDOM: Hints = {"shift_jis": -8.0, "euc-kr": -8.0, "windows-1252": -8.0, "euc-jp": -10.0}
_OTHER = -8.0
_WIDE_PRIOR, _WIDE_DECLARED = -12.0, -4.0
_DETECTED = 4.0
_ALONE_BONUS = 8.0

RUN = re.compile(rb"(?:[\x80-\xff]+[\x30-\x7e]?)+")
"""Bytes that are not ASCII, each with the ASCII byte that may end its character."""
_ALONE = re.compile(rb"(?:^|\n)[\x80-\xff][\x30-\x7e]?(?=\n|$)")
_KANA = re.compile("[\u3040-\u30ff]")
"""GB 2312 has kana where EUC-JP has them; no Chinese text has many."""
_IS_FOREIGN = bytes(0x80) + b"\x01" * 0x80

_WINDOW_BYTES = 2**20
_SAMPLE_BYTES = 2**12
_WIDE_BYTES = 2**11
_DETECTED_BYTES = 2**15

_CLEAR = -8.5
"""Nats per character that hardly any text but one in its own charset reaches."""
_WIDE_CLEAR = -10.0
_TEMPERATURE = 0.25
"""Neighbouring characters are no independent evidence."""


class Reading(NamedTuple):
    """A sample in one charset: its text, the share of characters lost, and how likely it is.

    `nats` is of all of it, with what speaks for the charset; `mean` of a character beyond ASCII.
    """

    label: str
    text: str
    lost: float
    nats: float
    mean: float


class Decision(NamedTuple):
    """The likeliest reading and the chance that its charset is right, 0 to 1."""

    reading: Reading
    confidence: float


def decide(payload: bytes, hints: Hints) -> Decision:
    """The charset of bytes that are not all ASCII and have no wide characters."""
    sample, cut = _sample(payload)
    narrow = {label: nats for label, nats in hints.items() if label not in {*WIDE, *ESCAPED}}
    readings = [_read(sample, *prior, cut=cut) for prior in _priors(_USUAL, narrow)]
    best = max(readings, key=lambda reading: reading.nats)
    japanese = len(_KANA.findall(best.text)) * 5 > len(best.text)
    if best.mean < _CLEAR or best.lost or japanese:
        labels = _seldom(payload, sample) | ({"euc-jp": 0.0} if japanese else {})
        seldom = _priors(labels, {label: narrow.get(label, 0.0) for label in labels})
        done = {reading.label for reading in readings} - set(labels)
        readings = [reading for reading in readings if reading.label not in labels] + [
            _read(sample, *prior, cut=cut) for prior in seldom if prior[0] not in done
        ]
    return _decision(readings)


def decide_wide(payload: bytes, hints: Hints) -> Decision | None:
    """UTF-16 without a mark where it is likelier than any other charset, and likely; else null."""
    head = payload[:_WIDE_BYTES]
    labels = _USUAL | {label: _WIDE_DECLARED if label in hints else _WIDE_PRIOR for label in WIDE}
    readings = [_read(head, *prior, cut=True) for prior in _priors(labels, hints)]
    decision = _decision(readings)
    found = decision.reading
    return decision if found.label in WIDE and found.mean >= _WIDE_CLEAR else None


def _priors(labels: Hints, hints: Hints) -> list[tuple[str, float]]:
    every = {label: _SELDOM.get(label, _OTHER) for label in hints} | labels
    return [(label, nats + hints.get(label, 0.0)) for label, nats in every.items()]


def _sample(payload: bytes) -> tuple[bytes, bool]:
    """Its runs of other than ASCII, and whether the last may be cut within a character."""
    foreign = payload[:_WINDOW_BYTES].translate(_IS_FOREIGN)
    runs: list[bytes] = []
    size = 0
    at = foreign.find(1)
    while at >= 0 and size < _SAMPLE_BYTES:
        run = RUN.match(payload, at, _WINDOW_BYTES)
        if run is None:
            break
        runs.append(run[0])
        size += len(run[0]) + 1
        at = foreign.find(1, run.end())
    cut = size > _SAMPLE_BYTES or len(payload) > _WINDOW_BYTES
    return b"\n".join(runs)[:_SAMPLE_BYTES], cut


def _read(sample: bytes, label: str, prior: float, *, cut: bool) -> Reading:
    """How well a charset reads the sample; one character at its `cut` end may be lost."""
    text, lost = characters(sample, label)
    if cut and lost and text.endswith("\ufffd"):
        text, lost = text[:-1], lost - 1
    nats, mean = likelihood(text)
    return Reading(label, text, lost / max(len(text), 1), nats + prior, mean)


def _seldom(payload: bytes, sample: bytes) -> Hints:
    """Charsets worth a look where none of the usual is clear.

    Bytes that stand alone between ASCII letters are letters with an accent, in a charset of one
    byte a character, rather than halves of a Han character.
    """
    labels = dict(_SELDOM)
    if detected := _detected(payload[:_DETECTED_BYTES]):
        labels[detected] = labels.get(detected, _OTHER) + _DETECTED
    if len(_ALONE.findall(sample)) * 1.25 > sample.count(b"\n") + 1:
        single = {"windows-1252", detected} - {None, "shift_jis", "euc-kr", "euc-jp", *_USUAL}
        labels |= {label: labels[label] + _ALONE_BONUS for label in single if label}
    return {label: nats for label, nats in labels.items() if label not in _USUAL}


def _detected(payload: bytes) -> str | None:
    """What the statistics of bytes say."""
    return known(detect_encoding(payload, html5_compatible=False))


def _decision(readings: list[Reading]) -> Decision:
    """The best, weighed against all that read otherwise; of two with one text the first."""
    likeliest = max(readings, key=lambda reading: reading.nats)
    best = next(reading for reading in readings if reading.text == likeliest.text)
    against = sum(
        math.exp(_TEMPERATURE * (reading.nats - likeliest.nats))
        for reading in readings
        if reading.text != best.text
    )
    return Decision(best, 1 / (1 + against))
