"""Counting the rows of a table: by what a column says, or by how much."""

from collections.abc import Callable

import polars as pl

LENGTHS = [50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0]
GRADES = [1.0, 2.0, 3.0, 4.0]
TENTHS = [tenth / 10 for tenth in range(1, 10)]

Counts = Callable[[pl.LazyFrame], dict[str, float]]


def by(column: str, *more: str) -> Counts:
    """How many rows have each value, the most frequent first."""

    def counts(rows: pl.LazyFrame) -> dict[str, float]:
        label = pl.concat_str(
            [pl.col(name).fill_null("–") for name in (column, *more)], separator=" "
        )
        table = (
            rows.group_by(label.alias("label"))
            .len()
            .sort(["len", "label"], descending=[True, False])
        )
        return {str(label): float(n) for label, n in table.collect().iter_rows()}

    return counts


def spread(column: str, edges: list[float]) -> Counts:
    """How many rows fall between the edges; of a list, its length counts."""

    def counts(rows: pl.LazyFrame) -> dict[str, float]:
        names = [f"< {edges[0]:,g}", *(f"≥ {edge:,g}" for edge in edges)]
        listed = rows.collect_schema()[column] == pl.List
        value = (pl.col(column).list.len() if listed else pl.col(column)).cast(pl.Float64)
        passed = pl.sum_horizontal((value >= edge).cast(pl.UInt8) for edge in edges)
        bins = rows.filter(value.is_not_null()).group_by(passed.alias("bin")).len()
        found = dict(bins.collect().iter_rows())
        return {name: float(found.get(place, 0)) for place, name in enumerate(names)}

    return counts


def findings(*columns: str) -> Counts:
    """How many findings of personal data there are by what these fields of theirs say.

    A finding counts for each item of a field that is a list.
    """

    def counts(rows: pl.LazyFrame) -> dict[str, float]:
        each = rows.select(pl.col("findings").explode()).drop_nulls().unnest("findings")
        lists = [name for name in columns if each.collect_schema()[name] == pl.List]
        told = each.select(columns).explode(lists) if lists else each.select(columns)
        return by(*columns)(told.drop_nulls())

    return counts
