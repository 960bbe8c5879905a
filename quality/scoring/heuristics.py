"""The heuristic signals of documents as one Polars expression."""

import functools
import importlib.resources

import numpy as np
import polars as pl

from quality.kernels import arrow
from quality.kernels import signals as kernel
from quality.scoring import characters, phrases
from schemas.signals import SIGNALS

STOP_WORDS = "的年在月是和日了於·為有被人中为他與後也而由"
"""The 22 stop words of FineWeb2's configuration for cmn_Hani."""

MORE = ("展开", "展開", "更多", "全文", "详情", "詳情", "readmore", "read more")
"""How lines end that want a click: MAP-CC's 展开, 更多 and readmore, and their kin."""

_VALUES = pl.Struct({name: dtype for name, dtype in SIGNALS.items() if name != "doc_id"})


def signals(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The signals of each document, in the order of `documents`; all 0 where there is no text.

    The units are those of `schemas.signals.SIGNAL_UNITS`, read so:

    - A letter is of Unicode category L, M or Nl (so Han and kana are letters), a digit Nd or No,
      punctuation P or ～; a new line is LF, CR, U+2028 or U+2029; a control is Cc but for tab,
      VT, FF and new lines. A symbol is everything else, the garbled included.
    - A line is trimmed of white space, and repeats an earlier one when both agree in all but
      white space. Its bullet, if ASCII, is followed by white space. Shares of the lines'
      characters leave out the white space around lines.
    - A sentence holds a letter or a digit; 。！？!?… end it, a new line does not.
    - Repetition and spam are shares of the characters that are not white space. The top n-gram
      is the one that covers most among those that occur more than once: a short text without
      repeats has 0. The first 2^20 distinct lines or n-grams of a text are remembered.
    - Phrases are those of spam.txt, folded by width and case, found across white space.
    - `prose_ratio` is the share, among the characters of trimmed lines, of those in lines of 10 or
      more letters that end in 。！？!?…⋯.．｡；;：: (closing quotes and brackets aside) and repeat
      no earlier line. It speaks of modern prose only: it is 0 for a classical text without
      punctuation and for a poem whose lines are shorter or unpunctuated, and low for a text
      wrapped at a fixed width.

    >>> frame = pl.LazyFrame({"doc_id": ["a"], "text": ["天地玄黄，宇宙洪荒。日月盈昃。"]})
    >>> signals(frame).select("chars", "sentences", "terminal_line_ratio").collect().row(0)
    (15, 2, 1.0)
    """
    measured = pl.col("text").map_batches(_measure, return_dtype=_VALUES, is_elementwise=True)
    return documents.select("doc_id", measured.alias("signals")).unnest("signals")


def _measure(texts: pl.Series) -> pl.Series:
    data, offsets, _ = arrow.strings(texts)
    rows = kernel.measure(data, offsets, _tables())
    columns = {name: rows[:, column] for column, name in enumerate(_MEASURED)}
    return pl.DataFrame(
        {name: columns.get(name, np.zeros(len(rows))) for name in SIGNALS if name != "doc_id"},
        schema=_VALUES.to_schema(),
        strict=False,
    ).to_struct(texts.name)


_MEASURED = (
    *("chars", "lines", "sentences", "mean_line_chars", "digit_ratio", "latin_ratio"),
    *("punctuation_ratio", "symbol_ratio", "space_ratio", "newline_ratio", "garbled_ratio"),
    *("terminal_line_ratio", "bullet_line_ratio", "ellipsis_line_ratio", "more_line_ratio"),
    *("duplicate_line_ratio", "duplicate_line_char_ratio", "top_2gram_ratio", "top_4gram_ratio"),
    *("duplicate_5gram_ratio", "duplicate_10gram_ratio", "distinct_ratio", "entropy"),
    *("stop_words", "spam_density", "prose_ratio"),
)


@functools.cache
def _tables() -> kernel.Tables:
    listed = importlib.resources.files(__package__).joinpath("spam.txt").read_text("utf-8")
    lines = (line for line in listed.splitlines() if not line.startswith("#"))
    spam = phrases.automaton([phrase for line in lines for phrase in line.split()])
    endings = np.zeros((len(MORE), max(map(len, MORE))), np.uint32)
    for row, ending in zip(endings, MORE, strict=True):
        row[: len(ending)] = [ord(character) for character in reversed(ending)]
    stop_words = np.array([ord(character) for character in STOP_WORDS], np.uint32)
    return kernel.Tables(characters.flags(), stop_words, endings, *spam)
