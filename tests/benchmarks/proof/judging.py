"""What a trained model is asked: how much held-out clean text of several domains surprises it."""

import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import zstandard

HELD_OUT = (
    "text-law-zh-hans",
    "text-law-zh-hant",
    "text-medical-zh-hans",
    "text-news-zh-hans",
    "text-finance-zh-hans",
    "text-tech-docs-zh-hans",
    "text-tech-docs-zh-hant",
    "text-modern-translation-zh-hans",
    "text-novel-classical-zh-hans",
    "text-social-zh-hans",
    "text-classical-lzh",
    "text-poetry-lzh",
)
CHARS = 150_000
"""Characters of each domain."""
PAIRS = 1_500
MEAN = "mean of domains"
SENTENCE = re.compile(r"[^。！？\n]{12,60}[。！？]")
HAN = re.compile(r"[\u4e00-\u9fff]")

Surprise = Callable[[Sequence[str]], npt.NDArray[np.float64]]
"""What a learner gives: the nats of each text, its end included."""


class Probe(NamedTuple):
    """Sentences as they are, and each with one thing wrong."""

    name: str
    right: list[str]
    wrong: list[str]


def held_out(data: Path) -> dict[str, list[str]]:
    """Domain -> documents of the evaluation sets, none of which is in the pool."""
    return {name.removeprefix("text-"): _some(data / name) for name in HELD_OUT}


def lines(text: str) -> str:
    """The text with every line ended alike, since how does not tell what was learned.

    >>> lines("一\\r\\n二")
    '一\\n二'
    """
    return text.replace("\r\n", "\n")


def _some(folder: Path) -> list[str]:
    packed = (folder / "docs.jsonl.zst").read_bytes()
    rows = zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode().split("\n")
    texts = [lines(json.loads(row)["text"]) for row in rows if row]
    random.Random(7).shuffle(texts)
    kept: list[str] = []
    left = CHARS
    for text in texts:
        if left <= 0:
            break
        kept.append(text[: min(left, 5_000)])
        left -= len(kept[-1])
    return kept


def probes(texts: dict[str, list[str]]) -> list[Probe]:
    """Which of two a model finds likelier: the sentence, or the same with something wrong."""
    dice = random.Random(11)
    found = [one for some in texts.values() for text in some for one in SENTENCE.findall(text)]
    sentences = dice.sample(found, min(PAIRS, len(found)))
    others = dice.sample(found, len(sentences))
    swapped = [_swapped(one, dice) for one in sentences]
    replaced = [_replaced(one, other, dice) for one, other in zip(sentences, others, strict=True)]
    halves = [(one[: len(one) // 2], one[len(one) // 2 :]) for one in sentences]
    strange = [a + others[n][len(others[n]) // 2 :] for n, (a, _) in enumerate(halves)]
    return [
        Probe("two characters swapped", sentences, swapped),
        Probe("a character replaced", sentences, replaced),
        Probe("another sentence's end", sentences, strange),
    ]


def _swapped(sentence: str, dice: random.Random) -> str:
    places = [n for n in range(len(sentence) - 2) if sentence[n] != sentence[n + 1]]
    place = dice.choice(places)
    pair = sentence[place + 1] + sentence[place]
    return sentence[:place] + pair + sentence[place + 2 :]


def _replaced(sentence: str, other: str, dice: random.Random) -> str:
    characters = [one for one in other if HAN.match(one)] or ["的"]
    place = dice.randrange(len(sentence) - 1)
    fitting = [one for one in characters if one != sentence[place]] or ["了"]
    return sentence[:place] + dice.choice(fitting) + sentence[place + 1 :]


def judged(surprise: Surprise, texts: dict[str, list[str]], asked: list[Probe]) -> pl.DataFrame:
    """`measure`, `value`: the perplexity a character of each domain, and what is right of probes.

    A character counts once, whichever way a learner cuts texts.
    """
    rows: dict[str, float] = {}
    for domain, some in texts.items():
        rows[domain] = float(np.exp(surprise(some).sum() / sum(len(one) + 1 for one in some)))
    rows[MEAN] = float(np.exp(np.mean(np.log(list(rows.values())))))
    for probe in asked:
        right = surprise(probe.right) / [len(one) for one in probe.right]
        wrong = surprise(probe.wrong) / [len(one) for one in probe.wrong]
        rows[probe.name] = float(np.mean(right < wrong))
    return pl.DataFrame({"measure": list(rows), "value": list(rows.values())})
