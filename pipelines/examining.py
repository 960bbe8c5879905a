"""Which exams stand in a corpus, counted from what was measured; no text is read."""

from collections.abc import Sequence

import polars as pl

from assets.exams import exam_index
from pipelines.batching import current_batches
from pipelines.lake import Lake
from quality.contamination import LEAST_SHARE, Index
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.exams import BenchmarkHits, Example, ExamReport
from schemas.located import nearest
from schemas.policies import exams

EXAMPLES = 5
"""Documents shown of each benchmark, those with the largest shares."""

SHARES = [LEAST_SHARE, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]


def exam_report(corpus: Corpus, sources: Sequence[str] = ()) -> ExamReport:
    """What was found in these sources, or in all.

    Raises:
        NotFoundError: corpus.yaml names no such source or no exam, or nothing was measured yet.
        ConfigError: a file of exams cannot be read.
    """
    for source in sources:
        if source not in corpus.sources:
            raise NotFoundError(f"no source {source!r}; {nearest(source, corpus.sources)}")
    if not corpus.contamination.benchmarks:
        raise NotFoundError("no exams: name their files under contamination.benchmarks")
    wanted = [name for name in corpus.sources if name in sources or not sources]
    allowed = {name: _allowed(corpus, name) for name in wanted}
    asked = {name: most for name, most in allowed.items() if most is not None}
    index = exam_index(corpus.contamination, corpus.home)
    hits, documents = _hits(corpus, asked)
    return ExamReport(
        corpus=corpus.name,
        index_bytes=index.nbytes,
        seeds=index.grams,
        asked=asked,
        unasked=tuple(name for name in wanted if name not in asked),
        documents=documents,
        benchmarks=tuple(
            _of_benchmark(name, index, hits) for name in corpus.contamination.benchmarks
        ),
    )


def _allowed(corpus: Corpus, source: str) -> float | None:
    """The share of an item that documents of a source may hold; null where all is allowed."""
    asked = exams(corpus.policies, corpus.sources[source].kind)
    return asked.max if asked is not None else None


def _hits(corpus: Corpus, asked: dict[str, float]) -> tuple[pl.DataFrame, int]:
    """All hits in these sources, and how many documents were looked at."""
    lake = Lake(corpus.home)
    batches = [
        batch
        for batch in current_batches(corpus, lake).values()
        if batch.source in asked and lake.receipt("contamination", batch.name)
    ]
    if not batches and asked:
        raise NotFoundError("exams were not looked for yet: run 'wenyuan build'")
    found, documents = [pl.DataFrame(schema=_HITS)], 0
    for batch in batches:
        rows = lake.scan("contamination", [batch.name])
        documents += rows.select(pl.len()).collect().item()
        listed = rows.select("doc_id", "hits").explode("hits").drop_nulls("hits").unnest("hits")
        beyond = pl.col("share") > pl.lit(asked[batch.source], dtype=pl.Float32)
        told = listed.with_columns(source=pl.lit(batch.source), beyond=beyond)
        found.append(told.select(_HITS.names()).collect())
    return pl.concat(found), documents


_HITS = pl.Schema(
    {
        "doc_id": pl.String(),
        "source": pl.String(),
        "benchmark": pl.String(),
        "item": pl.String(),
        "share": pl.Float32(),
        "beyond": pl.Boolean(),
    }
)


def _of_benchmark(name: str, index: Index, hits: pl.DataFrame) -> BenchmarkHits:
    mine = hits.filter(pl.col("benchmark") == name)
    beyond = mine.filter("beyond")
    best = mine.group_by("doc_id").agg(pl.col("share").max())["share"]
    by_source = beyond.group_by("source").agg(pl.col("doc_id").n_unique().alias("count"))
    left_out = index.left_out.filter(pl.col("benchmark") == name)["item"]
    shown = beyond.sort(["share", "doc_id", "item"], descending=[True, False, False])
    return BenchmarkHits(
        benchmark=name,
        items=index.names.filter(pl.col("benchmark") == name).height + left_out.len(),
        not_indexed=tuple(left_out),
        documents=beyond["doc_id"].n_unique(),
        hit=beyond["item"].n_unique(),
        sources=dict(by_source.sort(["count", "source"], descending=[True, False]).iter_rows()),
        by_share={f"{share:g}": int((best >= share).sum()) for share in SHARES},
        examples=tuple(
            Example(**row | {"share": round(row["share"], 4)})
            for row in shown.select("doc_id", "source", "item", "share")
            .head(EXAMPLES)
            .iter_rows(named=True)
        ),
    )
