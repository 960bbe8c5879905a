"""What is still known of a withdrawn document: where it lay, which request withdrew it, and why."""

import polars as pl

from pipelines.lake import Lake
from pipelines.withdrawal.ledger import Ledger
from schemas.tables import WITHDRAW


def withdrawn_id(beginning: str) -> pl.Expr:
    """Whether a reject is a withdrawn document whose id begins so."""
    return (pl.col("stage") == WITHDRAW) & pl.col("detail").str.starts_with(beginning)


def request_of(lake: Lake, batch: str, doc_id: str) -> str:
    """The request that withdrew a document, in words."""
    number = lake.batch(batch).withdrawn_by(doc_id)
    entry = next((one for one in Ledger(lake).entries if one.number == number), None)
    return f"by request {number}: {entry.request.reason}" if entry else "by no request known"
