"""Composes documents from authored sentences.

A theme is a block of a text file: `# name`, then titles (`=`), openings (`>`), middle sentences
(`-`) and endings (`<`). Sentences hold slots in braces:

    {一|二}          one of these
    {3-9} {1.2-4.5}  a number between these
    {line:2-9}       a number that stays the same within the document
    {street}         a word of texts/words.txt, the same within the document ({street2}: another)
    {person}         an invented public figure, {date} {fulldate} {month}: a time
    {@mobile}        invented personal data of a private person, recorded in the truth
"""

import random
import re
from dataclasses import dataclass, field

from examples.city.people import People
from examples.city.words import Words, read_text, read_words

_SLOT = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(?:(\w+):)?(\d+(?:\.(\d+))?)-(\d+(?:\.\d+)?)")
_PARTS = {"=": "titles", ">": "openings", "-": "middles", "<": "endings"}

MAX_OVERLAP = 0.36
"""Two documents of one theme share at most this Jaccard similarity of character 5-grams."""


@dataclass(frozen=True)
class Theme:
    """A subject and the sentences that can be written about it."""

    name: str
    titles: list[str] = field(default_factory=list)
    openings: list[str] = field(default_factory=list)
    middles: list[str] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """A composed document: its sentences in order and the people in it."""

    theme: str
    title: str
    opening: str
    middles: list[str]
    ending: str
    pii: list[tuple[str, str]]
    public: list[tuple[str, str]]

    @property
    def sentences(self) -> list[str]:
        """Every sentence, in order."""
        return [self.opening, *self.middles, self.ending]

    @property
    def paragraphs(self) -> list[str]:
        """The opening, the middle two sentences a paragraph, and the ending."""
        pairs = [self.middles[i : i + 2] for i in range(0, len(self.middles), 2)]
        return [self.opening, *("".join(pair) for pair in pairs), self.ending]


def themes(name: str) -> list[Theme]:
    """The themes of the text file `name`."""
    found: list[Theme] = []
    for line in read_text(name).splitlines():
        if line.startswith("# "):
            found.append(Theme(line[2:]))
        elif line:
            getattr(found[-1], _PARTS[line[0]]).append(line[2:])
    return found


def shingles(text: str) -> set[str]:
    """The character 5-grams of the letters and digits of `text`."""
    kept = "".join(filter(str.isalnum, text))
    return {kept[i : i + 5] for i in range(len(kept) - 4)}


def jaccard(left: set[str], right: set[str]) -> float:
    """Shared over all shingles, 0 to 1."""
    return len(left & right) / max(1, len(left | right))


def _step(low: int, high: int) -> int:
    """What people round such numbers to; years are not rounded."""
    if low >= 1900 and high <= 2100:
        return 1
    return next(
        step for least, step in ((10_000, 500), (1_000, 50), (300, 10), (0, 1)) if low >= least
    )


class _Slots:
    """Fills the slots of one document, remembering what has been said."""

    def __init__(self, rng: random.Random, words: Words, people: People) -> None:
        self._rng = rng
        self._words = words
        self._people = people
        self._said: dict[str, str] = {}
        self.pii: list[tuple[str, str]] = []
        self.public: list[tuple[str, str]] = []

    def fill(self, sentence: str) -> str:
        return _SLOT.sub(lambda match: self._value(match[1]), sentence)

    def _value(self, slot: str) -> str:
        if "|" in slot:
            return self._rng.choice(slot.split("|"))
        if found := _RANGE.fullmatch(slot):
            name, low, decimals, high = found.groups()
            number = self._number(low, high, len(decimals or ""))
            return self._said.setdefault(name, number) if name else number
        if slot not in self._said:
            self._said[slot] = self._new(slot)
        return self._said[slot]

    def _number(self, low: str, high: str, decimals: int) -> str:
        if decimals:
            return f"{self._rng.uniform(float(low), float(high)):.{decimals}f}"
        number = self._rng.randint(int(low), int(high))
        return str(number - number % _step(int(low), int(high)))

    def _new(self, slot: str) -> str:
        key = re.sub(r"\d", "", slot)
        if key.startswith("@"):
            value = self._people.value(key[1:])
            self.pii.append((key[1:].removesuffix(".t"), value))
            return value
        if key in {"person", "person.t"}:
            value = self._people.name(key.removeprefix("person"))
            self.public.append(("name", value))
            return value
        if key in {"month", "date", "fulldate"}:
            return self._time(key)
        used = set(self._said.values())
        return self._rng.choice([word for word in self._words[key] if word not in used])

    def _time(self, key: str) -> str:
        month, day, year = self._rng.randint(1, 12), self._rng.randint(1, 28), 2024
        if key == "month":
            return f"{month}月"
        if key == "date":
            return f"{month}月{day}日"
        return f"{year + self._rng.randrange(2)}年{month}月{day}日"


class Writer:
    """Writes documents that differ from one another."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = read_words("words.txt")
        self.people = People(rng, self.words)

    def series(
        self, theme: Theme, count: int, middles: tuple[int, int], overlap: float = MAX_OVERLAP
    ) -> list[Piece]:
        """`count` pieces on one theme, none more than `overlap` like another.

        Raises:
            RuntimeError: the theme has too few sentences for so many pieces.
        """
        pieces: list[Piece] = []
        seen: list[set[str]] = []
        for _ in range(count * 60):
            if len(pieces) == count:
                break
            piece = self._compose(theme, self.rng.randint(*middles))
            grams = shingles("".join(piece.sentences))
            if all(jaccard(grams, other) <= overlap for other in seen):
                pieces.append(piece)
                seen.append(grams)
        if len(pieces) < count:
            raise RuntimeError(f"theme {theme.name!r} yields {len(pieces)} of {count} pieces")
        return pieces

    def all(
        self, name: str, count: int, middles: tuple[int, int], overlap: float = MAX_OVERLAP
    ) -> list[Piece]:
        """`count` pieces on every theme of the file `name`."""
        return [
            piece for theme in themes(name) for piece in self.series(theme, count, middles, overlap)
        ]

    def shuffled(self, name: str, count: int, middles: tuple[int, int]) -> list[Piece]:
        """As `all`, the themes mixed."""
        pieces = self.all(name, count, middles)
        self.rng.shuffle(pieces)
        return pieces

    def _compose(self, theme: Theme, middles: int) -> Piece:
        chosen = sorted(self.rng.sample(range(len(theme.middles)), middles))
        slots = _Slots(self.rng, self.words, self.people)
        opening = slots.fill(self.rng.choice(theme.openings))
        body = [slots.fill(theme.middles[i]) for i in chosen]
        ending = slots.fill(self.rng.choice(theme.endings))
        title = slots.fill(self.rng.choice(theme.titles))
        return Piece(theme.name, title, opening, body, ending, slots.pii, slots.public)
