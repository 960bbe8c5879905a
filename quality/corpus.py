"""The last step to the corpus: kept documents, cut where that is asked, redacted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from quality.contamination import beyond, without_passages
from quality.privacy import counted, find, redact, survivors
from schemas.errors import IntegrityError
from schemas.policies import Exams
from schemas.privacy import Privacy
from schemas.tables import CORPUS

GRADE = pl.lit(1 / 5, pl.Float32)
"""What a grade of `education` counts, of which 5 is the highest.

Multiplied by, not divided: Polars divides a frame of one row otherwise than one of many, and rounds
otherwise."""


@dataclass
class Cleaning:
    """A stream of redacted documents, and what it counted on the way.

    `measured` is documents, annotations and verdicts side by side. With `trim` it has the column
    `common_lines` too, and kept documents lose those lines, which `trimmed` counts. A document of
    which nothing would be left keeps them, so that whatever is kept is written: to be rid of
    such documents, ask `common_ratio` of them. With `exams` it has the column `hits`, and kept
    documents lose the passages of exams beyond what is allowed, or keep them, as its action says;
    `cut` and `flagged` count them by benchmark. A document that is an exam paper was dropped
    by its verdict. `treated` counts the findings in what is kept, by kind, rule and action.
    """

    measured: pl.LazyFrame
    privacy: Privacy
    trim: bool = False
    exams: Exams | None = None
    key: bytes = b""
    documents: int = 0
    kept: int = 0
    dropped: int = 0
    trimmed: int = 0
    cut: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    treated: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    survivors: int = 0

    @property
    def redacted(self) -> int:
        """Findings in kept documents that were masked or given stand-ins."""
        return self.treated.total() - self.left

    @property
    def left(self) -> int:
        """Findings in kept documents that stay, by what corpus.yaml says of their kind."""
        return sum(n for (*_, done), n in self.treated.items() if done == "keep")

    def frames(self) -> Iterator[pl.DataFrame]:
        """The kept documents with the schema CORPUS.

        Raises:
            IntegrityError: personal data that should be redacted is still there; the frame that
                holds it is not yielded.
        """
        for frame in self.measured.collect_batches():
            kept = frame.filter("kept")
            self.documents += frame.height
            self.kept += kept.height
            self.dropped += frame.filter(~pl.col("kept")).height
            kept = self._shortened(kept)
            self.treated.update(counted(kept["findings"], self.privacy))
            text = redact(kept["text"], kept["findings"], self.privacy, kept["doc_id"], self.key)
            self.survivors += survivors(text, self.privacy)
            if self.survivors:
                raise IntegrityError(
                    f"{self.survivors} findings of kinds that are not kept are left in the text "
                    "after redaction; nothing of this batch was published. That is a fault of "
                    "Wenyuan's, not of the data: please report it, with the kind of the source."
                )
            quality = pl.col("education") * GRADE
            yield kept.with_columns(text.alias("text"), quality=quality).select(CORPUS.names())

    def _shortened(self, kept: pl.DataFrame) -> pl.DataFrame:
        """`kept` without what is cut; what the rest holds is found again where it now stands."""
        cut = self._cut(kept) if self.exams is not None else {}
        if self.trim:
            cut |= self._trimmed(kept.with_columns(_replaced(kept["text"], *_rows(cut))))
        at, text = _rows(cut)
        left = pl.DataFrame({"at": at, "text": text}).with_columns(_thinned(pl.col("text")))
        if left.is_empty():
            return kept
        return kept.with_columns(
            text=_replaced(kept["text"], left["at"], left["text"]),
            findings=_replaced(kept["findings"], left["at"], find(left["text"])),
        )

    def _cut(self, kept: pl.DataFrame) -> dict[int, str]:
        """The texts out of which exam passages are cut, by their row, without them."""
        if self.exams is None or self.exams.action == "drop":
            return {}
        cut = {}
        some = (
            kept.select("text", "hits").with_row_index("at").filter(pl.col("hits").list.len() > 0)
        )
        for at, text, hits in some.iter_rows():
            found = beyond(hits, self.exams)
            counter = self.cut if self.exams.action == "cut" else self.flagged
            counter.update(hit["benchmark"] for hit in found)
            if found and self.exams.action == "cut":
                cut[at] = without_passages(text, found)
        return cut

    def _trimmed(self, kept: pl.DataFrame) -> dict[int, str]:
        """The texts that have common lines, by their row, without them."""
        some = kept.select(pl.arg_where(pl.col("common_lines").list.len() > 0)).to_series()
        left = kept[some].select(_without_common_lines(), "common_lines", at=some)
        left = left.filter(pl.col("text").str.strip_chars() != "")
        self.trimmed += int(left["common_lines"].list.len().sum())
        return dict(left.select("at", "text").iter_rows())


def _rows(texts: dict[int, str]) -> tuple[pl.Series, pl.Series]:
    """The rows of some texts, and the texts."""
    at = pl.Series("at", list(texts), dtype=pl.Int64)
    return at, pl.Series("text", list(texts.values()), dtype=pl.String)


def _without_common_lines() -> pl.Expr:
    """What is left of each text."""
    lines = pl.col("text").str.split("\n")
    numbers = pl.int_ranges(lines.list.len(), dtype=pl.UInt32)
    others = numbers.list.set_difference("common_lines").list.sort()
    return lines.list.gather(others).list.join("\n")


def _thinned(text: pl.Expr) -> pl.Expr:
    """`text` with the blank lines that come together in it thinned out as in repair."""
    thinned = text.str.replace_all(r"\n{4,}", "\n\n")
    return thinned.str.strip_chars_end().str.replace(r"^\s*\n", "")


def _replaced(values: pl.Series, at: pl.Series, by: pl.Series) -> pl.Series:
    """`values` with those `at` some places replaced, lists too, which cannot be scattered."""
    places = pl.int_range(values.len(), eager=True, dtype=pl.Int64).scatter(
        at, pl.int_range(values.len(), values.len() + by.len(), eager=True)
    )
    return pl.concat([values, by]).gather(places)
