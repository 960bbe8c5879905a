"""The ways in which a line of text can have been misread, and what it would say read rightly.

Three ways are known: UTF-8 read as Latin-1 or windows-1252, UTF-8 read as GBK or GB 18030, and
GB 18030 or Big5 read as Latin-1 or windows-1252. UTF-8 read as Big5 is not among them: the
charset has no character for half of the pairs, so nothing of it comes back.
"""

import functools
import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quality.text.encodings import REPLACEMENT, byte_pairs, characters
from quality.text.likelihood import likelihood

_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What windows-1252 has for bytes that are control characters in Latin-1."""
HIGH = f"\x80-\xff{_WINDOWS}"
_LATIN = {chr(byte): bytes([byte]) for byte in range(256)} | {
    character: character.encode("cp1252") for character in _WINDOWS
}

_HOLE = b"\xff"
_BREAK = b"\x00"
"""What stands for U+FFFD and for a character that no byte gave, in the bytes of a line."""

_THREE = (
    rb"(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf])"
)
_FOUR = rb"\xf0[\x90-\xbf][\x80-\xbf]{2}"
_SEQUENCE = rb"(?:[\xc2-\xdf][\x80-\xbf]|" + _THREE + rb"|" + _FOUR + rb")"
"""A character beyond ASCII in valid UTF-8."""
_BROKEN = (
    rb"(?:[\xc2-\xf4][\x80-\xbf]{0,2}[?\xff]{1,4}[\x80-\xbf]{0,2}|[?\xff]{1,4}[\x80-\xbf]{1,2}|\xff"
    rb"|[\xe2-\xef][\x80-\xbf](?=[\x00-\x7f\xc2-\xf4]|$))"
)
"""What is left of characters that lost a byte: to a question mark, to U+FFFD, or to nothing.

