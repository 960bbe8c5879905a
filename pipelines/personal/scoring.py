"""How right findings are, by a sample that a person went through."""

from collections import Counter
from pathlib import Path

import polars as pl

from pipelines.personal.sampling import SAMPLE
from quality.privacy.agreement import wilson
from schemas.errors import ConfigError
from schemas.personal import Score
from schemas.tables import FINDING_KINDS

RIGHT, NONE = {"yes": True, "no": False}, "none"


def scores(file: Path) -> list[Score]:
    """Precision and recall of each kind in the sample `file`, as it was filled in.

    Recall is estimated in the passages alone: what was found there, times how often such findings
    are right, against what was missed.

    Raises:
        ConfigError: it is no sample, or an answer is none of those that can be given.
    """
    rows = _rows(file)
    looked_at: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for number, row in enumerate(rows.iter_rows(named=True), 2):
        if row["part"] == "finding" and row["right"]:
            looked_at[row["kind"]] += 1
            right[row["kind"]] += _answer(file, number, row["right"])
    found, missed = _passages(file, rows)
    kinds = [kind for kind in FINDING_KINDS if looked_at[kind] or found[kind] or missed[kind]]
    return [_score(kind, looked_at[kind], right[kind], found[kind], missed[kind]) for kind in kinds]


def _rows(file: Path) -> pl.DataFrame:
    try:
        rows = pl.read_csv(file, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ConfigError(f"{file} cannot be read as CSV: {error}") from None
    if missing := [name for name in SAMPLE if name not in rows.columns]:
        raise ConfigError(
            f"{file} has no column {', '.join(missing)}: it is no sample that "
            "'wenyuan privacy sample' wrote"
        )
    return rows.with_columns(pl.col("right", "missed").str.strip_chars().str.to_lowercase())


def _answer(file: Path, line: int, said: str) -> bool:
    if said not in RIGHT:
        raise ConfigError(f"{file}:{line}: right: {said!r} is neither yes nor no")
    return RIGHT[said]


def _passages(file: Path, rows: pl.DataFrame) -> tuple[Counter[str], Counter[str]]:
    """What was found and what was missed, by kind, in the passages that were gone through."""
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for number, row in enumerate(rows.iter_rows(named=True), 2):
        if row["part"] != "passage" or not row["missed"]:
            continue
        for one in (row["kind"] or "").split():
            kind, _, count = one.partition(":")
            found[kind] += int(count)
        for kind in row["missed"].split():
            if kind not in FINDING_KINDS and kind != NONE:
                raise ConfigError(
                    f"{file}:{number}: missed: {kind!r} is no kind: there are {NONE}, "
                    f"{', '.join(FINDING_KINDS)}"
                )
            missed[kind] += kind != NONE
    return found, missed


def _score(kind: str, looked_at: int, right: int, found: int, missed: int) -> Score:
    precision = right / looked_at if looked_at else None
    true = round(found * (1 if precision is None else precision))
    there = true + missed
    return Score(
        kind=kind,
        looked_at=looked_at,
        right=right,
        precision=precision,
        precision_interval=_interval(right, looked_at),
        found=found,
        missed=missed,
        recall=true / there if there else None,
        recall_interval=_interval(true, there),
    )


def _interval(right: int, of: int) -> tuple[float, float] | None:
    if not of:
        return None
    low, high = pl.select(
        *(wilson(pl.lit(right), pl.lit(of), side).alias(str(side)) for side in (-1, 1))
    ).row(0)
    return low, high
