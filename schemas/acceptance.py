"""Acceptance: how the data of one supplier fared, and whether it keeps to what was agreed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Verdict = Literal["accepted", "not_accepted", "open", "no_terms"]
"""`open` where nothing was read yet, or the build is not complete."""


class Frozen(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Judged(Frozen):
    """One term: what was asked and what was measured, tokens or a share of the records read.

    `measured` is null where nothing was read.
    """

    term: str
    asked: int | float
    measured: int | float | None
    met: bool


class Place(Frozen):
    """Where a record lies, for its supplier to find it.

    `file` is told from the folder that all files of the delivery have in common, with personal data
    in it masked. `offset` and `length` are in bytes; where `length` is null, `offset` is the number
    of the row, from 0. `doc_id` is null for what became no document. `copy_of` is the document of
    the same source that it is a copy of.
    """

    doc_id: str | None
    file: str
    offset: int | None
    length: int | None
    copy_of: "Place | None" = None


class Why(Frozen):
    """So many records, where the first few of them lie, and of a rule what it asks now."""

    records: int = 0
    asked: str | None = None
    examples: tuple[Place, ...] = ()


class FileCounts(Frozen):
    """One raw file, in records: `read` = `rejected` + `dropped` + `undecided` + `kept`."""

    file: str
    read: int
    rejected: int
    dropped: int
    undecided: int
    kept: int


class Personal(Frozen):
    """Documents with personal data that is not kept, and findings by kind; `sensitive` of all."""

    documents: int = 0
    sensitive: int = 0
    findings: dict[str, int] = {}


class Entered(Frozen):
    """What entered one mixture.

    `tokens` are those of the recipe's `tokenizer`, without what is held out; null where they are
    not known any more. `outdated` says that the corpus is not the one the mixture was made from.
    """

    mixture: str
    version: str
    outdated: bool
    documents: int
    rows: int
    tokenizer: str
    tokens: int | None
    held_out: int


class Report(Frozen):
    """The acceptance report of one source. No text, no personal data, and no other supplier's name.

    In records: `read` = `rejected` + `dropped` + `undecided` + `kept`; `reasons` add up to
    `rejected` and `rules` to `dropped`. `own_copies` have their twin in the same source and
    `other_copies` in another; they are counted whether or not a rule drops them. `languages`,
    `characters` and `quality` (grades of `education`) count documents; `tokens` are those of the
    kept ones. `by_file` has the files that lost most records, of `files` in all.
    """

    corpus: str
    source: str
    kind: str
    licence: str
    confidential: bool
    verdict: Verdict
    outdated: bool
    terms: tuple[Judged, ...]
    files: int
    raw_bytes: int
    read: int
    rejected: int
    dropped: int
    undecided: int
    kept: int
    tokenizer: str
    tokens: int
    reasons: dict[str, Why]
    rules: dict[str, Why]
    own_copies: Why
    other_copies: Why
    personal: Personal
    languages: dict[str, int]
    characters: dict[str, int]
    quality: dict[str, int]
    mixtures: tuple[Entered, ...]
    by_file: tuple[FileCounts, ...]


class Acceptance(Frozen):
    """The reports asked for, in the order of corpus.yaml."""

    reports: tuple[Report, ...]
