"""How many findings there are, by source, kind and rule; no text is read."""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.counts import spread
from pipelines.batching import current_batches
from pipelines.lake import Lake
from quality.alignment import side_by_side
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.located import nearest
from schemas.personal import PersonalReport, RuleCount, SourceFindings
from schemas.privacy import Privacy

DENSITIES = [0.001, 1.0, 2.0, 5.0, 10.0, 20.0]
"""Edges of findings per 1,000 characters; below the first there are none."""


def personal_report(corpus: Corpus, sources: Sequence[str] = ()) -> PersonalReport:
    """What was found in each of these sources, or in all, in the order of corpus.yaml.

    Raises:
        NotFoundError: corpus.yaml names no such source, or nothing was measured yet.
    """
    found = tuple(_found(corpus, name, names) for name, names in measured(corpus, sources))
    return PersonalReport(corpus=corpus.name, sources=found)


def measured(corpus: Corpus, sources: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """The sources in which personal data was looked for, and the batches it was looked for in.

    Raises:
        NotFoundError: as `personal_report` says.
    """
    for source in sources:
        if source not in corpus.sources:
            raise NotFoundError(f"no source {source!r}; {nearest(source, corpus.sources)}")
    lake = Lake(corpus.home)
    there = [
        batch
        for batch in current_batches(corpus, lake).values()
        if lake.receipt("privacy", batch.name) and lake.receipt("signals", batch.name)
    ]
    wanted = [name for name in corpus.sources if name in sources or not sources]
    by_source = [(name, [one.name for one in there if one.source == name]) for name in wanted]
    if not any(names for _, names in by_source):
        raise NotFoundError("personal data was not looked for yet: run 'wenyuan build'")
    return [(name, names) for name, names in by_source if names]


def _found(corpus: Corpus, source: str, batches: Sequence[str]) -> SourceFindings:
    lake, kind = Lake(corpus.home), corpus.sources[source].kind
    rows = side_by_side(
        lake.scan("privacy", batches), lake.scan("signals", batches).select("chars")
    )
    per_thousand = pl.col("findings").list.len() * 1_000 / pl.max_horizontal("chars", 1)
    counts = rows.select(
        documents=pl.len(),
        characters=pl.col("chars").sum(),
        concerned=(pl.col("findings").list.len() > 0).sum(),
    )
    density = spread("density", DENSITIES)(rows.select(density=per_thousand))
    return SourceFindings(
        source=source,
        kind=kind,
        **counts.collect().row(0, named=True),
        rules=tuple(_rules(rows, corpus.treatments(kind))),
        sensitive=_sensitive(rows),
        density={
            "0" if name.startswith("<") else name.replace("≥ 0.001", "> 0"): int(count)
            for name, count in density.items()
        },
    )


def _rules(rows: pl.LazyFrame, privacy: Privacy) -> Iterator[RuleCount]:
    each = rows.select("doc_id", "findings").explode("findings").drop_nulls("findings")
    told = (
        each.unnest("findings")
        .group_by("kind", "rule")
        .agg(
            findings=pl.len(),
            documents=pl.col("doc_id").n_unique(),
            confidence=pl.col("confidence").mean(),
        )
    )
    order = pl.col("findings").sum().over("kind")
    most = told.sort(order, "kind", "findings", "rule", descending=[True, False, True, False])
    for row in most.collect().iter_rows(named=True):
        treatment = privacy.treatment(row["kind"], row["rule"])
        row["confidence"] = round(row["confidence"], 4)
        yield RuleCount(**row, action=treatment.action, reason=treatment.reason)


def _sensitive(rows: pl.LazyFrame) -> dict[str, int]:
    standard = pl.element().struct.field("sensitive").explode()
    each = rows.select(standard=pl.col("findings").list.eval(standard)).explode("standard")
    counts = each.drop_nulls().group_by("standard").len().sort("standard")
    return dict(counts.collect().iter_rows())
