"""Signatures: what a document is compared by."""

import numpy as np
import polars as pl
import pyarrow as pa

from quality.kernels.arrow import binary, strings
from quality.kernels.fold import fold_table
from quality.kernels.minhash import SHINGLE, permutations, sign
from schemas.tables import SIGNATURES

STIR = np.uint32(0x9E3779B1)
"""2**32 over the golden ratio, made odd. The permutations are affine, so the lowest byte of a
minimum tells only the lowest byte of its shingle's hash, one and the same in all 128; the highest
byte of the product depends on all of it."""

FIELDS = pl.Struct({name: kind for name, kind in SIGNATURES.items() if name != "doc_id"})


def signatures(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The signature of each document, by its `text`: the `SIGNATURES` table, rows in order.

    `folded_chars` counts the characters of the folded text, `exact` hashes it, and `minhash`
    holds 128 minima over its distinct 5-character shingles, equal to those of
    `datasketch.MinHash` (affine32, seed 1) for the same shingle hashes; `sketch` hashes
    each to a byte. Both are null under 5 characters. A null text counts as empty. 670 bytes a
    document.

    >>> poems = pl.LazyFrame({"doc_id": ["a", "b"], "text": ["《離騷》", "离骚"]})
    >>> signatures(poems).select("folded_chars", pl.col("exact").n_unique()).collect().rows()
    [(2, 1), (2, 1)]
    """
    signed = pl.col("text").map_batches(_sign, return_dtype=FIELDS, is_elementwise=True)
    return documents.select("doc_id", signed.alias("signed")).unnest("signed")


def _sign(text: pl.Series) -> pl.Series:
    lengths, exact, minhash = sign(strings(text), fold_table(), permutations())
    sketch = (minhash * STIR >> np.uint32(24)).astype(np.uint8)
    signed = lengths >= SHINGLE
    columns = {
        "folded_chars": pa.array(lengths),
        "exact": pa.array(exact),
        "minhash": binary(minhash, signed),
        "sketch": binary(sketch, signed),
    }
    # A chunk is some hundred texts: built by Polars, the columns would cost a fifth of the work.
    return pl.Series(text.name, pa.StructArray.from_arrays([*columns.values()], [*columns]))
