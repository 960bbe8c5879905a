"""Croissant: every file of a mixture with its digest, every column, nothing of the day."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.croissant import COLUMNS, croissant
from schemas.manifest import Manifest
from schemas.tables import SHARDS
from tests.pipelines.mixed import RECIPE, build, corpus


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    return build(tmp_path, corpus())


def described(manifest: Manifest) -> dict[str, Any]:
    return dict(json.loads(croissant(manifest)))


def test_every_file_is_there_with_its_digest(manifest: Manifest) -> None:
    files = [one for one in described(manifest)["distribution"] if "sha256" in one]
    assert [(one["contentUrl"], one["sha256"]) for one in files] == [
        (one.path, one.sha256) for one in manifest.shards
    ]


def test_the_rows_have_every_column_and_come_from_one_format(manifest: Manifest) -> None:
    (rows,) = described(manifest)["recordSet"]
    assert [one["name"] for one in rows["field"]] == SHARDS.names() == list(COLUMNS)
    assert {one["source"]["fileSet"]["@id"] for one in rows["field"]} == {
        f"{manifest.version}/train/*.parquet"
    }


def test_each_part_is_a_set_of_rows(tmp_path: Path) -> None:
    manifest = build(tmp_path, corpus(), RECIPE.model_copy(update={"validation": 0.3}))
    found = described(manifest)
    assert [one["@id"] for one in found["recordSet"]] == ["train", "validation"]
    globs = [one["includes"] for one in found["distribution"] if "includes" in one]
    assert globs == [f"{manifest.version}/{part}/*.parquet" for part in ("train", "validation")]


def test_what_is_known_of_the_whole_is_told(manifest: Manifest) -> None:
    found = described(manifest)
    assert found["license"] == ["public-domain", "unknown"]
    assert found["version"] == manifest.version
    assert str(manifest.rows) in found["description"]["zh"]
    assert set(found["description"]) == {"zh", "en"}
    assert "datePublished" not in found


def test_the_same_manifest_is_the_same_bytes(manifest: Manifest) -> None:
    assert croissant(manifest) == croissant(Manifest.model_validate_json(manifest.to_json()))
    assert "文渊" in croissant(manifest)


def test_mlcroissant_finds_no_fault(manifest: Manifest, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    (tmp_path / "croissant.json").write_text(croissant(manifest), encoding="utf-8")
    dataset = mlcroissant.Dataset(jsonld=tmp_path / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert len(list(dataset.records("train"))) == manifest.rows
