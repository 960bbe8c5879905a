"""Records from source to mixture, counted from receipts, manifests and the columns of reasons."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from pipelines.graph import asset_specs
from pipelines.lake import Lake
from pipelines.plan import MIXTURE, Plan
from pipelines.survey import funnel
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.lineage import Counts, Lineage, SourceLineage
from schemas.located import nearest
from schemas.manifest import Manifest

STAGES = ("read", "rejected", "dropped", "undecided", "kept")
GIVEN = ("documents", "rows", "tokens")


def lineage(corpus: Corpus, mixture: str) -> Lineage:
    """The lineage of a mixture as it is published; no text is read.

    Raises:
        NotFoundError: corpus.yaml names no such mixture, or it is not made yet.
    """
    lake = Lake(corpus.home)
    manifest = lake.manifest(mixture)
    if mixture not in corpus.mixtures:
        raise NotFoundError(f"no mixture {mixture!r}; {nearest(mixture, corpus.mixtures)}")
    if manifest is None:
        raise NotFoundError(f"mixture {mixture!r} is not made yet: run 'wenyuan build'")
    plan = Plan(corpus, lake, asset_specs(corpus))
    given = _given(manifest)
    sources = [_of_source(corpus, plan, name, given.get(name, {})) for name in corpus.sources]
    gone = [
        SourceLineage(source=name, kind=None, **part)
        for name, part in given.items()
        if name not in corpus.sources
    ]
    return Lineage(
        corpus=corpus.name,
        mixture=mixture,
        version=manifest.version,
        tokenizer=manifest.recipe.tokenizer,
        outdated=not plan.fresh(f"{MIXTURE}{mixture}", None),
        sources=(*sources, *gone),
        total=_total([*sources, *gone]),
    )


def _given(manifest: Manifest) -> dict[str, dict[str, int]]:
    """What each source gave to the mixture."""
    return {name: part.model_dump(include=set(GIVEN)) for name, part in manifest.components.items()}


def _of_source(corpus: Corpus, plan: Plan, source: str, given: dict[str, int]) -> SourceLineage:
    counts = funnel(corpus, plan, source)
    names = [name for name, batch in plan.batches.items() if batch.source == source]
    return SourceLineage(
        source=source,
        kind=counts.kind,
        **counts.model_dump(include=set(STAGES)),
        not_chosen=max(0, counts.kept - given.get("documents", 0)),
        **given,
        reasons=_counted(plan.lake, "rejects", names, "reason"),
        rules=_counted(plan.lake, "verdicts", names, "rule"),
    )


def _counted(lake: Lake, table: str, names: Sequence[str], column: str) -> dict[str, int]:
    """How many rows have each value of a column that is null for most, the most frequent first."""
    there = [name for name in names if lake.path(table, name).is_file()]
    rows = lake.scan(table, there).select(column).filter(pl.col(column).is_not_null())
    counts = rows.group_by(column).len().collect()
    return dict(counts.sort(["len", column], descending=[True, False]).iter_rows())


def _total(sources: Sequence[Counts]) -> Counts:
    sums = {
        name: sum(getattr(one, name) for one in sources) for name in (*STAGES, "not_chosen", *GIVEN)
    }
    reasons, rules = Counter[str](), Counter[str]()
    for one in sources:
        reasons.update(one.reasons)
        rules.update(one.rules)
    return Counts(**sums, reasons=_ordered(reasons), rules=_ordered(rules))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
