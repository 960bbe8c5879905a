"""Scores identification on held-out data: `python -m quality.language.evaluate DATA_FOLDER`.

Prints, for the half `final`, the share of each set identified right and what the rest was taken
for; and for both halves precision, recall and F1 of each variety over the sets pooled with equal
weight: of whole texts, of lines under 20 characters, and of these less the ambiguous ones.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from quality.language.ambiguity import ambiguity, known_clauses
from quality.language.heldout import documents, frame, short_lines
from quality.language.varieties import identify

CLEAR = ~pl.col("shared") & ~pl.col("unscripted")
PARTS = {"texts": pl.lit(True), "lines": pl.lit(True), "clear lines": CLEAR}


def held_out_texts(data: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All held-out texts, and all lines with what is ambiguous among them."""
    sets = list(documents(data))
    return frame(sets), ambiguity(frame(list(short_lines(sets))), known_clauses(data, sets))


def score(texts: pl.DataFrame) -> pl.DataFrame:
    """`texts` with the variety found, `language`, and `confidence`."""
    found = identify(pl.col("text")).struct.field("language", "confidence")
    return texts.with_columns(found)


def by_set(scored: pl.DataFrame) -> pl.DataFrame:
    """For each set, its texts, the share found right, and what the others were taken for."""
    right = pl.col("language") == pl.col("expected")
    errors = pl.col("language").filter(~right).value_counts(sort=True).head(3)
    return scored.group_by("set", "expected", maintain_order=True).agg(
        pl.len().alias("texts"),
        right.mean().alias("right"),
        pl.col("confidence").median(),
        errors.alias("errors"),
    )


def by_variety(scored: pl.DataFrame) -> pl.DataFrame:
    """Precision, recall and F1 of each variety, every set weighing the same."""
    weighed = scored.with_columns((1 / pl.len()).over("set").alias("weight"))
    right = weighed.filter(pl.col("language") == pl.col("expected"))
    hits = right.group_by("expected").agg(pl.col("weight").sum().alias("hits"))
    named = weighed.group_by(expected="language").agg(pl.col("weight").sum().alias("named"))
    return (
        weighed.group_by("expected")
        .agg(pl.len().alias("texts"), pl.col("weight").sum().alias("all"))
        .join(hits, on="expected", how="left")
        .join(named, on="expected", how="left")
        .select(
            "expected",
            "texts",
            (pl.col("hits") / pl.col("named")).fill_null(0).alias("precision"),
            (pl.col("hits") / pl.col("all")).fill_null(0).alias("recall"),
            (2 * pl.col("hits") / (pl.col("named") + pl.col("all"))).fill_null(0).alias("f1"),
        )
        .sort("expected")
    )


def macro_f1(scored: pl.DataFrame) -> float:
    """The mean F1 of the varieties."""
    return float(by_variety(scored)["f1"].to_numpy().mean())


def report(data: Path) -> Iterator[str]:
    """The tables, line by line."""
    texts, lines = (score(one) for one in held_out_texts(data))
    for what, scored in (("texts", texts), ("lines", lines.filter(CLEAR))):
        yield f"{what} of the final half\texpected\tnumber\tright\tconfidence\ttaken for"
        for name, tag, size, right, sure, errors in by_set(scored.filter("final")).iter_rows():
            taken = " ".join(f"{error['language']}:{error['count']}" for error in errors)
            yield f"{name}\t{tag}\t{size}\t{right:.4f}\t{sure:.2f}\t{taken}"
        yield ""
    shared = lines["shared"].sum()
    clear = len(lines.filter(CLEAR))
    unscripted = len(lines) - shared - clear
    yield f"lines: {len(lines)}, shared {shared}, unscripted {unscripted}, clear {clear}\n"
    for half, chosen in (("tuned on", ~pl.col("final")), ("final", pl.col("final"))):
        for part, kept in PARTS.items():
            scored = (texts if part == "texts" else lines).filter(chosen & kept)
            yield f"{part}, {half}: macro-F1 {macro_f1(scored):.4f}\tnumber\tprecision\trecall\tF1"
            for name, size, *figures in by_variety(scored).iter_rows():
                yield "\t".join([name, str(size), *(f"{figure:.4f}" for figure in figures)])
            yield ""


if __name__ == "__main__":
    for line in report(Path(sys.argv[1])):
        sys.stdout.write(line + "\n")
