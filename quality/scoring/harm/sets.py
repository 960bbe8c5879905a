"""The shared sets that harm is learned from, and what of them is held out."""

import csv
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import polars as pl
import zstandard

from quality.kernels.fold import fold_all

SPAM_KINDS = frozenset({"博彩", "低俗色情", "欺诈", "黑产广告"})
ABUSE = "谩骂引战"

ALIKE = 0.5
"""Jaccard similarity of folded character 3-grams from which a post is a twin of a held-out one."""

SHORTEST, LONGEST = 8, 600
"""Characters of a snippet of clean text; lengths are drawn log-uniformly."""

SEPARATORS = (" ", "\n", " | ", "、", "-", "_", "，", "  ", " / ")

CLEAN = (
    *("law_zh_hans", "law_zh_hant", "news_zh_hans", "medical_zh_hans", "tech_docs_zh_hans"),
    *("tech_docs_zh_hant", "tw_web_zh_hant", "wiki_zh", "modern_translation_zh_hans"),
    *("classical_lzh", "novel_classical_zh_hans", "cantonese_yue", "hokkien_nan"),
)
"""Sets without spam, in which gambling, sex, crime and quarrels are spoken of all the same."""

LEXICONS = ("色情词库", "色情类型")


Kind = Literal["spam", "toxic"]


class Post(NamedTuple):
    """A labelled post."""

    text: str
    spam: bool
    toxic: bool


def in_test(text: str) -> bool:
    """Whether a text is held out: the half of even digests.

    >>> in_test("a"), in_test("e")
    (True, False)
    """
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def harm_posts(data: Path) -> list[Post]:
    """The posts of quality-chineseharm."""
    packed = (data / "quality-chineseharm" / "bench.jsonl.zst").read_bytes()
    lines = zstandard.ZstdDecompressor().stream_reader(packed).read().decode().split("\n")
    rows = [json.loads(line) for line in lines if line]
    return [Post(row["文本"], row["标签"] in SPAM_KINDS, row["标签"] == ABUSE) for row in rows]


def cold_posts(data: Path) -> list[Post]:
    """The posts of quality-cold, none of which is spam."""
    with (data / "quality-cold" / "dev.csv").open(encoding="utf-8-sig", newline="") as file:
        return [Post(row["TEXT"], False, row["label"] == "1") for row in csv.DictReader(file)]


def learned(posts: Sequence[Post]) -> list[Post]:
    """The posts to learn from: the odd half, less the twins of posts of the other."""
    held = _grams([post.text for post in posts if in_test(post.text)])
    where: dict[str, list[int]] = defaultdict(list)
    for row, grams in enumerate(held):
        for gram in grams:
            where[gram].append(row)
    odd = [post for post in posts if not in_test(post.text)]
    kept = []
    for post, grams in zip(odd, _grams([post.text for post in odd]), strict=True):
        shared = Counter(row for gram in grams for row in where.get(gram, ()))
        alike = (both / (len(grams) + len(held[row]) - both) for row, both in shared.items())
        if max(alike, default=0.0) < ALIKE:
            kept.append(post)
    return kept


def _grams(texts: list[str]) -> list[set[str]]:
    return [
        {folded[at : at + 3] for at in range(max(1, len(folded) - 2))}
        for folded in fold_all(pl.Series(texts))
    ]


def clean_texts(data: Path, name: str) -> list[str]:
    """The documents of a bulk set."""
    return pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["text"])["text"].to_list()


def snippets(texts: Sequence[str], count: int, dice: random.Random) -> list[str]:
    """Random spans of random documents."""
    found = []
    for text in dice.choices(texts, k=count):
        length = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
        start = dice.randrange(max(1, len(text) - length + 1))
        found.append(text[start : start + length])
    return found


def menus(phrases: Sequence[str], count: int, dice: random.Random) -> list[str]:
    """Lists of phrases, as pages of links have them."""
    sizes = [dice.randint(4, 60) for _ in range(count)]
    return [dice.choice(SEPARATORS).join(dice.choices(phrases, k=size)) for size in sizes]


def mixed_menus(
    spam: Sequence[str], clean: Sequence[str], count: int, dice: random.Random
) -> list[str]:
    """Lists of phrases of which a third to all are of spam, as on pages that were broken into."""
    found = []
    for _ in range(count):
        share = 1 / 3 + 2 / 3 * dice.random()
        size = dice.randint(4, 60)
        chosen = [dice.choice(spam if dice.random() < share else clean) for _ in range(size)]
        found.append(dice.choice(SEPARATORS).join(chosen))
    return found


def joined(posts: Sequence[str], count: int, dice: random.Random) -> list[str]:
    """Several posts below one another, as a thread has them."""
    return ["\n".join(dice.choices(posts, k=dice.randint(2, 8))) for _ in range(count)]


def clauses(texts: Iterable[str]) -> list[str]:
    """Short clauses of clean texts, fit for a menu."""
    found = []
    for text in texts:
        found += [one for one in re.split(r"[^\w]+", text[:2000]) if 2 <= len(one) <= 10]
    return found


def spam_phrases(data: Path) -> list[str]:
    """What pages of gambling and pornography are made of.

    Those of `spam_density`, and two lexicons of sexual words.
    """
    listed = (Path(__file__).parents[1] / "spam.txt").read_text("utf-8").splitlines()
    phrases = [one for line in listed if not line.startswith("#") for one in line.split()]
    folder = data / "quality-sensitive-lexicon" / "Vocabulary"
    for name in LEXICONS:
        phrases += (folder / f"{name}.txt").read_text("utf-8").split()
    return phrases
