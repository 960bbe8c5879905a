"""What rules cost: which documents fail which of them together, and what other rules would change.

Nothing is decided here and nothing is measured: both come from the tables that are there.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from quality.policy import decide, passes
from schemas.policies import Rule
from schemas.weighing import Amounts, RuleWeight

CHANGES = pl.Schema(
    {
        "kept_a": pl.Boolean(),
        "kept_b": pl.Boolean(),
        "rule": pl.String(),
        "threshold": pl.String(),
        "documents": pl.UInt64(),
        "characters": pl.UInt64(),
        "examples": pl.List(
            pl.Struct({"doc_id": pl.String(), "row": pl.UInt32(), "value": pl.String()})
        ),
    }
)
"""One row for each way two policies judge documents: whether each keeps them, and where one alone
does the rule that drops them in the other (null else). `row` counts the rows from 0."""


def patterns(measured: pl.LazyFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """How many documents fail the same rules: a list of booleans, a rule each, with the amounts.

    The columns are `failed`, `documents` and `characters`; `measured` is that of `decide`, with
    `chars`.

    >>> rows = pl.LazyFrame({"chars": [5, 9, 5], "lines": [1, 1, 1]})
    >>> asked = [Rule("chars", "chars", 6), Rule("lines", "lines", 1)]
    >>> patterns(rows, asked).sort("documents").rows()
    [([False, False], 1, 9), ([True, False], 2, 10)]
    """
    keys = [str(place) for place in range(len(rules))]
    failed = [(~passes(rule)).alias(key) for key, rule in zip(keys, rules, strict=True)]
    sums = [pl.len().cast(pl.UInt64).alias("documents"), pl.col("characters").sum()]
    flags = measured.select(*failed, characters=pl.col("chars").cast(pl.UInt64))
    grouped = flags.group_by(keys).agg(sums) if keys else flags.select(sums)
    listed = pl.concat_list(keys) if keys else pl.lit([], dtype=pl.List(pl.Boolean))
    return grouped.select(listed.alias("failed"), "documents", "characters").collect()


def weights(found: pl.DataFrame, rules: Sequence[Rule]) -> list[RuleWeight]:
    """What each rule drops; `found` are rows of `patterns`, the same pattern more than once too."""
    failed = np.array(found["failed"].to_list(), bool).reshape(found.height, len(rules))
    amounts = found.select("documents", "characters").to_numpy().astype(np.int64)
    together = (failed.T * amounts[:, 0]) @ failed
    first = failed & (np.cumsum(failed, axis=1) == 1)
    alone = failed & (failed.sum(axis=1) == 1)[:, None]
    return [
        RuleWeight(
            rule=rule.name,
            threshold=rule.threshold,
            failed=_amounts(failed[:, place], amounts),
            first=_amounts(first[:, place], amounts),
            alone=_amounts(alone[:, place], amounts),
            with_others=_most(rules, together[place], place),
        )
        for place, rule in enumerate(rules)
    ]


def kept(found: pl.DataFrame) -> tuple[Amounts, Amounts]:
    """All that was read, and what fails no rule."""
    amounts = found.select("documents", "characters").to_numpy().astype(np.int64)
    none = ~found["failed"].list.any().to_numpy()
    return _amounts(np.ones(found.height, bool), amounts), _amounts(none, amounts)


def changes(
    measured: pl.LazyFrame, a: Sequence[Rule], b: Sequence[Rule], *, examples: int
) -> pl.DataFrame:
    """How two policies judge the documents of `measured`: the table `CHANGES`.

    The examples of each row are those of the smallest `doc_id`, which is as good as by chance and
    always the same.
    """
    columns = ("kept", "rule", "value", "threshold")
    judged = [
        decide(measured, rules, "").select(pl.col(columns).name.suffix(end))
        for rules, end in ((a, "_a"), (b, "_b"))
    ]
    told = measured.select("doc_id", characters=pl.col("chars").cast(pl.UInt64))
    both = pl.concat([told, *judged], how="horizontal").with_row_index("row")
    one_keeps = pl.col("kept_a") != pl.col("kept_b")
    dropped_by = {
        name: pl.when(one_keeps).then(pl.coalesce(f"{name}_a", f"{name}_b"))
        for name in ("rule", "value", "threshold")
    }
    some = pl.struct("doc_id", "row", "value").sort_by("doc_id").head(examples)
    grouped = (
        both.with_columns(**dropped_by)
        .group_by("kept_a", "kept_b", "rule", "threshold")
        .agg(documents=pl.len(), characters=pl.col("characters").sum(), examples=some)
    )
    return grouped.select(pl.col(name).cast(kind) for name, kind in CHANGES.items()).collect()


def _amounts(which: np.ndarray, amounts: np.ndarray) -> Amounts:
    documents, characters = amounts[which].sum(axis=0)
    return Amounts(documents=int(documents), characters=int(characters))


def _most(rules: Sequence[Rule], together: np.ndarray, place: int) -> dict[str, int]:
    others = [
        (rule.name, int(count))
        for other, (rule, count) in enumerate(zip(rules, together, strict=True))
        if other != place and count
    ]
    return dict(sorted(others, key=lambda one: (-one[1], one[0])))
