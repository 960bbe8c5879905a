"""What a request names, as the lake is now."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipelines.graph import asset_specs
from pipelines.lake import Lake
from pipelines.plan import Plan
from pipelines.withdrawal.sweep import asked_in, kind_of
from quality.withdrawal import copies, margin, of_request, of_texts
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.tables import SIGNATURES
from schemas.withdrawals import TEXTS, WITHDRAWN, Request


@dataclass(frozen=True)
class Found:
    """The documents that a request withdraws (`WITHDRAWN`), and their texts (`TEXTS`)."""

    documents: pl.DataFrame
    texts: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """Documents by source."""
        counted = self.documents.group_by("source").len().sort("source")
        return {str(source): int(count) for source, count in counted.iter_rows()}


def find(corpus: Corpus, lake: Lake, request: Request, key: bytes) -> Found:
    """The documents that `request` names, and their copies where it takes them too.

    Memory: one batch's signatures, and some 400 bytes a document found.

    Raises:
        NotFoundError: a document or source it names is not there.
    """
    plan = Plan(corpus, lake, asset_specs(corpus))
    batches = [name for name in lake.batches() if lake.receipt("signatures", name)]
    named = {name: _named(plan, name, request, key) for name in batches}
    texts = [TEXTS.to_frame()]
    if request.twins:
        texts += [_texts(plan, name, ids).select(TEXTS.names()) for name, ids in named.items()]
    originals = pl.concat(texts).unique("exact").sort("exact")
    documents, copied = [WITHDRAWN.to_frame()], [TEXTS.to_frame()]
    for name, ids in named.items():
        others = _copies(plan, name, originals).filter(~pl.col("doc_id").is_in(ids.implode()))
        documents.append(_places(plan, name, ids, others["doc_id"]))
        copied.append(others.select("exact", pl.lit(None, TEXTS["sketch"]).alias("sketch")))
    found = pl.concat(documents)
    _require(plan, request, found)
    return Found(found, pl.concat([originals, *copied]).unique("exact", keep="first").sort("exact"))


def _named(plan: Plan, batch: str, request: Request, key: bytes) -> pl.Series:
    return asked_in(plan.lake, batch, of_request(request, 0), key)["doc_id"].unique()


def _texts(plan: Plan, batch: str, ids: pl.Series) -> pl.DataFrame:
    """The signatures of these documents but those that fold to nothing."""
    if ids.is_empty():
        return SIGNATURES.to_frame()
    rows = plan.lake.scan("signatures", [batch])
    named = pl.col("doc_id").is_in(ids.implode()) & (pl.col("folded_chars") > 0)
    return rows.filter(named).collect()


def _copies(plan: Plan, batch: str, originals: pl.DataFrame) -> pl.DataFrame:
    """The signatures of the copies and near-copies of the texts `originals`."""
    if originals.is_empty():
        return SIGNATURES.to_frame()
    least = margin(plan.corpus.dedup.of(kind_of(plan.corpus, plan.lake.batch(batch).source)))
    rows = plan.lake.scan("signatures", [batch])
    return _texts(plan, batch, copies(rows, of_texts(originals, 0), least)["doc_id"])


def _places(plan: Plan, batch: str, ids: pl.Series, copied: pl.Series) -> pl.DataFrame:
    if ids.is_empty() and copied.is_empty():
        return WITHDRAWN.to_frame()
    was_asked = pl.col("doc_id").is_in(ids.implode())
    rows = plan.lake.scan("documents", [batch]).filter(
        was_asked | pl.col("doc_id").is_in(copied.implode())
    )
    return rows.with_columns(was_asked.alias("asked")).select(WITHDRAWN.names()).collect()


def _require(plan: Plan, request: Request, found: pl.DataFrame) -> None:
    """A request for a document or source that is not there is a slip of the pen."""
    for source in _missing(request.sources, _sources(plan)):
        raise NotFoundError(f"no source {source!r} in {plan.lake.home}")
    for one in _missing(request.docs, found["doc_id"].to_list()):
        gone = [name for name in plan.batches.values() if one in name.withdrawn]
        why = f"withdrawn by request {gone[0].withdrawn[one]} already" if gone else "not there"
        raise NotFoundError(f"document {one} is {why}; 'wenyuan why {one}' tells what is known")


def _missing(wanted: tuple[str, ...], there: list[str]) -> Iterator[str]:
    known = set(there)
    return (one for one in wanted if one not in known)


def _sources(plan: Plan) -> list[str]:
    return [*plan.corpus.sources, *(plan.lake.batch(name).source for name in plan.lake.batches())]
