"""Tokens: how many a text has, for a tokenizer of the user's or the bundled one.

Belongs here: counting, and training the bundled byte-pair encoding. Does not belong here: token
ids in files (an export), and budgets (mixing).
"""

from quality.tokens.counting import BUNDLED, bundled, count_tokens, load_tokenizer

__all__ = ["BUNDLED", "bundled", "count_tokens", "load_tokenizer"]
