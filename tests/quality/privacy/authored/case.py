"""A labelled sentence, and how it is made of a context and values.

A context names what stands in it between « and »: `患者«name»，住院号«medical_record»`. A name of
`values.VALUES` becomes a span; one of `clean.CLEAN` becomes text that is nobody's. `~` before the
name asks for an obfuscated spelling.
"""

import re
from dataclasses import dataclass
from typing import Literal

from tests.quality.privacy.authored.clean import CLEAN
from tests.quality.privacy.authored.draw import Draw
from tests.quality.privacy.authored.spellings import SPELLINGS
from tests.quality.privacy.authored.values import VALUES

SLOT = re.compile(r"«(~?)([a-z_0-9.]+)»")


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text, which are of this kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Case:
    """A text and all personal data in it.

    `group` is the kind the context was written for, or what a negative looks like. A case is
    obfuscated where any of its values is.
    """

    text: str
    spans: tuple[Span, ...]
    spelling: Literal["plain", "obfuscated"]
    group: str


def fill(context: str, group: str, draw: Draw) -> Case:
    """The context with new values in its slots."""
    text, spans, at, obfuscated = "", [], 0, False
    for slot in SLOT.finditer(context):
        text += context[at : slot.start()]
        hidden, name = bool(slot[1]), slot[2]
        value = (VALUES.get(name) or CLEAN[name])(draw)
        if hidden:
            value = _hidden(draw, name, value)
        if name in VALUES:
            spans.append(Span(len(text), len(text) + len(value), kind_of(name)))
        text, at, obfuscated = text + value, slot.end(), obfuscated or hidden
    spelling: Literal["plain", "obfuscated"] = "obfuscated" if obfuscated else "plain"
    return Case(text + context[at:], tuple(spans), spelling, group)


def kind_of(name: str) -> str:
    """The kind of a value named in a context: what stands before the full stop."""
    return name.partition(".")[0]


def _hidden(draw: Draw, name: str, value: str) -> str:
    """The value in a spelling that changes it: a number without 0 and 1 has no look-alikes."""
    spellings = SPELLINGS.get(name) or SPELLINGS[kind_of(name)]
    while True:
        spelt = draw.one(spellings)(draw, value)
        if spelt != value:
            return spelt
