"""Terms of each industry.

Belongs here: what the model learns words from. Does not belong here: how a document is judged; the
model knows more than these lists do.
"""

from functools import cache
from importlib import resources


@cache
def terms() -> dict[str, tuple[str, ...]]:
    """The terms of `terms.txt`, by industry."""
    text = resources.files(__package__).joinpath("terms.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {name: tuple(listed) for name, *listed in lines}
