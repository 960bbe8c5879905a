"""How a parser says that a record has no text to give."""


class UnreadableError(Exception):
    """A file whose text cannot be had; `reason` is the word for the reject row."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
