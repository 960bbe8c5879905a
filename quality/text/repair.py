"""Repair and normalisation of text, counted by kind.

Only damage is repaired: a correct text keeps every character but its white space. Width, script and
wording are never touched.
"""

import functools
from collections.abc import Iterator, Mapping

import polars as pl

from quality.text import mojibake
from quality.text.labels import label_rule
from quality.text.rules import Among, replacing
from quality.text.rules import Rule as _Rule
from quality.text.rules.entities import entities, halves
from quality.text.rules.invisible import invisible
from quality.text.rules.pinyin import pinyin
from quality.text.rules.private import private_use
from quality.text.rules.spaces import spaces
from quality.text.rules.vertical import vertical
from schemas.tables import REPAIRS


def repair(
    text: pl.Series, done: Mapping[str, pl.Series] | None = None
) -> tuple[pl.Series, pl.Series]:
    r"""The repaired text and, row by row, how many edits of each kind it took (REPAIRS).

    Null stays null. Kinds: those of `_rules`, and what was `done` to each text before, by kind and
    how often.

    >>> fixed, repairs = repair(pl.Series(["出現(xiàn)&nbsp;了\u200b。"]))
    >>> fixed.item(), [r["kind"] for r in repairs.item()]
    ('出現 了。', ['entity', 'zero_width', 'pinyin', 'space'])
    """
    found = []
    for kind, counts in (done or {}).items():
        rows = (counts > 0).arg_true()
        found.append(_edits(kind, rows, counts.gather(rows)))
    text, edits = _mended(text, _rules())
    return text, _by_row(found + edits, text.len()).alias("repairs")


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """What each rule does to one text, in order: its kind, the text before it and after it."""
    series = pl.Series([text])
    for rule in _flat():
        after, edits = _mended(series, (rule,))
        if edits:
            yield rule.kind, series.item(), after.item()
        series = after


def _flat() -> Iterator[_Rule]:
    for rule in _rules():
        yield from rule.rules if isinstance(rule, Among) else (rule,)


def _mended(
    text: pl.Series, rules: tuple[_Rule | Among, ...]
) -> tuple[pl.Series, list[pl.DataFrame]]:
    """`text` after `rules`, and the edits each of them made."""
    text = text.clone()  # scatter writes in place
    found: list[pl.DataFrame] = []
    for rule in rules:
        rows = rule.applies(text).fill_null(value=False).arg_true()
        if rows.is_empty():
            continue
        damaged = text.gather(rows)
        if isinstance(rule, Among):
            mended, edits = _mended(damaged, rule.rules)
            text = text.scatter(rows, mended) if edits else text
            found += [one.with_columns(row=rows.gather(one["row"])) for one in edits]
            continue
        counts = rule.tally(damaged)
        touched = (counts > 0).arg_true()
        if touched.is_empty():
            continue
        where = rows.gather(touched)
        text = text.scatter(where, rule.mend(damaged.gather(touched)))
        found.append(_edits(rule.kind, where, counts.gather(touched)))
    return text, found


def _edits(kind: str, rows: pl.Series, counts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": rows.cast(pl.UInt32), "count": counts.cast(pl.UInt32)}).select(
        "row", pl.lit(kind).alias("kind"), "count"
    )


def _by_row(edits: list[pl.DataFrame], rows: int) -> pl.Series:
    """One list of edits a row, in the order of the rules; an empty list where there were none."""
    every = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    listed = (
        pl.concat([_edits("", pl.Series([]), pl.Series([])), *edits])
        .group_by("row", "kind", maintain_order=True)
        .agg(pl.col("count").sum())
        .group_by("row", maintain_order=True)
        .agg(pl.struct("kind", "count").alias("repairs"))
    )
    joined = every.join(listed, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("repairs").fill_null([]).cast(REPAIRS))["repairs"]


_RARE = (
    r"[\x00-\x08\x0e-\x1f\x7f-\u{84}\u{86}-\u{9f}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{180e}"
    r"\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{e000}-\u{f8ff}"
    r"\u{fe10}-\u{fe19}\u{fe30}-\u{fe48}\u{feff}\u{ffa0}\u{fff9}-\u{fffc}\u{e0000}-\u{e007f}"
    r"\u{f0000}-\u{10ffff}]"
)
"""Every character that the rules for rare ones are about, so that clean text is read once."""


@functools.cache
def _rules() -> tuple[_Rule | Among, ...]:
    """In order: each rule may rely on those before it."""
    return (
        _Rule("mojibake", mojibake.suspicious, mojibake.count, mojibake.mend),
        label_rule(),
        entities(),
        halves(),
        replacing("newline", r"\r\n|[\r\x0b\x0c\u{85}\u{2028}\u{2029}]", "\n"),
        Among(
            lambda s: s.str.contains(_RARE),
            (*invisible(), *vertical(), *private_use()),
        ),
        pinyin(),
        *spaces(),
    )
