"""A mixture is published all or nothing, whenever a pack is cut short."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.shards import load, packing, writing
from tests.pipelines.mixed import RECIPE, build, contents, corpus


def test_an_intact_version_is_left_alone_and_a_damaged_one_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = build(tmp_path, corpus())
    good = contents(tmp_path)
    shard = tmp_path / manifest.shards[2].path
    shard.write_bytes(shard.read_bytes()[:-1] + b"?")
    (tmp_path / "README.md").unlink()
    assert build(tmp_path, corpus()) == manifest
    assert contents(tmp_path) == good

    def no_build(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(packing, "_build", no_build)
    assert build(tmp_path, corpus()) == manifest
    assert contents(tmp_path) == good


def test_what_is_not_ours_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("x")
    (tmp_path / ("0" * 16)).mkdir()
    (tmp_path / "manifest.json.tmp-1").write_text("half")
    (tmp_path / f"{'1' * 16}.tmp-1" / "buckets").mkdir(parents=True)
    version = build(tmp_path, corpus()).version
    assert {path.name for path in tmp_path.iterdir()} == {
        "notes",
        "manifest.json",
        "README.md",
        "croissant.json",
        "composition.svg",
        "funnel.svg",
        version,
    }


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


def kill_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """From now on, the `step`-th change to the file system is cut short, and the pack with it."""
    count = 0
    unlink = Path.unlink

    def cut_short(real: Callable[..., Any], half: Callable[..., None] | None) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                if half:
                    half(*args)
                raise Killed
            return real(*args, **options)

        return call

    def half_removed(folder: Path) -> None:
        for path in sorted(Path(folder).rglob("*"))[::2]:
            if path.is_file():
                unlink(path)

    def half_written(path: Path, text: str) -> None:
        with path.open("w") as file:
            file.write(text[: len(text) // 2])

    patch.setattr(Path, "replace", cut_short(Path.replace, None))
    patch.setattr(Path, "mkdir", cut_short(Path.mkdir, None))
    patch.setattr(Path, "unlink", cut_short(Path.unlink, None))
    patch.setattr(Path, "rmdir", cut_short(Path.rmdir, None))
    patch.setattr(Path, "write_text", cut_short(Path.write_text, half_written))
    patch.setattr(shutil, "rmtree", cut_short(shutil.rmtree, half_removed))
    patch.setattr(packing, "write", cut_short(writing.write, None))
    patch.setattr(packing, "_flush", cut_short(packing._flush, None))
    patch.setattr(os, "link", cut_short(os.link, None))


def complete(folder: Path) -> str:
    """The version that is published, after checking every file of it."""
    manifest = load(folder)
    for shard in manifest.shards:
        assert hashlib.sha256((folder / shard.path).read_bytes()).hexdigest() == shard.sha256
    return manifest.version


def test_a_kill_at_any_step_leaves_the_old_or_the_new_mixture_whole(tmp_path: Path) -> None:
    recipe = RECIPE.model_copy(update={"shard_bytes": 12_000})
    newer = recipe.model_copy(update={"seed": 1})
    rows = corpus()
    old = build(tmp_path / "old", rows, recipe).version
    new = build(tmp_path / "clean", rows, newer).version
    clean = contents(tmp_path / "clean")
    outcomes: list[str] = []
    for step in range(1, 100):
        folder = tmp_path / f"killed-{step}"
        shutil.copytree(tmp_path / "old", folder)
        with pytest.MonkeyPatch.context() as patch:
            kill_at(step, patch)
            try:
                build(folder, rows, newer)
            except Killed:
                survived = False
            else:
                survived = True
        outcomes.append(complete(folder))
        build(folder, rows, newer)
        assert contents(folder) == clean, f"not cleaned up after a kill at step {step}"
        if survived:
            break
    assert survived
    assert outcomes == sorted(outcomes, key=[old, new].index), "old until the commit, then new"
    assert outcomes.count(old) > 8
    assert outcomes.count(new) >= 2
