"""How often each rule of the finders is right, as measured on the tuning half of labelled sets."""

from collections.abc import Mapping

CONFIDENCE: Mapping[str, float] = {}
"""`kind.rule` -> share of its findings that are what it says they are, 0 to 1."""

UNMEASURED = 0.9
"""What is believed of a rule that the labelled sets hold too few cases of."""


def confidence(kind: str, rule: str) -> float:
    """How often findings of this kind by this rule are right, 0 to 1."""
    return CONFIDENCE.get(f"{kind}.{rule}", UNMEASURED)
