"""What reads a mixture, or an export of it, on one machine."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from pipelines.shards import load
from schemas.croissant import croissant
from tests.clients.conftest import Exporting
from tests.clients.reading import Row, check


def needed(package: str) -> Any:
    """The client; skips the test where it is not installed."""
    why = f"{package} is not installed: pip install 'wenyuan[clients]'"
    return pytest.importorskip(package, reason=why)


def test_polars(files: list[str], rows: list[Row]) -> None:
    check(pl.scan_parquet(files).collect(engine="streaming").to_dicts(), rows)


def test_arrow_maps_the_arrow_files(mixture: Path, rows: list[Row]) -> None:
    arrow = [mixture / one.path for one in load(mixture).shards if one.format == "arrow"]
    maps = [pa.ipc.open_file(pa.memory_map(str(one))).read_all() for one in arrow]
    check(pa.concat_tables(maps).to_pylist(), rows)


@pytest.mark.parametrize("streaming", [False, True])
def test_hugging_face_datasets(
    files: list[str], rows: list[Row], tmp_path: Path, *, streaming: bool
) -> None:
    datasets = needed("datasets")
    found = datasets.load_dataset(
        "parquet", data_files=files, split="train", streaming=streaming, cache_dir=str(tmp_path)
    )
    check(found, rows)


def test_hugging_face_datasets_finds_the_files_by_the_card(
    mixture: Path, rows: list[Row], tmp_path: Path
) -> None:
    datasets = needed("datasets")
    found = datasets.load_dataset(str(mixture), split="train", cache_dir=str(tmp_path))
    check(found, rows)


def test_hugging_face_datasets_reads_jsonl(
    exported: Exporting, rows: list[Row], tmp_path: Path
) -> None:
    datasets = needed("datasets")
    there = [str(one) for one in exported("jsonl").glob("*.jsonl.zst")]
    found = datasets.load_dataset(
        "json", data_files=there, split="train", streaming=True, cache_dir=str(tmp_path)
    )
    check(found, rows)


def test_duckdb(files: list[str], rows: list[Row]) -> None:
    duckdb = needed("duckdb")
    found = duckdb.read_parquet(files)
    check((dict(zip(found.columns, one, strict=True)) for one in found.fetchall()), rows)


def test_duckdb_reads_jsonl(exported: Exporting, rows: list[Row]) -> None:
    duckdb = needed("duckdb")
    found = duckdb.read_json(str(exported("jsonl") / "*.jsonl.zst"), format="newline_delimited")
    check((dict(zip(found.columns, one, strict=True)) for one in found.fetchall()), rows)


def test_webdataset(exported: Exporting, rows: list[Row]) -> None:
    webdataset = needed("webdataset")
    there = sorted(str(one) for one in exported("webdataset").glob("*.tar"))
    found = webdataset.WebDataset(there, shardshuffle=False).decode()
    check((one["json"] | {"text": one["txt"]} for one in found), rows)


def test_croissant(mixture: Path, rows: list[Row], tmp_path: Path) -> None:
    mlcroissant = needed("mlcroissant")
    described = shutil.copytree(mixture, tmp_path / "mixture") / "croissant.json"
    described.write_text(croissant(load(mixture)), encoding="utf-8")
    dataset = mlcroissant.Dataset(jsonld=described)
    assert not dataset.metadata.ctx.issues.errors
    found = (
        {name.partition("/")[2]: _text(value) for name, value in one.items()}
        for one in dataset.records("train")
    )
    check(found, rows)


def _text(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def test_a_retrieval_store_in_duckdb(exported: Exporting, rows: list[Row]) -> None:
    duckdb = needed("duckdb")
    found = duckdb.read_parquet(str(exported("retrieval") / "*.parquet"))
    chunks = [dict(zip(found.columns, one, strict=True)) for one in found.fetchall()]
    once = {row["doc_id"]: row["text"] for row in rows}
    assert {one["doc_id"] for one in chunks} == set(once)
    for one in chunks:
        assert one["text"] == once[one["doc_id"]][one["start"] : one["end"]]
