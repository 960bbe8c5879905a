"""First, simple measures of what binds a text to its moment, and of who made it."""

import polars as pl

MOMENTS = (
    "今天|今日|昨天|昨日|明天|明日|今晚|今早|日前|近日|目前|截至|截止|即日起|本[周週月]|[上下][周週]"
    "|收[盘盤]|[开開][盘盤]|[涨漲]停|跌停|[盘盤]中|[报報]名[时時][间間]|[气氣][温溫]|[阵陣]雨|多云|多雲"
    r"|促[销銷]|限[时時]|秒[杀殺]|[0-9]{1,2}月[0-9]{1,2}[日号號]|[0-9]{1,2}:[0-9]{2}"
)
"""Words that speak of a moment as now, days without a year, times of day. Written for this
project; a statute or a textbook has hardly any."""

AI_LABEL = r"(?m)^\s*[\"']?AIGC[\"']?\s*:"
"""The implicit label of GB 45438-2025 as it stands in front matter."""

LABELLED_WITHIN = 2_000
"""Characters from the beginning within which a label is looked for."""


def volatility(text: pl.Expr) -> pl.Expr:
    """Words that bind `text` to its moment, per 1,000 characters; 0 for an empty text.

    >>> pl.select(volatility(pl.lit("今日收盘，两市涨停八十家。"))).item() > 100
    True
    >>> pl.select(volatility(pl.lit("勾股定理说的是直角三角形。"))).item()
    0.0
    """
    found = text.str.count_matches(MOMENTS)
    chars = text.str.len_chars()
    return pl.when(chars > 0).then(1_000 * found / chars).otherwise(0.0).cast(pl.Float32)


def ai_labelled(text: pl.Expr) -> pl.Expr:
    r"""Whether `text` begins with a label that says a machine made it.

    >>> pl.select(ai_labelled(pl.lit("---\nAIGC:\n  Label: '1'\n---\n正文"))).item()
    True
    """
    return text.str.head(LABELLED_WITHIN).str.contains(AI_LABEL)
