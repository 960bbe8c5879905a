"""What each source gave to each mixture: documents, rows and tokens."""

from collections.abc import Collection, Iterator, Sequence

import polars as pl

from pipelines.acceptance.delivery import scanned
from pipelines.lineage.shares import GIVEN, given, shards_of
from pipelines.plan import MIXTURE, Plan
from quality.mixing import size_of
from schemas.acceptance import Entered
from schemas.manifest import Manifest

_COUNTS = [name for name, kind in GIVEN.items() if kind.is_numeric()]


def entered(plan: Plan, sources: Collection[str]) -> dict[str, list[Entered]]:
    """By source, what it gave to the mixtures as they are published.

    Of the shards and of the inventory ids are read, and some 100 bytes a document held.
    """
    found: dict[str, list[Entered]] = {source: [] for source in sources}
    for name in plan.corpus.mixtures:
        manifest = plan.lake.manifest(name)
        if manifest is not None:
            for source, one in _of_mixture(plan, manifest, sources):
                found[source].append(one)
    return found


def _of_mixture(
    plan: Plan, manifest: Manifest, sources: Collection[str]
) -> Iterator[tuple[str, Entered]]:
    shares = given(plan.lake, manifest).filter(pl.col("source").is_in(list(sources)))
    counts = shares.group_by("source").agg(pl.col(_COUNTS).sum())
    tokens = _tokens(plan, manifest, sources)
    outdated = not plan.fresh(f"{MIXTURE}{manifest.name}", None)
    for row in counts.iter_rows(named=True):
        source = row.pop("source")
        yield (
            source,
            Entered(
                mixture=manifest.name,
                version=manifest.version,
                outdated=outdated,
                tokenizer=manifest.recipe.tokenizer,
                tokens=tokens.get(source, 0),
                **row,
            ),
        )


def _tokens(plan: Plan, manifest: Manifest, sources: Collection[str]) -> dict[str, int | None]:
    """The tokens that each source gave, those of a document once a repetition."""
    rows = shards_of(plan.lake, manifest, held_out=False)
    rows = rows.filter(pl.col("source").is_in(list(sources)))
    names = [name for name, batch in plan.batches.items() if batch.source in sources]
    sizes = sizes_of(plan, names, manifest.recipe.tokenizer)
    size = pl.col("size")
    known = pl.when(size.null_count() == 0).then(size.sum())
    joined = rows.join(sizes, on="doc_id", how="left").group_by("source").agg(known)
    return dict(joined.collect().iter_rows())


def sizes_of(plan: Plan, batches: Sequence[str], tokenizer: str) -> pl.LazyFrame:
    """`doc_id` and `size`, in tokens, of the kept documents whose tokens are counted."""
    named = plan.corpus.tokenizers
    rows = scanned(plan.lake, "inventory", batches)
    if tokenizer not in ("characters", "bytes", *named):
        return pl.LazyFrame(schema={"doc_id": pl.String, "size": pl.Int64})
    # Of another build the list may have other tokenizers: then the report is outdated.
    counted = rows.filter(pl.col("tokens").list.len() == len(named))
    return counted.select("doc_id", size=size_of(tokenizer, named).cast(pl.Int64))
