"""HTML pages to their main text, title, author and date."""

from collections.abc import Iterator

import numpy as np
import polars as pl
import pyarrow as pa

from quality.kernels.arrow import strings
from quality.kernels.html import Parsed, parse, tables, write
from quality.text.main_text import main_lines
from quality.text.metadata import METADATA, metadata
from quality.text.repeats import Repeats, Sites

PAGES = pl.Schema({"text": pl.String(), **METADATA, "reason": pl.String()})
"""What `read_pages` returns of each page."""

MOST_TAGS = 250_000
"""Tags of a page that is read, and of pages that are read together: some 200 MB of memory."""

TOO_MANY = "too_many_tags"


def read_pages(
    html: pl.Series, sites: Sites | None = None, repeats: Repeats | None = None
) -> pl.DataFrame:
    """What each page says (PAGES), in order; `repeats` knows what their `sites` repeat.

    The text is in the manner of Markdown. A page of more than `MOST_TAGS` tags has none, and a
    `reason`.
    """
    tags = _tags(html)
    read = [pl.DataFrame(schema=PAGES).drop("reason")]
    for start, stop in _groups(tags):
        some = html.slice(start, stop - start)
        parsed = _parsed(some, tags.slice(start, stop - start))
        repeated = None
        if repeats is not None and sites is not None:
            repeated = repeats.find(parsed, sites[start:stop])
        kept = main_lines(parsed, repeated)
        read.append(metadata(some, parsed, kept).with_columns(_texts(parsed, kept, some.len())))
    too_many = pl.when(tags > MOST_TAGS).then(pl.lit(TOO_MANY)).alias("reason")
    return pl.concat(read, how="diagonal").with_columns(too_many).select(PAGES.names())


def count_repeats(html: pl.Series, sites: Sites, repeats: Repeats) -> None:
    """Tell `repeats` the lines of some pages."""
    tags = _tags(html)
    for start, stop in _groups(tags):
        some, of = (column.slice(start, stop - start) for column in (html, tags))
        repeats.add(_parsed(some, of), sites[start:stop])


def _tags(html: pl.Series) -> pl.Series:
    return html.str.count_matches("<", literal=True).fill_null(0)


def _groups(tags: pl.Series) -> Iterator[tuple[int, int]]:
    """Runs of pages that have at most `MOST_TAGS` tags together; one with more stands alone."""
    start = held = 0
    for row, count in enumerate(tags.to_list()):
        if held + count > MOST_TAGS and row > start:
            yield start, row
            start, held = row, 0
        held += count
    if start < tags.len():
        yield start, tags.len()


def _parsed(html: pl.Series, tags: pl.Series) -> Parsed:
    readable = html.zip_with(tags <= MOST_TAGS, pl.Series([""], dtype=pl.String))
    texts = strings(readable.fill_null(""))
    return parse(texts.data, texts.offsets, tables())


def _texts(parsed: Parsed, kept: np.ndarray, pages: int) -> pl.Series:
    text, offsets = write(parsed, kept, pages)
    array = pa.LargeStringArray.from_buffers(pages, pa.py_buffer(offsets), pa.py_buffer(text))
    return pl.Series("text", array)
