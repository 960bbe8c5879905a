"""Exam items written out as pages write them, changed as pages change them, put into documents."""

import random
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import opencc
import polars as pl

from quality.contamination import exam_items
from tests.shared import shared_data

Item = Mapping[str, Any]

WIDTHS = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
PUNCTUATION = str.maketrans("，。；：？！（）“”", ',.;:?!()""')
WRAPPED_AT = 37
EDITED = 0.1


def shared_items() -> pl.DataFrame:
    """All items of the shared benchmarks, each file under its own name."""
    papers = sorted(shared_data("bench-gaokao").rglob("*.json"))
    lines = sorted(shared_data("bench-agieval").glob("*.jsonl"))
    read = [exam_items(file.read_bytes(), "gaokao", file.stem) for file in papers]
    return pl.concat(
        [*read, *(exam_items(file.read_bytes(), "agieval", file.stem) for file in lines)]
    )


def written(item: Item, options: list[str] | None = None) -> str:
    """The item as an exam paper prints it."""
    chosen = [
        f"{letter}．{text}"
        for letter, text in zip("ABCDEFGH", options or item["options"], strict=False)
    ]
    return "\n".join([*filter(None, [item["passage"]]), f"7．（3分）{item['stem']}", *chosen])


def wrapped(item: Item, _: random.Random) -> str:
    text = written(item).replace("\n", "")
    return "\n".join(text[at : at + WRAPPED_AT] for at in range(0, len(text), WRAPPED_AT))


def widened(item: Item, _: random.Random) -> str:
    return written(item).translate(WIDTHS)


def narrowed(item: Item, _: random.Random) -> str:
    return written(item).translate({wide: narrow for narrow, wide in WIDTHS.items()})


def traditional(item: Item, _: random.Random) -> str:
    return str(_converter().convert(written(item)))


def shuffled(item: Item, chance: random.Random) -> str:
    options = list(item["options"])
    chance.shuffle(options)
    return written(item, options)


def punctuated(item: Item, _: random.Random) -> str:
    return written(item).translate(PUNCTUATION).replace("、", " ")


def edited(item: Item, chance: random.Random, share: float = EDITED) -> str:
    """The item with that share of its characters replaced, doubled by another, or left out."""
    text = written(item)
    made = []
    for char in text:
        other = chance.choice(text)
        kinds = (other, char + other, "")
        made.append(chance.choice(kinds) if chance.random() < share else char)
    return "".join(made)


CHANGES: dict[str, Callable[[Item, random.Random], str]] = {
    "verbatim": lambda item, _: written(item),
    "re-wrapped": wrapped,
    "full width": widened,
    "half width": narrowed,
    "Traditional": traditional,
    "options shuffled": shuffled,
    "punctuation": punctuated,
    "10% edited": edited,
}


def planted(text: str, document: str, chance: random.Random) -> str:
    """`text` between two lines of a document."""
    lines = document.split("\n")
    at = chance.randrange(len(lines) + 1)
    return "\n".join([*lines[:at], text, *lines[at:]])


@lru_cache(maxsize=1)
def _converter() -> Any:
    return opencc.OpenCC("s2t")