Bounded, since a run is looked for at every byte.
"""
_RUN = re.compile(rb"(?:%b){0,2}%b(?:%b|%b)*" % (_BROKEN, _SEQUENCE, _SEQUENCE, _BROKEN))
_TOKEN = re.compile(rb"(?P<valid>%b|[\x40-\x7e])|%b" % (_SEQUENCE, _BROKEN))

_FOLLOWING = {0xC: 1, 0xD: 1, 0xE: 2, 0xF: 3}
"""Bytes that follow the first of a character in UTF-8, by its upper half."""

_LEGACY = re.compile(f"(?:[{HIGH}][@-~{HIGH}]|[{HIGH}][0-9][{HIGH}][0-9])+")
_LETTERS = re.compile("[\u0370-\u05ff\u3040-\u31ff\uac00-\ufaff]")
"""Likely letters in rows of GB 2312 and Big5 that no Chinese text is made of."""


class Run(NamedTuple):
    """Characters `start` to `end` of a line, and what they mean.

    `gain` is how much likelier that is, and `mean` how likely its characters beyond ASCII are on
    average, both in nats.
    """

    start: int
    end: int
    text: str
    gain: float
    mean: float


class Misread(NamedTuple):
    """The runs of a line, and their share of all its characters that the way can have made."""

    runs: list[Run]
    covered: float


def utf8_as_latin(line: str) -> Misread:
    """UTF-8 read as Latin-1 or windows-1252, even where it changes within a character."""
    codes = [_LATIN.get(c) or (_HOLE if c == REPLACEMENT else _BREAK) for c in line]
    runs = list(_utf8_runs(line, codes))
    return Misread(runs, _covered(runs, line, codes))


def utf8_as_gbk(line: str) -> Misread:
    """UTF-8 read as GBK, GB 18030 or Windows' code page 936.

    A run without a character of three bytes proves nothing, since any Han character may happen
    to be a letter of two.
    """
    codes = _gbk_codes(line)
    runs = list(_utf8_runs(line, codes))
    proofs = [run for run in runs if max(run.text) >= "\u0800"]
    runs = [run if run in proofs else run._replace(mean=-math.inf) for run in runs]
    return Misread(runs, _covered(proofs, line, codes))


def legacy_as_latin(label: str, line: str) -> Misread:
    """The charset `label`, of two bytes a character, read as Latin-1 or windows-1252."""
    runs = []
    for found in _LEGACY.finditer(line):
        text, lost = characters(b"".join(_LATIN[c] for c in found[0]), label)
        if not lost and len(_LETTERS.findall(text)) * 3 <= len(text):
            runs.append(_run(line, *found.span(), text))
    high = sum(map(_LATIN.keys().__contains__, line)) - sum(c < "\x80" for c in line)
    inside = sum(c >= "\x80" for run in runs for c in line[run.start : run.end])
    return Misread(runs, inside / max(high, 1))


def _covered(runs: list[Run], line: str, codes: list[bytes]) -> float:
    made = [c >= "\x80" and code != _BREAK for c, code in zip(line, codes, strict=True)]
    return sum(sum(made[run.start : run.end]) for run in runs) / max(sum(made), 1)


def _gbk_codes(line: str) -> list[bytes]:
    """The bytes that gave each character.

    € was byte 80, or A2 E3 where a character of UTF-8 lacked one byte and the next begins.
    """
    pairs = byte_pairs()
    codes: list[bytes] = []
    lacking = 0
    for at, character in enumerate(line):
        if character < "\x80":
            code = character.encode()
        elif character == "€":
            after = pairs.get(line[at + 1 : at + 2], _BREAK)[0]
            code = b"\xa2\xe3" if lacking == 1 and 0x80 <= after < 0xC0 else b"\x80"
        else:
            code = pairs.get(character) or (_HOLE if character == REPLACEMENT else _BREAK)
        codes.append(code)
        for byte in code:
            lacking = max(lacking - 1, 0) if 0x80 <= byte < 0xC0 else _FOLLOWING.get(byte >> 4, 0)
    return codes


def _utf8_runs(line: str, codes: Sequence[bytes]) -> Iterator[Run]:
    """The runs of a line, whose characters came of these bytes, that are UTF-8."""
    data = b"".join(codes)
    starts = [0, *itertools.accumulate(map(len, codes))]
    at = 0
    while found := _RUN.search(data, at):
        first = bisect_left(starts, found.start())
        end = _end(data, starts, found) if starts[first] == found.start() else found.start()
        if end == found.start():
            at = starts[bisect_left(starts, found.start() + 1)]
            continue
        yield _run(line, first, bisect_left(starts, end), _read(data[found.start() : end]))
        at = end


def _end(data: bytes, starts: list[int], found: re.Match[bytes]) -> int:
    """Where a run ends, in bytes: where a character that it gave ends.

    The last may have taken an ASCII character for its second byte. Where it goes on with
    something else, the run ends earlier.
    """
    boundary = starts[bisect_left(starts, found.end())]
    if data[found.end() : boundary].isascii():
        return boundary
    ends = [found.start() + token.end() for token in _TOKEN.finditer(found[0])]
    whole = (end for end in reversed(ends) if starts[bisect_left(starts, end)] == end)
    return next(whole, found.start())


def _read(data: bytes) -> str:
    """The characters of UTF-8, with U+FFFD for what lost bytes."""
    tokens = _TOKEN.finditer(data)
    return "".join(token[0].decode() if token["valid"] else REPLACEMENT for token in tokens)


def _run(line: str, start: int, end: int, text: str) -> Run:
    found = likelihood(text)
    return Run(start, end, text, found.total - likelihood(line[start:end]).total, found.foreign)


@functools.cache
def looks_latin() -> re.Pattern[str]:
    """A pattern of what hardly any text holds that was not misread as Latin-1 or windows-1252."""
    return re.compile(rf"[\xc2-\xf4][\x80-\xbf{_WINDOWS}]|[\xa1-\xf7][\xa1-\xfe]")


@functools.cache
def looks_gbk() -> re.Pattern[str]:
    """The same for UTF-8 misread as GBK.

    Two characters of three bytes are then three of a first and a second byte, a second and a
    first, and two seconds.
    """
    first, second = range(0xE2, 0xF0), range(0x80, 0xC0)
    seconds = f"{_pairs(second, first)}{_pairs(second, second)}"
    return re.compile(f"{_pairs(first, second)}(?:{seconds}|€)")


def _pairs(leads: range, trails: range) -> str:
    found = byte_pairs().items()
    return f"[{''.join(sorted(c for c, pair in found if pair[0] in leads and pair[1] in trails))}]"
