"""A sample of findings and passages that a person goes through, with every value masked.

Which are taken follows from what they are, so the same corpus gives the same sample. Findings are
drawn kind by kind, since rare kinds would not be drawn otherwise.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from pipelines.lake import Lake
from pipelines.personal.counting import measured
from pipelines.rows import take
from quality.privacy import masked
from quality.privacy.redaction import Finding
from schemas.corpus import Corpus
from schemas.tables import FINDING_KINDS

CONTEXT, PASSAGE = 30, 300
"""Characters shown before and behind a finding, and of a passage."""

SAMPLE = pl.Schema(
    {
        "part": pl.String(),
        "source": pl.String(),
        "doc_id": pl.String(),
        "kind": pl.String(),
        "rule": pl.String(),
        "shape": pl.String(),
        "text": pl.String(),
        "right": pl.String(),
        "missed": pl.String(),
    }
)
"""`part` is `finding` or `passage`. `shape` is a finding's value with 0 for digits, a for letters
and 字 for Han; of a passage `kind` counts what was found in it. The person writes `yes` or `no`
into `right` of a finding, and into `missed` of a passage the kinds that were overlooked, one word
for each place, or `none`."""


class Drawn(NamedTuple):
    """A finding, or where kind is null a passage: where its document is, and what it is."""

    order: int
    batch: str
    row: int
    finding: Finding | None


def sample(corpus: Corpus, sources: Sequence[str], *, findings: int, passages: int) -> pl.DataFrame:
    """Up to so many `findings` of each kind, and so many `passages`, as SAMPLE.

    They are of these sources, or of all.

    Raises:
        NotFoundError: as `counting.measured` says.
    """
    lake = Lake(corpus.home)
    batches = {name: source for source, names in measured(corpus, sources) for name in names}
    drawn = [
        *_draw_findings(lake, batches, findings),
        *_draw_passages(lake, batches, passages),
    ]
    rows = [row for batch, some in _by_batch(drawn) for row in _shown(lake, batch, some)]
    frame = pl.DataFrame(rows, schema=SAMPLE | {"order": pl.UInt64(), "batch": pl.String()})
    source = pl.col("batch").replace_strict(batches, return_dtype=pl.String)
    ordered = frame.with_columns(source=source).sort("part", "kind", "order")
    return ordered.select(SAMPLE.names())


def _draw_findings(lake: Lake, batches: Iterable[str], most: int) -> Iterator[Drawn]:
    """The findings whose hashes are the smallest of their kind, `most` of each."""
    drawn: list[pl.DataFrame] = []
    for batch in batches:
        each = lake.scan("privacy", [batch]).with_row_index("row").explode("findings")
        told = each.drop_nulls("findings").with_columns(
            pl.col("findings").struct.field("kind", "start"), batch=pl.lit(batch)
        )
        of = pl.struct("doc_id", "kind", "start")
        least = pl.concat([*drawn, told.with_columns(order=of.hash()).collect()])
        drawn = [least.sort("kind", "order").filter(pl.int_range(pl.len()).over("kind") < most)]
    for row in drawn[0].iter_rows(named=True):
        yield Drawn(row["order"], row["batch"], row["row"], row["findings"])


def _draw_passages(lake: Lake, batches: Iterable[str], most: int) -> Iterator[Drawn]:
    """The documents whose hashes are the smallest, `most` of them."""
    each = [
        lake.scan("privacy", [batch])
        .with_row_index("row")
        .select("row", batch=pl.lit(batch), order=pl.col("doc_id").hash())
        for batch in batches
    ]
    for row in pl.concat(each).bottom_k(most, by="order").collect().iter_rows(named=True):
        yield Drawn(row["order"], row["batch"], row["row"], None)


def _by_batch(drawn: Iterable[Drawn]) -> Iterator[tuple[str, list[Drawn]]]:
    ordered = sorted(drawn, key=lambda one: (one.batch, one.row))
    for batch, some in groupby(ordered, key=lambda one: one.batch):
        yield batch, list(some)


def _shown(lake: Lake, batch: str, drawn: list[Drawn]) -> Iterator[dict[str, Any]]:
    rows = sorted({one.row for one in drawn})
    documents = take(lake.path("documents", batch), rows, ["doc_id", "text"])
    findings = take(lake.path("privacy", batch), rows, ["findings"])["findings"].to_list()
    told = {
        row: (doc_id, text, found)
        for row, (doc_id, text, _), found in zip(rows, documents.iter_rows(), findings, strict=True)
    }
    for one in drawn:
        doc_id, text, found = told[one.row]
        text = _Text(text, found)
        row = text.around(one.finding) if one.finding else text.passage(one.order)
        yield {"batch": batch, "order": one.order, "doc_id": doc_id, "text": None, **row}


class _Text:
    """A document's text, of which pieces are shown with what was found in them masked."""

    def __init__(self, text: str, findings: list[Finding]) -> None:
        self.text, self.findings = text, findings

    def around(self, finding: Finding) -> dict[str, Any]:
        """The finding in its context, marked ▶ ◀."""
        start, end = finding["start"], finding["end"]
        marked = f"▶{_label(finding)}◀"
        before = self._masked(max(0, start - CONTEXT), start)
        return {
            "part": "finding",
            "kind": finding["kind"],
            "rule": finding["rule"],
            "shape": _shape(self.text[start:end]),
            "text": before + marked + self._masked(end, min(len(self.text), end + CONTEXT)),
        }

    def passage(self, order: int) -> dict[str, Any]:
        """A piece of the text, from somewhere in it."""
        start = order % max(1, len(self.text) - PASSAGE)
        end = min(len(self.text), start + PASSAGE)
        found = Counter(one["kind"] for one in self.findings if start <= one["start"] < end)
        return {
            "part": "passage",
            "kind": " ".join(f"{kind}:{count}" for kind, count in sorted(found.items())),
            "text": self._masked(start, end),
        }

    def _masked(self, start: int, end: int) -> str:
        """From `start` to `end`; a finding that reaches out of it is shown whole."""
        pieces = []
        for one in self.findings:
            if one["end"] > start and one["start"] < end:
                pieces += [self.text[start : one["start"]], _label(one)]
                start = one["end"]
        # What is hidden by its neighbours alone shows once they are masked.
        return masked("".join((*pieces, self.text[start:end])))


def _label(finding: Finding) -> str:
    return f"〔{FINDING_KINDS[finding['kind']]}〕"


def _shape(value: str) -> str:
    """What a value looks like, and nothing of what it is.

    >>> _shape("zhang_3@qq.com"), _shape("王小明")
    ('aaaaa_0@aa.aaa', '字字字')
    """
    value = re.sub("[0-9０-９]", "0", value)
    return re.sub("[㐀-\U00032000]", "字", re.sub("[A-Za-zａ-ｚＡ-Ｚ]", "a", value))
