"""The decision on each document, and the corpus that follows from it."""

from collections.abc import Iterator
from typing import Any, Protocol

import dagster as dg
import polars as pl

from assets.discretion import discreet
from assets.measured import measured
from assets.raw import BATCHES
from assets.settings import source_rules
from assets.show import show_rules
from quality.alignment import misaligned, side_by_side
from quality.corpus import Cleaning
from quality.policy import decide
from schemas.batches import Batch
from schemas.corpus import Corpus
from schemas.errors import IntegrityError
from schemas.policies import exams, policy_version, trims


class Secret(Protocol):
    """Whoever keeps the secret of the lake."""

    def key(self) -> bytes:
        """The secret, made the first time it is asked for."""


@dg.asset(
    group_name="decide",
    partitions_def=BATCHES,
    code_version="2",
    check_specs=[
        dg.AssetCheckSpec(
            "aligned",
            asset="verdicts",
            blocking=True,
            description="Every annotation has the rows of documents, in their order, ids unique.",
        )
    ],
)
@discreet
def verdicts(
    raw: Batch,
    documents: pl.LazyFrame,
    language: pl.LazyFrame,
    signals: pl.LazyFrame,
    scores: pl.LazyFrame,
    contamination: pl.LazyFrame,
    privacy: pl.LazyFrame,
    duplicates: pl.LazyFrame,
    boilerplate: pl.LazyFrame,
    corpus_yaml: dg.ResourceParam[Corpus],
) -> Iterator[Any]:
    """Kept or not, and if not: the first rule failed, the value, the threshold, the twin."""
    annotations = {
        "language": language,
        "signals": signals,
        "scores": scores,
        "contamination": contamination,
        "privacy": privacy,
        "duplicates": duplicates,
        "boilerplate": boilerplate,
    }
    wrong = misaligned(documents, annotations)
    yield dg.AssetCheckResult(
        check_name="aligned", passed=not wrong, metadata={"problems": "; ".join(wrong) or "none"}
    )
    if wrong:
        raise IntegrityError(f"batch {raw.name}: {'; '.join(wrong)}; run 'wenyuan build' again")
    source = corpus_yaml.sources[raw.source]
    rules = source_rules(corpus_yaml, source)
    rows = measured(annotations, corpus_yaml, source)
    yield dg.Output(decide(rows, rules, policy_version(rules)), metadata=show_rules(rows, rules))


@dg.asset(
    name="corpus",
    group_name="decide",
    partitions_def=BATCHES,
    code_version="4",
    check_specs=[
        dg.AssetCheckSpec(
            "accounted",
            asset="corpus",
            blocking=True,
            description="Every document is kept or dropped, and every kept one is in the corpus.",
        ),
        dg.AssetCheckSpec(
            "redacted",
            asset="corpus",
            blocking=True,
            description="No finding of a redacted kind survives in the text.",
        ),
    ],
)
@discreet
def redacted_corpus(
    raw: Batch,
    documents: pl.LazyFrame,
    language: pl.LazyFrame,
    scores: pl.LazyFrame,
    contamination: pl.LazyFrame,
    privacy: pl.LazyFrame,
    boilerplate: pl.LazyFrame,
    verdicts: pl.LazyFrame,
    corpus_yaml: dg.ResourceParam[Corpus],
    memory: dg.ResourceParam[Secret],
) -> Iterator[Any]:
    """The kept documents: common lines and exam passages cut, personal data redacted, as asked."""
    kind = corpus_yaml.sources[raw.source].kind
    treatments = corpus_yaml.treatments(kind)
    cleaning = Cleaning(
        side_by_side(documents, language, scores, contamination, privacy, boilerplate, verdicts),
        treatments,
        trim=trims(corpus_yaml.policies, kind),
        exams=exams(corpus_yaml.policies, kind),
        key=memory.key() if treatments.pseudonymises else b"",
    )
    yield dg.Output(cleaning.frames())
    yield dg.AssetCheckResult(
        check_name="accounted",
        passed=cleaning.documents == cleaning.kept + cleaning.dropped,
        metadata={
            "documents": cleaning.documents,
            "kept": cleaning.kept,
            "dropped": cleaning.dropped,
            "trimmed": cleaning.trimmed,
            "cut": cleaning.cut.total(),
            "flagged": cleaning.flagged.total(),
            **{f"cut: {name}": count for name, count in sorted(cleaning.cut.items())},
            **{f"flagged: {name}": count for name, count in sorted(cleaning.flagged.items())},
        },
    )
    yield dg.AssetCheckResult(
        check_name="redacted",
        passed=cleaning.survivors == 0,
        metadata={
            "redacted": cleaning.redacted,
            "left": cleaning.left,
            "survivors": cleaning.survivors,
        },
    )
