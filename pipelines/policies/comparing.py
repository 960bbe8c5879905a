"""What would change if other rules were asked."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from assets.settings import source_rules
from pipelines.lake import Lake
from pipelines.policies.measurements import Measurements, measurements
from pipelines.rows import take
from quality.privacy import masked
from quality.weighing import changes
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError
from schemas.located import nearest
from schemas.policies import DEFAULT, Policy, Rule, presets
from schemas.sources import Source
from schemas.weighing import Amounts, Change, Comparison, Example, SourceChanges

CURRENT = "current"
"""The name of the policies that corpus.yaml has."""

EXCERPT = 80
"""Characters of a document that are shown of it, masked."""


class Side(NamedTuple):
    """One of the two: what it was called, and a corpus with its policies."""

    name: str
    corpus: Corpus

    def rules(self, source: Source) -> tuple[Rule, ...]:
        """What it asks of documents of this source."""
        return source_rules(self.corpus, source)


def side(corpus: Corpus, name: str) -> Side:
    """`current`, a preset (asked of every kind of source), or the policies of another corpus.yaml.

    Raises:
        ConfigError: it is none of these, or that file is wrong.
    """
    if name == CURRENT:
        return Side(name, corpus)
    if name in presets().presets:
        every = {DEFAULT: Policy(preset=name)}
        return Side(name, corpus.model_copy(update={"policies": every}))
    if Path(name).suffix in (".yaml", ".yml"):
        other = load_corpus(name)
        theirs = {"policies": other.policies, "privacy": other.privacy}
        return Side(name, corpus.model_copy(update=theirs))
    raise ConfigError(
        f"no policy {name!r}; {nearest(name, [CURRENT, *presets().presets])}, or the path of "
        "another corpus.yaml"
    )


def comparison(
    corpus: Corpus, a: str, b: str, sources: Sequence[str] = (), *, examples: int = 3
) -> Comparison:
    """How the policies called `a` and `b` judge these sources, or all; with examples of each rule.

    Raises:
        ConfigError: as `side` says.
        NotFoundError: as `measurements` says.
    """
    sides = side(corpus, a), side(corpus, b)
    there = measurements(corpus, sources)
    return Comparison(
        corpus=corpus.name,
        a=a,
        b=b,
        sources=tuple(_changes(there, one, sides, examples) for one in there.batches),
        unmeasured=there.unmeasured,
    )


def _changes(
    there: Measurements, source: str, sides: tuple[Side, Side], examples: int
) -> SourceChanges:
    asked = there.corpus.sources[source]
    rules = [one.rules(asked) for one in sides]
    found = pl.concat(
        changes(rows, *rules, examples=examples).with_columns(batch=pl.lit(batch))
        for batch, rows in there.of(source)
    )

    def amounts(*, a: bool, b: bool) -> Amounts:
        some = found.filter((pl.col("kept_a") == a) & (pl.col("kept_b") == b))
        documents, characters = some.select(pl.col("documents", "characters").sum()).row(0)
        return Amounts(documents=documents, characters=characters)

    return SourceChanges(
        source=source,
        kind=asked.kind,
        both=amounts(a=True, b=True),
        only_a=amounts(a=True, b=False),
        only_b=amounts(a=False, b=True),
        neither=amounts(a=False, b=False),
        changes=tuple(_by_rule(there.lake, found, examples)),
    )


def _by_rule(lake: Lake, found: pl.DataFrame, examples: int) -> list[Change]:
    """The changes, those that concern most documents first."""
    differing = found.filter(pl.col("kept_a") != pl.col("kept_b"))
    by_rule = differing.partition_by("kept_a", "rule", "threshold", as_dict=True)
    told = [
        Change(
            kept_by="a" if kept_a else "b",
            rule=rule,
            threshold=threshold,
            amounts=Amounts(documents=some["documents"].sum(), characters=some["characters"].sum()),
            examples=tuple(_examples(lake, some, examples)),
        )
        for (kept_a, rule, threshold), some in by_rule.items()
    ]
    return sorted(told, key=lambda one: (-one.amounts.documents, one.kept_by, one.rule))


def _examples(lake: Lake, some: pl.DataFrame, most: int) -> Iterator[Example]:
    each = some.select("batch", "rule", "threshold", "examples").explode("examples")
    for one in each.unnest("examples").sort("doc_id").head(most).iter_rows(named=True):
        text = take(lake.path("documents", one["batch"]), [one["row"]], ["text"])["text"][0]
        told = {name: one[name] for name in ("doc_id", "rule", "value", "threshold")}
        yield Example(**told, excerpt=masked(text)[:EXCERPT])
