"""Trains `model.npz` and `steps.json`: `python -m quality.scoring.education.train DATA_FOLDER`.

Reads the labels and the shared data sets; one thread and fixed seeds, so the same data give the
same classifier.
"""

import random
import sys
from pathlib import Path

from quality.scoring.education.garbage import garbage
from quality.scoring.harm import sets
from quality.scoring.labels.bulk import posts, snippets, verses
from quality.scoring.linear import Settings
from quality.scoring.ordinal.fitting import Plan
from quality.scoring.ordinal.training import Made, Task, run, train

PLAN = Plan(
    most=4,
    top=5,
    measures=("length", "repeats"),
    settings=Settings(least=2, rate=0.1, epochs=10, kept=200_000),
    seed=20250110,
)
"""Rates, passes, orders and measures were chosen by cross-validation on the labels."""

GARBAGE, POSTS, CLASSICS = 60, 400, 250
"""Texts of each rule of garbage, posts of each kind, and as many snippets of the classics as
verses: these are of worth however short, and readers gave most of their passages 3."""

CLEAN = 60
"""Snippets of each clean set that garbage is made of."""


def made(data: Path, dice: random.Random) -> Made:
    """Garbage and spam, of no use; insults, of hardly any; classics and verses."""
    spam, insults = posts(data, POSTS, dice)
    bad = garbage(snippets(data, sets.CLEAN, CLEAN, dice), GARBAGE, dice)
    classics = snippets(data, ("classical_lzh",), CLASSICS, dice)
    poems = verses(data, CLASSICS, dice)
    grades = ((0, bad), (0, spam), (1, insults), (3, classics), (3, poems))
    return [(text, grade) for grade, texts in grades for text in texts]


TASK = Task(PLAN, lambda one: one.education, made)


if __name__ == "__main__":
    run(train(Path(sys.argv[1]), TASK), Path(__file__).parent)
