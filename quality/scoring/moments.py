"""A first, simple measure of what binds a text to its moment."""

import polars as pl

MOMENTS = (
    "今天|今日|昨天|昨日|明天|明日|今晚|今早|日前|近日|目前|截至|截止|即日起|本[周週月]|[上下][周週]"
    "|收[盘盤]|[开開][盘盤]|[涨漲]停|跌停|[盘盤]中|[报報]名[时時][间間]|[气氣][温溫]|[阵陣]雨|多云|多雲"
    r"|促[销銷]|限[时時]|秒[杀殺]|[0-9]{1,2}月[0-9]{1,2}[日号號]|[0-9]{1,2}:[0-9]{2}"
)
"""Words that speak of a moment as now, days without a year, times of day. Written for this
project; a statute or a textbook has hardly any."""


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
