"""The measured batches of a corpus, one after another, ready for any rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from assets.measured import MEASUREMENTS, measured
from pipelines.batching import current_batches
from pipelines.lake import Lake
from schemas.corpus import Corpus
from schemas.errors import NotFoundError
from schemas.located import nearest


@dataclass(frozen=True)
class Measurements:
    """The batches of each source that can be decided, and how many cannot yet."""

    corpus: Corpus
    lake: Lake
    batches: dict[str, list[str]]
    unmeasured: int

    def of(self, source: str) -> Iterator[tuple[str, pl.LazyFrame]]:
        """Each batch of a source and what is measured of its documents."""
        asked = self.corpus.sources[source]
        for batch in self.batches[source]:
            tables = {name: self.lake.scan(name, [batch]) for name in MEASUREMENTS}
            yield batch, measured(tables, self.corpus, asked)


def measurements(corpus: Corpus, sources: Sequence[str] = ()) -> Measurements:
    """What is measured of these sources, or of all, in the order of corpus.yaml.

    Raises:
        NotFoundError: corpus.yaml names no such source, or no batch can be decided yet.
    """
    for source in sources:
        if source not in corpus.sources:
            raise NotFoundError(f"no source {source!r}; {nearest(source, corpus.sources)}")
    lake = Lake(corpus.home)
    wanted = [name for name in corpus.sources if name in sources or not sources]
    batches: dict[str, list[str]] = {name: [] for name in wanted}
    unmeasured = 0
    for batch in current_batches(corpus, lake).values():
        if batch.source not in batches:
            continue
        if all(lake.receipt(table, batch.name) for table in MEASUREMENTS):
            batches[batch.source].append(batch.name)
        else:
            unmeasured += 1
    if not any(batches.values()):
        raise NotFoundError("nothing is measured and compared yet: run 'wenyuan build'")
    there = {name: names for name, names in batches.items() if names}
    return Measurements(corpus, lake, there, unmeasured)
