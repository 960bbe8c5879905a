"""What an IO manager lets out when a step fails."""

import dagster as dg
import pytest

from pipelines.io import LakeIOManager
from schemas.errors import IntegrityError

MOBILE = "13812345678"


class Failing(LakeIOManager):
    """An IO manager whose writing ends in a given error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def _write(self, context: dg.OutputContext, obj: object) -> None:
        raise self.error


def events_of(error: Exception) -> str:
    """Everything the event log of a run keeps of this failure."""

    @dg.asset
    def documents() -> int:
        return 1

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [documents],
            instance=instance,
            resources={"io_manager": Failing(error)},
            raise_on_error=False,
        )
        assert not result.success
        return "".join(str(one) for one in instance.all_logs(result.run_id))


def test_a_librarys_message_stays_out_of_the_event_log() -> None:
    log = events_of(ValueError(f"could not parse {MOBILE!r}"))
    assert MOBILE not in log
    assert "ValueError" in log


@pytest.mark.parametrize("error", [IntegrityError("a row has no doc_id"), OSError(28, "disk full")])
def test_what_is_said_on_purpose_is_told(error: Exception) -> None:
    assert str(error) in events_of(error)


def test_a_message_of_an_operating_system_has_a_number() -> None:
    assert MOBILE not in events_of(OSError(f"broken file: {MOBILE}"))
