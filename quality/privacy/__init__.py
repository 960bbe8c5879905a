"""Personal data: finders, validators, the ledger of findings, and redaction.

Belongs here: where personal data stands in a text, and how it is replaced. Does not belong here:
which action a source asks for (configuration), or any copy of the values found.
"""

from quality.privacy.finding import find, privacy
from quality.privacy.redaction import masked, redact, survivors
from quality.privacy.treating import counted, densities

__all__ = ["counted", "densities", "find", "masked", "privacy", "redact", "survivors"]
