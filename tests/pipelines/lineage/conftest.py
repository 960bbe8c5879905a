"""What OpenLineage is told of one build, of withdrawals, and of runs that Dagster starts."""

import os
import shutil
from pathlib import Path

import pytest

from pipelines.withdrawal.forgetting import record
from schemas.corpus import load_corpus
from schemas.withdrawals import Request
from tests.pipelines import small
from tests.pipelines.lineage.telling import Event, by_hand, into, read
from tests.pipelines.running import moved

REASON = "当事人张三要求"


@pytest.fixture
def nothing_set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """OpenLineage as it is where nobody has set it up."""
    for name in [name for name in os.environ if name.startswith("OPENLINEAGE")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Event]]:
    """A corpus, and what was told of its first build."""
    pytest.importorskip("openlineage.client")
    path = small.lay(tmp_path_factory.mktemp("told"))
    with pytest.MonkeyPatch.context() as patch:
        into(path.parent / "events.jsonl", patch)
        assert not small.build_here(path).failures
    return path, read(path.parent / "events.jsonl")


@pytest.fixture(scope="session")
def withdrawn(
    told: tuple[Path, list[Event]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Event], list[Event]]:
    """What was told as a document was withdrawn, and as a source was that is named no longer."""
    path = moved(told[0], tmp_path_factory.mktemp("withdrawn"))
    events = path.parent / "events.jsonl"
    events.unlink()
    lake, news = small.lake_of(path), small.SETTINGS["sources"]["news"]
    [clinic] = _ids(path, "notices/clinic.txt")
    with pytest.MonkeyPatch.context() as patch:
        into(events, patch)
        record(load_corpus(path), lake, Request(docs=(clinic,), reason=REASON))
        assert not small.build_here(path).failures
        first = read(events)
        record(load_corpus(path), lake, Request(sources=("notices",), twins=False, reason=REASON))
        small.configure(path.parent, sources={"news": news}, mixtures={"general": {}}, policies={})
        shutil.rmtree(lake.mixture("services"))
        assert not small.build_here(path).failures
    return path, first, read(events)[len(first) :]


@pytest.fixture(scope="session")
def started_by_hand(
    told: tuple[Path, list[Event]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Event]]:
    """What was told of three runs of Dagster: two assets of a batch, a mixture, one that fails."""
    path = moved(told[0], tmp_path_factory.mktemp("by_hand"))
    events, lake = path.parent / "by_hand.jsonl", small.lake_of(path)
    with pytest.MonkeyPatch.context() as patch:
        into(events, patch)
        for stage, assets, partition in (
            ("annotate", ("documents", "rejects", "language"), "news-00000"),
            ("mix", ("mixture_general",), None),
        ):
            with by_hand(path, stage, assets, partition) as (_, result):
                assert result.success
        shutil.rmtree(lake.home / "signals")
        with by_hand(path, "decide", ("verdicts", "corpus"), "news-00000") as (_, result):
            assert not result.success
    return path, read(events)


def _ids(path: Path, uri: str) -> list[str]:
    lake = small.lake_of(path)
    rows = lake.scan("documents", lake.batches()).select("doc_id", "uri").collect()
    return [doc_id for doc_id, of in rows.iter_rows() if of == uri]
