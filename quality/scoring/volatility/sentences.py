"""Made texts of many subjects: of each some that are soon stale, some of record, some lasting."""

import random
import re
from importlib import resources

PLACES = ("北京", "上海", "广州", "成都", "武汉", "西安", "台北", "香港", "云南", "江苏")
MOST = 5
"""Sentences of the longest text."""


def sentences() -> dict[tuple[str, str], list[str]]:
    """The sentences of sentences.txt by subject and grade."""
    found: dict[tuple[str, str], list[str]] = {}
    subject = ""
    for line in (
        resources.files(__package__).joinpath("sentences.txt").read_text("utf-8").split("\n")
    ):
        if line[:1] in {"0", "1", "2"}:
            found.setdefault((subject, line[0]), []).append(line[2:])
        elif line and line[0] != "#":
            subject = line
    return found


def made(count: int, dice: random.Random) -> list[tuple[str, str]]:
    """`count` texts of one subject and one grade each, with the grade; their slots are filled."""
    known = sentences()
    found = []
    for _ in range(count):
        subject, grade = dice.choice(sorted(known))
        some = known[subject, grade]
        chosen = dice.sample(some, min(len(some), dice.randint(1, MOST)))
        found.append((_filled(dice.choice(("", "\n")).join(chosen), dice), grade))
    return found


def _filled(text: str, dice: random.Random) -> str:
    """The text with something in each slot.

    >>> _filled("Y年", random.Random(1))[-1]
    '年'
    """
    slots = {
        "N": lambda: dice.choice((str(dice.randint(1, 9999)), f"{dice.random() * 90:.2f}")),
        "D": lambda: f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日",
        "T": lambda: dice.choice((f"{dice.randint(0, 23)}:30", f"{dice.randint(1, 23)}时")),
        "Y": lambda: str(dice.randint(1900, 2024)),
        "P": lambda: dice.choice(PLACES),
    }
    return re.sub("[NDTYP]", lambda slot: slots[slot[0]](), text)
