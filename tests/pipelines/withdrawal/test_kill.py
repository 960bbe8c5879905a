"""A withdrawal may be killed at any moment: the next build ends it, as if nothing had happened."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import revoked
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.running import moved
from tests.pipelines.withdrawal.making import forget, lay, state

MARKET = "https://a.cn/market"
"""Its copy lies in another batch, so that two batches lose a document."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    light = lay(tmp_path_factory.mktemp("laid"))
    light.build()
    return light.path.parent


def copy_of(laid: Path, folder: Path) -> Light:
    return Light(Path(shutil.copytree(laid, folder)) / "corpus.yaml")


@pytest.fixture(scope="module")
def undisturbed(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every table after an undisturbed withdrawal."""
    light = copy_of(laid, tmp_path_factory.mktemp("undisturbed") / "corpus")
    forget(light, urls=(MARKET,))
    light.build()
    return state(light) | {"mixtures": str(small.shard_digests(light.path))}


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


def cut_short(patch: pytest.MonkeyPatch, step: int) -> None:
    """The `step`-th file that the lake writes from now on is never renamed into its place."""
    count = 0
    replace: Callable[..., Any] = Path.replace

    def call(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == step:
            raise Killed
        return Path(replace(path, target))

    patch.setattr(Path, "replace", call)


@pytest.mark.parametrize("step", [*range(1, 25, 2), 26, 30, *range(33, 37)])
def test_the_next_build_ends_what_was_begun(
    laid: Path, tmp_path: Path, undisturbed: dict[str, str], step: int
) -> None:
    light = copy_of(laid, tmp_path / "corpus")
    manifest = small.lake_of(light.path).manifest("general")
    assert manifest
    forget(light, urls=(MARKET,))
    with pytest.MonkeyPatch.context() as patch:
        cut_short(patch, step)
        with pytest.raises(Killed):
            light.build()
    lake = small.lake_of(light.path)
    light.build()
    assert state(light) | {"mixtures": str(small.shard_digests(light.path))} == undisturbed
    assert verify(load_corpus(light.path), lake)["requests"] == 1
    assert revoked(lake.mixture("general"))["version"].to_list() == [manifest.version]
    lake.sweep()
    ours = [one for one in small.leftovers(light.path) if "withdrawals" in one.parts]
    assert ours == []


def test_a_request_that_was_not_written_down_whole_is_none(laid: Path, tmp_path: Path) -> None:
    light = copy_of(laid, tmp_path / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        cut_short(patch, 3)
        with pytest.raises(Killed):
            forget(light, urls=(MARKET,))
    lake = small.lake_of(light.path)
    assert Ledger(lake).entries == []
    assert forget(light, urls=(MARKET,)).number == 1


def test_a_killed_command_is_ended_by_a_build(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    running = subprocess.Popen(
        [
            *(sys.executable, "-c", "from pipelines.cli import main; main()"),
            *("forget", "--contains", "-", "--reason", "权利人要求", "-c", str(path)),
        ],
        env=small.environment(NUMBA_NUM_THREADS="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert running.stdin
    running.stdin.write("改造以后，摊位从四十个增加到六十个".encode())
    running.stdin.close()
    head = small.lake_of(path).home / "withdrawals/head"
    while not head.is_file():
        assert running.poll() is None, "the command ended before it wrote anything down"
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    lake = Lake(load_corpus(path).home)
    assert [entry.number for entry in Ledger(lake).open] == [1]
    assert not small.build_here(path).failures
    assert verify(load_corpus(path), lake)["requests"] == 1
