"""Which findings are hidden under the treatments asked for, and how many a document has."""

import re
from collections.abc import Mapping

import polars as pl

from quality.privacy.view import folded
from schemas.privacy import DEFAULT, Privacy, density

_NO_SIGN = re.compile(r"[^0-9A-Za-z\u3400-\U00032000]+")


def action(finding: pl.Expr, privacy: Privacy) -> pl.Expr:
    """What is done with each `finding` (an element of FINDINGS), its value aside.

    >>> from schemas.privacy import EVERYTHING_MASKED
    >>> one = pl.Series([{"kind": "qq", "rule": "cue"}])
    >>> pl.select(action(pl.lit(one), EVERYTHING_MASKED)).item()
    'mask'
    """
    actions = {key: treatment.action for key, treatment in privacy.treatments.items()}
    kind, rule = finding.struct.field("kind"), finding.struct.field("rule")
    named = [key for key in actions if key != DEFAULT]
    of_rule = (kind + "." + rule).replace_strict(
        named, [actions[key] for key in named], default=None, return_dtype=pl.String
    )
    of_kind = kind.replace_strict(
        named, [actions[key] for key in named], default=None, return_dtype=pl.String
    )
    return pl.coalesce(of_rule, of_kind, pl.lit(actions[DEFAULT]))


def hidden(findings: pl.Series, privacy: Privacy) -> pl.Series:
    """The findings of each document that are not kept, as FINDINGS; their values not looked at."""
    element = pl.element()
    return findings.list.eval(element.filter(action(element, privacy) != "keep"))


def counted(findings: pl.Series, privacy: Privacy) -> dict[tuple[str, str, str], int]:
    """How many findings there are of each kind, by each rule, and what is done with them."""
    element = pl.element()
    told = pl.struct(
        element.struct.field("kind"),
        element.struct.field("rule"),
        action(element, privacy).alias("action"),
    )
    counts = findings.list.eval(told).explode().drop_nulls().value_counts()
    rows = counts.unnest(counts.columns[0]).sort(pl.all()).iter_rows()
    return {(kind, rule, done): n for kind, rule, done, n in rows}


def densities(privacy: Privacy) -> Mapping[str, pl.Expr]:
    """Findings per 1,000 characters, for each rule that `privacy` drops documents by.

    By the name of the column; each reads `findings` and `chars`. `private_density` counts all
    that are not kept.
    """
    asked = (key for key, treatment in privacy.treatments.items() if treatment.above is not None)
    element = pl.element()
    kind, rule = element.struct.field("kind"), element.struct.field("rule")
    columns = {}
    for key in asked:
        some = kind + "." + rule == key if "." in key else kind == key
        counted = action(element, privacy) != "keep" if key == DEFAULT else some
        count = pl.col("findings").list.eval(counted).list.sum()
        columns[density(key)] = count * 1_000 / pl.max_horizontal("chars", 1)
    return columns


def plain(value: str) -> str:
    """What two spellings of one value have in common: folded, lower case, without signs.

    >>> plain("０10-6234 5678")
    '01062345678'
    """
    return _NO_SIGN.sub("", folded(value)).lower()
