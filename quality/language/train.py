"""Trains `lid.npz`: `python -m quality.language.train DATA_FOLDER`.

Reads the shared data sets; one thread and fixed seeds, so the same data give the same model.
Documents, chapters and novels of the evaluation sets are never read (see `sets.held_out`).
"""

import random
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import fasttext
import numpy as np
import numpy.typing as npt
import polars as pl

from quality.draws import dice_of
from quality.kernels.arrow import strings
from quality.language.cantonese import in_cantonese
from quality.language.kernels import BREAK, PACKED, Offsets, Points
from quality.language.model import ROWS, VARIETIES, tokens
from quality.language.scripts import CODE_POINTS
from quality.language.sets import (
    CLASSICAL_AT_MOST,
    MODERN_AT_LEAST,
    cantonese,
    documents,
    held_out,
    hokkien,
    japanese,
    split,
    vernacular,
)

SNIPPETS = {"zh": 3_000_000, "lzh": 1_800_000, "yue": 400_000, "nan": 600_000, "ja": 60_000}
"""Snippets drawn for each label."""

TURNED = 300_000
"""Snippets of Chinese of which those that can be turned into Cantonese are added to yue."""

UNPUNCTUATED = 0.3
"""Share of the snippets that lose their punctuation, as old prints have none."""

SHORTEST, LONGEST = 3, 80
"""Characters of a snippet; lengths are drawn log-uniformly, so that short texts are learned."""

BOUNDARY = re.compile(r"[。！？；，、：…!?;,:\n]+")
"""Where a snippet begins and ends."""

CHINESE = {
    "law_zh_hans": 1,
    "law_zh_hant": 1,
    "news_zh_hans": 2,
    "medical_zh_hans": 2,
    "tech_docs_zh_hans": 1,
    "tech_docs_zh_hant": 1,
    "tw_web_zh_hant": 3,
    "wiki_zh": 2,
    "modern_translation_zh_hans": 6,
    "novel_classical_zh_hans": 1,
}
"""Sets that hold modern Chinese, and their weights."""

BUCKETS = 8_000_000

TRAINING = {
    "lr": 0.15,
    "epoch": 2,
    "dim": 16,
    "wordNgrams": 2,
    "minCount": 1,
    "bucket": BUCKETS,
    "loss": "softmax",
    "thread": 1,
    "verbose": 0,
}
PAIRS = 300_000
"""Pairs of tokens kept."""

SEEN = 3
"""Times a pair must be seen at least."""

WIDEST = 0.9999
"""Quantile of the numbers of pairs that the largest 8-bit one stands for; others are clipped."""

Sets = list[tuple[float, list[str]]]


def corpus(data: Path) -> dict[str, Sets]:
    """For each label, its sets with their weights."""
    barred = held_out(data)
    chinese = {name: documents(data, name, barred) for name in CHINESE}
    novels = chinese["novel_classical_zh_hans"]
    chinese["novel_classical_zh_hans"] = [
        text for text in novels if vernacular(text) >= MODERN_AT_LEAST
    ]
    old = documents(data, "classical_lzh", barred) + novels
    return {
        "zh": [
            *((CHINESE[name], texts) for name, texts in chinese.items()),
            (2, _texts(hokkien(data, "原始華語.txt", test=False))),
            (3, split(data, "text-social-zh-hans", test=False)),
        ],
        "lzh": [
            (9, [text for text in old if vernacular(text) <= CLASSICAL_AT_MOST]),
            (1, split(data, "text-poetry-lzh", test=False)),
        ],
        "yue": [(1, cantonese(data, test=False))],
        "nan": [(1, _texts(hokkien(data, "改漢字.txt", test=False)))],
        "ja": [(1, japanese(data, test=False))],
    }


def _texts(numbered: list[tuple[str, str]]) -> list[str]:
    return [text for _, text in numbered]


def snippets(sets: Sets, count: int, dice: random.Random) -> list[str]:
    """Random spans of the sets' texts, drawn by the sets' weights."""
    chosen = dice.choices([texts for _, texts in sets], [weight for weight, _ in sets], k=count)
    return [_span(dice.choice(texts), dice) for texts in chosen]


def _span(text: str, dice: random.Random) -> str:
    """From one boundary to another, where the text has them, of some random length."""
    length = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
    start = dice.randrange(max(1, len(text) - length + 1))
    begin = BOUNDARY.search(text, start, start + LONGEST) if start else None
    start = begin.end() if begin else start
    end = BOUNDARY.search(text, start + length, start + length + LONGEST)
    return text[start : end.end() if end else start + length]


class Examples(NamedTuple):
    """Lines of tokens: line `i` is `tokens[ends[i]:ends[i + 1]]`, and its label `labels[i]`."""

    labels: list[str]
    tokens: Points
    ends: Offsets


