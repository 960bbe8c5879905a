"""The state of a corpus in numbers: the funnel by source, reasons, mixtures, what is to do."""

from pathlib import Path

import polars as pl
from pydantic import BaseModel

from pipelines.build import to_do
from pipelines.graph import STAGES, asset_specs
from pipelines.lake import Lake
from pipelines.plan import Plan
from schemas.corpus import Corpus


class SourceCounts(BaseModel):
    """The funnel of one source, in records: read = rejected + dropped + kept + undecided."""

    source: str
    kind: str
    raw_bytes: int = 0
    read: int = 0
    rejected: int = 0
    dropped: int = 0
    kept: int = 0
    undecided: int = 0


class MixtureCounts(BaseModel):
    """One mixture as it is published."""

    mixture: str
    rows: int
    tokens: int
    shards: int
    folder: str


class Survey(BaseModel):
    """Everything `wenyuan status` knows."""

    name: str
    sources: list[SourceCounts]
    reasons: dict[str, int]
    rules: dict[str, int]
    mixtures: list[MixtureCounts]
    to_do: dict[str, int]
    example_dropped: str | None = None
    example_row: str | None = None


def survey(corpus: Corpus) -> Survey:
    """Count what is in the lake of `corpus`; nothing is computed anew."""
    lake = Lake(corpus.home)
    plan = Plan(corpus, lake, asset_specs(corpus))
    rejects = [b for b in plan.batches if lake.path("rejects", b).is_file()]
    verdicts = [b for b in plan.batches if lake.path("verdicts", b).is_file()]
    dropped = lake.scan("verdicts", verdicts).filter(~pl.col("kept"))
    mixtures = [counts for name in corpus.mixtures if (counts := _mixture(lake, name))]
    example = dropped.select("doc_id").head(1).collect().to_series()
    return Survey(
        name=corpus.name,
        sources=[_funnel(corpus, plan, source) for source in corpus.sources],
        reasons=_counts(lake.scan("rejects", rejects), "reason"),
        rules=_counts(dropped, "rule"),
        mixtures=mixtures,
        to_do={stage: sum(1 for _ in to_do(plan, stage)) for stage in STAGES},
        example_dropped=example[0] if len(example) else None,
        example_row=_first_row(lake, mixtures),
    )


def _funnel(corpus: Corpus, plan: Plan, source: str) -> SourceCounts:
    counts = SourceCounts(source=source, kind=corpus.sources[source].kind)
    for name, batch in plan.batches.items():
        if batch.source != source:
            continue
        documents, rejects = _rows(plan, "documents", name), _rows(plan, "rejects", name)
        kept, decided = _rows(plan, "corpus", name), _rows(plan, "verdicts", name)
        counts.raw_bytes += sum(file.size for file in batch.files)
        counts.read += documents + rejects
        counts.rejected += rejects
        counts.kept += kept
        counts.dropped += decided - kept
        counts.undecided += documents - decided
    return counts


def _rows(plan: Plan, table: str, batch: str) -> int:
    receipt = plan.lake.receipt(table, batch)
    return receipt.rows if receipt else 0


def _counts(rows: pl.LazyFrame, column: str) -> dict[str, int]:
    table = rows.group_by(column).len().sort(["len", column], descending=[True, False]).collect()
    return {str(name): int(count) for name, count in table.iter_rows()}


def _mixture(lake: Lake, name: str) -> MixtureCounts | None:
    manifest = lake.manifest(name)
    if manifest is None:
        return None
    return MixtureCounts(
        mixture=name,
        rows=manifest.rows,
        tokens=manifest.tokens,
        shards=len(manifest.shards),
        folder=_shown(lake.mixture(name)),
    )


def _first_row(lake: Lake, mixtures: list[MixtureCounts]) -> str | None:
    for mixed in mixtures:
        manifest = lake.manifest(mixed.mixture)
        if manifest and manifest.rows:
            return f"{mixed.mixture}/{Path(manifest.shards[0].path).name}#0"
    return None


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
