"""Lines that many documents of the corpus hold: menus, notices, signatures, disclaimers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from quality.kernels import lines as kernel
from quality.kernels.arrow import strings
from quality.kernels.fold import fold_table
from schemas.tables import BOILERPLATE, LINES

SHORTEST = 10
"""Folded characters a line needs to be common.

Shorter lines that many documents hold are their own text: 他笑了, 第一章 总则, 第十二章 法律责任,
且听下回分解. From 10 on, the lines that 50 documents hold are nothing of the novels, encyclopedia,
dialogues, consultations and Classical texts measured, and of documentation and pages of sites
still at least 92% of the characters they are from 6 on.
"""

FIELDS = pl.Struct({name: kind for name, kind in LINES.items() if name != "doc_id"})

_FIRST_SLOTS = 1 << 12


def lines(documents: pl.LazyFrame) -> pl.LazyFrame:
    r"""The lines of each document's `text`: the `LINES` table, rows in order.

    A text is cut at every "\n", so that item n is the line `text.split("\n")[n]`: the hash of
    the folded line, and its folded characters, 0 where nothing but white space, punctuation or
    symbols is on it. A null text counts as empty. 12 bytes a line.

    >>> pages = pl.LazyFrame({"doc_id": ["a"], "text": ["版權所有　Ａ\n\n版权所有 a"]})
    >>> lines(pages).select(pl.col("hashes").list.n_unique(), "chars").collect().row(0)
    (2, [5, 0, 5])
    """
    cut = pl.col("text").map_batches(_cut, return_dtype=FIELDS, is_elementwise=True)
    return documents.select("doc_id", cut.alias("lines")).unnest("lines")


def _cut(text: pl.Series) -> pl.Series:
    offsets, hashes, chars = kernel.cut(strings(text), fold_table())
    columns = {"hashes": _lists(offsets, hashes), "chars": _lists(offsets, chars)}
    return pl.DataFrame(columns).to_struct(text.name)


def boilerplate(lines: pl.LazyFrame, least: int) -> pl.DataFrame:
    """Which lines of each document are common, as the `BOILERPLATE` table; rows in order.

    `lines` has one row a document of the whole corpus: `doc_id`, `batch`, `hashes` and `chars` as
    in `LINES`, and `kept`, whether the document is the one kept of its near-duplicates. A line is
    common when `least` kept documents or more hold it and it has `SHORTEST` folded characters or
    more. Copies hold the same lines for another reason, so they are not counted; but their own
    common lines are found like everybody's.

    Exact (to a 64-bit hash), whatever the order of the rows. `lines` is read four times, batch by
    batch. Memory beside the result: at most 2 bytes a line of the corpus, and 64 (while the table
    grows, 96) for each line that may be common; fewer than `1 / least` of all lines are, and the
    rough count lets about as many others pass. For documents of 20 lines and a `least` of 50 that
    is 40 bytes a document, and at the very worst 100.
    """
    kept = lines.filter("kept")
    count = pl.col("chars").list.len().cast(pl.Int64).sum()
    total: int = kept.select(count).collect(engine="streaming").item()
    rough = np.zeros(1 << max(total - 1, 0).bit_length(), np.uint8)
    for _, some in _batches(kept):
        kernel.count_roughly(some, SHORTEST, rough)
    table = kernel.tally(_FIRST_SLOTS)
    for _, some in _batches(kept):
        table = kernel.count_exactly(some, SHORTEST, least, rough, table)
    del rough
    found = [_found(frame, some, table, least) for frame, some in _batches(lines)]
    return pl.concat(found) if found else BOILERPLATE.to_frame()


def _batches(lines: pl.LazyFrame) -> Iterator[tuple[pl.DataFrame, kernel.Lines]]:
    for frame in lines.collect_batches():
        lengths = frame["chars"].list.len().to_numpy()
        offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        yield frame, kernel.Lines(offsets, _values(frame["hashes"]), _values(frame["chars"]))


def _found(
    frame: pl.DataFrame, some: kernel.Lines, table: kernel.Tally, least: int
) -> pl.DataFrame:
    ratio, offsets, numbers = kernel.find_common(some, table, least)
    lists = _lists(offsets, numbers)
    common = pl.DataFrame({"common_ratio": ratio, "common_lines": lists})
    return frame.select("doc_id", "batch").hstack(common).cast(BOILERPLATE)


def _values(lists: pl.Series) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = lists.to_arrow().flatten().to_numpy().view()
    values.flags.writeable = False  # always of one Numba type: another would be compiled again
    return values


def _lists(offsets: npt.NDArray[np.int64], values: npt.NDArray[Any]) -> pl.Series:
    return pl.Series(pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(values)))
