"""Texts written for this project with their labels, of kinds that the shared data lacks.

Posts, reviews, feeds, notices, questions and answers, manuals, exam questions and more, about every
industry, in both scripts. Each has an industry, a grade of education, how far it is bound to its
moment, and whether it is spam or insults, as the passages that were read have them.
"""

import json
from importlib import resources
from typing import NamedTuple


class Authored(NamedTuple):
    """A text and what it was written to be."""

    text: str
    industry: str
    education: int
    volatility: int
    spam: int
    toxic: int


def authored() -> list[Authored]:
    """All of them, file by file, in the order they were written.

    >>> some = authored()
    >>> len(some) > 1_000 and all(0 <= one.education <= 5 for one in some)
    True
    """
    files = sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
    lines = (
        line
        for file in files
        if file.name.endswith(".jsonl")
        for line in file.read_text("utf-8").split("\n")
        if line
    )
    return [Authored(**json.loads(line)) for line in lines]
