"""Everything Wenyuan raises on purpose.

    WenyuanError               the base: exit code 1
    ├── ConfigError            corpus.yaml, a recipe or an argument is wrong: exit code 2
    │   └── InfeasibleError    the corpus cannot give what a recipe asks
    ├── NotFoundError          the document, row, batch or file asked for is not there: 3
    ├── IntegrityError         a check failed or counts do not add up: 4
    ├── BusyError              another build holds the lake: 5
    └── TermsError             a delivery does not keep to its terms: 6

A message names what is missing, what is there, and what to do next, and never holds the
content of a document.
"""


class WenyuanError(Exception):
    """The base of every error raised on purpose."""

    exit_code = 1


class ConfigError(WenyuanError):
    """A configuration file or an argument is wrong."""

    exit_code = 2


class InfeasibleError(ConfigError):
    """A recipe asks for more than the corpus holds."""


class NotFoundError(WenyuanError):
    """What was asked for does not exist."""

    exit_code = 3


class IntegrityError(WenyuanError):
    """A check failed: rows are missing, doubled, misaligned, or leak."""

    exit_code = 4


class BusyError(WenyuanError):
    """Another build is at work on the same lake."""

    exit_code = 5


class TermsError(WenyuanError):
    """A delivery does not keep to what was agreed with its supplier."""

    exit_code = 6
