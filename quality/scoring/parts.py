"""Texts as Python strings, for models that cannot read Arrow buffers."""

from collections.abc import Iterator

import pyarrow as pa

from quality.kernels.arrow import Strings

ROWS = 1024
"""Texts handed over at a time."""


def in_parts(texts: Strings) -> Iterator[tuple[list[int], list[str]]]:
    """The rows that have a text that is not blank, and their texts, `ROWS` at a time."""
    array = pa.LargeStringArray.from_buffers(
        texts.valid.size, pa.py_buffer(texts.offsets), pa.py_buffer(texts.data)
    )
    for start in range(0, texts.valid.size, ROWS):
        some = array.slice(start, ROWS).to_pylist()
        rows = [
            row for row, text in enumerate(some, start) if texts.valid[row] and text.strip() != ""
        ]
        yield rows, [some[row - start] for row in rows]
