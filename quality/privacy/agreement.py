"""How far findings agree with truth: precision, recall and F1 of each kind, with their intervals.

Serves our own measurements, and whoever labels a sample of documents by hand.
"""

import polars as pl

SPANS = pl.Schema(
    {"doc_id": pl.String(), "kind": pl.String(), "start": pl.UInt32(), "end": pl.UInt32()}
)
"""One row for each span of a document; `start` and `end` count characters, as in
`schemas.tables.PRIVACY`."""

AGREEMENT = pl.Schema(
    {
        "kind": pl.String(),
        "truths": pl.UInt32(),
        "found": pl.UInt32(),
        "right": pl.UInt32(),
        "precision": pl.Float64(),
        "precision_low": pl.Float64(),
        "precision_high": pl.Float64(),
        "recall": pl.Float64(),
        "recall_low": pl.Float64(),
        "recall_high": pl.Float64(),
        "f1": pl.Float64(),
        "covered": pl.Float64(),
    }
)
"""`right` are found with the kind and the exact span of a truth. `covered` is the share of truths
all of whose characters lie in findings of any kind: what redaction would have removed. Shares are
0 to 1 and null where there is nothing to divide by; low and high are 95% intervals."""

TOTAL = "total"
"""The kind of the last row, which counts all kinds together (micro average)."""

Z = 1.959963984540054
"""The two-sided 95% point of the normal distribution."""


def agreement(truth: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The agreement of `found` with `truth`, both of `SPANS`: a row a kind by name, then the total.

    A span given twice counts once. Raises ValueError where a column is missing, a value is null,
    or a span is empty.

    >>> schema = {"schema": SPANS, "orient": "row"}
    >>> truth = pl.DataFrame([("a", "name", 2, 5), ("a", "mobile", 8, 19)], **schema)
    >>> found = pl.DataFrame([("a", "name", 2, 4), ("a", "mobile", 8, 19)], **schema)
    >>> agreement(truth, found).select("kind", "truths", "found", "right", "covered").rows()
    [('mobile', 1, 1, 1, 1.0), ('name', 1, 1, 0, 0.0), ('total', 2, 2, 1, 0.5)]
    """
    truth, found = _checked(truth, "truth"), _checked(found, "found")
    right = found.join(truth, on=SPANS.names(), how="semi", nulls_equal=False)
    covered = _covered(truth, found)
    counts = pl.concat(
        [
            _one("truths", truth),
            _one("found", found),
            _one("right", right),
            _one("covered", covered),
        ],
        how="diagonal",
    )
    kinds = counts.group_by("kind").agg(pl.exclude("kind").sum()).sort("kind")
    total = kinds.select(pl.lit(TOTAL).alias("kind"), pl.exclude("kind").sum())
    return _shares(pl.concat([kinds, total]))


def spans(findings: pl.DataFrame, column: str = "findings") -> pl.DataFrame:
    """The `SPANS` of a table that keeps a list of findings for each document, such as `PRIVACY`.

    >>> finding = {"kind": "qq", "start": 3, "end": 9}
    >>> table = pl.DataFrame({"doc_id": ["a"], "findings": [[finding]]})
    >>> spans(table).rows()
    [('a', 'qq', 3, 9)]
    """
    rows = findings.select("doc_id", pl.col(column).alias("finding")).explode("finding")
    fields = {name: pl.col("finding").struct.field(name) for name in SPANS.names()[1:]}
    return rows.drop_nulls().select(pl.col("doc_id"), **fields).cast(SPANS)


def wilson(right: pl.Expr, of: pl.Expr, side: int) -> pl.Expr:
    """A bound of Wilson's 95% interval for `right` out of `of`: the lower (-1) or the upper (1).

    Null where `of` is 0. Wilson 1927; it holds near 0 and 1, where the normal interval does not.

    >>> pl.select(wilson(pl.lit(8), pl.lit(10), -1).round(3)).item()
    0.49
    """
    share, weight = right / of, Z**2 / of
    half = Z * (share * (1 - share) / of + weight / (4 * of)).sqrt()
    bound = (share + weight / 2 + side * half) / (1 + weight)
    return pl.when(of > 0).then(bound.clip(0, 1))


def _checked(given: pl.DataFrame, title: str) -> pl.DataFrame:
    missing = [name for name in SPANS.names() if name not in given.columns]
    if missing:
        raise ValueError(f"{title} lacks {missing}: it has {given.columns}")
    typed = given.select(SPANS.names()).cast(SPANS).unique(maintain_order=True)
    wrong = typed.filter(pl.any_horizontal(pl.all().is_null()) | (pl.col("end") <= pl.col("start")))
    if wrong.height:
        raise ValueError(f"{title} has {wrong.height} spans that are empty or not filled in")
    return typed


def _covered(truth: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The truths that lie wholly in the union of what was found in their document."""
    stretches = (
        found.sort("doc_id", "start", "end")
        .with_columns(pl.col("end").cum_max().over("doc_id").alias("reach"))
        .with_columns((pl.col("start") > pl.col("reach").shift(1).over("doc_id")).alias("apart"))
        .with_columns(pl.col("apart").fill_null(False).cum_sum().over("doc_id").alias("stretch"))
        .group_by("doc_id", "stretch")
        .agg(pl.col("start").min().alias("from"), pl.col("end").max().alias("to"))
    )
    inside = (pl.col("from") <= pl.col("start")) & (pl.col("end") <= pl.col("to"))
    return truth.join(stretches, on="doc_id").filter(inside).select(SPANS.names())


def _one(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("kind", pl.lit(1, pl.UInt32).alias(name))


def _shares(counts: pl.DataFrame) -> pl.DataFrame:
    truths, found, right = (pl.col(name) for name in ("truths", "found", "right"))
    shares: dict[str, pl.Expr] = {}
    for name, of in (("precision", found), ("recall", truths)):
        shares[name] = _share(right, of)
        shares[f"{name}_low"] = wilson(right, of, -1)
        shares[f"{name}_high"] = wilson(right, of, 1)
    shares["f1"] = _share(2 * right, truths + found)
    shares["covered"] = _share(pl.col("covered"), truths)
    return counts.with_columns(**shares).select(AGREEMENT.names()).cast(AGREEMENT)


def _share(part: pl.Expr, of: pl.Expr) -> pl.Expr:
    return pl.when(of > 0).then(part / of)
