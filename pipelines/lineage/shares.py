"""Which source gave how much to which component of a mixture, counted from its shards."""

import polars as pl

from pipelines.lake import Lake
from schemas.manifest import Manifest
from schemas.recipes import VALIDATION

GIVEN = pl.Schema(
    {
        "source": pl.String,
        "component": pl.String,
        "documents": pl.UInt64,
        "rows": pl.UInt64,
        "held_out": pl.UInt64,
    }
)
"""One row a source and component: documents counted once, their rows, and documents held out."""

_BY = ("source", "component")


def given(lake: Lake, manifest: Manifest) -> pl.DataFrame:
    """The table `GIVEN` of a mixture, in order of component and source.

    Of the shards two columns of names are read. Ids are, too, and some 100 bytes a document held,
    for components that take from several sources and repeat.
    """
    trained, held_out = (shards_of(lake, manifest, held_out=held_out) for held_out in (False, True))
    rows = trained.group_by(_BY).agg(rows=pl.len())
    apart = held_out.group_by(_BY).agg(held_out=pl.len())
    counts = rows.join(apart, on=_BY, how="full", coalesce=True).fill_null(0).collect()
    counts = _with_documents(counts, trained, manifest)
    return counts.select(GIVEN.names()).cast(GIVEN).sort("component", "source")


def _with_documents(
    counts: pl.DataFrame, trained: pl.LazyFrame, manifest: Manifest
) -> pl.DataFrame:
    """`counts` with each document counted once, however often it is repeated."""
    repeated = {
        name: part.documents
        for name, part in manifest.components.items()
        if part.documents != part.rows
    }
    mixed = counts.filter(pl.col("rows") > 0).group_by("component").len().filter(pl.col("len") > 1)
    several = mixed.filter(pl.col("component").is_in(list(repeated)))["component"].to_list()
    exact = (
        trained.filter(pl.col("component").is_in(several))
        .group_by(_BY)
        .agg(exact=pl.col("doc_id").n_unique())
        .collect()
    )
    alone = pl.col("component").replace_strict(repeated, default=None, return_dtype=pl.UInt32)
    once = pl.when(pl.col("rows") > 0).then(alone)
    counts = counts.join(exact, on=_BY, how="left")
    return counts.with_columns(documents=pl.coalesce("exact", once, "rows"))


def shards_of(lake: Lake, manifest: Manifest, *, held_out: bool) -> pl.LazyFrame:
    """The rows of a mixture that are held out, or the others; in one format."""
    form = manifest.recipe.formats[0]
    paths = [
        lake.mixture(manifest.name) / shard.path
        for shard in manifest.shards
        if shard.format == form and (shard.part == VALIDATION) == held_out
    ]
    if not paths:
        return pl.LazyFrame(schema=dict.fromkeys((*_BY, "doc_id"), pl.String()))
    return pl.scan_parquet(paths, glob=False) if form == "parquet" else pl.scan_ipc(paths)
