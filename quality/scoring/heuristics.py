"""The heuristic signals of documents as one Polars expression."""

import functools
import importlib.resources

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels import arrow
from quality.kernels import signals as kernel
from quality.kernels.signals import bits
from quality.scoring import characters, contacts, phrases
from schemas.signals import SIGNALS

MORE = ("展开", "展開", "更多", "全文", "详情", "詳情", "readmore", "read more")
"""How lines end that want a click: MAP-CC's 展开, 更多 and readmore, and their kin."""

LISTS = {
    "spam.txt": {
        "gambling": bits.GAMBLING,
        "porn": bits.PORN,
        "advertising": bits.ADVERTISING,
    },
    "page.txt": {
        "anywhere": bits.FURNITURE,
        "opening": bits.OPENING,
        "whole": bits.WHOLE,
        "number": bits.NUMBER,
        "name": bits.NAME,
        "invitation": bits.INVITATION,
    },
}
"""The sections of the lists of phrases, and the classes they are to the kernel."""

_VALUES = pl.Struct({name: dtype for name, dtype in SIGNALS.items() if name != "doc_id"})


def signals(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The signals of each document, in the order of `documents`; all 0 where there is no text.

    Their units are in `schemas.signals.SIGNAL_UNITS`, their definitions, sources and examples in
    `quality.scoring.definitions`.

    >>> frame = pl.LazyFrame({"doc_id": ["a"], "text": ["天地玄黄，宇宙洪荒。日月盈昃。"]})
    >>> signals(frame).select("chars", "sentences", "terminal_line_ratio").collect().row(0)
    (15, 2, 1.0)
    """
    measured = pl.col("text").map_batches(_measure, return_dtype=_VALUES, is_elementwise=True)
    return documents.select("doc_id", measured.alias("signals")).unnest("signals")


def _measure(texts: pl.Series) -> pl.Series:
    data, offsets, _ = arrow.strings(texts)
    rows = kernel.measure(data, offsets, _tables())
    columns = dict(zip(_VALUES.to_schema(), rows.T, strict=True))
    return pl.DataFrame(columns, schema=_VALUES.to_schema(), strict=False).to_struct(texts.name)


def listed_phrases() -> dict[int, list[str]]:
    """The phrases of each class, as the lists of the package have them."""
    found: dict[int, list[str]] = {}
    for name, classes in LISTS.items():
        text = importlib.resources.files(__package__).joinpath(name).read_text("utf-8")
        found |= {classes[section]: kept for section, kept in phrases.sections(text).items()}
    return found


@functools.cache
def _tables() -> kernel.Tables:
    return kernel.Tables(
        flags=characters.flags(),
        stop_words=_points(characters.STOP_WORDS),
        endings=_endings(),
        phrases=phrases.tree(listed_phrases()),
        roles=contacts.roles(),
        letters=contacts.letters(),
        syllables=contacts.syllables(),
        domains=contacts.keys(contacts.DOMAINS),
        code_words=contacts.keys(contacts.CODE_WORDS),
    )


def _endings() -> npt.NDArray[np.uint32]:
    endings = np.zeros((len(MORE), max(map(len, MORE))), np.uint32)
    for row, ending in zip(endings, MORE, strict=True):
        row[: len(ending)] = _points(ending[::-1])
    return endings


def _points(text: str) -> npt.NDArray[np.uint32]:
    return np.array([ord(character) for character in text], np.uint32)
