"""The verdict on each document: the first rule it failed, what it measured, what was asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from schemas.policies import UNCUT, Rule, own_column, scorer_of
from schemas.scores import SCORES
from schemas.signals import SIGNALS
from schemas.tables import BOILERPLATE, CONTAMINATION, DUPLICATES, LANGUAGE, VERDICTS

MEASURED = pl.Schema(
    {
        **LANGUAGE,
        **SIGNALS,
        **SCORES,
        "benchmark": CONTAMINATION["benchmark"],
        "share": CONTAMINATION["share"],
        UNCUT: CONTAMINATION["share"],
        "duplicate_kept": DUPLICATES["kept"],
        "twin": DUPLICATES["twin"],
        "similarity": DUPLICATES["similarity"],
        "cluster_size": DUPLICATES["cluster_size"],
        "common_ratio": BOILERPLATE["common_ratio"],
    }
)
"""What a decision reads: the columns of language, signals, scores and contamination, with what
`quality.contamination.uncut_share` adds; of duplicates `kept` (here `duplicate_kept`), `twin`,
`similarity` and `cluster_size`; of boilerplate `common_ratio`. A column no rule asks about may
lack. Beside them stand the densities of personal data and the scores of one's own that rules ask
about, as `quality.privacy.densities` and `own_scores` name them."""

MISSING = "missing"
"""The value of a measurement that is not there, or not a number."""


def decide(measured: pl.LazyFrame, rules: Sequence[Rule], version: str) -> pl.LazyFrame:
    """The verdict on each row of `measured`, in its order; a missing measurement fails.

    `measured` has the columns of `MEASURED`; the result is `schemas.tables.VERDICTS`. A number
    has at most 4 significant digits, or 7 where fewer would hide that it failed; the value of a
    duplicate is the similarity to its twin.

    >>> frame = pl.LazyFrame({"doc_id": ["a", "b"], "digit_ratio": [0.1, 0.41237]})
    >>> rule = Rule("digit_ratio", "digit_ratio", maximum=0.3)
    >>> decide(frame, [rule], "v1").select("kept", "value", "threshold").collect().rows()
    [(True, None, None), (False, '0.4124', '<= 0.3')]
    """
    failures = [pl.when(~passes(rule)).then(n) for n, rule in enumerate(rules)]
    failed = pl.coalesce(*failures, None).cast(pl.UInt8).alias("failed")
    verdicts = {
        "kept": pl.col("failed").is_null(),
        "rule": _of_failed(rules, lambda rule: pl.lit(rule.name)),
        "value": pl.when(pl.col("failed").is_not_null()).then(_value_of_failed(rules)),
        "threshold": _of_failed(rules, lambda rule: pl.lit(rule.threshold)),
        "twin": _of_failed(rules, lambda rule: pl.col("twin") if rule.is_flag else None),
        "policy_version": pl.lit(version),
    }
    typed = {name: verdict.cast(VERDICTS[name]) for name, verdict in verdicts.items()}
    return measured.with_columns(failed).select("doc_id", **typed)


def evaluate(measured: pl.LazyFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Every rule's outcome on every row: `doc_id`, `rule`, `value`, `threshold`, `passed`.

    Rows are in the order of `measured`, and of `rules` within a document: for showing a few.

    >>> frame = pl.LazyFrame({"doc_id": ["a"], "language": ["ja"]})
    >>> rule = Rule("language", "language", allowed=("zh-Hans", "zh-Hant"))
    >>> evaluate(frame, [rule]).row(0)
    ('a', 'language', 'ja', 'in zh-Hans, zh-Hant', False)
    """
    outcomes = [
        pl.struct(
            rule=pl.lit(rule.name),
            value=_value(rule),
            threshold=pl.lit(rule.threshold),
            passed=passes(rule),
        )
        for rule in rules
    ]
    if not outcomes:
        return pl.DataFrame(schema=_OUTCOMES)
    listed = measured.select("doc_id", outcome=pl.concat_list(outcomes))
    return listed.explode("outcome").unnest("outcome").collect()


_OUTCOMES = pl.Schema(
    {
        "doc_id": pl.String(),
        "rule": pl.String(),
        "value": pl.String(),
        "threshold": pl.String(),
        "passed": pl.Boolean(),
    }
)


