"""What every client is held to."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

Row = dict[str, Any]


def check(found: Iterable[Mapping[str, Any]], rows: list[Row], *, order: bool = True) -> None:
    """As many rows as the mixture has, and one of them whole."""
    there = list(found)
    assert len(there) == len(rows)
    middle = rows[len(rows) // 2]
    same = [one for one in there if identity(one) == identity(middle)]
    assert [plain(one) for one in same] == [plain(middle)]
    if order:
        assert [identity(one) for one in there] == [identity(row) for row in rows]


def identity(row: Mapping[str, Any]) -> tuple[str, int]:
    return str(row["doc_id"]), int(row["epoch"])


def plain(row: Mapping[str, Any]) -> Row:
    """Numbers as in the schema, whatever a client makes of them; MDS and tensors have no nulls."""
    texts = {name: row[name] or "" for name in row if name not in ("quality", "epoch")}
    return texts | {"quality": np.float32(row["quality"]), "epoch": int(row["epoch"])}
