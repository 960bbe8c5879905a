"""How many planted exam items are found, what is found that is none, and how fast.

    python -m tests.benchmarks.exams [FACTOR]        (default: 20)

Items of the shared benchmarks are changed as pages change them and put into real documents; texts
of all kinds that hold no exam tell what is dropped for nothing. Beside ours stand two rules that
others use, as they are described: one run of 12 words in common (datatrove's n-gram
decontamination, here of stem and options, by jieba's words; left out without jieba), and Qwen2.5's,
a run of 13 characters and then the longest common subsequence of item and document, 13 characters
and 60% of the shorter. Both take the item with its passage where it has one, as these tools do.
`FACTOR` tells how many times as large an index of made-up items is, for the speed.
"""

import importlib
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import polars as pl

from quality.contamination import Index, contamination, index
from tests.benchmarks.material import BULK
from tests.quality.contamination.planting import CHANGES, planted, shared_items

DROPPED = 0.6
HOSTS = ("news_zh_hans", "wiki_zh", "tech_docs_zh_hans", "law_zh_hans")
CLEAN = (
    *("law_zh_hans", "law_zh_hant", "news_zh_hans", "medical_zh_hans", "classical_lzh"),
    *("modern_translation_zh_hans", "novel_classical_zh_hans", "tech_docs_zh_hans", "wiki_zh"),
    *("tech_docs_zh_hant", "tw_web_zh_hant", "cantonese_yue", "hokkien_nan"),
)
SAMPLE = 300
"""Documents of each kind, and items, that the rules of others are tried on: they take long."""

Judge = Callable[[str, int], bool]
"""Whether a text holds too much of the item of that number."""


def main(factor: int = 20) -> None:
    """Print the three tables."""
    items = shared_items()
    began = time.process_time()
    built = index(items)
    took = time.process_time() - began
    print(f"{items.height:,} items, {built.left_out.height} not indexed, built in {took:.1f} s")
    _print_size("index", built)
    _print_recall(items, built)
    _print_false_drops(items, built)
    _print_speed(built, index(_multiplied(items, factor)), factor)


def _print_size(name: str, built: Index) -> None:
    per = built.nbytes / built.grams
    print(f"{name}: {built.nbytes / 1e6:.1f} MB, {built.grams:,} seeds, {per:.1f} bytes each")


# --- recall -------------------------------------------------------------------------------------


def _print_recall(items: pl.DataFrame, built: Index) -> None:
    told = items.join(built.names, on=["benchmark", "item"], how="semi", maintain_order="left")
    hosts = [text for name in HOSTS for text in _texts(name).head(SAMPLE) if len(text) < 6_000]
    others = _others(told)
    print(f"\nplanted items found{'':11}" + "".join(f"{name:>14}" for name in ("ours", *others)))
    for change, changed in CHANGES.items():
        chance = random.Random(change)
        rows = told.to_dicts()
        texts = [planted(changed(item, chance), chance.choice(hosts), chance) for item in rows]
        ours = _found(texts, rows, built)
        for benchmark in ("gaokao", "agieval"):
            mine = [n for n, item in enumerate(rows) if item["benchmark"] == benchmark]
            recalls = [sum(ours[n] for n in mine) / len(mine)]
            some = random.Random(1).sample(mine, SAMPLE)
            recalls += [sum(rule(texts[n], n) for n in some) / SAMPLE for rule in others.values()]
            numbers = "".join(f"{recall:14.3f}" for recall in recalls)
            print(f"{change:18}{benchmark:12}{numbers}")


def _found(texts: list[str], items: list[dict[str, Any]], built: Index) -> list[bool]:
    """Whether each text holds enough of its own item."""
    hits = _measured(pl.Series(texts), built)["hits"].to_list()
    return [
        any(
            hit["share"] >= DROPPED
            and (hit["benchmark"], hit["item"]) == (item["benchmark"], item["item"])
            for hit in found
        )
        for item, found in zip(items, hits, strict=True)
    ]


# --- false drops --------------------------------------------------------------------------------


def _print_false_drops(items: pl.DataFrame, built: Index) -> None:
    others = _others(items)
    headings = ("documents", "ours", "of sample", *others)
    print(f"\ndropped without an exam{'':7}" + "".join(f"{name:>14}" for name in headings))
    for name in CLEAN:
        texts = _texts(name)
        share = _measured(texts, built)["share"]
        some = texts.sample(min(SAMPLE, texts.len()), seed=1).to_list()
        drops = [_dropped(some, rule, items.height) for rule in others.values()]
        counts = (texts.len(), int((share >= DROPPED).sum()), len(some), *drops)
        print(f"{name:30}" + "".join(f"{count:14,}" for count in counts))


def _dropped(texts: list[str], rule: "Rule", items: int) -> int:
    return sum(any(rule(text, n) for n in rule.candidates(text) if n < items) for text in texts)


