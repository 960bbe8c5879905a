"""Where the columns of the corpus and of mixtures come from, as far as they come from others."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from schemas.tables import CORPUS, SHARDS

How = Literal["same", "redacted", "decides"]
"""A value as it is, a text less personal data and common lines, or what decides what is taken."""


class Column(NamedTuple):
    """A column of a table further up, and what it does to the value."""

    table: str
    name: str
    how: How = "same"


MIXED = "mixture"
"""Stands for the rows of any mixture."""

COLUMNS: Mapping[str, Mapping[str, tuple[Column, ...]]] = {
    "corpus": {
        **{name: (Column("documents", name),) for name in CORPUS},
        "text": (
            Column("documents", "text", "redacted"),
            Column("privacy", "findings", "decides"),
            Column("boilerplate", "common_lines", "decides"),
        ),
        "language": (Column("language", "language"),),
        "quality": (Column("scores", "education"),),
    },
    MIXED: {name: (Column("corpus", name),) for name in SHARDS if name in CORPUS},
}
"""Table -> column -> the columns it is made from."""
