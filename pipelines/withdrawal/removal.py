"""The removal of withdrawn documents from the tables of a batch, row by row.

Reading a batch again without them would give the same bytes, and take minutes for one document.
"""

from collections.abc import Iterator

import polars as pl

from assets.reading import as_rejects, in_order, withdrawn
from pipelines import index
from pipelines.graph import STAGES
from pipelines.lake import TABLES, Lake
from pipelines.plan import Plan
from schemas.batches import Batch
from schemas.tables import DOCUMENTS

_PLACE = [name for name in DOCUMENTS if name.startswith("raw_")]


def remove(plan: Plan, batch: Batch) -> None:
    """Write `batch` down, and take what it says is withdrawn out of every table read from it.

    The tables of `plan` must be up to date for the batch as it was. The batch comes first: after a
    kill it is out of date, and a build reads it again without what is withdrawn. Rows are streamed.
    """
    lake = plan.lake
    documents = lake.scan("documents", [batch.name])
    gone = documents.filter(withdrawn(batch)).select("doc_id", "uri", *_PLACE).collect()
    rejects = in_order(pl.concat([lake.scan("rejects", [batch.name]).collect(), as_rejects(gone)]))
    lake.put_batch(batch)
    for table in plan.members(*STAGES["annotate"]):
        rest = lake.scan(table, [batch.name]).filter(~withdrawn(batch))
        rows: Iterator[pl.DataFrame] = (
            iter(rest.collect_batches()) if "doc_id" in TABLES[table] else iter([rejects])
        )
        # Each table names the one before it by its digest, so the plan is made anew.
        now = Plan(
            plan.corpus, lake, list(plan.specs.values()), {**plan.batches, batch.name: batch}
        )
        lake.write(table, batch.name, rows, now.origin(table, batch.name))


def discard(lake: Lake, batch: Batch) -> None:
    """Write `batch` down and remove its tables: corpus.yaml no longer names its source.

    Should it name the source again, the batch is read again without what is withdrawn.
    """
    lake.put_batch(batch)
    for table in TABLES:
        lake.path(table, batch.name).unlink(missing_ok=True)
        index.beside(lake.path(table, batch.name)).unlink(missing_ok=True)