# --- the rules of others ------------------------------------------------------------------------


class Rule:
    """Items told by a run of tokens in common, and then by `confirmed`."""

    size = 13

    def __init__(self, items: pl.DataFrame) -> None:
        self.items = [self.tokens(_whole(item)) for item in items.iter_rows(named=True)]
        self.holders: dict[tuple[str, ...], set[int]] = {}
        for number, tokens in enumerate(self.items):
            for gram in self.grams(tokens):
                self.holders.setdefault(gram, set()).add(number)

    def tokens(self, text: str) -> list[str]:
        """Characters without symbols."""
        return re.findall(r"\w", text.lower())

    def grams(self, tokens: list[str]) -> Iterator[tuple[str, ...]]:
        return zip(*(islice(tokens, n, None) for n in range(self.size)), strict=False)

    def candidates(self, text: str) -> set[int]:
        """The items that have a run in common with the text."""
        found = (self.holders.get(gram, ()) for gram in set(self.grams(self.tokens(text))))
        return {number for numbers in found for number in numbers}

    def __call__(self, text: str, number: int) -> bool:
        """Whether the text holds too much of the item."""
        return number in self.candidates(text) and self.confirmed(text, number)

    def confirmed(self, text: str, number: int) -> bool:
        """Qwen2.5's second condition."""
        tokens, item = self.tokens(text), self.items[number]
        return longest_common(item, tokens) >= max(13, 0.6 * min(len(item), len(tokens)))


class Words(Rule):
    """One run of 12 words in common."""

    size = 12

    def tokens(self, text: str) -> list[str]:
        """Words without symbols."""
        cut = importlib.import_module("jieba").cut
        return [word for word in cut(text.lower()) if re.search(r"\w", word)]

    def confirmed(self, text: str, number: int) -> bool:
        """A run is enough."""
        return True


def _others(items: pl.DataFrame) -> dict[str, Rule]:
    there = importlib.util.find_spec("jieba") is not None
    return {"Qwen2.5": Rule(items)} | ({"12 words": Words(items)} if there else {})


def _whole(item: Mapping[str, Any]) -> str:
    return "\n".join([item["passage"], item["stem"], *item["options"]])


def longest_common(left: list[str], right: list[str]) -> int:
    """The length of the longest common subsequence, by bits of one large integer.

    >>> longest_common(list("甲乙丙丁"), list("乙甲丙戊丁"))
    3
    """
    places: dict[str, int] = {}
    for n, token in enumerate(left):
        places[token] = places.get(token, 0) | 1 << n
    full = (1 << len(left)) - 1
    row = full
    for token in right:
        matched = row & places.get(token, 0)
        row = (row + matched | row - matched) & full
    return len(left) - row.bit_count()


# --- speed --------------------------------------------------------------------------------------


def _multiplied(items: pl.DataFrame, factor: int) -> pl.DataFrame:
    """The items, and made-up ones: every fifth character is another one of the benchmarks."""
    chance = random.Random(1)
    letters = "".join(items["stem"])

    def other(text: str) -> str:
        return "".join(chance.choice(letters) if chance.random() < 0.2 else one for one in text)

    made = [
        item
        | {
            "item": f"{item['item']}/{turn}",
            "stem": other(item["stem"]),
            "options": [other(one) for one in item["options"]],
        }
        for turn in range(factor - 1)
        for item in items.iter_rows(named=True)
    ]
    return pl.concat([items, pl.DataFrame(made, schema=items.schema)])


def _print_speed(built: Index, large: Index, factor: int) -> None:
    print()
    _print_size(f"index {factor} times as large", large)
    print(f"MB/s of one core{'':14}{'index':>14}{f'× {factor}':>14}")
    total, seconds = 0.0, [0.0, 0.0]
    for name in CLEAN:
        texts = _texts(name)
        megabytes = int(texts.str.len_bytes().sum()) / 1e6
        took = [_timed(texts, one) for one in (built, large)]
        total += megabytes
        seconds = [a + b for a, b in zip(seconds, took, strict=True)]
        print(f"{name:30}" + "".join(f"{megabytes / one:14.0f}" for one in took))
    print(f"{'all':30}" + "".join(f"{total / one:14.0f}" for one in seconds))


def _timed(texts: pl.Series, built: Index) -> float:
    _measured(texts.head(1), built)
    began = time.process_time()
    _measured(texts, built)
    return time.process_time() - began


def _measured(texts: pl.Series, built: Index) -> pl.DataFrame:
    frame = pl.LazyFrame(
        {"doc_id": pl.int_range(texts.len(), eager=True).cast(pl.String), "text": texts}
    )
    return contamination(frame, built).collect(engine="in-memory")


def _texts(name: str) -> pl.Series:
    return pl.read_parquet(BULK / f"{name}.parquet", columns=["text"])["text"]


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:2]))
