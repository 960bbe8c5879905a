"""Exams in a corpus as its maker sees them: which, how many of their items, in which documents."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(Frozen):
    """A document that holds an item; `share` is how much of the item stands there, 0 to 1."""

    doc_id: str
    source: str
    item: str
    share: float


class BenchmarkHits(Frozen):
    """What of one benchmark was found.

    Of its `items`, those of `not_indexed` are too short, or too much like others, to be looked
    for. `documents` hold more of an item than the policy of their source allows, `hit` counts the
    items of which they do, and `sources` the documents by source, the worst first. `by_share`
    counts documents by the share of the item they hold most of, from each share on: what another
    threshold would find.
    """

    benchmark: str
    items: int
    not_indexed: tuple[str, ...]
    documents: int
    hit: int
    sources: dict[str, int]
    by_share: dict[str, int]
    examples: tuple[Example, ...]


class ExamReport(Frozen):
    """Which exams stand in the sources of a corpus.

    `asked` are the sources and the share of an item that each allows, `unasked` those whose policy
    says nothing of exams, which are not counted. `index_bytes` is the size of the index in memory,
    and `seeds` how many runs of characters it holds.
    """

    corpus: str
    index_bytes: int
    seeds: int
    asked: dict[str, float]
    unasked: tuple[str, ...]
    documents: int
    benchmarks: tuple[BenchmarkHits, ...]
