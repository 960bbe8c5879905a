"""Text that nobody wrote, made of real text by rules."""

import bisect
import random
import re
from collections.abc import Callable

SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
HAN = re.compile(r"[㐀-鿿]")
RUN = re.compile(r"[㐀-鿿]{2,}")

COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
)


def shuffled(text: str, dice: random.Random) -> str:
    """The Han characters in any order."""
    found = HAN.findall(text)
    dice.shuffle(found)
    return HAN.sub(lambda _: found.pop(), text)


def salad(text: str, dice: random.Random) -> str:
    """The pieces of one to three characters of each run of Han in any order."""

    def mix(run: re.Match[str]) -> str:
        parts = pieces(run[0], dice, (1, 3))
        dice.shuffle(parts)
        return "".join(parts)

    return RUN.sub(mix, text)


def turned(text: str, dice: random.Random) -> str:
    """Like a bad translation, word for word: neighbours swapped, particles lost and put in."""

    def turn(run: re.Match[str]) -> str:
        parts = pieces(run[0], dice, (1, 3))
        for place in range(0, len(parts) - 1, 2):
            if dice.random() < 0.5:
                parts[place], parts[place + 1] = parts[place + 1], parts[place]
        return "".join(part + ("的" if dice.random() < 0.15 else "") for part in parts)

    return RUN.sub(turn, text)


def spun(text: str, dice: random.Random) -> str:
    """Every fifth character replaced by another of the text or a common one."""
    others = HAN.findall(text) + list(COMMON)
    return HAN.sub(lambda one: dice.choice(others) if dice.random() < 0.2 else one[0], text)


def keywords(text: str, dice: random.Random) -> str:
    """A list of words from all over the text."""
    words = [part for run in RUN.findall(text) for part in pieces(run, dice, (2, 4))]
    dice.shuffle(words)
    return " ".join(words)


def noted(text: str, dice: random.Random) -> str:
    """With the reading of every sixth character behind it, as failed converters leave it."""
    return HAN.sub(lambda one: one[0] + ("(xiàn)" if dice.random() < 1 / 6 else ""), text)


def misread(text: str, _: random.Random) -> str:
    """UTF-8 read as GB 18030."""
    return text.encode().decode("gb18030", "ignore")


def misread_big5(text: str, _: random.Random) -> str:
    """GB 18030 read as Big5."""
    return text.encode("gb18030", "ignore").decode("big5hkscs", "ignore")


def half(text: str, _: random.Random) -> str:
    """A byte in twenty of GB 18030 damaged: every tenth character is another."""
    raw = bytearray(text.encode("gb18030", "ignore"))
    for place in range(19, len(raw), 20):
        raw[place] = 0x81 + (raw[place] * 7 + place) % 0x7D
    return raw.decode("gb18030", "ignore")


def pieces(run: str, dice: random.Random, sizes: tuple[int, int]) -> list[str]:
    found, at = [], 0
    while at < len(run):
        size = dice.randint(*sizes)
        found.append(run[at : at + size])
        at += size
    return found


LITTER: dict[str, Callable[[str, random.Random], str]] = {
    "shuffled": shuffled,
    "salad": salad,
    "turned": turned,
    "spun": spun,
    "keywords": keywords,
    "noted": noted,
    "misread": misread,
    "misread_big5": misread_big5,
    "half": half,
}


def cut(text: str, size: int, dice: random.Random) -> str | None:
    """A span of so many Han characters from the beginning of a sentence; None if there is none."""
    places = [found.start() for found in HAN.finditer(text)]
    if len(places) < size:
        return None
    last = places[-size]
    start = dice.choice([one.start() for one in SENTENCE.finditer(text) if one.start() <= last])
    return text[start : places[bisect.bisect_left(places, start) + size - 1] + 1]
