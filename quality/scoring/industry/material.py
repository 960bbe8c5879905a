"""Passages of the bulk sets with weak labels, and passages that were read.

A passage of a statute has the industry of its title where it speaks of it, else law. Any other has
that of its document where the rule is firm, else the one its terms clearly speak of, else that of
its document, if any. What is left has none: the first models name it, where they are sure.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from hashlib import sha1
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.scoring.draws import dice_of
from quality.scoring.industry.rules import Rule, rule, statutes
from quality.scoring.industry.terms import NAMES, spoken_of, terms, weighed
from quality.scoring.labels.authored import authored
from quality.scoring.labels.passages import Passage, documents, found

COUNTS = {
    "wiki_zh": 3,
    "tw_web_zh_hant": 8,
    "tech_docs_zh_hans": 1,
    "tech_docs_zh_hant": 0.4,
    "law_zh_hans": 2,
    "law_zh_hant": 1,
    "medical_zh_hans": 0.3,
    "novel_classical_zh_hans": 0.8,
    "classical_lzh": 1,
    "modern_translation_zh_hans": 1.5,
    "cantonese_yue": 0.15,
    "quality-cold": 0.4,
    "quality-chineseharm": 0.5,
    "news_zh_hans": 12,
}
"""Passages drawn from each document of a set, on average."""

SHORTEST, LONGEST = 40, 1600
"""Characters of a passage; lengths are drawn log-uniformly."""

LISTS, PARAGRAPHS = 250, 500
"""Lists of terms, and paragraphs of sentences, of each industry."""

VERSES, QUESTIONS = 1500, 1200
"""Verses quoted in novels, and passages set as an exam sets them."""

LABELS = ("one", "two", "three", "four", "five")

SEPARATORS = ("，", "、", " ", "。", "\n", "的", "和", "；")

_TAGS = re.compile(r"<[^<>]{1,200}>")
_ITEM = re.compile(r"^### ", re.MULTILINE)
_LAW = NAMES.index("law_judiciary")
_NEWS = NAMES.index("news_media")


_LITERATURE = NAMES.index("literature_emotion")
_EDUCATION = NAMES.index("subject_education")
_NOVELS = "novel_classical_zh_hans"
_VERSE = re.compile(r"(?:[一-鿿]{5}[，。！？；]\s*){4,16}|(?:[一-鿿]{7}[，。！？；]\s*){2,16}")
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

SEED = 31


class Example(NamedTuple):
    """A passage, the work it is of, and the place of its industry in `NAMES` or -1."""

    text: str
    work: str
    industry: int


class Drawn(NamedTuple):
    """A passage, what the rules say of its document, and whether that goes before its terms."""

    text: str
    work: str
    industry: int
    firm: bool
    statute: bool


def work(set_: str, id_: str) -> str:
    """What must be on one side of a split: the document, or the encyclopedia's article.

    >>> work("wiki_zh", "ymcui+cmrc2018:squad-style-data/cmrc2018_dev.json#DEV_348-0")
    'wiki_zh ymcui+cmrc2018:squad-style-data/cmrc2018_dev.json#DEV_348'
    """
    article, mark, number = id_.partition("#")
    return f"{set_} {article}{mark}{number.partition('-')[0]}"


def read(data: Path, share: float = 1.0) -> list[Example]:
    """Passages that were read, then texts that were written; a `share` of each."""
    rows = []
    for name in LABELS:
        file = resources.files("quality.scoring.labels").joinpath(f"{name}.jsonl")
        rows += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows = rows[: round(len(rows) * share)]
    places = [Passage(row["set"], row["id"], row["start"], row["end"]) for row in rows]
    texts = found(data, places)
    read_ = [
        Example(texts[place], work(place.set, place.id), NAMES.index(row["industry"]))
        for place, row in zip(places, rows, strict=True)
    ]
    return read_ + [
        Example(one.text, work("authored", one.text), NAMES.index(one.industry))
        for one in authored()[: round(len(authored()) * share)]
    ]


def weak(data: Path, share: float = 1.0) -> list[Example]:
    """Passages of the bulk sets and lists of terms; a `share` of them."""
    dice = dice_of(SEED)
    drawn = [
        one for set_, count in COUNTS.items() for one in passages(data, set_, count * share, dice)
    ]
    weights = weighed([one.text for one in drawn])
    clear = spoken_of(weights)
    labels = [
        decided(one, int(said), line) for one, said, line in zip(drawn, clear, weights, strict=True)
    ]
    found_ = [Example(one.text, one.work, label) for one, label in zip(drawn, labels, strict=True)]
    own = [
        *lists(max(1, round(LISTS * share)), dice),
        *written(max(1, round(PARAGRAPHS * share)), dice),
    ]
    asked = questions(found_, round(QUESTIONS * share), dice)
    return found_ + verses(data, round(VERSES * share), dice) + asked + own


def decided(one: Drawn, said: int, weights: npt.NDArray[np.float32]) -> int:
    """The weak label of a passage, of which terms say `said` with these weights."""
    if one.statute:
        return one.industry if weights[one.industry] > 0 else _LAW
    if one.firm and one.industry >= 0:
        return one.industry
    return said if said >= 0 else one.industry


def passages(data: Path, set_: str, count: float, dice: random.Random) -> Iterator[Drawn]:
    """Passages of a set, `count` of each document on average."""
    chosen = []
    for id_, text in _texts(data, set_):
        times = int(count + dice.random())
        if times and text.strip():
            chosen.append((id_, text, times))
    statute = set_.startswith("law_")
    subjects = statutes([id_ for id_, _, _ in chosen], [text for _, text, _ in chosen])
    for (id_, text, times), subject in zip(chosen, subjects, strict=True):
        if set_ == "news_zh_hans":
            yield from items(work(set_, id_), text, times, dice)
            continue
        said = Rule(subject) if statute else rule(set_, id_)
        place = -1 if said.industry is None else NAMES.index(said.industry)
        for _ in range(times):
            yield Drawn(snippet(text, dice), work(set_, id_), place, said.firm, statute)


def items(work_: str, text: str, count: int, dice: random.Random) -> Iterator[Drawn]:
    """Items of a broadcast; its summary and its items of many short ones are about the news."""
    head, *rest = _ITEM.split(_TAGS.sub("", text))
    if dice.random() < 0.5:
        yield Drawn(snippet(head, dice), work_, _NEWS, True, False)
    for item in dice.sample(rest, min(count, len(rest))):
        brief = "联播快讯" in item.partition("\n")[0]
        part = snippet(item, dice) if dice.random() < 0.5 else item[:LONGEST]
        yield Drawn(part, work_, _NEWS if brief else -1, brief, False)


def snippet(text: str, dice: random.Random) -> str:
    """A random part of a text."""
    length = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def lists(count: int, dice: random.Random) -> list[Example]:
    """Lists of terms of each industry, as short as titles and as long as paragraphs."""
    found_ = []
    for place, listed in enumerate(terms().by_industry):
        for _ in range(count):
            chosen = dice.choices(listed, k=dice.randint(2, 14))
            found_.append(Example(dice.choice(SEPARATORS).join(chosen), "", place))
    return found_


def written(count: int, dice: random.Random) -> list[Example]:
    """One to four of the sentences of each industry, one after another."""
    file = resources.files(__package__).joinpath("sentences.txt")
    found_ = []
    for block in file.read_text("utf-8").split("\n# ")[1:]:
        name, *lines = block.strip().splitlines()
        for _ in range(count):
            chosen = dice.sample(lines, dice.randint(1, min(4, len(lines))))
            found_.append(Example("\n".join(chosen), "", NAMES.index(name)))
    return found_


def verses(data: Path, count: int, dice: random.Random) -> list[Example]:
    """Verses of five or of seven characters a line, which novels quote: literature."""
    found_ = [
        Example(verse[0], work(_NOVELS, id_), _LITERATURE)
        for id_, text in documents(data, _NOVELS)
        if count
        for verse in _VERSE.finditer(text)
    ]
    return dice.sample(found_, min(count, len(found_)))


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
        asked.append(Example(text, one.work, _EDUCATION))
    return asked


def _texts(data: Path, set_: str) -> Iterator[tuple[str, str]]:
    """The documents of a set; of the sets that others judge by, the half to learn from."""
    for id_, text in documents(data, set_):
        if not set_.startswith("quality-") or not _even(text):
            yield id_, text


def _even(text: str) -> bool:
    return int(sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
