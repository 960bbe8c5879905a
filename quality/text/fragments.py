"""Pages that hold fragments in another encoding than their own: each is read in its own."""

from quality.text.encodings import REPLACEMENT, characters
from quality.text.likelihood import likelihood
from quality.text.readings import RUN

_KINDS = bytes.maketrans(bytes(range(0x80, 0xF0)), b"\x02" * 0x40 + b"\x00" * 0x22 + b"\x01" * 0x0E)
_TWO_CHARACTERS = b"\x01\x02\x02\x01\x02\x02"
"""Two characters of three bytes in UTF-8, once each byte is told by its kind: ten times as fast
as a pattern."""

_OTHERS = {
    "utf-8": ("gb18030", "big5-hkscs"),
    "gb18030": ("utf-8",),
    "big5-hkscs": ("utf-8",),
}
_MARGIN = 8.0
"""Nats by which the other reading of a run must be likelier: a character and more."""


def mixed(payload: bytes, label: str) -> tuple[str, str, int] | None:
    """The text, its charset and what was lost, run by run; null where there is no fragment.

    >>> mixed("我们的网页".encode("gbk") + b"<p>" + "在这里".encode(), "gb18030")
    ('我们的网页<p>在这里', 'gb18030', 0)
    """
    others = _OTHERS.get(label)
    if others is None or (label != "utf-8" and not _has_utf8(payload)):
        return None
    pieces: list[str] = []
    done = foreign = 0
    for run in RUN.finditer(payload):
        text = _elsewhere(run[0], label, others)
        if text is not None:
            foreign += 1
            pieces += characters(payload[done : run.start()], label).text, text
            done = run.end()
    if not foreign:
        return None
    pieces.append(characters(payload[done:], label).text)
    whole = "".join(pieces)
    return whole, label, whole.count(REPLACEMENT)


def _has_utf8(payload: bytes) -> bool:
    return _TWO_CHARACTERS in payload.translate(_KINDS)


def _elsewhere(run: bytes, label: str, others: tuple[str, ...]) -> str | None:
    """The run in the likeliest of the other charsets, where that is far likelier; else null."""
    if label != "utf-8" and not _has_utf8(run):
        return None
    own, lost = characters(run, label)
    if label == "utf-8" and not lost:
        return None
    nats = likelihood(own).total + _MARGIN
    readings = [characters(run, other) for other in others]
    best = max(readings, key=lambda reading: likelihood(reading.text).total)
    return best.text if not best.lost and likelihood(best.text).total > nats else None
