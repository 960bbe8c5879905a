"""A small corpus with everything that is hard, and a lake that its batches come to and leave."""

from itertools import pairwise
from random import Random

import polars as pl

from quality.dedup import MEMBERS, NOTHING_KNOWN, Known, cluster, pairs
from schemas.corpus import Dedup
from tests.quality.dedup.making import TextsAt, documents


def library(seed: int = 0) -> pl.DataFrame:
    """Families of near-duplicates over eight batches, one family larger than a small bucket."""
    draw = Random(seed)
    texts = [novel(draw, 60) for _ in range(4)]
    family = [edited(draw, draw.choice(texts), draw.choice([0, 1, 2, 4, 6])) for _ in range(36)]
    notice = novel(draw, 200)
    crowd = [edited(draw, notice, draw.choice([0, 1, 1, 1, 3, 12])) for _ in range(60)]
    some = [*family, *crowd, *(novel(draw, 40) for _ in range(4)), "同意", "同意。", ""]
    draw.shuffle(some)
    return documents(
        {f"{i:03}": text for i, text in enumerate(some)},
        batch=[f"b-{i % 8:05}" for i in range(len(some))],
        quality=[draw.choice([0.2, 0.5, 0.9]) for _ in some],
        threshold=[0.9 if i % 8 == 5 else 0.7 for i in range(len(some))],
    )


def novel(draw: Random, size: int) -> str:
    return "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(size))


def edited(draw: Random, text: str, times: int) -> str:
    for _ in range(times):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(["", "乙", "一二"]) + text[at + 1 :]
    return text


class Lake:
    """A corpus that batches come to and leave, brought up to date from what was known."""

    def __init__(self, everything: pl.DataFrame) -> None:
        self.everything = everything
        self.batches: list[str] = []
        self.known = NOTHING_KNOWN
        self.read = 0

    def update(self, batches: list[str]) -> pl.DataFrame:
        """The duplicates of these batches, in order of `doc_id`."""
        gone = not set(self.known.batches) <= set(batches)
        known = Known(self.known.pairs, frozenset()) if gone else self.known
        here = pl.concat([self.everything.filter(batch=name) for name in batches])
        texts = TextsAt(here["text"].to_list())
        found = pairs(here.lazy().select(MEMBERS.names()), texts, Dedup(), 0, known)
        self.known, self.read = Known(found, frozenset(batches)), texts.taken
        return cluster(here.lazy(), found.lazy()).sort("doc_id")


def rebuilt(everything: pl.DataFrame, batches: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs and the duplicates made from nothing."""
    lake = Lake(everything)
    clusters = lake.update(sorted(batches))
    return lake.known.pairs, clusters


def arrived(everything: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs and the duplicates after the batches arrived in three parts, in random order."""
    draw = Random(seed)
    names = sorted(everything["batch"].unique())
    order = draw.sample(names, len(names))
    cuts = sorted(draw.sample(range(1, len(names)), 2))
    lake = Lake(everything)
    for _, stop in pairwise([0, *cuts, len(names)]):
        clusters = lake.update(order[:stop])
    return lake.known.pairs, clusters
