"""Reading texts within a bound: of more than can be learned from, those of the lowest hashes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.training.parts import keys_of
from quality.kernels.arrow import strings
from quality.scoring.perplexity.reading import HAN, read

TOGETHER = 2**22
"""Characters of texts that are read together."""


class Text(NamedTuple):
    """A text, how many symbols are read of it, and how many of them are Han characters."""

    symbols: int
    han: int
    text: str


class Drawn(NamedTuple):
    """The texts by their hashes; how many there were, how many too short; whether some are left."""

    texts: Mapping[bytes, Text]
    rows: int
    short: int
    left: bool


def drawn(texts: Iterable[str], least: int, most: int) -> Drawn:
    """Different texts of `least` Han characters or more, whole ones until `most` symbols are there.

    Of copies the longest counts. The order of the texts has no influence: which are taken follows
    from their hashes. Not much more than twice `most` symbols are held meanwhile.
    """
    held: dict[bytes, Text] = {}
    rows = short = size = 0
    left = False
    for some in _parts(texts):
        for key, text in zip(keys_of(some), _measured(some), strict=True):
            rows += 1
            if text.han < least:
                short += 1
                continue
            before = held.get(key)
            held[key] = text if before is None else max(before, text)
            size += held[key].symbols - (before.symbols if before else 0)
        if size > 2 * most:
            held, left = _lowest(held, most), True
            size = sum(text.symbols for text in held.values())
    chosen = _lowest(held, most)
    return Drawn(chosen, rows, short, left or len(chosen) < len(held))


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


def _measured(texts: list[str]) -> Iterator[Text]:
    symbols, ends = read(strings(pl.Series(texts)))
    han = np.append(0, np.cumsum(symbols >= HAN))[ends]
    return map(Text, _steps(ends), _steps(han), texts)


def _steps(ends: npt.NDArray[np.int64]) -> list[int]:
    found: list[int] = np.diff(ends, prepend=0).tolist()
    return found


def _lowest(texts: Mapping[bytes, Text], most: int) -> dict[bytes, Text]:
    found: dict[bytes, Text] = {}
    size = 0
    for key in sorted(texts):
        if size >= most:
            break
        found[key] = texts[key]
        size += texts[key].symbols
    return found
