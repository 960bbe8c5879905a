"""What OpenLineage is told of a build: every run begins and ends, and nothing of a document."""

import importlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipelines.graph import asset_specs
from pipelines.lake import Lake
from pipelines.lineage import events
from pipelines.lineage.events import Events, configured, events_of
from pipelines.plan import Plan
from pipelines.workers import Task
from schemas.corpus import load_corpus
from schemas.errors import ConfigError
from tests.pipelines import small
from tests.pipelines.lineage.telling import Event, by_run, into, of, read
from tests.pipelines.running import moved, wenyuan

pytest.importorskip("openlineage.client")

pytestmark = pytest.mark.usefixtures("nothing_set_up")
GENERAL = "mixture_general"


def outputs_of(event: Event) -> list[str]:
    return [made["name"] for made in event["outputs"]]


def test_every_run_begins_once_and_ends_once(told: tuple[Path, list[Event]]) -> None:
    runs = by_run(told[1])
    assert set(map(tuple, runs.values())) == {("START", "COMPLETE")}
    assert len({run for run, _ in runs}) == len(runs)


def test_what_a_build_has_workers_make_is_told_once(told: tuple[Path, list[Event]]) -> None:
    made = [name for one in told[1] for name in outputs_of(one) if one["eventType"] == "COMPLETE"]
    assert len(made) == len(set(made))
    assert {f"documents/{batch}" for batch in small.BATCHES} < set(made)


def test_jobs_are_phases_and_assets_below_the_build(told: tuple[Path, list[Event]]) -> None:
    jobs = {one["job"]["name"] for one in told[1]}
    assert {
        "annotate.documents",
        "annotate.signals",
        "compare.pairs",
        "deduplicate.duplicates",
        "decide.corpus",
        "mix.mixture_general",
    } < jobs
    assert {one["job"]["namespace"] for one in told[1]} == {"small_town"}
    [build] = of(told[1], "build")
    for one in told[1]:
        parent = one["run"]["facets"].get("parent")
        if one["job"]["name"] == "build":
            assert parent is None
        else:
            assert parent["run"]["runId"] == build["run"]["runId"]
            assert (parent["job"]["namespace"], parent["job"]["name"]) == ("small_town", "build")


def test_every_dataset_read_was_written_before_or_is_raw(told: tuple[Path, list[Event]]) -> None:
    path, seen = told
    home = small.lake_of(path).home.as_uri()
    written = set()
    for one in seen:
        if one["eventType"] == "COMPLETE":
            for given in one["inputs"]:
                assert given["namespace"] == home
                assert given["name"] in written or given["name"].startswith("raw/")
            written |= {made["name"] for made in one["outputs"]}
    assert {"documents/news-00000", "pairs/1-of-1", "duplicates/notices-00000"} <= written
    assert {"mixtures/general", "mixtures/services"} <= written


def test_rows_and_bytes_are_those_of_the_files(told: tuple[Path, list[Event]]) -> None:
    path, seen = told
    lake = small.lake_of(path)
    for one in seen:
        for made in one["outputs"] if one["eventType"] == "COMPLETE" else []:
            counts = made["outputFacets"]["outputStatistics"]
            table, _, name = made["name"].partition("/")
            if table == "mixtures":
                manifest = lake.manifest(name)
                assert manifest is not None
                assert counts["rowCount"] == manifest.rows
                assert counts["fileCount"] == len(manifest.shards)
                continue
            receipt = lake.receipt(table, name)
            assert receipt is not None
            assert counts["rowCount"] == receipt.rows
            assert counts["size"] == lake.path(table, name).stat().st_size
            assert made["facets"]["dataSource"]["uri"] == lake.path(table, name).as_uri()


def test_the_columns_of_the_corpus_are_told(told: tuple[Path, list[Event]]) -> None:
    [made] = of(told[1], "decide.corpus")[0]["outputs"]
    batch = made["name"].partition("/")[2]
    fields = made["facets"]["columnLineage"]["fields"]
    assert {field["name"] for field in made["facets"]["schema"]["fields"]} == set(fields)
    [text, *decides] = fields["text"]["inputFields"]
    assert (text["name"], text["field"]) == (f"documents/{batch}", "text")
    assert text["transformations"][0]["masking"] is True
    assert [one["name"] for one in decides] == [f"privacy/{batch}", f"boilerplate/{batch}"]
    [mixed] = of(told[1], "mix.mixture_general")[0]["outputs"]
    origins = mixed["facets"]["columnLineage"]["fields"]["text"]["inputFields"]
    assert [one["name"] for one in origins] == [f"corpus/{batch}" for batch in small.BATCHES]


def test_nothing_of_a_document_is_told(told: tuple[Path, list[Event]]) -> None:
    text = json.dumps(told[1], ensure_ascii=False)
    for secret in (small.MOBILE, small.MARKET[:6], small.CLINIC[:6], "2024-01.jsonl", "clinic.txt"):
        assert secret not in text


