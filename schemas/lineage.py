"""Lineage: how many records of each source came into a mixture, and where the others stayed."""

from pydantic import BaseModel, ConfigDict


class Counts(BaseModel):
    """What became of the records of one source, or of all.

    In records: `read` = `rejected` + `dropped` + `undecided` + `kept`, and `kept` = `not_chosen` +
    `documents`, unless the lineage is `outdated`. `rows` counts a document once an epoch, and
    `tokens` are the recipe's. `reasons` adds up to `rejected` and `rules` to `dropped`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    read: int = 0
    rejected: int = 0
    dropped: int = 0
    undecided: int = 0
    kept: int = 0
    not_chosen: int = 0
    documents: int = 0
    rows: int = 0
    tokens: int = 0
    reasons: dict[str, int] = {}
    rules: dict[str, int] = {}


class SourceLineage(Counts):
    """One source. `kind` is null where corpus.yaml no longer names it."""

    source: str
    kind: str | None


class Lineage(BaseModel):
    """From sources to a mixture.

    `outdated` says that the corpus is not the one the mixture was made from; then the counts up to
    `kept` are of the corpus as it is, and the others of the mixture as it is published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus: str
    mixture: str
    version: str
    tokenizer: str
    outdated: bool
    sources: tuple[SourceLineage, ...]
    total: Counts


class MixtureRow(BaseModel):
    """A row of a mixture; `shard` with `#` and `row` is what `wenyuan trace` takes.

    `row` and `epoch` count from 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mixture: str
    shard: str
    row: int
    epoch: int
