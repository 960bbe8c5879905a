"""From findings to text without them: masks, pseudonyms, and proof that nothing is left."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

import polars as pl

from quality.privacy.finding import find
from quality.privacy.view import folded
from schemas.errors import ConfigError
from schemas.tables import FINDING_KINDS, FINDINGS

ACTIONS = ("mask", "pseudonymise", "keep")
DEFAULT_ACTION = "mask"

Pseudonyms = dict[tuple[str, str], int]


def redact(text: pl.Series, findings: pl.Series, actions: Mapping[str, str]) -> pl.Series:
    """Each text with its findings masked, numbered or kept, as `actions` says kind by kind.

    A kind without an action is masked. Texts without findings are passed over. What only shows
    once its neighbour is masked is redacted too, until nothing but kept kinds is found.

    Raises:
        ConfigError: `actions` names an unknown kind or action.

    >>> text = pl.Series(["姓名：王小明，电话13812345678"])
    >>> redact(text, find(text), {"name": "pseudonymise"}).item()
    '姓名：〔姓名1〕，电话〔手机号〕'
    """
    _check(actions)
    rows = findings.list.len().fill_null(0).gt(0).arg_true()
    if rows.is_empty():
        return text
    texts, ledger = text.gather(rows), findings.gather(rows)
    numbers: list[Pseudonyms] = [_taken(one) for one in texts]
    keep = [kind for kind in FINDING_KINDS if actions.get(kind) == "keep"]
    pending = list(range(len(texts)))
    done = texts.to_list()
    return _scatter(text, rows, done, ledger, numbers, keep, pending, actions)
