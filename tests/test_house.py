"""The house rules that no linter checks."""

import importlib
import pkgutil
import re
import subprocess
from pathlib import Path

import click
import pytest

from pipelines.cli import main

ROOT = Path(__file__).parents[1]
PACKAGES = ["schemas", "quality", "assets", "pipelines"]

MACHINE_PATHS = re.compile("|".join(f"/{folder}/" for folder in ("work", "home", "root", "Users")))
PACKAGE_INDEX = re.compile(
    r"(?<!no-emit-)\b(?:extra-)?index-url\b|\bfind-links\b|^registry\s*=", re.MULTILINE
)


def committed() -> list[Path]:
    """The files that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_the_one_of_this_repository(package: str) -> None:
    assert Path(importlib.import_module(package).__file__ or "").parent == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_belongs_in_it(package: str) -> None:
    top = importlib.import_module(package)
    assert "does not belong" in re.sub(r"\s+", " ", (top.__doc__ or "").lower())
    for module in pkgutil.walk_packages(top.__path__, f"{package}."):
        if module.ispkg:
            assert importlib.import_module(module.name).__doc__, module.name


def test_no_file_names_a_machine_or_sets_a_package_index() -> None:
    wrong = []
    for file in committed():
        text = file.read_bytes().decode("utf-8", "replace")
        if file != Path(__file__) and (MACHINE_PATHS.search(text) or PACKAGE_INDEX.search(text)):
            wrong.append(str(file.relative_to(ROOT)))
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("pip install --extra-index-url X", True),
        ("index-url = X", True),
        ("registry=X", True),
        ("uv pip compile --no-emit-index-url", False),
        ("a registry of readers", False),
    ],
)
def test_setting_a_package_index_is_recognised(line: str, wrong: bool) -> None:
    assert bool(PACKAGE_INDEX.search(line)) is wrong


def test_the_lock_names_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_command_is_in_the_readme(page: str) -> None:
    assert isinstance(main, click.Group)
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = main.list_commands(click.Context(main))
    missing = [name for name in commands if f"wenyuan {name}" not in text]
    assert missing == []
