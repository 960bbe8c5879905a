"""The inventory: what a recipe can choose by, measured on the redacted text of the corpus."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from quality.text.width import wide_alphanumerics
from quality.tokens import count_tokens
from schemas.tables import CORPUS, INVENTORY

CHINA = "Asia/Shanghai"

_SHOWN = [name for name in CORPUS if name not in ("batch", "doc_id")]


def inventory(kept: pl.LazyFrame, tokenizers: Sequence[str]) -> pl.LazyFrame:
    """The table `INVENTORY` of `kept` documents, in their order.

    `kept` has the columns of `CORPUS`, and `published_at`, `ai_label`, `industry`, `volatility`,
    `cluster_size` and `family` beside them; `tokenizers` are JSON, in the order of their names.
    """
    text = pl.col("text")
    measured = kept.with_columns(
        kind="domain",
        published=pl.col("published_at").dt.convert_time_zone(CHINA).dt.date(),
        ai_labelled=pl.col("ai_label").is_not_null(),
        chars=text.str.len_chars(),
        bytes=text.str.len_bytes(),
        wide=wide_alphanumerics(text),
        tokens=pl.concat_list([_tokens(text, one) for one in tokenizers])
        if tokenizers
        else pl.lit([], dtype=INVENTORY["tokens"]),
        content=pl.struct(_SHOWN).hash(),
    )
    return measured.select(pl.col(name).cast(kind) for name, kind in INVENTORY.items())


def _tokens(text: pl.Expr, tokenizer: str) -> pl.Expr:
    count = partial(count_tokens, tokenizer=tokenizer)
    return text.map_batches(count, return_dtype=pl.UInt32, is_elementwise=True)
