"""The acceptance reports of a corpus, measured on its lake; no text is read."""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.counts import GRADES, LENGTHS, Counts, by, findings, spread
from assets.settings import source_rules
from pipelines.acceptance.delivery import OTHER, OWN, Delivery, scanned
from pipelines.acceptance.entering import entered, sizes_of
from pipelines.acceptance.judging import judged, verdict
from pipelines.graph import asset_specs
from pipelines.lake import Lake
from pipelines.lineage.counting import STAGES, of_source
from pipelines.plan import Plan
from quality.privacy.treating import action
from schemas.acceptance import Entered, Personal, Report, Why
from schemas.corpus import Corpus
from schemas.errors import IntegrityError, NotFoundError
from schemas.lineage import Counts as Fates
from schemas.located import nearest
from schemas.privacy import Privacy
from schemas.sources import Source

TABLES = (
    *("documents", "rejects", "language", "signals", "scores", "privacy"),
    *("verdicts", "corpus", "inventory"),
)
"""What a report is counted from, batch by batch, besides `duplicates`."""


def reports(corpus: Corpus, sources: Sequence[str] = ()) -> Iterator[Report]:
    """The report of each of these sources, or of all, in the order of corpus.yaml.

    Raises:
        NotFoundError: corpus.yaml names no such source.
        IntegrityError: the counts of a delivery do not add up.
    """
    for source in sources:
        if source not in corpus.sources:
            raise NotFoundError(f"no source {source!r}; {nearest(source, corpus.sources)}")
    wanted = [name for name in corpus.sources if name in sources or not sources]
    plan = Plan(corpus, Lake(corpus.home), asset_specs(corpus))
    gave = entered(plan, wanted)
    return (_report(plan, source, gave[source]) for source in wanted)


def _report(plan: Plan, source: str, gave: Sequence[Entered]) -> Report:
    corpus, of = plan.corpus, plan.corpus.sources[source]
    batches = [batch for batch in plan.batches.values() if batch.source == source]
    names = [batch.name for batch in batches]
    fates = of_source(corpus, plan, source, {})
    delivery = Delivery(plan.lake, batches)
    outdated = not _fresh(plan, names)
    if not outdated:
        _adds_up(source, fates, delivery)
    copies = delivery.whys("duplicates")
    personal = _personal(plan.lake, names, corpus.treatments(of.kind))
    own, other = copies.get(OWN, Why()), copies.get(OTHER, Why())
    tokenizer, tokens = _tokens(plan, names)
    measured = {
        "max_rejected": fates.rejected,
        "max_own_copies": own.records,
        "max_other_copies": other.records,
        "max_personal": personal.documents,
        "min_kept": fates.kept,
    }
    terms = judged(corpus.terms(source), measured, fates.read, tokens)
    whole = fates.read > 0 and not fates.undecided and not outdated
    return Report(
        corpus=corpus.name,
        source=source,
        kind=of.kind,
        licence=of.licence,
        confidential=of.confidential,
        verdict=verdict(terms, whole=whole),
        outdated=outdated,
        terms=terms,
        files=sum(len(batch.files) for batch in batches),
        raw_bytes=sum(file.size for batch in batches for file in batch.files),
        **fates.model_dump(include=set(STAGES)),
        tokenizer=tokenizer,
        tokens=tokens,
        reasons=delivery.whys("rejects"),
        rules=_rules(plan, of, delivery),
        own_copies=own,
        other_copies=other,
        personal=personal,
        languages=_counted(plan.lake, "language", names, by("language")),
        characters=_counted(plan.lake, "signals", names, spread("chars", LENGTHS)),
        quality=_counted(plan.lake, "scores", names, spread("education", GRADES)),
        mixtures=tuple(gave),
        by_file=delivery.by_file(),
    )


def _fresh(plan: Plan, batches: Sequence[str]) -> bool:
    """Whether the tables of these batches are what a build now would write."""
    whole = not batches or plan.fresh("duplicates", None)
    return whole and all(plan.fresh(table, name) for name in batches for table in TABLES)


def _adds_up(source: str, fates: Fates, delivery: Delivery) -> None:
    """Hold the counts of receipts and of rows against each other."""
    told = fates.model_dump(include={*STAGES, "reasons", "rules"})
    found = delivery.totals | {
        "reasons": delivery.counts("rejects"),
        "rules": delivery.counts("verdicts"),
    }
    if told != found:
        raise IntegrityError(f"the counts of {source} do not add up: {told} and {found}")


def _rules(plan: Plan, of: Source, delivery: Delivery) -> dict[str, Why]:
    asked = {rule.name: rule.threshold for rule in source_rules(plan.corpus, of)}
    found = delivery.whys("verdicts")
    return {name: why.model_copy(update={"asked": asked.get(name)}) for name, why in found.items()}


def _personal(lake: Lake, batches: Sequence[str], privacy: Privacy) -> Personal:
    """What is found and not kept under `privacy`: whoever is public is nobody's fault."""
    element = pl.element()
    some = pl.col("findings").list.eval(element.filter(action(element, privacy) != "keep"))
    rows = scanned(lake, "privacy", batches).with_columns(findings=some)
    sensitive = pl.element().struct.field("sensitive").list.len() > 0
    counts = rows.select(
        documents=(pl.col("findings").list.len() > 0).sum(),
        sensitive=pl.col("findings").list.eval(sensitive).list.sum().sum(),
    )
    return Personal(**counts.collect().row(0, named=True), findings=_whole(findings("kind")(rows)))


def _tokens(plan: Plan, batches: Sequence[str]) -> tuple[str, int]:
    """The tokens of the kept documents: the bundled ones, if any recipe counts by them."""
    named = plan.corpus.tokenizers
    tokenizer = "bpe" if "bpe" in named else next(iter(named), "characters")
    sizes = sizes_of(plan, batches, tokenizer)
    return tokenizer, sizes.select(pl.col("size").sum()).collect().item()


def _counted(lake: Lake, table: str, batches: Sequence[str], count: Counts) -> dict[str, int]:
    return _whole(count(scanned(lake, table, batches)))


def _whole(counts: dict[str, float]) -> dict[str, int]:
    return {name: int(value) for name, value in counts.items()}