def examples(data: Path) -> Examples:
    """The snippets, of each label in turn."""
    dice = dice_of(20250101)
    known = corpus(data)
    labels: list[str] = []
    read: list[Points] = []
    sizes: list[Offsets] = []
    for label, sets in known.items():
        texts = snippets(sets, SNIPPETS[label], dice)
        if label == "yue":
            texts += filter(None, map(in_cantonese, snippets(known["zh"], TURNED, dice)))
        for start in range(0, len(texts), ROWS):
            some = texts[start : start + ROWS]
            bare = np.array([dice.random() < UNPUNCTUATED for _ in some])
            found, size = _unpunctuated(
                *tokens(strings(pl.Series(some)), np.arange(len(some))), bare
            )
            read.append(found)
            sizes.append(size)
            labels += [label] * len(some)
    return Examples(labels, np.concatenate(read), np.cumsum(np.concatenate([[0], *sizes])))


def _unpunctuated(
    read: Points, ends: Offsets, bare: npt.NDArray[np.bool_]
) -> tuple[Points, Offsets]:
    """The tokens without the breaks inside `bare` lines, and how many each line has."""
    dropped = np.repeat(bare, np.diff(ends)) & (read == BREAK)
    dropped[ends[:-1]] = False
    return read[~dropped], np.diff(ends) - np.add.reduceat(dropped, ends[:-1], dtype=np.int64)


def learned(found: Examples) -> Any:
    """The fastText model of these examples, in random order."""
    text = found.tokens.astype("<u4").tobytes().decode("utf-32-le")
    order = list(range(len(found.labels)))
    dice_of(20250102).shuffle(order)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for line in order:
            words = text[found.ends[line] : found.ends[line + 1]]
            if len(words) > 2:
                file.write(f"__label__{found.labels[line]} {' '.join(words)}\n")
        file.flush()
        return fasttext.train_supervised(file.name, **TRAINING)


def summed(model: Any, found: Examples) -> dict[str, npt.NDArray[Any]]:
    """The model as `quality.language.model.linear` reads it: the most telling pairs, in 8 bits."""
    labels, words = model.get_labels(), model.get_words()
    order = [labels.index(f"__label__{variety}") for variety in VARIETIES]
    scores = model.get_input_matrix() @ model.get_output_matrix()[order].T
    scores = (scores - scores[:, :1])[:, 1:]
    letters = [word for word in words if word != "</s>"]
    rows = {word: row for row, word in enumerate(words)}
    singles = np.zeros((len(letters) + 2, PACKED), np.float32)
    singles[1:] = scores[[rows[word] for word in [*letters, "</s>"]]]
    known, counts = seen_pairs(letters, found)
    pairs = scores[len(words) + buckets([*letters, "</s>"], known)]
    weight = np.ptp(np.pad(pairs, ((0, 0), (1, 0))), axis=1) * np.log(counts)
    kept = np.sort(np.argsort(-weight, kind="stable")[:PAIRS])
    unit = np.quantile(np.abs(pairs[kept]), WIDEST) / 127
    return {
        "letters": np.array([ord(letter) for letter in letters], np.uint32),
        "singles": np.rint(singles / unit).astype(np.int16),
        "gaps": np.diff(known[kept], prepend=np.uint32(0)),
        "pairs": np.clip(np.rint(pairs[kept] / unit), -127, 127).astype(np.int8),
        "unit": np.array(unit, np.float64),
    }


def seen_pairs(letters: list[str], found: Examples) -> tuple[Points, Offsets]:
    """The keys of the pairs seen often enough, sorted, and how often each was seen."""
    places = np.zeros(CODE_POINTS, np.uint32)
    places[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
    here = places[found.tokens]
    after = np.append(here[1:], 0)
    after[found.ends[1:] - 1] = len(letters) + 1
    known, counts = np.unique(here << 16 | after, return_counts=True)
    return known[counts >= SEEN], counts[counts >= SEEN]


def buckets(words: list[str], known: Points) -> npt.NDArray[np.int64]:
    """The bucket into which fastText hashed each pair of words."""
    hashes = np.array([0, *map(_hash, words)], np.int64).astype(np.uint64)
    first, second = hashes[known >> 16], hashes[known & 0xFFFF]
    pairs = first * np.uint64(116049371) + second
    return np.asarray(pairs % np.uint64(BUCKETS), np.int64)


def _hash(word: str) -> int:
    """FastText's hash: FNV-1a with signed bytes, 32 bits, read as a signed number."""
    value = 2166136261
    for byte in word.encode():
        value = (value ^ (byte if byte < 128 else byte | 0xFFFFFF00)) * 16777619 % 2**32
    return value - 2**32 if value >= 2**31 else value


def train(data: Path, path: Path) -> None:
    """Writes the model that the data give to `path`."""
    found = examples(data)
    arrays: dict[str, Any] = summed(learned(found), found)
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).parent / "lid.npz")
