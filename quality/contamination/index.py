"""The index of exam items, and the documents measured against it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from quality.kernels.arrow import strings
from quality.kernels.fold import fold_table
from quality.kernels.lookup import Postings, bitmap, most_covered, text_grams
from schemas.tables import CONTAMINATION

FIELDS = pl.Struct({name: kind for name, kind in CONTAMINATION.items() if name != "doc_id"})

BITS_PER_GRAM = 16
"""Least bits of the bitmap for each n-gram: at most 1 in 16 foreign n-grams is looked up."""


@dataclass(frozen=True, eq=False)
class Index:
    """The distinct 13-grams of exam items: about 25 bytes an n-gram, see `nbytes`.

    `names` has the `benchmark` and `item` of each, in the order of the item numbers.
    """

    postings: Postings
    names: pl.DataFrame

    @property
    def nbytes(self) -> int:
        """Size in memory, in bytes."""
        return sum(part.nbytes for part in self.postings) + int(self.names.estimated_size())


def index(items: pl.DataFrame) -> Index:
    """Index `items` (`benchmark`, `item`, `text`) by the 13-grams of their folded text.

    Items whose folded text has fewer than 13 characters have no n-gram and are left out.
    """
    data, offsets, _ = strings(items["text"].fill_null(""))
    texts = (data[start:stop] for start, stop in pairwise(offsets))
    grams = [np.unique(text_grams(text, fold_table())) for text in texts]
    long = np.array([own.size > 0 for own in grams], bool)
    grams = [own for own in grams if own.size]
    sizes = np.array([own.size for own in grams], np.int32)
    hashes = np.concatenate([np.empty(0, np.uint64), *grams])
    order = np.argsort(hashes, kind="stable")
    distinct, starts = np.unique(hashes[order], return_index=True)
    owners = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
    words = 1 << max(BITS_PER_GRAM * distinct.size // 64, 1).bit_length()
    postings = Postings(
        hashes=distinct,
        starts=np.append(starts, hashes.size).astype(np.int64),
        items=owners[order],
        sizes=sizes,
        bits=bitmap(distinct, words),
    )
    return Index(postings, items.select("benchmark", "item").filter(pl.Series(long)))


def contamination(documents: pl.LazyFrame, index: Index) -> pl.LazyFrame:
    """The exam item each document covers most, by its `text`: the `CONTAMINATION` table.

    `share` is the share (0 to 1) of the item's distinct 13-grams that the folded document holds;
    0 with null names where it holds none.

    >>> poem = "春眠不觉晓，处处闻啼鸟。夜来风雨声"
    >>> exam = pl.DataFrame({"benchmark": ["demo"], "item": ["1"], "text": [poem]})
    >>> page = pl.LazyFrame({"doc_id": ["a"], "text": ["唐詩：春眠不覺曉處處聞啼鳥夜來風雨聲"]})
    >>> contamination(page, index(exam)).collect().rows()
    [('a', 'demo', '1', 1.0, [])]
    """

    def measure(text: pl.Series) -> pl.Series:
        best, share = most_covered(strings(text), fold_table(), index.postings)
        item = pl.Series(best).replace(-1, None)
        named = {name: index.names[name].gather(item) for name in ("benchmark", "item")}
        hits = pl.Series([[]], dtype=FIELDS.to_schema()["hits"]).new_from_index(0, len(share))
        found = {**named, "share": share, "hits": hits}
        return pl.DataFrame(found, schema=FIELDS.to_schema()).to_struct(text.name)

    measured = pl.col("text").map_batches(measure, return_dtype=FIELDS, is_elementwise=True)
    return documents.select("doc_id", measured.alias("measured")).unnest("measured")
