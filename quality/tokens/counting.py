"""Counting tokens with the `tokenizers` library."""

import functools
import gzip
import importlib.resources

import numpy as np
import polars as pl
from tokenizers import Tokenizer

from schemas.errors import ConfigError

BUNDLED = "bpe"
CHUNK = 256
"""Texts encoded together: what is held of their tokens at once."""


@functools.cache
def bundled() -> str:
    """The JSON of the bundled byte-pair encoding; `bpe.md` beside it is its card."""
    return gzip.decompress(
        importlib.resources.files(__package__).joinpath("bpe.json.gz").read_bytes()
    ).decode()


def count_tokens(texts: pl.Series, tokenizer: str) -> pl.Series:
    """How many tokens each text has; `tokenizer` is JSON as `tokenizers` saves it.

    Raises:
        ConfigError: it is no such JSON.

    >>> count_tokens(pl.Series(["文渊阁", ""]), bundled()).to_list()[1]
    0
    """
    loaded = _loaded(tokenizer)
    counts = np.zeros(len(texts), np.uint32)
    for start in range(0, len(texts), CHUNK):
        piece = texts[start : start + CHUNK].to_list()
        encoded = loaded.encode_batch_fast(piece, add_special_tokens=False)
        counts[start : start + len(piece)] = [len(one) for one in encoded]
    return pl.Series(texts.name, counts)


@functools.lru_cache(maxsize=8)
def _loaded(tokenizer: str) -> Tokenizer:
    try:
        loaded = Tokenizer.from_str(tokenizer)
    except Exception as error:  # noqa: BLE001 - the library raises nothing narrower
        raise ConfigError(
            f"not a tokenizer as the library `tokenizers` saves it: {error}"
        ) from None
    loaded.no_truncation()
    loaded.no_padding()
    return loaded
