"""Virtual environments in which other tools are measured. Imports nothing of the project."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

TORCH = "torch==2.13.0"
"""Installed first: a tool that asks for it would else pull gigabytes for graphics cards."""

Steps = Sequence[Sequence[str]]
"""Packages that are installed together, group after group."""


def install(venvs: Path, environments: Mapping[str, Steps]) -> None:
    """Make the environments that are not there yet; prints what could not be installed."""
    for name, steps in environments.items():
        folder = venvs / name
        if folder.exists():
            continue
        commands: list[list[str | Path]] = [[sys.executable, "-m", "venv", folder]]
        commands += [[folder / "bin/pip", "install", "-q", *packages] for packages in steps]
        if not all(subprocess.run(command, check=False).returncode == 0 for command in commands):
            print(f"{name} could not be installed")
