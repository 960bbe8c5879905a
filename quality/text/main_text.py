"""Which lines of a page are its main text: a model's verdict, and what the site repeats."""

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from quality.kernels.forest import Forest, margins
from quality.kernels.html import FEATURES, Automaton, Parsed, automaton, describe, prose_lines

Lines = npt.NDArray[np.bool_]

SURE = float(np.log(9))
"""The logit, of a probability of .9, from which the model is believed against a repetition: a
heading such as 参数 stands on many pages of a manual and is text on each. A repeated line of
prose is never text, however much it reads like it."""

OF_LINKS = FEATURES.index("linked")
OF_NOTICES = FEATURES.index("notice")
MOSTLY = 0.5


@cache
def forest() -> Forest:
    """The model of the package, made by `quality.text.train_main_text`."""
    with as_file(files("quality.text") / "main_text.npz") as path, np.load(path) as stored:
        return Forest(*(stored[name] for name in Forest._fields))


@cache
def notices() -> Automaton:
    """The words of notices, of `notices.txt`: field knowledge, no published source."""
    words = (files("quality.text") / "notices.txt").read_text(encoding="utf-8").split()
    return automaton({word: len(word.encode()) for word in words}, max)


def main_lines(parsed: Parsed, repeated: Lines | None = None) -> Lines:
    """Whether each line is main text; of a page without any, what is neither link nor notice.

    Of a page that has nothing else either, all lines: a filter can still drop it, and say why.
    """
    features = describe(parsed, notices())
    logits = margins(features, forest())
    kept = logits >= 0
    if repeated is not None:
        kept &= ~repeated | ((logits >= SURE) & ~prose_lines(parsed.lines))
    own = (features[:, OF_LINKS] < MOSTLY) & (features[:, OF_NOTICES] < MOSTLY)
    pages = parsed.lines[:, 0]
    for lines in (own, np.ones(len(features), np.bool_)):
        empty = np.bincount(pages, weights=kept, minlength=1) == 0
        kept |= lines & empty[pages]
    return np.asarray(kept)
