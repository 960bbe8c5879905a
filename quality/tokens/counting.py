"""Counting tokens: as the `tokenizers` library does, and without it where that is slow."""

import functools
import gzip
import importlib.resources
from collections.abc import Iterator

import numpy as np
import polars as pl
from tokenizers import Tokenizer

from quality.kernels import bpe
from quality.kernels.arrow import strings
from quality.tokens.plain import plain
from schemas.errors import ConfigError

BUNDLED = "bpe"
HELD = 2**20
"""Characters encoded together: what is held of their tokens at once, some 100 bytes a character."""


@functools.cache
def bundled() -> str:
    """The JSON of the bundled byte-pair encoding; `bpe.md` beside it is its card."""
    return gzip.decompress(
        importlib.resources.files(__package__).joinpath("bpe.json.gz").read_bytes()
    ).decode()


def count_tokens(texts: pl.Series, tokenizer: str) -> pl.Series:
    """How many tokens each text has; `tokenizer` is JSON as `tokenizers` saves it.

    A plain byte-pair encoding (`plain`) is counted by compiled code, with the same result; others
    by the library, a text of more than `HELD` characters in pieces of so many.

    Raises:
        ConfigError: it is no such JSON.

    >>> count_tokens(pl.Series(["文渊阁", ""]), bundled()).to_list()[1]
    0
    """
    loaded = load_tokenizer(tokenizer)
    if (known := plain(tokenizer)) is not None:
        return pl.Series(texts.name, bpe.count_tokens(strings(texts), known))
    counts = np.zeros(len(texts), np.uint32)
    for rows, pieces in _batches(texts):
        encoded = loaded.encode_batch_fast(pieces, add_special_tokens=False)
        np.add.at(counts, rows, [len(one) for one in encoded])
    return pl.Series(texts.name, counts)


def _batches(texts: pl.Series) -> Iterator[tuple[list[int], list[str]]]:
    """Pieces of texts and the rows they are of, some `HELD` characters at a time."""
    rows: list[int] = []
    pieces: list[str] = []
    held = 0
    for row, text in enumerate(texts):
        for start in range(0, max(1, len(text)), HELD):
            rows.append(row)
            pieces.append(text[start : start + HELD])
            held += len(pieces[-1])
            if held >= HELD:
                yield rows, pieces
                rows, pieces, held = [], [], 0
    yield rows, pieces


@functools.lru_cache(maxsize=8)
def load_tokenizer(tokenizer: str) -> Tokenizer:
    """The tokenizer of this JSON; whatever it says, texts are neither cut nor padded.

    Raises:
        ConfigError: it is no such JSON.
    """
    try:
        loaded = Tokenizer.from_str(tokenizer)
    except Exception as error:  # noqa: BLE001 - the library raises nothing narrower
        raise ConfigError(
            f"not a tokenizer as the library `tokenizers` saves it: {error}"
        ) from None
    # Either would change what a document is, and files of fine-tuned models ask for them.
    loaded.no_truncation()
    loaded.no_padding()
    return loaded
