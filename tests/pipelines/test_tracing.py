"""A shard has one exact name, and `wenyuan trace` takes what it prints."""

from pathlib import Path

import polars as pl
import pytest

from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.running import answered, wenyuan

RECIPES = {
    "early": {"max_epochs": 1},
    "general": {
        "max_epochs": 1,
        "stages": {"early": {"share": 0.5}, "late": {"share": 0.5}},
    },
}
"""A mixture is called like a part of another."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    light = Light(small.lay(tmp_path_factory.mktemp("traced")))
    small.configure(light.path.parent, mixtures=RECIPES)
    light.build()
    return light.path


def shards(path: Path) -> dict[str, Path]:
    """The exact names of all shards of `general`, and where they lie."""
    lake = small.lake_of(path)
    manifest = lake.manifest("general")
    assert manifest
    return {
        f"general/{one.path}": lake.mixture("general") / one.path
        for one in manifest.shards
        if one.rows
    }


def test_what_is_printed_is_exact_and_leads_to_the_same_row(path: Path) -> None:
    assert {name.split("/")[2] for name in shards(path)} == {"early", "late"}
    for name, file in shards(path).items():
        short = "/".join(("general", *name.split("/")[2:]))
        for given in (name, short, str(file), f"early/late/{name}"):
            traced = answered("trace", f"{given}#0", "-c", path, "--json")
            assert traced["shard"] == name
            assert traced["document"]["doc_id"] == pl.read_parquet(file)["doc_id"][0]
        assert f"row       {name}#0\n" in wenyuan("trace", f"{short}#0", "-c", path).stdout


def test_a_name_of_several_shards_is_refused_with_the_exact_ones(path: Path) -> None:
    result = wenyuan("trace", "general/00000.parquet#0", "-c", path)
    assert result.exit_code == 2
    assert "names 2 shards" in result.stderr
    assert all(name in result.stderr for name in shards(path))


def test_the_row_that_status_proposes_is_one(path: Path) -> None:
    proposed = answered("status", "-c", path, "--json")["example_row"]
    assert answered("trace", proposed, "-c", path, "--json")["row"] == 0