def test_a_build_with_nothing_to_do_tells_only_of_itself(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into(tmp_path / "events.jsonl", monkeypatch)
    small.build_here(moved(told[0], tmp_path))
    assert [one["job"]["name"] for one in read(tmp_path / "events.jsonl")] == ["build", "build"]


def test_of_a_failure_the_kind_is_told_and_no_word_more(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into(tmp_path / "events.jsonl", monkeypatch)
    path = moved(told[0], tmp_path)
    small.configure(path.parent, mixtures={"general": {"tokens": 10**9}})
    assert small.build_here(path).failures
    failed = [one for one in read(tmp_path / "events.jsonl") if one["eventType"] == "FAIL"]
    assert [one["job"]["name"] for one in failed] == ["mix.mixture_general", "build"]
    for one in failed:
        facet = one["run"]["facets"]["errorMessage"]
        assert facet["message"] == "InfeasibleError"
        assert "stackTrace" not in facet


def test_what_was_made_before_a_failure_is_told_to_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into(tmp_path / "events.jsonl", monkeypatch)
    path = small.lay(tmp_path)
    (tmp_path / "exam.json").write_text("{", encoding="utf-8")
    small.configure(tmp_path, contamination={"benchmarks": {"exam": "exam.json"}})
    try:
        small.build_here(path)
    except ConfigError:
        pytest.skip("the exam is read before the first phase")
    states = {one["job"]["name"]: one["eventType"] for one in read(tmp_path / "events.jsonl")}
    assert states["annotate.documents"] == "COMPLETE"
    assert states["annotate.contamination"] == states["build"] == "FAIL"


def test_what_is_interrupted_is_told_to_be_given_up(
    told: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into(tmp_path / "events.jsonl", monkeypatch)
    corpus = load_corpus(told[0])
    plan, task = Plan(corpus, Lake(corpus.home), asset_specs(corpus)), Task("mix", (GENERAL,))

    def interrupted() -> None:
        with events_of(corpus, warn=print) as telling:
            telling.started(task, plan)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    runs = by_run(read(tmp_path / "events.jsonl"))
    assert {job: states for (_, job), states in runs.items()} == {
        "build": ["START", "ABORT"],
        f"mix.{GENERAL}": ["START", "ABORT"],
    }


class Backend(HTTPServer):
    """What an OpenLineage server is to those who send to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Received)
        self.events: list[Event] = []
        self.paths: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Received(BaseHTTPRequestHandler):
    server: Backend

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.add(self.path)
        self.server.events.append(json.loads(body))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def backend() -> Iterator[Backend]:
    with Backend() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_events_go_to_the_address_that_openlineage_url_names(
    told: tuple[Path, list[Event]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    backend: Backend,
) -> None:
    monkeypatch.setenv("OPENLINEAGE_URL", backend.url)
    path = moved(told[0], tmp_path)
    small.configure(path.parent, mixtures={"general": {"max_epochs": 2}})
    small.build_here(path)
    assert backend.paths == {"/api/v1/lineage"}
    told_of = [(one["job"]["name"], one["eventType"]) for one in backend.events]
    assert told_of[0] == ("build", "START")
    assert told_of[-1] == ("build", "COMPLETE")
    assert ("mix.mixture_general", "COMPLETE") in told_of


def test_without_the_address_answering_the_build_goes_on_and_warns_once(
    told: tuple[Path, list[Event]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "http")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__URL", "http://someone:secret@127.0.0.1:9")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__RETRY", json.dumps({"total": 1}))
    result = wenyuan("build", "-c", moved(told[0], tmp_path))
    assert result.exit_code == 0, result.output
    shown = result.output + "".join(capfd.readouterr())
    assert shown.count("OpenLineage") == 1
    assert "secret" not in shown
    assert "127.0.0.1" not in shown


def test_a_transport_that_is_set_up_wrong_is_a_warning_too(
    told: tuple[Path, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "no_such_transport")
    warnings: list[str] = []
    with events_of(load_corpus(told[0]), warnings.append):
        pass
    assert len(warnings) == 1


def test_without_the_package_a_build_goes_on_and_is_told_how_to_install_it(
    told: tuple[Path, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError

    monkeypatch.setenv("OPENLINEAGE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(importlib, "import_module", missing)
    warnings: list[str] = []
    assert type(events_of(load_corpus(told[0]), warnings.append)) is Events
    assert warnings == [events.MISSING]


def test_nothing_is_sent_unless_it_is_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not configured()
    (tmp_path / "openlineage.yml").write_text("transport: {type: console}")
    assert configured()
    monkeypatch.setenv("OPENLINEAGE_DISABLED", "True")
    assert not configured()
