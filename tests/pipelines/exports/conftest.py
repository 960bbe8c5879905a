"""A published mixture of several shards."""

from pathlib import Path

import pytest

from tests.pipelines.mixed import build, corpus


@pytest.fixture
def mixture(tmp_path: Path) -> Path:
    build(tmp_path / "mixture", corpus())
    return tmp_path / "mixture"