def own_scores(scorers: Iterable[str]) -> Mapping[str, pl.Expr]:
    """The score of each of one's own scorers, by the name of the column; each reads `own`.

    >>> frame = pl.DataFrame({"own": [[{"name": "style", "score": 0.5}], []]})
    >>> frame.select(**own_scores(["style"])).rows()
    [(0.5,), (None,)]
    """
    element = pl.element()
    return {
        own_column(name): pl.col("own")
        .list.eval(element.filter(element.struct.field("name") == name).struct.field("score"))
        .list.first()
        for name in scorers
    }


def passes(rule: Rule) -> pl.Expr:
    """Whether each row passes `rule`; never null."""
    if rule.allowed is not None:
        passed = pl.col(rule.column).is_in(rule.allowed)
    elif rule.is_flag:
        passed = pl.col(rule.column)
    else:
        passed = _within(_number(rule.column), _bound(rule, "minimum"), _bound(rule, "maximum"))
    return passed.fill_null(value=False)


def _precision(column: str) -> pl.DataType:
    """A bound is rounded like what it bounds, so that 0.3 is within 0.3, and a count is exact."""
    short = MEASURED.get(column) == pl.Float32 or scorer_of(column) is not None
    return pl.Float32() if short else pl.Float64()


def _number(column: str) -> pl.Expr:
    return pl.col(column).cast(_precision(column)).fill_nan(None)


def _bound(rule: Rule, end: str) -> pl.Expr:
    return pl.lit(getattr(rule, end), dtype=_precision(rule.column))


def _within(number: pl.Expr, minimum: pl.Expr, maximum: pl.Expr) -> pl.Expr:
    """Whether `number` lies within the bounds that are not null; false where it is null."""
    there = number.is_not_null()
    return (number >= minimum).fill_null(there) & (number <= maximum).fill_null(there)


def _of_failed(rules: Sequence[Rule], choose: Callable[[Rule], pl.Expr | None]) -> pl.Expr:
    """What `choose` says of the rule whose number `failed` holds; null where it says nothing."""
    chosen = [(n, choose(rule)) for n, rule in enumerate(rules)]
    branches = [
        pl.when(pl.col("failed") == n).then(choice) for n, choice in chosen if choice is not None
    ]
    return pl.coalesce(*branches, None)


def _value_of_failed(rules: Sequence[Rule]) -> pl.Expr:
    """The value of the failed rule, rendered once a row rather than once a rule."""
    word = _of_failed(rules, _word)
    number = _of_failed(rules, _plain_number).cast(pl.Float64)
    minimum = _of_failed(rules, lambda rule: pl.lit(rule.minimum, dtype=pl.Float64))
    maximum = _of_failed(rules, lambda rule: pl.lit(rule.maximum, dtype=pl.Float64))
    return pl.coalesce(word, _shown(number, minimum, maximum), pl.lit(MISSING))


def _value(rule: Rule) -> pl.Expr:
    word, number = _word(rule), _plain_number(rule)
    bounds = (pl.lit(end, dtype=pl.Float64) for end in (rule.minimum, rule.maximum))
    shown = word if number is None else _shown(number, *bounds)
    return pl.coalesce(shown, pl.lit(MISSING))


def _word(rule: Rule) -> pl.Expr | None:
    return pl.col(rule.column) if rule.allowed is not None else None


def _plain_number(rule: Rule) -> pl.Expr | None:
    if rule.is_flag:
        return pl.col("similarity").cast(pl.Float64).round_sig_figs(4)
    return _number(rule.column).cast(pl.Float64) if rule.allowed is None else None


def _shown(number: pl.Expr, minimum: pl.Expr, maximum: pl.Expr) -> pl.Expr:
    """`number` (Float64) in 4 significant digits, or 7 where those would lie within the bounds."""
    short = number.round_sig_figs(4)
    whole = number == number.floor()
    hidden = _within(short, minimum, maximum) & ~_within(number, minimum, maximum)
    digits = pl.when(whole).then(number).when(hidden).then(number.round_sig_figs(7))
    return digits.otherwise(short).cast(pl.String).str.strip_suffix(".0")
