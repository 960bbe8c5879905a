"""What is learned from beside the labelled passages: what has a label by itself, and what is made.

The first are parts of statutes, and of books, dialogues and novels that are about one industry,
verses, and posts that promote or insult; the second are lists of terms, paragraphs of sentences and
exam questions.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from quality.scoring.industry.books import BOOKS
from quality.scoring.industry.statutes import spoken_of, subjects
from quality.scoring.industry.terms import terms
from quality.scoring.labels.bulk import posts, snippet, snippets, verses
from quality.scoring.labels.passages import documents

STATUTES = ("law_zh_hans", "law_zh_hant")
OLD = ("classical_lzh", "modern_translation_zh_hans")
SETS = {
    "medical_zh_hans": "medicine_health_psychology_tcm",
    "novel_classical_zh_hans": "literature_emotion",
}
POSTS = "quality-posts"

VERSES = 1_500
"""Verses that classics and novels quote."""

SEPARATORS = ("，", "、", " ", "。", "\n", "的", "和", "；")

MOST_TERMS, MOST_SENTENCES = 3, 4
"""Terms of a list and sentences of a paragraph, at most."""

_OPENINGS = (
    *("", "", "阅读下面的材料，完成下列各题。", "读图文材料，回答下列问题。", "1．（4分）", "12．"),
    *("下图为某地示意图。", "有学者认为，", "材料一　", "阅读下面的文言文。", "如表所示，"),
)
_ASKED = (
    *(
        "据此可知",
        "这表明",
        "这说明（　　）",
        "下列说法正确的是（　　）",
        "下列对原文的理解，不正确的一项是",
    ),
    *("其主要原因是（　　）", "由此可以推断", "对此认识正确的是", "这反映了（　　）"),
    *("下列各项中，与上述现象直接相关的是", "下列句子中，没有语病的一项是", "上述材料主要体现了"),
)
_ENDINGS = (
    *(
        "",
        "",
        "",
        "故选X。",
        "答案：X",
        "【答案】X",
        "【解析】本题考查对材料的理解，结合所学知识可知X项正确。",
    ),
    *(
        "解析：由题干可知，X项符合题意，其余各项与史实不符，排除。",
        "故X正确；其他三项材料没有体现。",
    ),
)


class Example(NamedTuple):
    """A text, the set it comes from or "" where it is our own, and its industry."""

    text: str
    set: str
    industry: str


def known(data: Path, count: int, dice: random.Random) -> list[Example]:
    """Parts of what is about one industry: of books, statutes and posts `count` of each kind."""
    found = _parts(_books(data), count, dice) + _governed(data, count, dice)
    for name, industry in SETS.items():
        found += [Example(text, name, industry) for text in snippets(data, (name,), count, dice)]
    found += [Example(text, OLD[0], "literature_emotion") for text in verses(data, VERSES, dice)]
    return found + [
        Example(text, POSTS, "other") for some in posts(data, count, dice) for text in some
    ]


def _books(data: Path) -> Iterator[Example]:
    for name in OLD:
        for id_, text in documents(data, name):
            if (book := id_.split("/")[1]) in BOOKS:
                yield Example(text, name, BOOKS[book])


def _governed(data: Path, count: int, dice: random.Random) -> list[Example]:
    """Parts of statutes: about what the title names where they speak of it, else about law."""
    whole: list[Example] = []
    for name in STATUTES:
        ids, texts = zip(*documents(data, name), strict=True)
        whole += map(Example, texts, [name] * len(ids), subjects(ids, texts))
    parts = _parts(whole, count, dice)
    spoken = spoken_of([one.text for one in parts])
    return [
        one if one.industry in names else one._replace(industry="law_judiciary")
        for one, names in zip(parts, spoken, strict=True)
    ]


def _parts(whole: Iterable[Example], count: int, dice: random.Random) -> list[Example]:
    """A random part each of `count` texts of each industry, or of all there are."""
    by_industry: dict[str, list[Example]] = defaultdict(list)
    for one in whole:
        by_industry[one.industry].append(one)
    found = [
        one._replace(text=snippet(one.text, dice))
        for some in by_industry.values()
        for one in dice.sample(some, min(count, len(some)))
    ]
    return [one for one in found if one.text.strip()]


def lists(count: int, dice: random.Random) -> list[Example]:
    """`count` lists of terms of each industry, as short as a word."""
    found = []
    for name, listed in terms().items():
        for _ in range(count):
            chosen = dice.choices(listed, k=dice.randint(1, MOST_TERMS))
            found.append(Example(dice.choice(SEPARATORS).join(chosen), "", name))
    return found


def paragraphs(count: int, dice: random.Random) -> list[Example]:
    """`count` paragraphs of each industry, of its sentences."""
    file = resources.files(__package__).joinpath("sentences.txt")
    found = []
    for block in file.read_text("utf-8").split("\n# ")[1:]:
        name, *lines = block.strip().splitlines()
        for _ in range(count):
            chosen = dice.sample(lines, dice.randint(1, min(MOST_SENTENCES, len(lines))))
            found.append(Example("\n".join(chosen), "", name))
    return found


def questions(some: Sequence[Example], count: int, dice: random.Random) -> list[Example]:
    """Passages as an exam asks about them, whatever they are about: education."""
    told = [one for one in some if len(one.text) >= 60]
    asked = []
    for one in dice.sample(told, min(count, len(told))):
        start = dice.randrange(max(1, len(one.text) - 150))
        given = one.text[start : start + dice.randint(30, 300)]
        parts = [part for part in re.split(r"[，。；\s]+", one.text) if 4 <= len(part) <= 30]
        choices = [dice.choice(parts) if parts else "以上" for _ in range(4)]
        marks = dice.choice(
            ("A. B. C. D.", "A． B． C． D．", "（A） （B） （C） （D）", "① ② ③ ④")
        ).split()
        listed = dice.choice(("\n", "  ", "")).join(map("".join, zip(marks, choices, strict=True)))
        opening, ending = dice.choice(_OPENINGS), dice.choice(_ENDINGS)
        right = dice.choice("ABCD")
        text = f"{opening}{given}{dice.choice(_ASKED)}\n{listed}\n{ending.replace('X', right)}"
        asked.append(Example(text, one.set, "subject_education"))
    return asked
