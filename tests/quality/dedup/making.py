"""Members of a corpus made of given texts, and what is found among them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.dedup import MEMBERS, NOTHING_KNOWN, Known, cluster, pairs, signatures
from schemas.corpus import Dedup

PAGE = "".join(chr(0x4E00 + 7 * i % 5000) for i in range(400))
OTHER = "".join(chr(0x6E00 + 11 * i % 5000) for i in range(400))


def documents(rows: dict[str, str], **columns: list[Any]) -> pl.DataFrame:
    """Members and their text, by name; of one batch and source and no quality unless told."""
    schema = {"doc_id": pl.String, "text": pl.String}
    frame = pl.DataFrame({"doc_id": list(rows), "text": list(rows.values())}, schema)
    given: dict[str, list[Any]] = {
        "batch": ["b-00000"] * len(rows),
        "priority": [1] * len(rows),
        "threshold": [0.7] * len(rows),
        "quality": [None] * len(rows),
    }
    signed = signatures(frame.lazy()).collect().drop("doc_id", "minhash")
    return frame.hstack(signed).with_columns(
        pl.Series(name, values, MEMBERS[name]) for name, values in (given | columns).items()
    )


class TextsAt:
    """Hands out texts by row, three at a time, and counts them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.taken = texts, 0

    def __call__(self, rows: npt.NDArray[np.int64]) -> Iterator[pl.Series]:
        assert (np.diff(rows) > 0).all()
        self.taken += rows.size
        for start in range(0, rows.size, 3):
            yield pl.Series([self.texts[row] for row in rows[start : start + 3]])


def paired(
    of: pl.DataFrame, dedup: Dedup | None = None, known: Known = NOTHING_KNOWN
) -> pl.DataFrame:
    """The pairs of all shares."""
    dedup, texts = dedup or Dedup(), TextsAt(of["text"].to_list())
    members = of.select(MEMBERS.names()).lazy()
    shares = [pairs(members, texts, dedup, share, known) for share in range(dedup.shares)]
    return pl.concat(shares)


def clustered(of: pl.DataFrame, dedup: Dedup | None = None) -> pl.DataFrame:
    """The clusters, made from nothing."""
    return cluster(of.lazy(), paired(of, dedup).lazy())
