"""Full-width digits and letters, folded only for a mixture that asks for it."""

import polars as pl

_WIDE = [chr(code + 0xFEE0) for code in range(0x30, 0x7B) if chr(code).isalnum()]
_NARROW = [chr(ord(char) - 0xFEE0) for char in _WIDE]

BYTES_SAVED = 2
"""UTF-8 bytes that folding one of them saves."""


def wide_alphanumerics(text: pl.Expr) -> pl.Expr:
    """How many full-width digits and Latin letters `text` has.

    >>> pl.select(wide_alphanumerics(pl.lit("第１２条，ＡＢ"))).item()
    4
    """
    return text.str.count_matches("[０-９Ａ-Ｚａ-ｚ]")


def fold_width(text: pl.Expr) -> pl.Expr:
    """`text` with its full-width digits and Latin letters at half width; punctuation stays.

    >>> pl.select(fold_width(pl.lit("第１２条，（ＡＢ）"))).item()
    '第12条，（AB）'
    """
    return text.str.replace_many(_WIDE, _NARROW)
