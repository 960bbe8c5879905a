"""Lineage: how many records of each source came into a mixture, and where the others stayed."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A part of a lineage."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(Frozen):
    """What became of the records of one source, or of all.

    In records: `read` = `rejected` + `dropped` + `undecided` + `kept`, and `kept` = `not_chosen` +
    `held_out` + `documents`, unless the lineage is `outdated`. `rows` counts a document once a
    repetition, those held out not. `reasons` adds up to `rejected` and `rules` to `dropped`.
    """

    read: int = 0
    rejected: int = 0
    dropped: int = 0
    undecided: int = 0
    kept: int = 0
    not_chosen: int = 0
    held_out: int = 0
    documents: int = 0
    rows: int = 0
    reasons: dict[str, int] = {}
    rules: dict[str, int] = {}


class SourceLineage(Counts):
    """One source. `kind` is null where corpus.yaml no longer names it."""

    source: str
    kind: str | None


class ComponentLineage(Frozen):
    """What one component of the recipe took; `sources` tells of which source how many documents."""

    component: str
    documents: int
    rows: int
    tokens: int
    held_out: int
    sources: dict[str, int]


class Lineage(Frozen):
    """From sources to a mixture; `tokens` are those of the recipe, without what is held out.

    `outdated` says that the corpus is not the one the mixture was made from; then the counts up to
    `kept` are of the corpus as it is, and the others of the mixture as it is published.
    """

    corpus: str
    mixture: str
    version: str
    tokenizer: str
    tokens: int
    outdated: bool
    sources: tuple[SourceLineage, ...]
    components: tuple[ComponentLineage, ...]
    total: Counts


class MixtureRow(Frozen):
    """A row of a mixture; `shard` with `#` and `row` is what `wenyuan trace` takes.

    `row` and `epoch` count from 0.
    """

    mixture: str
    shard: str
    row: int
    epoch: int
