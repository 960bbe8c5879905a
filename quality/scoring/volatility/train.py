"""Trains `model.npz` and `steps.json`: `python -m quality.scoring.volatility.train DATA_FOLDER`.

Reads the labels and the shared data sets; one thread and fixed seeds, so the same data give the
same classifier.
"""

import random
import sys
from pathlib import Path

from quality.scoring.labels.bulk import posts, snippets, verses
from quality.scoring.linear import Settings
from quality.scoring.ordinal.fitting import Plan
from quality.scoring.ordinal.training import Made, Task, run, train
from quality.scoring.volatility.sentences import made as made_of_sentences

PLAN = Plan(
    most=2,
    top=2,
    measures=("moments", "days", "times", "years"),
    settings=Settings(least=2, rate=0.1, epochs=10, kept=150_000),
    seed=20250110,
)
"""Rates, passes, orders and measures were chosen by cross-validation on the labels."""

SENTENCES, POSTS, OLD, VERSES = 1000, 200, 100, 400
"""Texts of sentences.txt, posts of each kind, snippets of each set of `LASTING`, verses."""

LASTING = (
    *("classical_lzh", "novel_classical_zh_hans", "modern_translation_zh_hans"),
    "law_zh_hans",
)
"""Sets of which readers found 192 of 194 passages lasting."""


def made(data: Path, dice: random.Random) -> Made:
    """Sentences of every subject; advertisements, of their moment; quarrels; old texts."""
    spam, insults = posts(data, POSTS, dice)
    made = [(text, int(grade)) for text, grade in made_of_sentences(SENTENCES, dice)]
    old = snippets(data, LASTING, OLD, dice)
    poems = verses(data, VERSES, dice)
    grades = ((2, spam), (1, insults), (0, old), (0, poems))
    return [*made, *((text, grade) for grade, texts in grades for text in texts)]


TASK = Task(PLAN, lambda one: one.volatility, made)


if __name__ == "__main__":
    run(train(Path(sys.argv[1]), TASK), Path(__file__).parent)
