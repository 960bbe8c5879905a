"""Rows taken out of tables are told as runs of their own, with the numbers of the requests."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.pipelines import small
from tests.pipelines.lineage.conftest import REASON
from tests.pipelines.lineage.telling import Event, of

pytest.importorskip("openlineage.client")

Withdrawn = tuple[Path, list[Event], list[Event]]
TABLES = ("documents", "rejects", "language", "signals", "scores", "privacy", "signatures", "lines")


def requests_of(event: Event) -> list[str]:
    tags = event["run"]["facets"]["tags"]["tags"]
    return [tag["value"] for tag in tags if tag["key"] == "withdrawal_request"]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_that_is_rewritten_is_a_run_with_the_request(
    withdrawn: Withdrawn, table: str
) -> None:
    _, told, _ = withdrawn
    [build] = of(told, "build")
    [begun] = of(told, f"withdraw.{table}", "START")
    [over] = of(told, f"withdraw.{table}")
    for one in (begun, over):
        assert requests_of(one) == ["1"]
        assert one["run"]["facets"]["parent"]["run"]["runId"] == build["run"]["runId"]
        assert f"{table}/notices-00000" in [given["name"] for given in one["inputs"]]
        assert [made["name"] for made in one["outputs"]] == [f"{table}/notices-00000"]
    assert begun["run"]["runId"] == over["run"]["runId"]


def test_the_rows_left_are_counted_and_what_was_taken_out_is_a_reject(
    told: tuple[Path, list[Event]], withdrawn: Withdrawn
) -> None:
    [before] = [one for one in of(told[1], "annotate.documents") if "notices-00000" in str(one)]
    [after] = of(withdrawn[1], "withdraw.documents")
    [rejects] = of(withdrawn[1], "withdraw.rejects")
    assert [one["name"].partition("/")[0] for one in rejects["inputs"]] == ["documents", "rejects"]
    counts = [
        one["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"]
        for one in (before, after, rejects)
    ]
    assert counts == [3, 2, 1]


def test_tables_of_a_source_that_is_named_no_longer_are_told_to_be_gone(
    withdrawn: Withdrawn,
) -> None:
    path, _, told = withdrawn
    lake = small.lake_of(path)
    gone = {
        one["outputs"][0]["name"]: one["outputs"][0]["facets"]
        for one in told
        if one["eventType"] == "COMPLETE" and one["job"]["name"].startswith("withdraw.")
    }
    assert {name.partition("/")[2] for name in gone} == {"notices-00000"}
    assert {name.partition("/")[0] for name in gone} > {*TABLES, "duplicates", "corpus"}
    for name, facets in gone.items():
        assert facets["lifecycleStateChange"]["lifecycleStateChange"] == "DROP"
        assert not lake.path(*name.split("/")).exists()
    assert {tuple(requests_of(one)) for one in of(told, "withdraw.corpus")} == {("2",)}


def test_neither_the_reason_nor_what_was_withdrawn_is_told(withdrawn: Withdrawn) -> None:
    path, *told = withdrawn
    text = json.dumps(told, ensure_ascii=False)
    found = list((small.lake_of(path).home / "withdrawals").rglob("*.parquet"))
    assert found
    for secret in (REASON, "clinic.txt", small.CLINIC[:6], small.MOBILE, *_ids(found)):
        assert secret not in text


def _ids(files: list[Path]) -> set[str]:
    tables = [pl.read_parquet(file) for file in files]
    return {name for table in tables if "doc_id" in table for name in table["doc_id"]}
