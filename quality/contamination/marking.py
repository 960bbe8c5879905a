"""What of an exam item counts, and what is its own."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.contamination.fitting import FREE, OWN
from quality.kernels.arrow import strings
from quality.kernels.fold import fold, fold_all, fold_table
from quality.kernels.lookup import SEED, text_grams
from quality.kernels.ngrams import ngram_hashes

Marked = npt.NDArray[np.uint32]

QUOTED = re.compile(r"“[^“”]{13,}”|「[^「」]{13,}」|『[^『』]{13,}』|\"[^\"]{13,}\"")
"""A quotation of 13 characters or more: those are others' words, and shorter ones are terms."""

LONGEST_PART = 400
"""Folded characters of a part. What stands before the last so many of a stem is a passage: the
longest of a question of its own in GAOKAO-Bench and AGIEval has 350, after that come those with an
essay. Of an option the first so many are enough."""

SHORTEST_ENTRY = 4
"""Folded characters of the shortest line that an allow-list can hold: those of an idiom."""


class Allowed:
    """What everybody may quote: runs of 8 characters of some texts, and their shorter lines."""

    def __init__(self, grams: npt.NDArray[np.uint64], lines: frozenset[str]) -> None:
        self.grams, self.lines = grams, lines

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """What these texts allow."""
        grams, lines = [np.empty(0, np.uint64)], set[str]()
        for text in texts:
            data, _, _ = strings(pl.Series([text]))
            grams.append(np.unique(text_grams(data, fold_table())))
            short = (fold(line) for line in text.split("\n") if len(line) < 3 * SEED)
            lines.update(line for line in short if SHORTEST_ENTRY <= len(line) < SEED)
        return cls(np.unique(np.concatenate(grams)), frozenset(lines))

    def marks(self, part: str) -> npt.NDArray[np.bool_]:
        """Which characters of a folded text may be quoted by everybody."""
        free = np.zeros(len(part), bool)
        if self.grams.size and len(part) >= SEED:
            hashes = np.empty(len(part), np.uint64)
            points = np.frombuffer(part.encode("utf-32-le"), np.uint32)
            hashes = hashes[: ngram_hashes(points, points.size, SEED, hashes)]
            nearest = self.grams[np.searchsorted(self.grams, hashes) % self.grams.size]
            for start in np.flatnonzero(nearest == hashes).tolist():
                free[start : start + SEED] = True
        for size in range(SHORTEST_ENTRY, SEED) if self.lines else ():
            for start in range(len(part) - size + 1):
                if part[start : start + size] in self.lines:
                    free[start : start + size] = True
        return free


def marked_parts(items: pl.DataFrame, allowed: Allowed) -> list[list[Marked]]:
    """The folded parts of each item (`ITEMS`), stem first, then options; marked what is what.

    An item's own is what it asks: its options, and as much of the end of its stem as makes half of
    the whole with them, without long quotations. What stands at the beginning of a stem is often
    another's: a report, a speech, a statute. An answer counts only where stem and options have
    fewer than 13 characters. Options without any letter are numbers, and left out.
    """
    stems = [_quotes(stem or "") for stem in items["stem"]]
    segments = [text for of in stems for text, _ in of]
    others = [
        [*(options or []), answer or ""]
        for options, answer in items.select("options", "answer").iter_rows()
    ]
    folded = iter(fold_all(pl.Series(segments, dtype=pl.String)))
    rest = iter(fold_all(pl.Series([one for of in others for one in of], dtype=pl.String)))
    made = []
    for of, options in zip(stems, others, strict=True):
        stem = [(next(folded), quoted) for _, quoted in of]
        *named, answer = (next(rest) for _ in options)
        made.append(_parts(stem, [one for one in named if not one.isdigit()], answer, allowed))
    return made


def _quotes(stem: str) -> list[tuple[str, bool]]:
    """The stretches of a stem, and whether each is quoted."""
    edges = [0, *(edge for found in QUOTED.finditer(stem) for edge in found.span()), len(stem)]
    return [(stem[start:end], bool(n % 2)) for n, (start, end) in enumerate(pairwise(edges))]


def _parts(
    stem: list[tuple[str, bool]], options: list[str], answer: str, allowed: Allowed
) -> list[Marked]:
    text = "".join(one for one, _ in stem)
    quoted = np.concatenate([np.full(len(one), of) for one, of in stem])[-LONGEST_PART:]
    text = text[-LONGEST_PART:]
    options = sorted((one[:LONGEST_PART] for one in options if one), key=len, reverse=True)
    beside = sum(map(len, options))
    if len(text) + beside < 13 and answer:
        answer = answer[:LONGEST_PART]
        options = [*options, answer]
        beside += len(answer)
    asked = max(0, (len(text) + beside + 1) // 2 - beside)
    own = ~quoted.astype(bool) & (np.arange(len(text)) >= len(text) - asked)
    parts = [(text, own), *((one, np.ones(len(one), bool)) for one in options)]
    return [_marked(one, mine, allowed.marks(one)) for one, mine in parts if one]


def _marked(part: str, own: npt.NDArray[np.bool_], free: npt.NDArray[np.bool_]) -> Marked:
    points = np.frombuffer(part.encode("utf-32-le"), np.uint32)
    marks = np.where(own & ~free, OWN, 0) | np.where(free, FREE, 0)
    return points | marks.astype(np.uint32)
