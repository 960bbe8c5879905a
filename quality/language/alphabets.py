"""Languages written in alphabets, told apart by their script and their commonest words."""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.kernels.arrow import Strings
from quality.kernels.fnv import hashed
from quality.language.kernels import count_words
from quality.language.scripts import CLASS

DEFAULTS = {
    "hangul": "ko",
    "latin": "en",
    "vietnamese": "vi",
    "cyrillic": "ru",
    "greek": "el",
    "arabic": "ar",
    "hebrew": "he",
    "devanagari": "hi",
    "thai": "th",
    "letter": "und",
}
"""The language of a script where its words do not say otherwise."""

CONVINCED = 0.2
"""Share of a text's words among a language's commonest that makes us sure of the language."""

UNSURE = 0.1
"""Confidence in a script's default language where no word speaks for it."""


Rows = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


class Lexicon(NamedTuple):
    """The commonest words of each language: who votes for whom.

    `words` are sorted FNV-1a hashes; `votes[i, j]` is 1 where word `i` is common in language `j`;
    `scripts` is the class of each language's script.
    """

    languages: tuple[str, ...]
    scripts: npt.NDArray[np.uint8]
    words: npt.NDArray[np.uint64]
    votes: npt.NDArray[np.float64]


@cache
def lexicon() -> Lexicon:
    """The package's own word lists, `words.txt`: language, script, words."""
    text = resources.files(__package__).joinpath("words.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    spoken_in: dict[int, list[int]] = {}
    for language, (_, _, words) in enumerate(rows):
        for word in set(words.split()):
            spoken_in.setdefault(hashed(word), []).append(language)
    votes = np.zeros((len(spoken_in), len(rows)))
    for row, value in enumerate(sorted(spoken_in)):
        votes[row, spoken_in[value]] = 1
    return Lexicon(
        tuple(row[0] for row in rows),
        np.array([CLASS[row[1]] for row in rows], np.uint8),
        np.array(sorted(spoken_in), np.uint64),
        votes,
    )


def spell(texts: Strings, rows: Rows, script: str) -> tuple[npt.NDArray[np.str_], Shares]:
    """The language and the confidence of each text of `rows`, all written in `script`."""
    names, shares = _word_shares(texts, rows, script)
    if not names:
        default = DEFAULTS[script]
        return np.full(rows.size, default), np.full(rows.size, 0.0 if default == "und" else 1.0)
    best = shares.argmax(axis=1)
    second, first = np.sort(shares, axis=1)[:, -2:].T
    lead = np.minimum(1, 2 * (first - second) / np.maximum(first, 1e-9))
    sure = np.minimum(1, first / CONVINCED) * lead
    return np.where(first > 0, np.array(names)[best], DEFAULTS[script]), np.maximum(sure, UNSURE)


def prose(texts: Strings, rows: Rows) -> Shares:
    """How surely the Latin letters of each text of `rows` are a language, and not code or names.

    From `UNSURE` to 1, by the share of its words that are among the commonest of one language.
    """
    _, shares = _word_shares(texts, rows, "latin")
    return np.asarray(np.clip(shares.max(axis=1, initial=0) / CONVINCED, UNSURE, 1))


def _word_shares(texts: Strings, rows: Rows, script: str) -> tuple[list[str], Shares]:
    """The languages of the script that have a word list, and their share of each text's words."""
    known = lexicon()
    rivals = np.flatnonzero(known.scripts == CLASS[script])
    votes = np.ascontiguousarray(known.votes[:, rivals])
    counts = count_words(texts.data, texts.offsets, rows, known.words, votes)
    return [known.languages[rival] for rival in rivals], counts[:, :-1] / np.maximum(
        counts[:, -1:], 1
    )
