"""Documents measured against the index of exam items."""

import polars as pl

from quality.contamination.index import LEAST_COMMON, Index
from quality.contamination.searching import Least, exam_hits
from quality.kernels.arrow import strings
from quality.kernels.fold import fold_table
from schemas.tables import CONTAMINATION

FIELDS = pl.Struct({name: kind for name, kind in CONTAMINATION.items() if name != "doc_id"})

LEAST_SHARE = 0.3
"""The least share of a hit that is listed: a policy may ask for less than this share of an item,
but not tell documents apart by it."""


def contamination(documents: pl.LazyFrame, index: Index) -> pl.LazyFrame:
    """The exam items that stand in each document, by its `text`: the `CONTAMINATION` table.

    A hit is an item of whose folded stem and options a share of `LEAST_SHARE`, and 13 characters,
    stand together, in the order of each part; the parts may stand in any order. Of two equal
    shares the earlier item is named.

    >>> from quality.contamination import index
    >>> asked = {"stem": "“春眠不觉晓”的作者是哪一位唐代诗人", "options": ["孟浩然", "王维"]}
    >>> exam = pl.DataFrame([{"benchmark": "demo", "item": "1", "answer": None} | asked])
    >>> text = ["作業：「春眠不覺曉」的作者是哪一位唐代詩人？Ａ．王維　Ｂ．孟浩然"]
    >>> page = pl.LazyFrame({"doc_id": ["a"], "text": text})
    >>> contamination(page, index(exam)).drop("hits").collect().rows()
    [('a', 'demo', '1', 1.0)]
    """

    def measure(text: pl.Series) -> pl.Series:
        return _measured(text, index).to_struct(text.name)

    measured = pl.col("text").map_batches(measure, return_dtype=FIELDS, is_elementwise=True)
    return documents.select("doc_id", measured.alias("measured")).unnest("measured")


def _measured(text: pl.Series, index: Index) -> pl.DataFrame:
    found = exam_hits(
        strings(text), fold_table(), index.seeds, index.items, Least(LEAST_SHARE, LEAST_COMMON)
    )
    columns = {name: getattr(found, name) for name in ("row", "share", "start", "end")}
    named = {name: index.names[name].gather(found.item) for name in index.names.columns}
    hits = pl.DataFrame({**named, **columns, "number": found.item}).cast({"share": pl.Float32})
    order = hits.sort("row", "start", "end", "number")
    listed = order.group_by("row", maintain_order=True).agg(
        hits=pl.struct(*FIELDS_OF_HIT),
        best=pl.struct("benchmark", "item", "share")
        .sort_by("share", "number", descending=[True, False])
        .first(),
    )
    rows = pl.DataFrame({"row": pl.int_range(text.len(), eager=True, dtype=pl.Int64)})
    filled = rows.join(listed, on="row", how="left", maintain_order="left").unnest("best")
    return filled.select(
        "benchmark",
        "item",
        pl.col("share").fill_null(0),
        pl.col("hits").fill_null([]).cast(CONTAMINATION["hits"]),
    )


FIELDS_OF_HIT = ("benchmark", "item", "share", "start", "end")
