"""Records from source to mixture, counted from receipts, manifests and columns of names."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from pipelines import shards
from pipelines.graph import asset_specs
from pipelines.lake import Lake
from pipelines.lineage.shares import given
from pipelines.plan import MIXTURE, Plan
from pipelines.survey import funnel
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.lineage import ComponentLineage, Counts, Lineage, SourceLineage
from schemas.located import nearest
from schemas.manifest import Manifest

STAGES = ("read", "rejected", "dropped", "undecided", "kept")
GIVEN = ("documents", "rows", "held_out")


def lineage(corpus: Corpus, mixture: str) -> Lineage:
    """The lineage of a mixture as it is published; no text is read.

    Raises:
        NotFoundError: corpus.yaml names no such mixture, or it is not there.
    """
    lake = Lake(corpus.home)
    if mixture not in corpus.mixtures:
        raise NotFoundError(f"no mixture {mixture!r}; {nearest(mixture, corpus.mixtures)}")
    manifest = shards.load(lake.mixture(mixture))
    plan = Plan(corpus, lake, asset_specs(corpus))
    shares = given(lake, manifest)
    sources = _sources(corpus, plan, shares)
    return Lineage(
        corpus=corpus.name,
        mixture=mixture,
        version=manifest.version,
        tokenizer=manifest.recipe.tokenizer,
        tokens=sum(part.tokens for part in manifest.components.values()),
        outdated=not plan.fresh(f"{MIXTURE}{mixture}", None),
        sources=tuple(sources),
        components=tuple(_components(manifest, shares)),
        total=_total(sources),
    )


def _sources(corpus: Corpus, plan: Plan, shares: pl.DataFrame) -> list[SourceLineage]:
    """The sources of corpus.yaml in its order, and behind them those it no longer names."""
    sums = shares.group_by("source").agg(pl.col(GIVEN).sum()).sort("source")
    gave = {row.pop("source"): row for row in sums.to_dicts()}
    gone = [
        SourceLineage(source=name, kind=None, **part)
        for name, part in gave.items()
        if name not in corpus.sources
    ]
    return [*(of_source(corpus, plan, name, gave.get(name, {})) for name in corpus.sources), *gone]


def of_source(corpus: Corpus, plan: Plan, source: str, gave: Mapping[str, int]) -> SourceLineage:
    """What became of the records of one source, which `gave` so much to a mixture."""
    counts = funnel(corpus, plan, source)
    names = [name for name, batch in plan.batches.items() if batch.source == source]
    taken = gave.get("documents", 0) + gave.get("held_out", 0)
    return SourceLineage(
        source=source,
        kind=counts.kind,
        **counts.model_dump(include=set(STAGES)),
        not_chosen=max(0, counts.kept - taken),
        **gave,
        reasons=_counted(plan.lake, "rejects", names, "reason"),
        rules=_counted(plan.lake, "verdicts", names, "rule"),
    )


def _components(manifest: Manifest, shares: pl.DataFrame) -> list[ComponentLineage]:
    parts = shares.filter(pl.col("documents") > 0).partition_by("component", as_dict=True)
    of = {name: dict(part.select("source", "documents").rows()) for (name,), part in parts.items()}
    return [
        ComponentLineage(
            component=name,
            documents=part.documents,
            rows=part.rows,
            tokens=part.tokens,
            held_out=part.held_out_documents,
            sources=of.get(name, {}),
        )
        for name, part in manifest.components.items()
    ]


def _counted(lake: Lake, table: str, names: Sequence[str], column: str) -> dict[str, int]:
    """How many rows have each value of a column that is null for most, the most frequent first."""
    there = [name for name in names if lake.path(table, name).is_file()]
    rows = lake.scan(table, there).select(column).filter(pl.col(column).is_not_null())
    return _ordered(dict(rows.group_by(column).len().collect().iter_rows()))


def _total(sources: Sequence[Counts]) -> Counts:
    names = (*STAGES, "not_chosen", *GIVEN)
    sums = {name: sum(getattr(one, name) for one in sources) for name in names}
    reasons, rules = Counter[str](), Counter[str]()
    for one in sources:
        reasons.update(one.reasons)
        rules.update(one.rules)
    return Counts(**sums, reasons=_ordered(reasons), rules=_ordered(rules))


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
