"""One corpus built as users build it, for every test that only looks."""

from pathlib import Path

import pytest

from tests.pipelines import small


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus.yaml of a small corpus, built by two workers at once. Change nothing in it."""
    path = small.lay(tmp_path_factory.mktemp("built"))
    small.configure(path.parent, concurrency=2)
    assert not small.build_apart(path).failures
    return path
