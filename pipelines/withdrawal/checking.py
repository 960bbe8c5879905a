"""Which batches were checked against which requests."""

import json

from pipelines.lake import Lake, publish_text
from pipelines.withdrawal.ledger import Ledger
from schemas.errors import IntegrityError


class Checked:
    """For each batch, the documents that were checked, and up to which request."""

    def __init__(self, lake: Lake) -> None:
        self.lake, self.file = lake, lake.home / "withdrawals" / "checked.json"
        there = self.file.is_file()
        self._state: dict[str, list[str | int]] = json.loads(self.file.read_text()) if there else {}

    def up_to(self, batch: str) -> int:
        """The number of the last request the batch was checked against, as it is; 0 if none."""
        digest, number = self._state.get(batch, ("", 0))
        return int(number) if digest == self._digest(batch) else 0

    def note(self, batch: str, number: int) -> None:
        """The batch, as it is, was checked against all requests up to this one."""
        self._state[batch] = [self._digest(batch), number]

    def save(self) -> None:
        """Write down what was noted."""
        publish_text(self.file, json.dumps(self._state, indent=0, sort_keys=True))

    def _digest(self, batch: str) -> str:
        receipt = self.lake.receipt("documents", batch)
        return receipt.digest if receipt else ""


def require_checked(lake: Lake, batches: list[str]) -> None:
    """Nothing withdrawn may be published, whoever starts the step that publishes.

    Raises:
        IntegrityError: a batch was not checked against every request.
    """
    entries = Ledger(lake).entries
    if not entries:
        return
    checked, last = Checked(lake), entries[-1].number
    if missed := [name for name in batches if checked.up_to(name) < last]:
        raise IntegrityError(
            f"{', '.join(missed[:5])}: not checked against what was withdrawn; run 'wenyuan build'"
        )
