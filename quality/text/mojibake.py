"""Text that someone before us read in a wrong charset, read again in the right one.

Repaired is only what proves itself: a damaged run gives back bytes that are valid in the charset
they were meant in, and what they say is far likelier than what stands there. Lines too short to
prove themselves are repaired where others of their text do. What lost bytes is left as U+FFFD.
"""

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from quality.text.likelihood import likelihood
from quality.text.misread import (
    Misread,
    Run,
    legacy_as_latin,
    looks_gbk,
    looks_latin,
    utf8_as_gbk,
    utf8_as_latin,
)

_DEPTH = 3
"""How often a text may have been misread, one time on top of the other."""

_FIRST_CJK = "\u2e80"

_MINOR = 0.0
"""What a run of a proven text must gain, in nats."""
_SURELY = 8.0
"""What reading a run once more must gain, in nats, if its characters stay unlikely."""
_MOSTLY = 0.7
"""The share of a line that its runs cover if the line is made of them."""


class _Way(NamedTuple):
    """How to read a line, and what proves that it was misread so.

    Proof is a gain, in nats, by runs whose characters are `likely` on average: of a line that is
    made of such runs, of one run alone, or of all lines made of runs.
    """

    read: Callable[[str], Misread]
    looks: Callable[[], re.Pattern[str]]
    line: float
    run: float
    text: float
    likely: float


_UTF8 = {"line": 24.0, "run": 28.0, "text": 48.0, "likely": -10.5}
_LEGACY = {"line": 30.0, "run": 36.0, "text": 60.0, "likely": -9.0}
"""Any two letters with accents are some Han character, so three frequent ones are asked for."""
_UTF8_WAYS = (_Way(utf8_as_latin, looks_latin, **_UTF8), _Way(utf8_as_gbk, looks_gbk, **_UTF8))
_WAYS = (
    *_UTF8_WAYS,
    _Way(functools.partial(legacy_as_latin, "gb18030"), looks_latin, **_LEGACY),
    _Way(functools.partial(legacy_as_latin, "big5-hkscs"), looks_latin, **_LEGACY),
)


def suspicious(texts: pl.Series) -> pl.Series:
    """Which texts are worth a closer look; null for a null."""
    return texts.str.contains(f"{looks_latin().pattern}|{looks_gbk().pattern}")


def count(texts: pl.Series) -> pl.Series:
    """How many runs of each text are put right."""
    return texts.map_elements(lambda text: mended(text)[1], return_dtype=pl.UInt32)


def mend(texts: pl.Series) -> pl.Series:
    """Each text with its misread runs put right."""
    return texts.map_elements(lambda text: mended(text)[0], return_dtype=pl.String)


def mended(text: str) -> tuple[str, int]:
    """The text with what is proven to be misread put right, and how many runs that was.

    >>> mended("标题：ä¸­æ–‡ç½‘é¡µ")
    ('标题：中文网页', 1)
    >>> mended("鎴戜滑鐨勭綉椤点€?")
    ('我们的网页�', 1)
    """
    most = 0
    for _ in range(_DEPTH):
        lines = text.split("\n")
        runs = max((_proven(lines, way) for way in _WAYS), key=_gained)
        if not runs:
            break
        text = "\n".join(_replaced(line, runs.get(row, [])) for row, line in enumerate(lines))
        most = max(most, sum(map(len, runs.values())))
    return text, most


def _proven(lines: list[str], way: _Way) -> dict[int, list[Run]]:
    """The runs to put right, by line, where the way proves itself in a suspect; else none."""
    looks_misread = way.looks().search
    read = {row: _read(line, way) for row, line in enumerate(lines) if looks_misread(line)}
    whole = sum(_strength(line, way) for line in read.values() if line.covered >= _MOSTLY)
    if whole < way.text and not any(_proves(line, way) for line in read.values()):
        return {}
    for row, line in enumerate(lines):
        if row not in read and not line.isascii():
            read[row] = _read(line, way)
    kept = {
        row: [run for run in line.runs if _is_kept(run, line, way)] for row, line in read.items()
    }
    return {row: runs for row, runs in kept.items() if runs}


def _read(line: str, way: _Way) -> Misread:
    found = way.read(line)
    if way not in _UTF8_WAYS:
        return found
    return found._replace(runs=[_deeper(run, way) for run in found.runs])


def _deeper(run: Run, way: _Way, depth: int = _DEPTH) -> Run:
    """The run; where it was misread more than once, what it says at last."""
    if depth == 1 or (run.mean >= way.likely and max(run.text) >= _FIRST_CJK):
        return run
    for other in _WAYS:
        inner = other.read(run.text)
        if inner.covered < 1:
            continue
        text = _replaced(run.text, inner.runs)
        nats = likelihood(text)
        gain = run.gain + nats.total - likelihood(run.text).total
        deeper = _deeper(Run(run.start, run.end, text, gain, nats.foreign), other, depth - 1)
        if deeper.mean >= other.likely or deeper.gain >= run.gain + _SURELY:
            return deeper
    return run


def _proves(line: Misread, way: _Way) -> bool:
    alone = any(run.gain >= way.run and run.mean >= way.likely for run in line.runs)
    return alone or (line.covered >= _MOSTLY and _strength(line, way) >= way.line)


def _strength(line: Misread, way: _Way) -> float:
    return sum(run.gain for run in line.runs if run.mean >= way.likely)


def _is_kept(run: Run, line: Misread, way: _Way) -> bool:
    if line.covered < _MOSTLY:
        return run.gain >= way.run and run.mean >= way.likely
    return run.gain > _MINOR


def _gained(runs: dict[int, list[Run]]) -> float:
    return sum(run.gain for line in runs.values() for run in line)


def _replaced(line: str, runs: list[Run]) -> str:
    for run in reversed(runs):
        line = line[: run.start] + run.text + line[run.end :]
    return line
