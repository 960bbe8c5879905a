"""The state of a corpus in numbers: the funnel by source, reasons, mixtures, what is to do."""

from pathlib import Path

import polars as pl
from pydantic import BaseModel

from pipelines.batching import new_batches
from pipelines.build import to_do
from pipelines.graph import STAGES, asset_specs
from pipelines.lake import Lake
from pipelines.plan import Plan
from pipelines.withdrawal.ledger import Ledger
from schemas.card import Fate
from schemas.corpus import Corpus
from schemas.errors import ConfigError


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
    """One mixture as it is published; `shards` counts files, `tokens` those of its recipe."""

    mixture: str
    rows: int
    tokens: int
    shards: int
    folder: str


class Survey(BaseModel):
    """Everything `wenyuan status` knows.

    `reasons` counts rejects and `rules` dropped documents, the most frequent first; `to_do` counts
    the runs each phase still needs (and `withdraw`, if any, the open requests to forget), and
    `new_batches` those with files not read yet: null where the raw files cannot be listed, as
    `problem` says.
    """

    name: str
    sources: list[SourceCounts]
    reasons: dict[str, int]
    rules: dict[str, int]
    mixtures: list[MixtureCounts]
    to_do: dict[str, int]
    new_batches: int | None = 0
    problem: str | None = None
    example_dropped: str | None = None
    example_row: str | None = None

    def total(self) -> SourceCounts:
        """The funnel of all sources together."""
        counts = [name for name in SourceCounts.model_fields if name not in ("source", "kind")]
        sums = {name: sum(getattr(row, name) for row in self.sources) for name in counts}
        return SourceCounts(source="all", kind="", **sums)


def survey(corpus: Corpus) -> Survey:
    """Count what is in the lake of `corpus`; nothing is computed anew."""
    lake = Lake(corpus.home)
    plan = Plan(corpus, lake, asset_specs(corpus))
    rejects = [b for b in plan.batches if lake.path("rejects", b).is_file()]
    verdicts = [b for b in plan.batches if lake.path("verdicts", b).is_file()]
    dropped = lake.scan("verdicts", verdicts).filter(~pl.col("kept"))
    mixtures = [counts for name in corpus.mixtures if (counts := _mixture(lake, name))]
    example = dropped.select("doc_id").head(1).collect().to_series()
    new, problem = _not_read(corpus, lake)
    return Survey(
        name=corpus.name,
        sources=[funnel(corpus, plan, source) for source in corpus.sources],
        reasons=_counts(lake.scan("rejects", rejects), "reason"),
        rules=_counts(dropped, "rule"),
        mixtures=mixtures,
        to_do=_to_do(plan),
        new_batches=new,
        problem=problem,
        example_dropped=example[0] if len(example) else None,
        example_row=_first_row(lake, mixtures),
    )


def _to_do(plan: Plan) -> dict[str, int]:
    runs = {stage: sum(1 for _ in to_do(plan, stage)) for stage in STAGES}
    waiting = len(Ledger(plan.lake).open)
    return runs | ({"withdraw": waiting} if waiting else {})


def _not_read(corpus: Corpus, lake: Lake) -> tuple[int | None, str | None]:
    try:
        return len(new_batches(corpus, lake)), None
    except ConfigError as error:
        return None, str(error)


def funnel(corpus: Corpus, plan: Plan, source: str) -> SourceCounts:
    """What became of the records of one source, counted from receipts."""
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


def fates(corpus: Corpus, plan: Plan) -> dict[str, Fate]:
    """The funnel of each source, as a dataset card shows it."""
    counted = (funnel(corpus, plan, source) for source in corpus.sources)
    return {
        one.source: Fate(one.read, one.rejected, one.dropped, one.kept)
        for one in counted
        if one.read
    }


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
        folder=str(lake.mixture(name)),
    )


def _first_row(lake: Lake, mixtures: list[MixtureCounts]) -> str | None:
    for mixed in mixtures:
        manifest = lake.manifest(mixed.mixture)
        if manifest and manifest.rows:
            shard = manifest.shards[0]
            return f"{mixed.mixture}/{shard.part}/{Path(shard.path).name}#0"
    return None
