"""Where the real data lies: beside the project, read there and never copied in."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """The folder `name` of the shared data; skips the test without it, fails it under CI."""
    folder = ROOT.parent / "shared" / "data" / name
    if not folder.is_dir():
        message = f"the shared data folder {name!r} is not beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
