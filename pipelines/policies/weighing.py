"""What the rules of corpus.yaml drop, source by source."""

from collections.abc import Sequence

import polars as pl

from assets.settings import source_rules
from pipelines.policies.measurements import Measurements, measurements
from quality.weighing import kept, patterns, weights
from schemas.corpus import Corpus
from schemas.weighing import PolicyReport, SourceWeights


def policy_report(corpus: Corpus, sources: Sequence[str] = ()) -> PolicyReport:
    """What each rule drops of these sources, or of all, as corpus.yaml asks now.

    Raises:
        NotFoundError: as `measurements` says.
    """
    there = measurements(corpus, sources)
    weighed = tuple(_weighed(there, source) for source in there.batches)
    return PolicyReport(corpus=corpus.name, sources=weighed, unmeasured=there.unmeasured)


def _weighed(there: Measurements, source: str) -> SourceWeights:
    asked = there.corpus.sources[source]
    rules = source_rules(there.corpus, asked)
    found = pl.concat(patterns(rows, rules) for _, rows in there.of(source))
    read, whole = kept(found)
    return SourceWeights(
        source=source,
        kind=asked.kind,
        read=read,
        kept=whole,
        rules=tuple(weights(found, rules)),
    )
