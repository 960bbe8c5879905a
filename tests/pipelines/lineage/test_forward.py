"""Where a document went: its rows in a mixture, as tracing them back would find it."""

from pathlib import Path

import pytest

from pipelines import shards
from pipelines.lake import Lake
from pipelines.lineage.forward import rows_of
from pipelines.shards import writing
from schemas.recipes import Recipe
from tests.pipelines import small
from tests.pipelines.mixed import build, corpus
from tests.pipelines.running import answered, wenyuan

SIZE = 60


def mixed(folder: Path, **recipe: object) -> Lake:
    """A mixture of SIZE documents in several shards."""
    asked = Recipe.model_validate(
        {"shard_bytes": 1_000, "max_epochs": 3, "tokenizer": "characters"} | recipe
    )
    lake = Lake(str(folder))
    build(lake.mixture("m"), corpus(SIZE), asked)
    return lake


@pytest.fixture(
    params=[
        {},
        {"formats": ["arrow"]},
        {"seed": 7, "validation": 0.3, "upsample": {1: 2}},
        {"stages": {"early": {"share": 0.5}, "late": {"share": 0.5}}},
    ]
)
def lake(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setattr(writing, "GROUP_BYTES", 500)
    return mixed(tmp_path, **request.param)


def test_all_rows_of_all_documents_are_found_and_lead_back(lake: Lake) -> None:
    folder, found = lake.mixture("m"), 0
    for doc_id in corpus(SIZE)["doc_id"]:
        uses = rows_of(lake, "m", doc_id)
        assert len({use.epoch for use in uses}) == len(uses)
        for use in uses:
            row = shards.read_row(folder, use.shard.removeprefix("m/"), use.row)
            assert (row["doc_id"], row["epoch"]) == (doc_id, use.epoch)
        found += len(uses)
    manifest = shards.load(folder)
    assert found == manifest.rows > SIZE
    assert len(manifest.shards) > 3


def test_a_document_or_mixture_that_is_not_there_has_no_rows(lake: Lake) -> None:
    assert rows_of(lake, "m", "f" * 32) == []
    assert rows_of(lake, "other", "0" * 32) == []


def test_a_mixture_in_two_formats_counts_each_row_once(tmp_path: Path) -> None:
    lake = mixed(tmp_path, max_epochs=1, formats=["arrow", "parquet"])
    [use] = rows_of(lake, "m", corpus(SIZE)["doc_id"][0])
    assert use.shard.endswith(".arrow")


def test_why_tells_the_rows_and_trace_takes_them(built: Path) -> None:
    [found] = answered("why", "notices/clinic.txt", "-c", built, "--json")
    assert {use["mixture"] for use in found["mixtures"]} == {"general", "services"}
    shown = wenyuan("why", "notices/clinic.txt", "-c", built).stdout
    for use in found["mixtures"]:
        place = f"{use['shard']}#{use['row']}"
        assert f"in {place}, epoch {use['epoch']}" in shown
        traced = answered("trace", place, "-c", built, "--json")
        assert traced["document"]["doc_id"] == found["document"]["doc_id"]
        assert traced["mixture_row"]["epoch"] == use["epoch"]


def test_a_dropped_document_is_in_no_mixture(built: Path) -> None:
    [found] = answered("why", "notices/market.txt", "-c", built, "--json")
    assert found["mixtures"] == []
    assert small.MARKET_AGAIN[:5] in found["excerpt"]
