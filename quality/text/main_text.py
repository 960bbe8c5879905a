"""Which lines of a page are its main text: a model's verdict, and what the site repeats."""

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from quality.kernels.forest import Forest, margins
from quality.kernels.html import FEATURES, Automaton, Parsed, automaton, describe, prose_lines
from quality.kernels.html import reader as line

Lines = npt.NDArray[np.bool_]

SURE = float(np.log(9))
"""The logit, of a probability of .9, from which the model is believed against a repetition: a
heading such as 参数 stands on many pages of a manual and is text on each. A repeated line of
prose is never text, however much it reads like it. As sure it has to be of links below the text:
what to read next looks much like what was read."""

OF_LINKS = FEATURES.index("linked")
OF_NOTICES = FEATURES.index("notice")
MOSTLY, NEARLY = 0.5, 0.9


@cache
def forest() -> Forest:
    """The model of the package, made by `quality.text.train_main_text`.

    Raises ValueError where it was made for other features.
    """
    with as_file(files("quality.text") / "main_text.npz") as path, np.load(path) as stored:
        if tuple(stored["features"]) != FEATURES:
            raise ValueError(
                "main_text.npz was trained on other features; make it again with "
                "python -m quality.text.train_main_text DATA_FOLDER"
            )
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
    prose, pages = prose_lines(parsed.lines), parsed.lines[:, line.LINE_PAGE]
    kept = logits >= 0
    doubted = _below(features[:, OF_LINKS] > NEARLY, prose & kept, pages)
    if repeated is not None:
        doubted |= repeated
        kept &= ~(repeated & prose)
    kept &= ~doubted | (logits >= SURE)
    own = (features[:, OF_LINKS] < MOSTLY) & (features[:, OF_NOTICES] < MOSTLY)
    for lines in (own, np.ones(len(features), np.bool_)):
        empty = np.bincount(pages, weights=kept, minlength=1) == 0
        kept |= lines & empty[pages]
    return np.asarray(kept)


def _below(lines: Lines, text: Lines, pages: npt.NDArray[np.int64]) -> Lines:
    """Which of some lines stand below all text of a page that has any."""
    rows = np.arange(len(pages))
    last = np.full(int(pages.max(initial=0)) + 1, len(pages))
    last[pages[text]] = rows[text]
    return np.asarray(lines & (rows > last[pages]))
