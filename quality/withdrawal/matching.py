"""Documents matched against what was withdrawn: by name, by address, by source, by content."""

import numpy as np
import polars as pl

from quality.dedup.bands import bands
from quality.dedup.candidates import bytes_of
from quality.dedup.pairs import zone
from quality.kernels.arrow import matrix
from quality.kernels.buckets import Band, Integers, Sketches, band_keys
from quality.kernels.recall import Known, meet_known
from quality.withdrawal.passages import contains
from quality.withdrawal.tombstones import Tombstones
from schemas.tables import PERMUTATIONS

HIT = pl.Schema({"doc_id": pl.String(), "number": pl.Int64()})
"""A document, and the first request that withdraws it."""


def asked(documents: pl.LazyFrame, stones: Tombstones, key: bytes = b"") -> pl.DataFrame:
    """The documents that a request names, as HIT: by id, address, source, or what they contain.

    Texts are read only where there are passages to look for, and streamed.
    """
    ways = [
        _looked_up("doc_id", stones.doc_ids),
        _looked_up("uri", stones.urls),
        *(
            pl.when(pl.col("uri").str.starts_with(prefix)).then(number)
            for prefix, number in stones.prefixes.items()
        ),
        *(
            pl.when(pl.col("source") == source).then(number)
            for source, number in stones.sources.items()
        ),
        *(
            pl.when(contains(pl.col("text"), snippet, key)).then(number)
            for snippet, number in stones.snippets.items()
        ),
    ]
    number = pl.min_horizontal(ways).cast(HIT["number"]).alias("number")
    rows = documents.select("doc_id", number).filter(pl.col("number").is_not_null())
    return rows.collect(engine="streaming")


def copies(signatures: pl.LazyFrame, stones: Tombstones, least: float) -> pl.DataFrame:
    """The documents whose text is a withdrawn one, or nearly, as HIT.

    Nearly: their sketches speak for a Jaccard similarity of `least` (0 to 1) or more. A text that
    folds to nothing is nobody's copy.
    """
    names = ("doc_id", "folded_chars", "exact", "sketch")
    rows = signatures.select(names).filter(pl.col("folded_chars") > 0).collect()
    ways = [_looked_up("exact", stones.texts), pl.lit(_alike(rows, stones, least))]
    number = pl.min_horizontal(ways).cast(HIT["number"]).alias("number")
    return rows.select("doc_id", number).filter(pl.col("number").is_not_null())


def margin(threshold: float) -> float:
    """The least estimate that may be a similarity of `threshold`: 2.5 standard deviations below.

    The withdrawn texts are gone, so that no pair can be counted as duplicates are. The margin takes
    all that counting would have found but six in 1,000 at the threshold itself, and some that it
    would have spared.

    >>> round(margin(0.7), 3)
    0.599
    """
    return float(zone(threshold)[0])


def _looked_up(name: str, table: pl.DataFrame) -> pl.Expr:
    """The number that `table` has for the value of the column `name`; null where it has none."""
    first = table.unique(name, keep="first", maintain_order=True)
    return pl.col(name).replace_strict(
        first[name], first["number"], default=None, return_dtype=HIT["number"]
    )


def _alike(rows: pl.DataFrame, stones: Tombstones, least: float) -> pl.Series:
    """The number of the first withdrawn sketch that each document is alike; null where none."""
    numbers = pl.concat([stones.sketches["number"], pl.Series([None], dtype=HIT["number"])])
    signed = rows["sketch"].is_not_null().arg_true().to_numpy()
    first = np.full(rows.height, stones.sketches.height)
    if signed.size and stones.sketches.height:
        first[signed] = _first_alike(rows["sketch"].gather(signed), stones, least)
    return numbers.gather(first)


def _first_alike(sketches: pl.Series, stones: Tombstones, least: float) -> Integers:
    """The place of the first withdrawn sketch that each of `sketches` is alike; else their number.

    Two of the `least` similarity meet in a band 98 times in 100, and more alike ones more often.
    """
    texts = Sketches(*matrix(sketches, PERMUTATIONS))
    known = Sketches(*matrix(stones.sketches["sketch"], PERMUTATIONS))
    number, width = bands(least)
    enough = int(bytes_of(np.float32(least)))
    found = np.full(texts.rows.size, known.rows.size)
    for band in range(number):
        mine, theirs = (band_keys(some, band, 1, width)[0] for some in (texts, known))
        order = np.argsort(theirs, kind="stable")
        meet_known(texts, mine, Known(known, Band(theirs, order)), enough, found)
    return found
