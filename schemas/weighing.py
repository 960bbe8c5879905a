"""What rules cost: how much each drops, with others and alone, and what other rules would."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amounts(Frozen):
    """So many documents, and the characters in them."""

    documents: int
    characters: int


class RuleWeight(Frozen):
    """What one rule drops.

    `failed` fail it, whatever else they fail; `first` are those of them whose verdict names it,
    since no rule asked before fails; `alone` fail no other rule: they would be kept without it.
    `with_others` counts the documents that fail another rule too, by its name, the most first.
    """

    rule: str
    threshold: str
    failed: Amounts
    first: Amounts
    alone: Amounts
    with_others: dict[str, int]


class SourceWeights(Frozen):
    """The rules of one source, in the order they are asked, on the documents measured so far."""

    source: str
    kind: str
    read: Amounts
    kept: Amounts
    rules: tuple[RuleWeight, ...]


class PolicyReport(Frozen):
    """What the rules of corpus.yaml drop, source by source.

    `unmeasured` batches have documents that are not measured or compared yet, and are left out.
    """

    corpus: str
    sources: tuple[SourceWeights, ...]
    unmeasured: int


class Example(Frozen):
    """A document about which two policies differ, and the rule that drops it in one of them."""

    doc_id: str
    rule: str
    value: str
    threshold: str
    excerpt: str


class Change(Frozen):
    """The documents of a source that only one policy keeps, by the rule that drops them elsewhere.

    `kept_by` is `a` or `b`; `rule` is the first rule that fails under the other.
    """

    kept_by: str
    rule: str
    threshold: str
    amounts: Amounts
    examples: tuple[Example, ...]


class SourceChanges(Frozen):
    """How two policies differ on one source."""

    source: str
    kind: str
    both: Amounts
    only_a: Amounts
    only_b: Amounts
    neither: Amounts
    changes: tuple[Change, ...]


class Comparison(Frozen):
    """How two policies differ. `a` and `b` are what they were called."""

    corpus: str
    a: str
    b: str
    sources: tuple[SourceChanges, ...]
    unmeasured: int
