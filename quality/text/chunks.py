"""Texts cut into chunks for retrieval, at the ends of paragraphs and sentences."""

import sys
import unicodedata
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.kernels.chunks import CLOSING, ENDING, EXTENDING, JOINER, NEWLINE, cut

ENDS = "。！？!?；;…⋯｡"
"""What a sentence ends in."""

CLOSERS = "”’」』）)】》〉〕］]｝}﹂﹄"
"""What still belongs to the sentence that has ended before it. The quotation marks of ASCII do
not: they open as often as they close."""

ZERO_WIDTH_JOINER = 0x200D
MODIFIERS = (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080), 0x200C)
"""Skin tones, tags and the zero-width non-joiner: like marks (Unicode category M) they extend the
character before them, as in the grapheme clusters of Unicode Annex 29."""

CHUNKS = pl.Schema(
    {
        "row": pl.UInt32(),
        "ordinal": pl.UInt32(),
        "start": pl.UInt64(),
        "end": pl.UInt64(),
        "text": pl.String(),
    }
)
"""`row` counts the texts from 0, `ordinal` the chunks of one; `start` and `end` are characters."""


def chunks(texts: pl.Series, size: int, overlap: int) -> pl.DataFrame:
    """The chunks of each text (schema `CHUNKS`), in order; an empty or missing text has none.

    A chunk has at most `size` characters. It ends with a paragraph where that leaves it at least
    half of them, else with a sentence. Only a sentence that is longer than `size` is cut within,
    and a combining sequence only where it is itself longer. The next chunk begins with the whole
    sentences in the last `overlap` characters before it (where a sentence was cut within, with
    those characters), unless its first new sentence would then find no room. Raises ValueError
    where `overlap` is not less than `size`.

    >>> chunks(pl.Series(["一二。三四！五六七？"]), size=7, overlap=3)["text"].to_list()
    ['一二。三四！', '三四！五六七？']
    """
    if not 0 <= overlap < size:
        raise ValueError(f"an overlap of {overlap} does not fit into chunks of {size} characters")
    found = cut(strings(texts), kinds(), size, overlap)
    whole = texts.rechunk().gather(found.row).cast(pl.Binary).to_frame("text")
    # By bytes: by characters, each slice would count from the beginning of its text.
    first, length = pl.Series(found.first), pl.Series(found.last - found.first)
    pieces = whole.select(pl.col("text").bin.slice(first, length)).to_series()
    named = {name: getattr(found, name) for name in ("row", "ordinal", "start", "end")}
    return pl.DataFrame(named | {"text": pieces}).cast(CHUNKS)


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint8]:
    """What each code point is to the cutting, as `quality.kernels.chunks` names it."""
    found = np.zeros(sys.maxunicode + 1, np.uint8)
    # No marks are assigned beyond the supplementary multilingual plane but variation selectors.
    for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] == "M":
            found[code] = EXTENDING
    found[list(MODIFIERS)] = EXTENDING
    found[ZERO_WIDTH_JOINER] = JOINER
    found[[ord(one) for one in CLOSERS]] = CLOSING
    found[[ord(one) for one in ENDS]] = ENDING
    found[ord("\n")] = NEWLINE
    found.flags.writeable = False
    return found
