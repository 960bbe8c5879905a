"""The mixtures of the bundled sample, and their exports, for every client to read."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from examples.city.generate import generate
from pipelines import shards
from pipelines.lake import Lake
from schemas.corpus import load_corpus
from tests.clients.reading import Row
from tests.pipelines.light import Light
from tests.pipelines.running import answered
from tests.shared import ROOT

MIXTURE = "services_l2"


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus.yaml of the sample, built."""
    folder = tmp_path_factory.mktemp("city")
    generate(folder)
    path = Path(shutil.copy(ROOT / "examples" / "city" / "corpus.yaml", folder))
    Light(path).build()
    return path


@pytest.fixture(scope="session")
def mixture(city: Path) -> Path:
    """The folder of a published mixture."""
    return Lake(load_corpus(city).home).mixture(MIXTURE)


@pytest.fixture(scope="session")
def files(mixture: Path) -> list[str]:
    """Its Parquet files."""
    shard = shards.load(mixture).shards
    return [str(mixture / one.path) for one in shard if one.format == "parquet"]


@pytest.fixture(scope="session")
def rows(files: list[str]) -> list[Row]:
    """Its rows."""
    return pl.concat(map(pl.read_parquet, files)).to_dicts()


Exporting = Callable[..., Path]


@pytest.fixture(scope="session")
def exported(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Exporting:
    """Exports the mixture in a format, as a user does; the folder of its only part."""

    def export(form: str, *options: object) -> Path:
        folder = tmp_path_factory.mktemp(form)
        to = ("--format", form, "--to", folder)
        assert answered("export", MIXTURE, *to, *options, "-c", city, "--json")["files"]
        return folder / "train"

    return export
