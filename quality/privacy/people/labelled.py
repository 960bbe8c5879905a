"""Real text whose names were marked by people, read from the shared data.

Résumés come marked; windows of other texts are marked by offsets in `labelled.json`, which holds
no text: a window is known by its file, its row, and the digest of what stands there.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.privacy.view import Positions, View
from schemas.errors import ConfigError

RESUMES = Path("pii-cner-train/datasets/cner/train.char.bmes")

BLOCK = 50
"""Sentences of résumés that make a document: neighbours, and held out together."""

NAMED, DOUBTFUL = 1, 2
"""What is known of a character: it is in a name or in none; or whether is anybody's guess."""


class Labelled(NamedTuple):
    """A text, its names as (start, end), and stretches that may be taken for names or not.

    `part` is `train`, `dev` (settings are chosen by it), or `test`.
    """

    key: str
    text: str
    names: tuple[tuple[int, int], ...]
    doubtful: tuple[tuple[int, int], ...]
    part: str


def draw(key: str) -> int:
    """A number from 0 to 99 that depends on the key alone."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100


def resumes(data: Path) -> Iterator[Labelled]:
    """Blocks of sentences of résumés: a fifth is `test`, a seventh `dev`."""
    sentences = (data / RESUMES).read_text("utf-8").replace("\r", "").split("\n\n")
    for first in range(0, len(sentences), BLOCK):
        text, names, start = "", [], 0
        for sentence in sentences[first : first + BLOCK]:
            for line in filter(str.strip, sentence.split("\n")):
                character, label = line.rsplit(" ", 1)
                start = len(text) if label in {"B-NAME", "S-NAME"} else start
                text += character
                if label in {"E-NAME", "S-NAME"}:
                    names.append((start, len(text)))
            text += "\n"
        key = f"cner{first // BLOCK}"
        part = "test" if draw(key) < 20 else "dev" if draw(key) < 35 else "train"
        yield Labelled(key, text, tuple(names), (), part)


def windows(data: Path) -> Iterator[Labelled]:
    """Windows of the bulk text: a third is `dev`.

    Raises:
        ConfigError: the shared data are not those that were marked.
    """
    marked = json.loads((files("quality.privacy.people") / "labelled.json").read_text("utf-8"))
    for one in marked:
        text = rows(data, one["file"])[one["row"]][one["start"] : one["end"]]
        if hashlib.sha256(text.encode()).hexdigest()[:8] != one["sha256"]:
            raise ConfigError(f"{one['file']}, row {one['row']}: not the text that was labelled")
        names, doubtful = (tuple(map(tuple, one[kind])) for kind in ("names", "doubtful"))
        key = f"{one['file']}#{one['row']}"
        yield Labelled(key, text, names, doubtful, "dev" if draw("dev" + key) < 33 else "train")


@cache
def rows(data: Path, file: str) -> list[str]:
    """The texts of a file of the bulk data."""
    texts: list[str] = pl.read_parquet(data / file, columns=["text"])["text"].to_list()
    return texts


def marked(texts: list[Labelled]) -> tuple[View, npt.NDArray[np.uint8], Positions]:
    """The view of texts, what is known of each character, and the length of the name there."""
    view = View.of(pl.Series([one.text for one in texts], dtype=pl.String))
    known = np.full(view.codes.size, NAMED, np.uint8)
    lengths = np.zeros(view.codes.size, np.int64)
    for one, start in zip(texts, view.starts.tolist(), strict=False):
        for begin, end in one.doubtful:
            known[start + max(0, begin - 2) : start + end] = DOUBTFUL
        for begin, end in one.names:
            known[start + begin : start + end] = NAMED
            lengths[start + begin] = end - begin
    return view, known, lengths
