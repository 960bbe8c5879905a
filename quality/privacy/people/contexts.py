"""Contexts of our own in which made-up names are put: forms, chats, tables, courts, markup.

`contexts.txt` has a context a line, ⏎ for a line feed and 0 for any digit. ◇ is a place of a name,
◆ one of a name whose family name has two characters; a line without them has no name.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files

import numpy as np

from quality.privacy.people.characters import GIVEN, JAPANESE, LONGER, SELDOM
from quality.privacy.people.labelled import Labelled, draw
from quality.privacy.people.told import COMMON, COMPOUND, RARE

TIMES = 40
"""How often a context with names is filled."""

_FAMILIES = (
    (0.35, list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧")),
    (0.80, list(COMMON + RARE)),
    (0.85, list(SELDOM)),
    (0.93, COMPOUND.split("|")),
    (0.96, LONGER.split()),
    (1.0, JAPANESE.split()),
)
_CHINESE, _TWO = 0.96, (0.85, 0.93)
"""Draws below which a name is Chinese, and between which its family name is one of usual two."""


def made_up(
    dice: np.random.Generator, given: Sequence[str], short: float, drawn: float | None = None
) -> str:
    """A made-up name; `short` is the chance of a given name of one character.

    Its characters are drawn from `given` or from those that given names are often made of.
    """
    drawn = dice.random() if drawn is None else drawn
    families = next(of for until, of in _FAMILIES if drawn < until)
    name = families[int(dice.integers(len(families)))]
    for _ in range(1 if dice.random() < short and drawn < _CHINESE else 2):
        of = given if dice.random() < 0.55 else GIVEN
        name += of[int(dice.integers(len(of)))]
    return name


def filled(dice: np.random.Generator, given: Sequence[str], times: int = TIMES) -> list[Labelled]:
    """The contexts, those with names filled so often; a fifth of them, by hash, is `dev`."""
    texts = []
    for line in _lines():
        part = "dev" if draw("context" + line) < 20 else "train"
        turns = range(times if "◇" in line or "◆" in line else 1)
        texts += [_fill(line, part, dice, given) for _ in turns]
    return texts


def _lines() -> Iterator[str]:
    text = (files("quality.privacy.people") / "contexts.txt").read_text("utf-8")
    return (line.replace("⏎", "\n") for line in text.strip("\n").split("\n"))


def _fill(line: str, part: str, dice: np.random.Generator, given: Sequence[str]) -> Labelled:
    text, names = "", []
    for character in line:
        if character in "◇◆":
            within = _TWO if character == "◆" else (0.0, 0.93)
            name = made_up(dice, given, 0.28, float(dice.uniform(*within)))
            names.append((len(text), len(text) + len(name)))
            text += name
        else:
            text += character
    return Labelled(f"context {draw(line)}", text, tuple(names), (), part)
