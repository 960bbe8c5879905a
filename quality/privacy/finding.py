"""From texts to their findings: the ledger of what is personal, and never of its value."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl
import pyarrow as pa

from quality.privacy import people
from quality.privacy.addresses import addresses
from quality.privacy.confidence import confidence
from quality.privacy.cued import beside, columns, cued, dates, secrets
from quality.privacy.heads import ALWAYS, CELL, NUMBER, SAID, heads, needs_table
from quality.privacy.hits import Hit, resolve
from quality.privacy.network import emails, network
from quality.privacy.numbers import hidden, numbers, torn
from quality.privacy.numbers.numbers import AtCue
from quality.privacy.people import bylines, told, whole
from quality.privacy.sensitivity import standards
from quality.privacy.spotting import Runs, runs
from quality.privacy.view import View
from quality.privacy.writings import Table
from schemas.tables import FINDINGS

VIEW_BYTES = 8 << 20
"""Bytes of text looked at in one view; a view takes about six times as much while it lives."""

BY_RUN = (numbers, network)
"""Modules whose `families` say which runs of letters and digits they look at."""

ANYWHERE = (emails.emails, hidden.numbers, secrets.secrets, cued.beside_cues)
"""Finders that look through a view on their own."""


def privacy(documents: pl.LazyFrame) -> pl.LazyFrame:
    """The findings of each document, as PRIVACY: same rows, same order, no values."""
    findings = pl.col("text").map_batches(find, return_dtype=FINDINGS, is_elementwise=True)
    return documents.select("doc_id", findings.alias("findings"))


def find(text: pl.Series) -> pl.Series:
    """Personal data in each text, as FINDINGS: positions count characters of the text as given.

    A null text has null findings.

    >>> find(pl.Series(["电话13812345678"])).to_list()[0][0]["start"]
    2
    """
    parts = [_findings(part) for part in _views(text)]
    found = pl.concat(parts) if parts else pl.Series([], dtype=FINDINGS)
    if text.null_count():
        nothing = pl.Series([None], dtype=FINDINGS)
        found = found.zip_with(text.is_not_null(), nothing.new_from_index(0, len(text)))
    return found.rename(text.name)


def _views(text: pl.Series) -> Iterator[pl.Series]:
    """The texts in slices of about VIEW_BYTES."""
    size = text.str.len_bytes().fill_null(0).cum_sum().to_numpy()
    start = 0
    while start < len(text):
        done = size[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(size, done + VIEW_BYTES)))
        yield text[start:end]
        start = end


def _findings(text: pl.Series) -> pl.Series:
    view = View.of(text)
    found = _hits(view)
    hits = resolve((*found, *people.mentions(view, found)))
    starts = np.array([hit.start for hit in hits], np.int64)
    document = np.searchsorted(view.starts, starts, side="right") - 1
    last = np.array([hit.end for hit in hits], np.int64) - 1
    fields = {
        "kind": pa.array([hit.kind for hit in hits], pa.large_string()),
        "start": pa.array(view.originally(starts, document).astype(np.uint32)),
        "end": pa.array((view.originally(last, document) + 1).astype(np.uint32)),
        "rule": pa.array([hit.rule for hit in hits], pa.large_string()),
        "confidence": pa.array(
            [hit.confidence or confidence(hit.kind, hit.rule) for hit in hits], pa.float32()
        ),
        "sensitive": pa.array(
            [standards(hit.kind) for hit in hits], pa.large_list(pa.large_string())
        ),
    }
    offsets = np.searchsorted(document, np.arange(len(text) + 1))
    structs = pa.StructArray.from_arrays(list(fields.values()), list(fields))
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), structs)
    return pl.Series(lists, dtype=FINDINGS)


def _hits(view: View) -> list[Hit]:
    """Every hit in `view`, overlapping or not: at runs, anywhere, and beside cues.

    A finder that must know what the others found is asked last.
    """
    spotted = runs(view).worth()
    return [
        *_at_runs(view, spotted),
        *addresses.addresses(view),
        *(hit for finder in ANYWHERE for hit in finder(view)),
        *_at_cues(view),
    ]


def _at_runs(view: View, spotted: Runs) -> Iterator[Hit]:
    for module in BY_RUN:
        for mask, verify in module.families(spotted):
            starts, ends = spotted.start[mask].tolist(), spotted.end[mask].tolist()
            for start, end in zip(starts, ends, strict=True):
                hit = verify(view.text, start, end)
                if hit is not None:
                    yield hit


def _at_cues(view: View) -> Iterator[Hit]:
    finders, table = _dispatch()
    for at, met in heads(view, table):
        if view.text[at - 1] == "〔":
            continue  # the label of a placeholder is no cue
        for need, at_cue in finders.get(view.text[at : at + 2], ()):
            if need & met:
                yield from at_cue(view.text, at)


@cache
def _dispatch() -> tuple[dict[str, tuple[tuple[int, AtCue], ...]], Table]:
    """Which finders to ask where two characters begin a cue, and the table that spots them."""
    calls: dict[str, tuple[tuple[int, AtCue], ...]] = {}
    for need, cue_heads, finder in _cue_finders():
        for head in cue_heads:
            calls[head] = (*calls.get(head, ()), (need, finder))
    needs = ((head, need) for head, some in calls.items() for need, _ in some)
    return calls, needs_table(needs)


def _cue_finders() -> Iterator[tuple[int, tuple[str, ...], AtCue]]:
    """What each finder needs, the heads of its cues, and the finder."""
    yield ALWAYS, dates.HEADS, dates.birth_date
    for cue_heads, finder in (*numbers.CUED, (beside.HEADS, beside.beside_cue), *torn.CUED):
        yield NUMBER, cue_heads, finder
    for cue_heads, finder in columns.CUED:
        yield CELL, cue_heads, finder
    yield SAID, told.FIELD_HEADS, told.after_field
    yield ALWAYS, told.ROLE_HEADS, told.after_role
    yield ALWAYS, told.TITLE_HEADS, told.before_title
    yield ALWAYS, bylines.GLUED_HEADS, bylines.byline
    yield SAID, tuple(set(bylines.HEADS) - set(bylines.GLUED_HEADS)), bylines.byline
    yield ALWAYS, whole.HEADS, whole.whole
