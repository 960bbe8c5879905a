"""How a parser says that a record has no text to give."""


class Unreadable(Exception):  # noqa: N818 - it is an outcome of the record, not a fault of ours
    """A file whose text cannot be had; `reason` is the word for the reject row."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
