"""Passages: texts that contain one are found by hashes of it, without the passage itself."""

import hmac

import numpy as np
import polars as pl

from quality.kernels.arrow import strings
from quality.kernels.fold import fold, fold_table
from quality.kernels.recall import passage_ends, rolled
from quality.withdrawal.keys import key_name, keyed_digest, require_key
from schemas.errors import ConfigError
from schemas.withdrawals import Snippet

LEAST_CHARS = 10
"""Folded characters a passage needs: fewer, and half the corpus may contain it."""


def snippet_of(text: str, key: bytes) -> Snippet:
    """The hashes of `text`, folded, under the secret `key`.

    Raises:
        ConfigError: too little is left of the text once it is folded.
    """
    folded = fold(text)
    if len(folded) < LEAST_CHARS:
        raise ConfigError(
            f"the passage has {len(folded)} characters without white space and punctuation; "
            f"give at least {LEAST_CHARS}, or what does not mean it would be withdrawn too"
        )
    points = np.array([ord(char) for char in folded], np.uint32)
    return Snippet(
        chars=len(folded),
        rolling=f"{int(rolled(points, _base(key))):016x}",
        digest=keyed_digest(folded, key),
        key=key_name(key),
    )


def contains(text: pl.Expr, snippet: Snippet, key: bytes) -> pl.Expr:
    """Whether `text`, folded, contains the passage; null counts as empty.

    Raises `IntegrityError` where the passage was hashed under another key.
    """
    require_key(snippet.key, key)

    def search(texts: pl.Series) -> pl.Series:
        wanted = np.uint64(int(snippet.rolling, 16))
        ends = passage_ends(strings(texts), fold_table(), snippet.chars, _base(key), wanted)
        hits = np.flatnonzero(ends)
        # The rolling hash finds, the digest decides: it is asked for hits alone.
        sure = [keyed_digest(fold(texts[int(i)])[: ends[i]][-snippet.chars :], key) for i in hits]
        found = np.zeros(len(texts), np.bool_)
        found[hits] = [one == snippet.digest for one in sure]
        return pl.Series(texts.name, found)

    return text.map_batches(search, return_dtype=pl.Boolean(), is_elementwise=True)


def _base(key: bytes) -> np.uint64:
    """The base of the rolling hash: odd, and as secret as the key."""
    digest = hmac.digest(key, b"rolling", "sha256")
    return np.uint64(int.from_bytes(digest[:8], "little") | 1)
