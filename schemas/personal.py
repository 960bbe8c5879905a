"""Personal data as a steward sees it: how much of which kind, and what is done with it."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleCount(Frozen):
    """The findings of one kind by one rule.

    `confidence` is their mean, 0 to 1; `action` what is done with them, and `reason` why they are
    kept, where they are.
    """

    kind: str
    rule: str
    findings: int
    documents: int
    confidence: float
    action: str
    reason: str | None


class SourceFindings(Frozen):
    """What was found in one source.

    `concerned` are the documents with a finding. `sensitive` counts findings by the standard that
    calls them sensitive. `density` counts documents by their findings per 1,000 characters.
    """

    source: str
    kind: str
    documents: int
    characters: int
    concerned: int
    rules: tuple[RuleCount, ...]
    sensitive: dict[str, int]
    density: dict[str, int]

    @property
    def findings(self) -> int:
        """All findings."""
        return sum(one.findings for one in self.rules)


class PersonalReport(Frozen):
    """What was found in the sources of a corpus."""

    corpus: str
    sources: tuple[SourceFindings, ...]


class Score(Frozen):
    """How right findings of one kind are, by a sample that a person went through.

    `precision` is the share of the findings looked at that are right; `recall` that of what there
    is, in the passages looked at, that was found; both with their 95% interval, and null where
    nothing was looked at.
    """

    kind: str
    looked_at: int
    right: int
    precision: float | None
    precision_interval: tuple[float, float] | None
    found: int
    missed: int
    recall: float | None
    recall_interval: tuple[float, float] | None
