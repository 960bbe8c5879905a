"""The last step to the corpus: kept documents, redacted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from quality.privacy import redact, survivors
from schemas.errors import IntegrityError
from schemas.tables import CORPUS, FINDING_KINDS


@dataclass
class Cleaning:
    """A stream of redacted documents, and what it counted on the way.

    `measured` is documents, annotations and verdicts side by side.
    """

    measured: pl.LazyFrame
    actions: Mapping[str, str]
    documents: int = 0
    kept: int = 0
    dropped: int = 0
    redacted: int = 0
    survivors: int = 0

    def frames(self) -> Iterator[pl.DataFrame]:
        """The kept documents with the schema CORPUS.

        Raises:
            IntegrityError: personal data that should be redacted is still there; the frame that
                holds it is not yielded.
        """
        hidden = {kind for kind in FINDING_KINDS if self.actions.get(kind) != "keep"}
        for frame in self.measured.collect_batches():
            kept = frame.filter("kept")
            self.documents += frame.height
            self.kept += kept.height
            self.dropped += frame.filter(~pl.col("kept")).height
            self.redacted += int(kept["findings"].list.len().sum())
            text = redact(kept["text"], kept["findings"], self.actions)
            self.survivors += survivors(text, hidden)
            if self.survivors:
                raise IntegrityError(
                    f"{self.survivors} findings of kinds that are not kept are left in the text "
                    "after redaction; nothing of this batch was published. That is a fault of "
                    "Wenyuan's, not of the data: please report it, with the kind of the source."
                )
            yield kept.with_columns(text.alias("text")).select(CORPUS.names())
