"""The sweep: every batch is checked against the ledger, and what is withdrawn is taken out of it.

The same step takes out what a new request names and what comes in again later.
"""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipelines.graph import STAGES, asset_specs
from pipelines.lake import TABLES, Lake
from pipelines.lineage.events import Events
from pipelines.plan import Plan
from pipelines.withdrawal.checking import Checked
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.removal import discard, remove
from pipelines.withdrawal.revocation import revoke
from pipelines.workers import Task
from quality.privacy import privacy
from quality.withdrawal import Tombstones, asked, copies, held, margin
from schemas.batches import EVERYTHING, Batch
from schemas.corpus import Corpus


def withdraw(corpus: Corpus, lake: Lake, events: Events) -> list[Batch]:
    """Take everything withdrawn out of the batches that are read; those that have changed.

    A batch is checked once against each request, and again only if its documents have changed. The
    lists of revoked documents come first: they are told from the mixtures as they still are.
    """
    ledger, checked = Ledger(lake), Checked(lake)
    if not ledger.entries:
        return []
    revoke(lake, ledger)
    last, stones = ledger.entries[-1].number, _Stones(ledger)
    plan = Plan(corpus, lake, asset_specs(corpus))
    changed = []
    for name in _measured(plan):
        if (after := checked.up_to(name)) == last:
            continue
        batch = lake.batch(name)
        if gone := _gone(plan, batch, stones.after(after), ledger):
            changed.append(batch.less(gone))
            task = Task("withdraw", _holding(plan, name), name, requests=_numbers(gone))
            events.started(task, plan)
            _take_out(plan, changed[-1])
            events.over(task, None)
        checked.note(name, last)
    checked.save()
    return changed


def mark_sources(lake: Lake) -> None:
    """Batches of a withdrawn source that nobody has read yet: no text of theirs ever comes in."""
    sources = Ledger(lake).sources()
    for name in lake.batches() if sources else ():
        batch = lake.batch(name)
        number = sources.get(batch.source)
        if number and EVERYTHING not in batch.withdrawn and not lake.receipt("documents", name):
            lake.put_batch(batch.less({EVERYTHING: number}))


def matches(plan: Plan, batch: str, stones: Tombstones, key: bytes) -> pl.DataFrame:
    """The documents of a batch that `stones` keep out, and the number of the first request."""
    signatures = plan.lake.scan("signatures", [batch])
    least = margin(plan.corpus.dedup.of(kind_of(plan.corpus, plan.lake.batch(batch).source)))
    hits = pl.concat([asked_in(plan.lake, batch, stones, key), copies(signatures, stones, least)])
    return hits.group_by("doc_id").agg(pl.col("number").min()).sort("doc_id")


def asked_in(lake: Lake, batch: str, stones: Tombstones, key: bytes) -> pl.DataFrame:
    """The documents of a batch that a request names, as HIT; one may be there twice."""
    documents = lake.scan("documents", [batch])
    by_name = asked(documents, stones, key)
    if not stones.subjects:
        return by_name
    return pl.concat([by_name, held(documents, _findings(lake, batch), stones.subjects, key)])


def _findings(lake: Lake, batch: str) -> pl.LazyFrame:
    """The findings in the documents of a batch: found anew where the table is not of them."""
    documents, table = lake.receipt("documents", batch), lake.receipt("privacy", batch)
    if documents and table and table.origin.inputs.get("documents") == documents.digest:
        return lake.scan("privacy", [batch])
    return privacy(lake.scan("documents", [batch]))


def kind_of(corpus: Corpus, source: str) -> str:
    """The kind of a source; `other` where corpus.yaml no longer names it."""
    return corpus.sources[source].kind if source in corpus.sources else "other"


def report(corpus: Corpus, lake: Lake, instance: dg.DagsterInstance, batches: list[Batch]) -> None:
    """Show in the UI that the tables of these batches were written."""
    tables = Plan(corpus, lake, asset_specs(corpus)).members(*STAGES["annotate"])
    for table in tables:
        for batch in batches:
            if receipt := lake.receipt(table, batch.name):
                rows = {"dagster/partition_row_count": receipt.rows}
                event = dg.AssetMaterialization(table, partition=batch.name, metadata=rows)
                instance.report_runless_asset_event(event)


class _Stones:
    """The tombstones above each number that was asked for, read once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._known: dict[int, Tombstones] = {}

    def after(self, number: int) -> Tombstones:
        if number not in self._known:
            self._known[number] = self.ledger.tombstones(number)
        return self._known[number]


def _measured(plan: Plan) -> Iterator[str]:
    """The batches whose documents and signatures are those of their raw files now.

    Of a source that corpus.yaml no longer names, the batches that are there.
    """
    for name in plan.lake.batches():
        if name in plan.batches:
            there = not plan.stale(STAGES["annotate"], name)
        else:
            there = all(plan.lake.receipt(table, name) for table in ("documents", "signatures"))
        if there:
            yield name


def _gone(plan: Plan, batch: Batch, stones: Tombstones, ledger: Ledger) -> dict[str, int]:
    if number := stones.sources.get(batch.source):
        return {} if EVERYTHING in batch.withdrawn else {EVERYTHING: number}
    key = ledger.key() if stones.keyed else b""
    return dict(matches(plan, batch.name, stones, key).iter_rows())


def _numbers(gone: dict[str, int]) -> tuple[int, ...]:
    return tuple(sorted(set(gone.values())))


def _holding(plan: Plan, batch: str) -> tuple[str, ...]:
    """The tables that something of `batch` is taken out of; all where its source is gone."""
    if batch in plan.batches:
        return tuple(plan.members(*STAGES["annotate"]))
    return tuple(table for table in TABLES if plan.lake.path(table, batch).is_file())


def _take_out(plan: Plan, batch: Batch) -> None:
    if batch.name in plan.batches:
        remove(plan, batch)
    else:
        discard(plan.lake, batch)
