"""Events have the form that OpenLineage's specification asks for, whatever they tell of.

No package brings its JSON schemas along. Where the variable SPECIFICATION names a copy of the
folder `spec` of the OpenLineage project, every event and every facet is held against them.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.pipelines.lineage.telling import ENDS, Event, by_run, facets_of

pytest.importorskip("openlineage.client")

RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
SCHEMA_URL = r"https://openlineage\.io/spec/(facets/)?\d+-\d+-\d+/\w+\.json#/\$defs/\w+"


@pytest.fixture(scope="module")
def events(
    told: tuple[Path, list[Event]],
    withdrawn: tuple[Path, list[Event], list[Event]],
    started_by_hand: tuple[Path, list[Event]],
) -> list[Event]:
    """Builds, withdrawals, runs of Dagster, and a failure."""
    return [*told[1], *withdrawn[1], *withdrawn[2], *started_by_hand[1]]


def is_uuid(text: str) -> bool:
    return str(UUID(text)) == text


def is_date_time(text: str) -> bool:
    return re.fullmatch(RFC_3339, text) is not None and bool(datetime.fromisoformat(text))


def is_uri(text: str) -> bool:
    parts = urlsplit(text)
    whole = bool(parts.scheme and (parts.netloc or parts.path))
    return whole and text.isascii() and not re.search(r"\s", text)


FORMATS: dict[str, Callable[[str], bool]] = {
    "uuid": is_uuid,
    "date-time": is_date_time,
    "uri": is_uri,
}


def test_every_run_has_an_id_and_begins_before_its_one_end(events: list[Event]) -> None:
    for (run, _), states in by_run(events).items():
        assert is_uuid(run)
        assert states[0] == "START"
        assert states[1:] in [[end] for end in ENDS]


def test_the_times_of_a_run_have_a_zone_and_an_order(events: list[Event]) -> None:
    begun: dict[str, datetime] = {}
    for one in events:
        assert is_date_time(one["eventTime"])
        assert is_date_time(one["run"]["facets"]["nominalTime"]["nominalStartTime"])
        at = datetime.fromisoformat(one["eventTime"])
        assert begun.setdefault(one["run"]["runId"], at) <= at


def test_every_event_and_facet_names_its_producer_and_its_schema(events: list[Event]) -> None:
    for one in events:
        assert is_uri(one["producer"])
        assert re.fullmatch(SCHEMA_URL, one["schemaURL"])
        for _, facet in facets_of(one):
            assert is_uri(facet["_producer"])
            assert re.fullmatch(SCHEMA_URL, facet["_schemaURL"])


def test_the_facets_told_are_those_that_are_described(events: list[Event]) -> None:
    told = {name for one in events for name, _ in facets_of(one)}
    page = Path("docs/openlineage.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in told)
    assert {"parent", "errorMessage", "columnLineage", "lifecycleStateChange", "tags"} < told


def test_every_dataset_read_or_made_is_named_in_the_namespace_of_a_lake(
    events: list[Event],
) -> None:
    for one in events:
        for dataset in (*one["inputs"], *one["outputs"]):
            assert is_uri(dataset["namespace"])
            assert re.fullmatch(r"\w+/[\w-]+", dataset["name"])


def test_events_are_what_the_specification_asks(events: list[Event]) -> None:
    if "SPECIFICATION" not in os.environ:
        pytest.skip("SPECIFICATION names no copy of the folder spec of OpenLineage")
    specification = Specification(Path(os.environ["SPECIFICATION"]))
    for one in events:
        specification.check(one["schemaURL"], one)
        for _, facet in facets_of(one):
            specification.check(facet["_schemaURL"], facet)


class Specification:
    """The schemas of a folder: OpenLineage.json and facets/*.json."""

    def __init__(self, folder: Path) -> None:
        jsonschema, referencing = map(pytest.importorskip, ("jsonschema", "referencing"))
        schemas = [json.loads(file.read_bytes()) for file in folder.rglob("*.json")]
        self.schemas = {one["$id"]: one for one in schemas if "$id" in one}
        self.by_name = {name.rpartition("/")[2]: one for name, one in self.schemas.items()}
        self.resource = referencing.Resource.from_contents
        self.registry = referencing.Registry(retrieve=self._retrieve)
        self.validator = jsonschema.Draft202012Validator
        self.formats = jsonschema.FormatChecker(formats=())
        for name, check in FORMATS.items():
            self.formats.checks(name, raises=ValueError)(check)

    def _retrieve(self, uri: str) -> Any:
        """A schema by its address; the ones it builds on may be there in another version only."""
        name = uri.rpartition("/")[2]
        return self.resource(self.schemas.get(uri) or self.by_name[name])

    def check(self, url: str, what: Event) -> None:
        """Hold an event or facet against the very version that it names."""
        assert url.partition("#")[0] in self.schemas, f"no schema {url} in the folder"
        self.validator({"$ref": url}, registry=self.registry, format_checker=self.formats).validate(
            what
        )
